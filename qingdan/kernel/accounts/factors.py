"""Second factors: TOTP, passkeys, recovery codes. What they are and how they are checked is allauth's; who may when, and that it is an act, is ours.

Adding and removing is an event of the ledger by the person (never the secret). A code is good once: the step of a used code is kept with it.
"""

from __future__ import annotations

import json
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note
from qingdan.kernel.offices.models import Person, Post
from qingdan.kernel.offices.queries import roles_of
from qingdan.statute.roles import EGOV, OFFICE

TOTP, PASSKEY, RECOVERY = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES
NAMES = {TOTP: "动态口令", PASSKEY: "通行密钥", RECOVERY: "恢复码"}
ADD, REMOVE, RENEW = "add_factor", "remove_factor", "renew_recovery_codes"
OFF, REQUIRED, ALL = "off", "required", "all"  # QINGDAN_SECOND_FACTOR
MOST = 10  # passkeys of one person


def of_person(person: Person) -> list[Authenticator]:
    """The person's factors, the oldest first; recovery codes are none by themselves."""
    return list(Authenticator.objects.filter(user=person).exclude(type=RECOVERY).order_by("pk"))


def has(person: Person) -> bool:
    return Authenticator.objects.filter(user=person).exclude(type=RECOVERY).exists()


def needed(person: Person, post: Post | None) -> bool:
    """Who cannot do without: the 三员, heads (they sign), 政务办 and 电子政务中心 (they approve and publish); with `all` everybody."""
    if settings.SECOND_FACTOR == OFF:
        return False
    if settings.SECOND_FACTOR == ALL or person.duty:
        return True
    return post is not None and (post.rank == Post.HEAD or bool({("调", OFFICE), ("调", EGOV)} & roles_of(post.office, clock.today())))


# ---- checking


def code_fits(person: Person, code: str) -> bool:
    """A code of the person's TOTP or one of their recovery codes. Each is good once."""
    if not code or len(code) > 40:
        return False
    for row in Authenticator.objects.filter(user=person).exclude(type=PASSKEY):
        if _totp_fits(row, code) if row.type == TOTP else RecoveryCodes(row).validate_code(code):
            return True
    return False


def proven(person: Person, code: str, credential: str) -> str:
    """What was shown, if it was right: the answer of a passkey, else a code; nothing where it was not."""
    if credential:
        return NAMES[PASSKEY] if passkey_fits(person, credential) else ""
    return "验证码" if code_fits(person, code) else ""


def _totp_fits(row: Authenticator, code: str) -> bool:
    """RFC 6238, 5.2: a step that was used, and every step before it, is used up."""
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=row.pk)
        secret = decrypt(row.data["secret"])
        for step in totp.yield_hotp_counters_from_time():
            if step > row.data.get("step", 0) and compare_user_code(actual=code, expected=totp.format_hotp_value(totp.hotp_value(secret, step))):
                row.data["step"], row.last_used_at = step, clock.now()
                row.save()
                return True
    return False


def passkey_fits(person: Person | None, credential: str) -> Person | None:
    """The person whose passkey answered the challenge of this session; with None whoever it belongs to. None where it did not."""
    try:
        told = json.loads(credential)
        webauthn.parse_authentication_response(told)
        owner = person or webauthn.extract_user_from_response(told)
        row = webauthn.complete_authentication(owner, told)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None  # whatever a browser may send
    row.last_used_at = clock.now()
    row.save(update_fields=["last_used_at"])
    return Person.objects.select_related("account").filter(pk=owner.pk, active=True).first()


# ---- adding and removing


def add_totp(person: Person, secret: str, code: str) -> None:
    """The seed that was shown, proven by a code of it."""
    what = "不能启用动态口令"
    with acting(ADD):
        if Authenticator.objects.filter(user=person, type=TOTP).exists():
            raise Refused(what, "已经启用", "要换手机的，请先移除原来的")
        if not totp.validate_totp_code(secret, code):
            raise Refused(what, "验证码不对或者已经过时", "请核对手机上的时间，输入现在显示的 6 位数字")
        totp.TOTP.activate(person, secret)
        note(ADD, by=person, facts={"person": person.username, "kind": NAMES[TOTP]})


def add_passkey(person: Person, name: str, credential: str) -> None:
    """The answer of the browser to the challenge of this session."""
    what = "不能添加通行密钥"
    with acting(ADD):
        if Authenticator.objects.filter(user=person, type=PASSKEY).count() >= MOST:
            raise Refused(what, f"已经有 {MOST} 个", "请先移除不用的")
        try:
            told = json.loads(credential)
            webauthn.parse_registration_response(told)
            proven = webauthn.complete_registration(told)
        except (ValidationError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as bad:
            raise Refused(what, "浏览器的回答没有通过核对", "请重新打开这一页再试") from bad
        if not proven.is_user_verified():
            raise Refused(what, "设备没有核对使用者本人（指纹、面容或者 PIN）", "请换用能够核对本人的设备")
        webauthn.WebAuthn.add(person, name, told)
        note(ADD, by=person, facts={"person": person.username, "kind": NAMES[PASSKEY]})


def take_away(person: Person, pk: int, post: Post | None) -> str:
    """One's own; the last one stays where it is needed. With the last one the recovery codes go, too. Returns its name."""
    with acting(REMOVE):
        found = of_person(person)
        row = next((f for f in found if f.pk == pk), None)
        if row is None:
            raise Refused("不能移除", "没有这一项", "请刷新页面")
        if len(found) == 1 and needed(person, post):
            raise Refused("不能移除最后一项二次验证", "您的职责要求二次验证", "请先添加另一项")
        row.delete()
        if len(found) == 1:
            Authenticator.objects.filter(user=person).delete()
        note(REMOVE, by=person, facts={"person": person.username, "kind": NAMES[row.type]})
        return NAMES[row.type]


def renew_recovery(person: Person) -> list[str]:
    """Ten new codes, to be shown once; the former ones hold no longer."""
    with acting(RENEW):
        if not has(person):
            raise Refused("不能生成恢复码", "还没有启用二次验证", "请先添加动态口令或者通行密钥")
        Authenticator.objects.filter(user=person, type=RECOVERY).delete()
        codes = RecoveryCodes.activate(person).generate_codes()
        note(RENEW, by=person, facts={"person": person.username})
        return codes


def recovery_left(person: Person) -> int:
    row = Authenticator.objects.filter(user=person, type=RECOVERY).first()
    return len(RecoveryCodes(row).get_unused_codes()) if row else 0


def forget_all(person: Person) -> None:
    """Inside the act of two persons that resets them."""
    Authenticator.objects.filter(user=person).delete()


def name_of(row: Authenticator) -> str:
    """As the person called it."""
    return str(row.data["name"]) if row.type == PASSKEY else NAMES[row.type]


def challenge(person: Person | None = None) -> dict[str, Any]:
    """What a browser needs to answer with a passkey; the challenge is kept in the session."""
    return dict(webauthn.begin_authentication(person))


def registration(person: Person) -> dict[str, Any]:
    """What a browser needs to make a passkey: resident, so that it can log in by itself."""
    return dict(webauthn.begin_registration(person, True))


