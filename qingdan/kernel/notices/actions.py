"""P-C9, P-L1: an address under which a calendar program reads the due days of an office, made, shown once, revoked; where letters go."""

from __future__ import annotations

import secrets

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note, repeated
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import may_act_for, roles_of
from qingdan.statute.labels import label
from qingdan.statute.laws import EDITIONS
from qingdan.statute.roles import OFFICE

from . import wording
from .models import Feed, MailAddress, Wording
from .queries import current_feed, hashed
from .texts import TEXTS

SET_WORDING, RESTORE_WORDING = "set_wording", "restore_wording"
MAKING, REVOKING, MAILING = "生成日历订阅地址", "撤销日历订阅地址", "登记邮箱"


def make_feed(*, by: Person, office: Office, personal: bool) -> str:
    """A new address for this person or for the unit; returns its secret part, which is kept nowhere and shown once."""
    with acting(MAKING):
        _check(MAKING, by, office)
        person = by if personal else None
        if current_feed(office, person) is not None:
            raise Refused(f"不能“{MAKING}”", "已经有一个有效的订阅地址，地址只在生成时显示一次", "忘记地址的，请先撤销，再生成新的")
        token = secrets.token_urlsafe(32)
        feed = Feed(office=office, person=person, token_hash=hashed(token), made=clock.now())
        note("make_feed", by=by, office=office, rows=[feed], facts={"personal": personal})
        return token


def revoke_feed(*, by: Person, office: Office, personal: bool) -> None:
    """From now on the address answers like one that never was; revoking what is revoked changes nothing."""
    with acting(REVOKING):
        _check(REVOKING, by, office)
        feed = current_feed(office, by if personal else None)
        if feed is not None:
            feed.revoked = clock.now()
            note("revoke_feed", by=by, office=office, rows=[feed], facts={"personal": personal})


def set_mail(*, by: Person, office: Office, address: str, mode: str) -> None:
    """Where this person's letters go from today on, and how many. The ledger says that it was set and how many, not where."""
    with acting(MAILING):
        _check(MAILING, by, office)
        row = MailAddress.objects.filter(person=by).first() or MailAddress(person=by, since=clock.today())
        if row.mode == MailAddress.OFF and mode != MailAddress.OFF:
            row.since = clock.today()
        row.address, row.mode = address, mode
        note("set_mail", by=by, office=office, rows=[row], facts={"mode": mode})


def set_wording(event: str, words: str, *, by: Person, office: Office, seen: int, key: str | None = None) -> Wording:
    """The next version of the words of this event, from the next notice on; what was told and written keeps its words."""
    return _next_wording(SET_WORDING, event, wording.check(event, words), by, office, seen, key)


def restore_wording(event: str, *, by: Person, office: Office, seen: int, key: str | None = None) -> Wording:
    """The words that the product comes with, again; a version like any other."""
    return _next_wording(RESTORE_WORDING, event, TEXTS[event].standard, by, office, seen, key)


def _next_wording(act: str, event: str, words: str, by: Person, office: Office, seen: int, key: str | None) -> Wording:
    """`seen`: the number of the version that the person had before their eyes."""
    with acting(act):
        if repeated(key, act):
            return Wording.objects.filter(event=event).latest("number")
        what, today = f"不能“{label(act)}”（{TEXTS[event].name}）", clock.today()
        if not any((code, OFFICE) in roles_of(office, today) for code in EDITIONS):
            raise Refused(what, "提醒的文字由政务办拟定", "请把建议告知政务办")
        last = Wording.objects.filter(event=event).order_by("-number").first()
        if (last.number if last else 0) != seen:
            raise Refused(what, "您打开之后，另一名同志已经修改", "您写的文字仍保留在下面，请对照最新的一版后再保存")
        if words == wording.in_force()[event]:
            raise Refused(what, "与现在的文字相同", "不需要保存")
        row = Wording(event=event, number=seen + 1, text=words, restored=act == RESTORE_WORDING, by=by, at=clock.now())
        note(act, by=by, office=office, rows=[row], facts={"event": event, "number": row.number, "text": words}, key=key)
        return row


def _check(what: str, by: Person, office: Office) -> None:
    if not may_act_for(by, office, clock.today()):
        raise Refused(f"不能“{what}”", f"{by.name}今天在{office.short}没有任职", "请用本单位的账号登录后办理")
