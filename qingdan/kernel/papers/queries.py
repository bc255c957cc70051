"""What is asked of papers, by name."""

from __future__ import annotations

import re

from django.db.models import Max, Q, QuerySet

from qingdan.kernel.drawn import READ_AS, is_drawn
from qingdan.kernel.files.models import StoredFile

from .models import Paper

LENGTH = 16


def next_serial(prefix: str, year: int) -> int:
    """The number that follows in a series. True only while the ledger's lock is held; before that a guess."""
    return (Paper.objects.filter(prefix=prefix, year=year).aggregate(last=Max("serial"))["last"] or 0) + 1


def by_code(typed: str) -> Paper | None:
    """The paper with this code, however it was typed; None where there is none."""
    code = re.sub(r"[\s-]", "", typed).upper().translate(READ_AS)
    if len(code) != LENGTH or not is_drawn(code):
        return None
    return _with_all().filter(code=code).first()


def issued() -> QuerySet[Paper]:
    """All papers with what a list of them shows."""
    return _with_all().prefetch_related("scans__file")


def _with_all() -> QuerySet[Paper]:
    return Paper.objects.select_related("office", "pdf", "docx", "withdrawal__replaced_by", "correction__paper")


def made_from(template: str, origin: str) -> list[Paper]:
    """The papers of this template made from this, first to last: the one that holds, if any, is the last one."""
    return list(_with_all().filter(Q(source=origin) | Q(source__startswith=f"{origin}-"), template=template).order_by("pk"))


def holding(template: str, origin: str) -> Paper | None:
    """The paper of this that holds today; None where there is none, or it was withdrawn."""
    return next((paper for paper in reversed(made_from(template, origin)) if paper.withdrawn is None), None)


def paper_of(file: StoredFile) -> Paper | None:
    """The paper to which this file belongs, as its PDF, its DOCX or a scan."""
    for name in ("paper_pdf", "paper_docx"):
        if (paper := getattr(file, name, None)) is not None:
            return paper
    scan = getattr(file, "scan", None)
    return scan.paper if scan else None


def years(prefix: str) -> dict[int, list[int]]:
    """Year -> the serial numbers of a series, for whoever counts them."""
    out: dict[int, list[int]] = {}
    for year, serial in Paper.objects.filter(prefix=prefix).order_by("year", "serial").values_list("year", "serial"):
        out.setdefault(year, []).append(serial)
    return out


def spelled(prefix: str, year: int, serial: int) -> str:
    """金政办〔2016〕26号: full year, six-sided brackets, no 虚位, no 第."""
    return f"{prefix}〔{year}〕{serial}号"


__all__ = ["by_code", "holding", "issued", "made_from", "next_serial", "paper_of", "spelled", "years"]
