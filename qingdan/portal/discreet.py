"""Pages of a complainant (T11): nobody is logged in there, nothing is kept on the way or in the browser, and nothing that was sent reaches a log."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.defaults import page_not_found

from qingdan.kernel.accounts.entering import address_of
from qingdan.kernel.vault.uploads import in_memory

HEADERS = {
    "Cache-Control": "no-store",
    "Pragma": "no-cache",
    "Referrer-Policy": "same-origin",  # not no-referrer: the browser would send its forms from nowhere, and they would be refused
    "X-Robots-Tag": "noindex, noarchive",
    "Cross-Origin-Opener-Policy": "same-origin",
}
CLEAR = '"cache", "cookies", "storage"'
View = Callable[..., HttpResponse]


def discreet(view: View) -> View:
    """Around every page of a complainant."""

    @in_memory
    @sensitive_post_parameters()
    @sensitive_variables()
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.user = AnonymousUser()  # whoever is logged in for their office is here a person like any other
        request.post = request.standing = None  # type: ignore[attr-defined]
        request.duty = ""  # type: ignore[attr-defined]
        try:
            response = view(request, *args, **kwargs)
        except Http404 as gone:
            response = page_not_found(request, gone)
        for name, value in HEADERS.items():
            response.headers[name] = value
        patch_vary_headers(response, ("Cookie",))
        return response

    return shown


def whence(request: HttpRequest) -> str:
    """The address, for the throttle alone, which keeps none."""
    return address_of(request)
