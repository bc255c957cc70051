"""P-C9, P-L1: an address under which a calendar program reads the due days of an office, made, shown once, revoked; where letters go."""

from __future__ import annotations

import secrets

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import may_act_for

from .models import Feed, MailAddress
from .queries import current_feed, hashed

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


def _check(what: str, by: Person, office: Office) -> None:
    if not may_act_for(by, office, clock.today()):
        raise Refused(f"不能“{what}”", f"{by.name}今天在{office.short}没有任职", "请用本单位的账号登录后办理")
