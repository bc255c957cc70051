"""What an article says, in our own words: the form in which every gist is written.

The text of the regulation (金政办〔2016〕26号) is not copied into the product. Each of its 71 articles has a number, a short
title and a gist; numbered 项, and the 款 that other documents cite, have a gist of their own.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Gist:
    """One article of one measure.

    number   as cited: 第七条
    title    a few words, for headings and tables
    text     what the article says, one to three sentences, plain enough to serve as help beside a form
    parts    (第七条（三）, gist) for the 项, (第六条第二款, gist) for a 款, in the order of the article
    needs    for an article that needs no rule data and no code: why not
    reserve  ids of the rows of rules.md that will implement the article and are not built yet
    """

    number: str
    title: str
    text: str
    parts: tuple[tuple[str, str], ...] = ()
    needs: str = ""
    reserve: tuple[str, ...] = ()
