"""What every page has around its content: the navigation, who is signed in, the demonstration's banner."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from qingdan.kernel.offices.models import Account
from qingdan.kernel.policy.declared import audience_of

# Label and the URL names that may stand for it; the first that exists is taken, and an entry without one is left out.
DESK = (
    ("待办", ("desk:inbox",)),
    ("提醒", ("desk:notices",)),
    ("案件", ("desk:cases",)),
    ("台账", ("adjustment:book",)),
    ("投诉", ("complaints:list",)),
    ("清单", ("lists:browse", "portal:home")),
    ("依据", ("lists:bases",)),
    ("导入", ("lists:import",)),
    ("规则", ("portal:rules",)),
    ("日历", ("desk:calendars",)),
    ("单位变动", ("adjustment:offices",)),
    ("账号", ("accounts:people",)),
    ("授权和重设", ("accounts:requests",)),
    ("时钟核对", ("accounts:watch",)),
    ("审计", ("accounts:log",)),
)
UNDER = {"台账": ("adjustment:filings",), "依据": ("adjustment:laws", "adjustment:holds")}
"""Pages with an address of their own that belong to an entry."""
PUBLIC = (("清单", ("portal:home",)), ("规则", ("portal:rules",)), ("投诉", ("portal:complaint",)))
HOMES = ("desk:inbox", "accounts:people", "accounts:requests", "accounts:log")
SIGN_IN = ("desk:login", "login")
SIGN_OUT = ("desk:logout", "logout")


def first_url(names: tuple[str, ...]) -> str:
    """The address of the first of these URL names that exists, or nothing."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


def admitted(names: tuple[str, ...], post: Any, duty: str = "") -> tuple[str, ...]:
    """Those of the URL names whose declared audience this post or duty belongs to: nobody is led to a closed door."""
    return tuple(name for name in names if (audience := audience_of(name)) and audience.opens_to(post, duty))


def entries(wanted: tuple[tuple[str, tuple[str, ...]], ...], path: str, post: Any, duty: str = "") -> list[dict[str, Any]]:
    """Navigation entries that lead somewhere for this post or duty; the one whose address begins the path longest is current."""
    open_to = ((label, first_url(admitted(names, post, duty))) for label, names in wanted)
    found = [{"label": label, "url": url, "current": False} for label, url in open_to if url]
    under = [(len(url), e) for e in found for url in _addresses(e) if path == url or (url != "/" and path.startswith(url))]
    if under:
        max(under, key=lambda pair: pair[0])[1]["current"] = True
    return found


def _addresses(entry: dict[str, Any]) -> list[str]:
    return [str(entry["url"]), *filter(None, (first_url((name,)) for name in UNDER.get(entry["label"], ())))]


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Anonymous or signed in; `request.post` is set for who holds a post."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    post, duty = getattr(request, "post", None), getattr(request, "duty", "")
    return {
        "chrome": {
            "desk": entries(DESK, request.path, post, duty) if signed_in else [],
            "public": entries(PUBLIC, request.path, post),
            "person": getattr(user, "name", "") or str(user) if signed_in else "",
            "username": getattr(user, "username", "") if signed_in else "",
            "office": post.office.short if post else dict(Account.DUTIES).get(duty, ""),
            "home": first_url(admitted(HOMES, post, duty)) or first_url(("accounts:own",)) if signed_in else "",
            "account": first_url(("accounts:own",)) if signed_in else "",
            "leave": first_url(admitted(("leave:own",), post, duty)) if signed_in else "",
            "standing": getattr(request, "standing", None),
            "words": getattr(request, "session", {}).get("words", []) if signed_in else [],
            "notices": first_url(("desk:notices",)) if signed_in else "",
            "sign_in": first_url(SIGN_IN),
            "sign_out": first_url(SIGN_OUT),
            "banner": getattr(settings, "UI_BANNER", ""),  # a template, e.g. the demonstration's clock
        }
    }
