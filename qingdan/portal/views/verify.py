"""核验文书: anybody who holds a paper can see that it was issued, by whom, when, and whether the file in hand is the one.

Nothing of persons, nothing of the case.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.kernel.papers.models import Paper
from qingdan.kernel.papers.queries import by_code
from qingdan.kernel.vault.uploads import in_memory

from ..forms import CodeForm, DigestForm
from .nothing import nothing


def verify(request: HttpRequest) -> HttpResponse:
    """The code is typed in; a square code leads straight to its page."""
    form = CodeForm(request.GET) if "code" in request.GET else CodeForm()
    if form.is_bound and form.is_valid():
        paper = by_code(form.cleaned_data["code"])
        if paper is not None:
            return redirect("portal:verify_code", code=paper.code)
        form.add_error("code", "没有这个核验码的文书。请核对文书首页左下方的 16 位核验码；仍查不到的，请向制发单位查询。")
    return render(request, "portal/verify.html", {"form": form})


@in_memory
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One issued paper; with a file or a digest: is it the same?"""
    paper = by_code(code)
    if paper is None:
        why, todo = "核验码可能有误，或者这份文书不是由本系统签发的。", "请核对文书首页左下方的核验码，或者向制发单位查询。"
        return nothing(request, "没有这个核验码的文书", why, todo)
    form = DigestForm(request.POST, request.FILES) if request.method == "POST" else DigestForm()
    told = _compared(paper, form) if form.is_bound and form.is_valid() else {}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "portal/verified.html", {"paper": paper, "form": form, **told}, status=status)


def _compared(paper: Paper, form: DigestForm) -> dict[str, Any]:
    """The digest of what was sent, which is hashed and not kept, and which file of the paper it is, if any."""
    upload = form.cleaned_data["file"]
    digest = hashlib.sha256(upload.read()).hexdigest() if upload else re.sub(r"\s", "", form.cleaned_data["digest"]).lower()
    known = {paper.docx.sha256: "DOCX 文件"} | {scan.file.sha256: "盖章原件的扫描件" for scan in paper.scans.select_related("file")}
    if paper.pdf:
        known[paper.pdf.sha256] = "PDF 文件"
    return {"digest": digest, "same_as": known.get(digest, ""), "asked": True}
