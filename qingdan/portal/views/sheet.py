"""A whole list as a table that a spreadsheet opens: CSV, on both axes (P-A3)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from qingdan.kernel.files.sheets import written
from qingdan.lists.models import ItemVersion
from qingdan.lists.schema import by_slug

from .. import finding, noting
from ..asking import Asked
from .nothing import no_list, nothing

EXTRA = ("单位", "版本", "生效日", "公布日", "待补全", "行使状态")


def list_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """`/list/shenpi.csv?on=2026-11-20&known=2026-11-21`: every field of every item; narrowed as the page is."""
    kind, asked = by_slug(slug), Asked.of(request.GET)
    if kind is None:
        return no_list(request)
    if asked.wrong or asked.unknowable:
        why = f"{asked.known} 还没有到，没有人知道到那天会公布什么。" if not asked.wrong else "网址中 on、known 后面应当是日期，例如 2026-11-20。"
        return nothing(request, "没有这一天的清单文件", why, "请改正日期，或者打开清单页再下载。")
    words = finding.words_of(request.GET.get("q", ""))
    office, category = request.GET.get("office", "")[:40], request.GET.get("category", "")[:500]
    found = finding.in_list(kind, asked.on, words, office, category, asked.known)
    heads = [*(f.label for f in kind.fields), *EXTRA]
    versions = list(found)
    notes = noting.notes(versions, asked.on, asked.known)
    answer = HttpResponse(written([heads, *(cells(version, notes.get(version.pk)) for version in versions)]), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-{asked.on}-{asked.known}.csv"'
    return answer


def cells(version: ItemVersion, note: noting.Note | None = None) -> list[Any]:
    """The fields in the order of the schema as people read them, then what the version is, and whether it is held back."""
    content = version.content_dict
    fields = [f.label_of(content.get(f.key, "")) for f in version.kind.fields]
    days = [version.effective_from.isoformat(), version.published_on.isoformat()]
    return [*fields, version.office.name, str(version.number), *days, "待补全" if version.incomplete else "", str(note or "")]
