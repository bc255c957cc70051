"""The papers of a complaint in tests: made from an act, opened, read as text; and a body that lives through every act that has one."""

from __future__ import annotations

import io
from datetime import date

import docx
from pypdf import PdfReader

from qingdan.measures.complaints import answerable, deciding, errands, hearing, investigating
from qingdan.measures.complaints.access import errands_visible_to, liabilities_visible_to
from qingdan.measures.complaints.papers import issuing, issuing_errands, issuing_liability
from qingdan.measures.complaints.papers.issuing import file_of
from qingdan.measures.complaints.papers.words import OF_ACT, OF_ERRAND, OF_LIABILITY

from .inquiry import Inquiry

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALL_SIDES = (("assistance", "zwzx"), ("materials", "cg"), ("performance", "cg"), ("stop", "cg"), ("liability", "bb"), ("accountability", "bb"), ("offence", None))


def text_of(data, ending="docx"):
    if ending == "pdf":
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    body = docx.Document(io.BytesIO(data)).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(f"{WORD}t")) for p in body.iter(f"{WORD}p"))


def words(room, paper, who, ending="docx"):
    """What the paper says, opened by the clerk of this office."""
    return text_of(file_of(paper, ending, **room.who(who)), ending)


def made(room, complaint, who, act):
    """All papers of the last such act, by template."""
    complaint = room.fresh(complaint)
    event = complaint.case.events.filter(act=act).last()
    return {t.key: issuing.issue(complaint, event, t, **room.who(who)) for t in OF_ACT[act]}


def made_of_errand(room, errand, who, act):
    """The paper of the last such act in the errand's case, by the clerk of this office."""
    event, (template,) = errand.case.events.filter(act=act).last(), OF_ERRAND[act]
    return issuing_errands.issue(errand, event, template, **room.who(who))


def made_of_liability(room, liability, who, act="refer_liability"):
    event, (template,) = liability.case.events.filter(act=act).last(), OF_LIABILITY[act]
    return issuing_liability.issue(liability, event, template, **room.who(who))


class Files(Inquiry):
    """An inquiry whose body makes its papers: `self.paper(act)` by template, as text."""

    def text(self, act, template):
        return words(self.room, made(self.room, self.c, "fzb", act)[template], "fzb")

    def sent(self, errand, who="fzb", act=None, read_by="fzb"):
        paper = made_of_errand(self.room, errand, who, act or errand.case.events.first().act)
        return words(self.room, paper, read_by)

    def execution(self, on, unit="cg"):
        return errands_visible_to(self.room.office(unit), date.fromisoformat(f"2016-{on}")).filter(kind="execution").get()

    def liability(self, on):
        return liabilities_visible_to(self.office, date.fromisoformat(f"2016-{on}")).order_by("-pk").first()

    def again(self, liability, on):
        return liabilities_visible_to(self.office, date.fromisoformat(f"2016-{on}")).get(pk=liability.pk)


__all__ = ["ALL_SIDES", "Files", "answerable", "deciding", "errands", "hearing", "investigating", "made", "made_of_errand", "made_of_liability", "text_of", "words"]
