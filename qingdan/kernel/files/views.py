"""The one way out of the store: an attachment, never shown by the browser, for those who may see what it belongs to."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest

from qingdan.kernel import clock

from .access import may_see
from .models import StoredFile

NONE = "没有这个文件，或者您无权查看。请从案件页下载。"


def download(request: HttpRequest, stored: str) -> FileResponse:
    """The file as it came, whatever it holds: saved by the browser, opened by nothing here (no-store is set for all staff pages)."""
    file = StoredFile.objects.filter(stored=stored).first()
    seen = may_see(file or StoredFile(pk=0), request.post.office, clock.today())  # type: ignore[attr-defined]  # as much work for what is not there (f8)
    if file is None or not seen:
        raise Http404(NONE)
    try:
        content = file.open()
    except FileNotFoundError as gone:
        raise Http404(NONE) from gone  # `verify` names it
    headers = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}
    return FileResponse(content, as_attachment=True, filename=file.name_to_give, content_type="application/octet-stream", headers=headers)
