"""S52, T20: many deemed effects at once wait for two persons. A hold delays the writing only; the legal dates stay as they are."""

from __future__ import annotations

from django.db.models import QuerySet

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.offices.models import Office, Person

from . import hands, looking
from .acts import acting, note
from .models import LapseHold, Obligation

FEW, SHARE = 20, 20  # a batch waits when it is larger than 20 and than a twentieth (5 %) of all open duties
HOLD, CONFIRM = "hold_lapses", "confirm_lapses"


def ripe() -> QuerySet[Obligation]:
    """Open duties that the law has answered before today and that nobody has written down yet."""
    return Obligation.objects.filter(how="", lapses=True, provisional=False, due__lt=clock.today())


def waiting() -> set[str]:
    """Ids of duties in holds that nobody has released."""
    return {i for hold in LapseHold.objects.filter(released_on=None) for i in hold.ids}


def released(ids: list[str]) -> set[str]:
    """Those of these duties that two persons have looked at already."""
    seen = {i for hold in LapseHold.objects.filter(released_on__isnull=False) for i in hold.ids} if ids else set()
    return seen.intersection(ids)


def to_write() -> set[int]:
    """The cases whose lapses may be written now; a batch that is too large for one night is put on hold instead."""
    found, fresh, held = _found()
    if _too_many(fresh):
        with acting(HOLD):  # looked at again under the lock: another sweeper may have been quicker
            found, fresh, held = _found()
            if _too_many(fresh):
                hold(sorted(fresh))
                held |= fresh
    return {case for i, case in found.items() if i not in held} - {case for i, case in found.items() if i in held}


def _found() -> tuple[dict[str, int], set[str], set[str]]:
    """What is ripe now (duty → case), what of it nobody has put on hold or looked at, and what is on hold."""
    found = dict(ripe().values_list("id", "case"))
    held = waiting()
    return found, set(found) - held - released(list(found)), held


def _too_many(fresh: set[str]) -> bool:
    return len(fresh) > FEW and len(fresh) > Obligation.objects.filter(how="").count() // SHARE


def hold(ids: list[str]) -> LapseHold:
    """Open a hold over these duties."""
    reason = f"一次有 {len(ids)} 项将视为同意或者视为无异议，请先核对时钟和放假安排"
    row = LapseHold(opened_on=clock.today(), reason=reason, duties="\n".join(ids))
    note(HOLD, by=None, rows=[row], facts={"count": len(ids), "reason": reason})
    return row


def confirm(hold: LapseHold, *, by: Person, office: Office | None, key: str | None = None) -> bool:
    """One of two persons has looked at it; with the second the lapses are written by the next tick. Returns whether it is released."""
    with acting(CONFIRM):
        hold = LapseHold.objects.get(pk=hold.pk)
        what = "不能确认这批视为的效果"
        if hold.released_on:
            raise Refused(what, f"它已由{hold.first}和{hold.second}核对", "请刷新页面")
        names = hands.of_events(hands.that_did(CONFIRM, hold))
        if looking.completes(what, "由两人分别核对，您已经核对过", hold.first, names, by=by, office=office):
            hold.second, hold.released_on = by, clock.today()
        else:
            hold.first = by
        note(CONFIRM, by=by, office=office, rows=[hold], facts={"hold": hold.pk, "released": hold.released_on is not None}, key=key)
        return hold.released_on is not None
