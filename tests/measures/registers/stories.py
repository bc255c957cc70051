"""October 2016 in the shared district: one change published, one with a silent lead and a late office, one withdrawn."""

from __future__ import annotations

from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.ledger.models import Case
from tests.lists.samples import code


class Autumn:
    """
    published  10-10 申请, 10-11 转办, 10-12 同意, 10-13 核准, 10-14 确认, 10-17 转告, 10-18 公布, 10-19 本部门更新
    silent     10-10 申请, 10-12 转办, 10-19 视为同意, 10-21 核准 due and not given until 10-24 (one 工作日 late), 10-25 视为无异议
    withdrawn  10-20 申请, 10-21 撤回
    """

    def __init__(self, room):
        self.room = room
        self.items = [room.put(code=code(n), promised="5", name=f"事项{n}") for n in (1, 2, 3)]
        room.on("10-01", "00:10")
        sweep()  # the reports of June to September are born late, to nobody's account
        one = self.published = self._apply("10-10", 0)
        two = self.silent = self._apply("10-10", 1)
        room.refer("10-11", one)
        room.say("10-12", "fzb", one, "agree", "同意")
        room.refer("10-12", two)
        room.approve("10-13", one)
        room.say("10-14", "cg", one, "confirm")
        room.say("10-17", "zwb", one, "forward")
        room.publish("10-18", one)
        room.update("10-19", one)
        room.on("10-20", "00:10")
        sweep()
        self.withdrawn = self._apply("10-20", 2, "10-19")
        room.say("10-21", "cg", self.withdrawn, "withdraw", "不再需要")
        room.approve("10-24", two)
        room.on("10-26")
        sweep()

    def _apply(self, on, n, cause_day="10-08"):
        return self.room.apply(on, self.items[n], key=f"autumn{n}", cause_day=cause_day, promised="3")

    def report(self, month="2016-10-01"):
        """The case of the report of this month."""
        return Case.objects.get(obligations__row="D14", opened_on=month)
