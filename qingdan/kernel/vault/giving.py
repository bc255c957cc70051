"""An unsealed file as an answer: saved by the browser under its neutral name, shown by nothing, kept by nobody on the way (T33)."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.debug import sensitive_variables

from .reading import File

HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


@sensitive_variables()
def attachment(file: File) -> HttpResponse:
    response = HttpResponse(file.data, content_type="application/octet-stream", headers=HEADERS)
    response.headers["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    return response
