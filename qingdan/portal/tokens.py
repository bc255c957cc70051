"""The token of one shown form, and what follows from it: so that a form that is sent twice is one complaint, with one code and one receipt.

The ledger keeps a digest of the token only. The code follows from the token under the product's own key: neither the
database nor the form alone gives it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from django.conf import settings
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables

from qingdan.kernel.drawn import derived, grouped
from qingdan.measures.complaints.codes import LENGTH

FIELD = "token"


def new_token() -> str:
    return secrets.token_hex(16)


@sensitive_variables()
def token_of(request: HttpRequest) -> str:
    """The one that was sent back, or a new one."""
    sent = request.POST.get(FIELD, "")
    return sent if re.fullmatch("[0-9a-f]{32}", sent) else new_token()


@sensitive_variables()
def key_of(token: str, act: str = "file") -> str:
    """By which the ledger knows that it was sent before."""
    return "w-" + hashlib.sha256(f"{act} {token}".encode()).hexdigest()[:40]


@sensitive_variables()
def code_of(token: str) -> str:
    """The query code: 100 bits, in groups."""
    return grouped(derived(_derived("code", token), LENGTH))


@sensitive_variables()
def salt_of(token: str) -> str:
    """Of the commitment to what was told."""
    return _derived("salt", token).hex()[:32]


@sensitive_variables()
def _derived(purpose: str, token: str) -> bytes:
    key = hashlib.sha256(f"qingdan complaint {purpose} {settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, token.encode(), hashlib.sha256).digest()
