"""The papers with which the demonstration's offices prove what they published: invented receipts, copies of pages made from the case."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.utils.html import format_html, format_html_join

from qingdan.kernel import clock
from qingdan.kernel.files.models import StoredFile
from qingdan.kernel.files.store import keep
from qingdan.kernel.ledger.models import Case, Event
from qingdan.lists.schema import LISTS
from qingdan.measures.adjustment import publishing
from qingdan.measures.adjustment.models import ChangeRequest

PAGE = '<!DOCTYPE html>\n<html lang="zh"><meta charset="utf-8"><title>{}</title>\n<h1>{}</h1>\n<dl>\n{}\n</dl></html>\n'
PORTAL, SITES = "http://zwfw.jinshui.example", "http://www.jinshui.example"


def publish(case: Case, words: str, **who: Any) -> Event:
    """第七条（五） 公布, with the receipt of the day and a copy of the page."""
    change, today = ChangeRequest.objects.get(case=case), clock.today()
    number = f"金电政回〔{today.year}〕{Event.objects.filter(act='publish').count() + 1}号"
    page = _copy(change, "金水区政务服务网", "公布页面.html")
    return publishing.publish(case, words, publishing.Receipt(number, today, f"{PORTAL}/item/{change.code}", page), **who)


def update_own_site(case: Case, words: str, **who: Any) -> Event:
    """第七条（五） 本部门更新, with a copy of the unit's own page."""
    change = ChangeRequest.objects.get(case=case)
    page = _copy(change, case.office.name, "本部门网页.html")
    return publishing.update_own_site(case, words, url=f"{SITES}/{case.office.code}/{change.code}.html", page=page, **who)


def _copy(change: ChangeRequest, site: str, name: str) -> StoredFile:
    shown = [(f.label, f.label_of(change.new.get(f.key, ""))) for f in LISTS[change.list_kind].fields if change.new.get(f.key)]
    rows = format_html_join("\n", "<dt>{}</dt><dd>{}</dd>", shown)
    return keep(ContentFile(format_html(PAGE, site, change.name, rows).encode(), name))
