"""第七条（五） 公布与本部门更新, 第九条 备案: each closed only with its proof. Nothing is fetched: what is uploaded is kept with its digest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack

from django.db import models

from qingdan.engine.refusals import Refused
from qingdan.kernel.files.kinds import PAGE_COPIES, PICTURES
from qingdan.kernel.files.models import StoredFile
from qingdan.kernel.ledger.acts import record
from qingdan.kernel.ledger.models import Case, Event
from qingdan.lists.actions import new_versions
from qingdan.lists.models import ItemVersion

from .actions import Who, as_given, change_of
from .models import ChangeRequest, Proof

ADDRESS = re.compile(r"https?://[^\s<>\"]{3,490}")


@dataclass(frozen=True)
class Receipt:
    """The centre's receipt (S8): its number, its day, where the page stands, and the copy of that page (kept, its row not yet saved)."""

    number: str
    day: date | None
    url: str
    page: StoredFile | None


def publish(case: Case, words: str, receipt: Receipt, **who: Unpack[Who]) -> Event:
    """第七条（五） 公布：配入区政务服务网；公布之时即为该版本的公布时间，只此一步写入清单新版本。凭回执、网址和页面副本办结。"""
    what = "不能登记公布"
    if not receipt.number.strip() or receipt.day is None:
        raise Refused(what, "没有填写电子政务中心的回执编号和日期（第七条（五））", "请填写配网回执上的编号和日期；公布失败的，请办理“回执公布失败”")
    _ensure_address(what, receipt.url)
    page = _ensure_copy(what, receipt.page, "公布后的页面", PAGE_COPIES)

    def rows(case: Case) -> list[models.Model]:
        request = ChangeRequest.objects.select_related("item").get(case=case)
        written = new_versions(change_of(request, case), case)
        if request.item is None:
            request.item = next(row.item for row in written if isinstance(row, ItemVersion))
            written = [*written, request]
        return [*written, page, Proof(case=case, kind=Proof.PAGE, file=page, url=receipt.url)]

    facts = {"opinion": words, "receipt": receipt.number, "url": receipt.url, **_of_file(page)}
    return record(case, "publish", facts=facts, dates={"receipt_day": receipt.day}, rows=rows, **as_given(who))


def update_own_site(
    case: Case, words: str, *, url: str = "", page: StoredFile | None = None, photo: StoredFile | None = None, **who: Unpack[Who]
) -> Event:
    """第七条（五） 本部门网站及办公场所更新：凭网址和页面副本，或者办公场所照片办结；涉及增减、名称、依据、程序的，还须备案（第九条）。"""
    what = "不能登记本部门已更新"
    if page is None and photo is None:
        raise Refused(what, "没有更新的证明（第七条（五））", "请填写本部门网站的网址并上传页面副本，或者上传办公场所照片")
    proofs: list[Proof] = []
    if page is not None or url:
        _ensure_address(what, url)
    if page is not None:
        page = _ensure_copy(what, page, "本部门网站更新后的页面", PAGE_COPIES)
        proofs.append(Proof(kind=Proof.OWN_PAGE, file=page, url=url))
    if photo is not None:
        proofs.append(Proof(kind=Proof.PREMISES, file=_ensure_copy(what, photo, "办公场所", PICTURES)))
    act = "update_own_site_to_file" if case.request.needs_filing() else "update_own_site"
    facts: dict[str, Any] = {"opinion": words}
    facts |= {"url": url} if url else {}
    facts |= _of_file(page) if page else {}
    facts |= _of_file(photo, "photo_") if photo else {}
    return record(case, act, facts=facts, rows=_with(proofs), **as_given(who))


def file_own(case: Case, words: str, paper: StoredFile | None = None, **who: Unpack[Who]) -> Event:
    """第九条 备案：调整完毕后报政务办备案；备案文件可以随附。"""
    proofs = [Proof(kind=Proof.FILING, file=paper)] if paper else []
    facts = {"opinion": words, **(_of_file(paper) if paper else {})}
    return record(case, "file_own", facts=facts, rows=_with(proofs), **as_given(who))


def _with(proofs: list[Proof]) -> Any:
    """Each file and its proof, in the case that the act is done in."""

    def rows(case: Case) -> list[models.Model]:
        for proof in proofs:
            proof.case = case
        return [row for proof in proofs for row in (proof.file, proof)]

    return rows


def _of_file(file: StoredFile, prefix: str = "") -> dict[str, Any]:
    return {f"{prefix}file": file.name, f"{prefix}sha256": file.sha256}


def _ensure_address(what: str, url: str) -> None:
    if not ADDRESS.fullmatch(url):
        raise Refused(what, "没有填写网址，或者网址不完整（第七条（五））", "请填写以 http:// 或 https:// 开头的完整网址")


def _ensure_copy(what: str, file: StoredFile | None, of: str, kinds: frozenset[str]) -> StoredFile:
    if file is None:
        raise Refused(what, f"没有上传{of}的副本（第七条（五））", "请上传页面的截图、PDF 或者另存的网页")
    if file.media not in kinds:
        raise Refused(what, f"上传的{file.get_media_display()}不能证明{of}已经更新（第七条（五））", "请上传截图、照片、PDF 或者另存的网页")
    return file
