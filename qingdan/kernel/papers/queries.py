"""What is asked of papers, by name."""

from __future__ import annotations

import re

from django.db.models import Max, QuerySet

from qingdan.kernel.files.models import StoredFile

from .models import Paper

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: nothing that is read as something else
READ_AS = str.maketrans("ILO", "110")
LENGTH = 16


def next_serial(prefix: str, year: int) -> int:
    """The number that follows in a series. True only while the ledger's lock is held; before that a guess."""
    return (Paper.objects.filter(prefix=prefix, year=year).aggregate(last=Max("serial"))["last"] or 0) + 1


def by_code(typed: str) -> Paper | None:
    """The paper with this code, however it was typed; None where there is none."""
    code = re.sub(r"[\s-]", "", typed).upper().translate(READ_AS)
    if len(code) != LENGTH or set(code) - set(ALPHABET):
        return None
    return Paper.objects.select_related("office", "pdf", "docx").filter(code=code).first()


def issued() -> QuerySet[Paper]:
    """All papers with what a list of them shows."""
    return Paper.objects.select_related("office", "pdf", "docx").prefetch_related("scans__file")


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


__all__ = ["by_code", "issued", "next_serial", "paper_of", "spelled", "years"]
