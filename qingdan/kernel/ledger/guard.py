"""The clock guard (T20): while the machine's clock is in doubt, nothing is written, neither by the law nor by anybody.

Within one start of the machine the clock must go on as fast as the time that the machine has been running; a jump of
more than five seconds is a doubt. Across starts it must not go back, nor be silent for longer than a long holiday weekend
without somebody looking. A doubt ends by itself when the clock is right again, or when two persons confirm it (`looking`).
"""

from __future__ import annotations

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock, sql
from qingdan.kernel.offices.models import Office, Person
from qingdan.statute.labels import label

from . import hands, looking
from .append import writing
from .models import ClockMark

SECOND = 1_000_000
JUMP = 5 * SECOND
SILENCE = 72 * 3600 * SECOND
CONFIRM = "confirm_clock"


def doubt() -> str:
    """Why the clock cannot be trusted now; empty where it can."""
    now, mark = clock.machine(), sql.row("SELECT wall, running, boot FROM ledger_clockmark WHERE id = 1")
    return _doubt(clock.Machine(*mark), now) if now and mark else ""


def _doubt(mark: clock.Machine | ClockMark, now: clock.Machine) -> str:
    passed = now.wall - mark.wall
    if mark.boot == now.boot:
        jump = passed - (now.running - mark.running)
        return f"时钟突然{'快' if jump > 0 else '慢'}了{_spelled(abs(jump))}" if abs(jump) > JUMP else ""
    if passed < -JUMP:
        return f"重新启动后，时钟比停机前还早{_spelled(-passed)}"
    return f"停机{_spelled(passed)}后重新启动，时钟没有人核对过" if passed > SILENCE else ""


def _spelled(span: int) -> str:
    seconds = span // SECOND
    if seconds >= 86400:
        return f" {seconds // 86400} 天"
    return f" {seconds // 3600} 小时" if seconds >= 3600 else f" {seconds} 秒"


def ensure_trusted(act: str) -> None:
    """Refuses every act while the clock is in doubt."""
    if why := doubt():
        what = f"现在不能“{label(act)}”"
        raise Refused(what, f"服务器时钟可疑：{why}，此时记录的日期不可靠", f"请核对服务器的时钟；改正后自动恢复，确认无误的由{looking.who()}确认")


def look() -> bool:
    """Each tick: is the clock to be trusted? If so this moment is the new mark; if not the doubt is kept for the pages."""
    now = clock.machine()
    if now is None:
        return True
    with writing():
        mark = ClockMark.objects.filter(pk=1).first() or _marked(ClockMark(pk=1), now)
        why = _doubt(mark, now)
        if not why:
            _marked(mark, now)
            mark.confirmed_by, mark.confirmed_names = None, ""
        mark.doubt = why
        mark.save()
        return not why


def _marked(mark: ClockMark, now: clock.Machine) -> ClockMark:
    mark.wall, mark.running, mark.boot = now.wall, now.running, now.boot
    return mark


def confirm(*, by: Person, office: Office | None) -> bool:
    """One of two persons says that the clock is right. With the second the product goes on; returns whether it does."""
    from .acts import note

    now = clock.machine()
    with writing():
        mark = ClockMark.objects.filter(pk=1).first()
        if now is None or mark is None or not (why := _doubt(mark, now)):
            raise Refused("不需要确认时钟", "时钟现在没有可疑之处", "请刷新页面")
        first, names = mark.confirmed_by, mark.confirmed_names
        if not looking.completes("不能由同一个人确认两次", "时钟由两人分别核对", first, frozenset(names.split()), by=by, office=office):
            mark.confirmed_by, mark.confirmed_names = by, " ".join(sorted(hands.of(by)))
            mark.save()
            return False
        _marked(mark, now)
        mark.doubt, mark.confirmed_by, mark.confirmed_names = "", None, ""
        mark.save()
        note(CONFIRM, by=by, office=office, facts={"doubt": why, "first": names})
        return True
