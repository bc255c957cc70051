"""The gists of the 71 articles, by measure: `ALL["调"].GISTS`, or `gist("调", "第七条（三）")` for one article or part."""

from types import ModuleType

from qingdan.statute.gists import adjustment, complaints, meetings, reporting, supervision
from qingdan.statute.gists.gist import Gist

__all__ = ["ALL", "Gist", "gist"]

#: Code of a measure -> its module (CODE, TITLE, GISTS), in the order in which the notice prints the five.
ALL: dict[str, ModuleType] = {m.CODE: m for m in (adjustment, complaints, supervision, reporting, meetings)}

_ARTICLES: dict[tuple[str, str], Gist] = {(code, g.number): g for code, m in ALL.items() for g in m.GISTS}
_PARTS: dict[tuple[str, str], str] = {(code, number): text for code, m in ALL.items() for g in m.GISTS for number, text in g.parts}


def gist(code: str, article: str) -> Gist | str:
    """The gist of an article (第七条 -> Gist), or the words of one of its parts (第七条（三）, 第六条第二款 -> str)."""
    key = (code, article)
    if key in _ARTICLES:
        return _ARTICLES[key]
    if key in _PARTS:
        return _PARTS[key]
    raise KeyError(f"{code}：没有“{article}”的要旨。请核对办法代号（{'、'.join(ALL)}）和条款写法，如“第七条（三）”。")
