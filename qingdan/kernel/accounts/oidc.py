"""统一身份认证 by OpenID Connect, where QINGDAN_OIDC_ISSUER is set: the authorization code flow with PKCE, state and nonce.

The ID token comes straight from the token endpoint over TLS, which stands for its signature (OpenID Connect Core 3.1.3.7, 6); issuer, audience,
time and nonce are checked here. Nobody is created: the claim must be the user name of an account in use. Addresses come from settings alone.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.offices.models import Person

STATE, WHAT = "oidc", "不能用统一身份认证登录"
LONGEST, SECONDS, SKEW = 1_000_000, 10, 120


class _NoRedirect(HTTPRedirectHandler):
    """An address that leads elsewhere is not the one that was configured."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def configured() -> bool:
    return bool(settings.OIDC_ISSUER)


def begin(request: HttpRequest, wanted: str) -> str:
    """Where the browser is sent; what must come back is kept in the session."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    request.session[STATE] = {"state": state, "nonce": nonce, "verifier": verifier, "next": wanted}
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code", "client_id": settings.OIDC_CLIENT, "redirect_uri": _back(request), "scope": "openid profile",
        "state": state, "nonce": nonce, "code_challenge": digest, "code_challenge_method": "S256",
    }  # fmt: skip
    return f"{_endpoints()['authorization_endpoint']}?{urlencode(asked)}"


def finish(request: HttpRequest) -> tuple[Person, str]:
    """Who has come back, and where they wanted to go. Refuses whatever does not belong to this session."""
    kept = request.session.pop(STATE, None)
    if not kept or not hmac.compare_digest(kept["state"].encode(), request.GET.get("state", "").encode(errors="replace")):
        raise Refused(WHAT, "这次登录不是从本系统的登录页开始的，或者已经过时", "请回到登录页重新开始")
    code = request.GET.get("code", "")
    if not code:
        raise Refused(WHAT, "统一身份认证没有同意", "请重新登录，或者用本系统的密码登录")
    claims = _claims(_exchanged(request, code, kept["verifier"]), kept["nonce"])
    username = claims.get(settings.OIDC_CLAIM)
    person = Person.objects.select_related("account").filter(username=username, active=True).first() if isinstance(username, str) else None
    if person is None:
        raise Refused(WHAT, "本系统没有您的账号，或者账号已经停用", "请联系系统管理员")
    return person, kept["next"]


def _exchanged(request: HttpRequest, code: str, verifier: str) -> dict[str, Any]:
    sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": _back(request), "client_id": settings.OIDC_CLIENT,
            "client_secret": settings.OIDC_SECRET, "code_verifier": verifier}  # fmt: skip
    return _fetched(_endpoints()["token_endpoint"], urlencode(sent).encode())


def _claims(answer: dict[str, Any], nonce: str) -> dict[str, Any]:
    """OpenID Connect Core 3.1.3.7."""
    try:
        part = answer["id_token"].split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        now = clock.now().timestamp()
        good = (
            claims["iss"] == settings.OIDC_ISSUER and audience == [settings.OIDC_CLIENT]
            and claims["iat"] - SKEW <= now < claims["exp"] + SKEW and hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode())
        )  # fmt: skip
    except (KeyError, IndexError, ValueError, TypeError, AttributeError) as bad:
        raise Refused(WHAT, "统一身份认证的答复不能读", "请联系系统管理员") from bad
    if not good:
        raise Refused(WHAT, "统一身份认证的答复不是给这次登录的，或者已经过时", "请重新登录；仍不行的，请系统管理员核对两边的时钟和设置")
    return dict(claims)


def _endpoints() -> dict[str, str]:
    told = _fetched(settings.OIDC_ISSUER.rstrip("/") + "/.well-known/openid-configuration")
    names = ("authorization_endpoint", "token_endpoint")
    scheme = urlsplit(settings.OIDC_ISSUER).scheme
    if told.get("issuer") != settings.OIDC_ISSUER or any(urlsplit(str(told.get(n))).scheme != scheme for n in names):
        raise Refused(WHAT, "统一身份认证自报的地址与设置不符", "请系统管理员核对 QINGDAN_OIDC_ISSUER")
    return {name: told[name] for name in names}


def _fetched(address: str, body: bytes | None = None) -> dict[str, Any]:
    try:
        wanted = Request(address, body, {"Accept": "application/json"})  # noqa: S310 - from settings, or of the same scheme, from its own document
        with build_opener(_NoRedirect).open(wanted, timeout=SECONDS) as answer:
            told = json.loads(answer.read(LONGEST))
    except (URLError, OSError, ValueError) as bad:
        raise Refused(WHAT, "统一身份认证现在没有答复", "请稍后再试，或者用本系统的密码登录") from bad
    if not isinstance(told, dict):
        raise Refused(WHAT, "统一身份认证的答复不能读", "请联系系统管理员")
    return told


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("accounts:oidc_back"))
