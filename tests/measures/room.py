"""The offices of the shared district at work on one item: each verb is one action of the product, done on its day of 2016."""

from __future__ import annotations

from datetime import date

from django.core.files.base import ContentFile

from qingdan.kernel import clock
from qingdan.kernel.files.store import keep
from qingdan.kernel.ledger.acts import open_case
from qingdan.kernel.ledger.canonical import text
from qingdan.kernel.ledger.models import Case
from qingdan.lists.actions import version, with_bases
from qingdan.lists.models import Item, ItemVersion
from qingdan.lists.queries import current
from qingdan.lists.schema import check, clean
from qingdan.measures.adjustment import actions, publishing
from qingdan.measures.adjustment.models import ChangeRequest
from tests.kernel.files.samples import PNG
from tests.lists.samples import complete

URL = "http://zwfw.jinshui.example/item/1"
CODE = "410105-027-01-001-00"


def day(text: str) -> str:
    """06-07 → 2016-06-07."""
    return text if len(text) == 10 else f"2016-{text}"


class Room:
    """`room.refer("06-12", case, "fzb", "bb")`: on that day, as the office whose part it is."""

    def __init__(self, district):
        self.d = district

    def who(self, code):
        side = getattr(self.d, code)
        return {"by": side.person, "office": side.office}

    def on(self, text, hour="09:00"):
        clock.set_fixed(f"{day(text)}T{hour}")

    def offices(self, *codes):
        return [getattr(self.d, code).office for code in codes]

    # what lies in the lists

    def put(self, kind="权责", code=CODE, unit="cg", **changes) -> Item:
        """An item in force since 2016-05-06, as an import brings it in."""
        office, content = getattr(self.d, unit).office, complete(kind, code) | changes
        self.on("05-06")

        def rows(case):
            item = Item(kind=kind, code=code, office=office, case=case)
            incomplete = bool(check(kind, content))
            return with_bases([item, version(item, 1, content, office=office, case=case, act="publish_initial", approver="",
                                             now=clock.now(), incomplete=incomplete)])  # fmt: skip

        zwb = self.d.zwb.office
        open_case("调", "publish_initial", by=None, office=zwb, title="入库", gives={"政务办": [zwb]}, rows=rows)
        return Item.objects.get(code=code)

    def ask(self, item=None, move="变更", kind="权责", cause_day="06-01", successor="", wished="", **changes) -> ChangeRequest:
        """An application, not yet handed in."""
        newest = current(item) if item else None
        old = newest.content_dict if newest else {}
        return ChangeRequest(
            list_kind=item.kind if item else kind, move=move, item=item, ground="第五条（二）", cause="条例修改",
            base_number=newest.number if newest else None, base_content=text(old), evidence="条例第十条",
            content=text(clean(item.kind if item else kind, {**old, **changes})), cause_day=date.fromisoformat(day(cause_day)),
            reason="依新条例", contact="甲 0371-63526000", successor=successor, wished_on=date.fromisoformat(day(wished)) if wished else None,
        )  # fmt: skip

    # the path

    def do(self, on, who, action, *args, **kw):
        self.on(on)
        return action(*args, **self.who(who), **kw)

    def say(self, on, who, case, act, words="", **kw):
        return self.do(on, who, actions.say, case, act, words, **kw)

    def register(self, on="06-02", item=None, who="cg", **asked) -> Case:
        return self.do(on, who, actions.register_cause, self.ask(item, **asked))

    def apply(self, on="06-07", item=None, who="cg", key="k", **asked) -> Case:
        asked = asked or {"promised": "3"}
        return self.do(on, who, actions.apply_new, self.ask(item, **asked), key=f"{key}-{Case.objects.count()}")

    def refer(self, on, case, *leads):
        return self.do(on, "zwb", actions.refer, case, self.offices(*(leads or ("fzb",))), "请审核")

    def approve(self, on, case):
        return self.do(on, "zwb", actions.approve, case, "同意核准")

    def publish(self, on, case, words="政务服务网首页", **receipt):
        """With the receipt of that day and a copy of the page."""
        given = {"number": "金电政回〔2016〕1号", "day": date.fromisoformat(day(on)), "url": URL, "page": self.copy()} | receipt
        return self.do(on, "dzzw", publishing.publish, case, words, publishing.Receipt(**given))

    def update(self, on, case, words="网址", who="cg"):
        return self.do(on, who, publishing.update_own_site, case, words, url=URL, page=self.copy())

    def copy(self, data=PNG, name="页面.png"):
        """An uploaded file, kept."""
        return keep(ContentFile(data, name))

    def approved(self, item, **asked) -> Case:
        """06-07 申请, 06-12 转办, 06-13 同意, 06-15 核准."""
        case = self.apply("06-07", item, **asked)
        self.refer("06-12", case)
        self.say("06-13", "fzb", case, "agree", "同意")
        self.approve("06-15", case)
        return case

    def forwarded(self, item, **asked) -> Case:
        """And 06-16 确认, 06-17 转告."""
        case = self.approved(item, **asked)
        self.say("06-16", "cg", case, "confirm")
        self.say("06-17", "zwb", case, "forward")
        return case


# what is seen


def owed(case) -> list[tuple[str, str, str]]:
    """[(row, office, due day 06-12 or "")] of the open duties."""
    return [(o.row, o.office_code, short(o.due)) for o in case.obligations.filter(how="").order_by("due", "row", "office_code")]


def told(case) -> list[tuple[str, str, bool]]:
    """[(act, legal day, by the law)] of all events."""
    return [(e.act, short(e.on), e.by_law) for e in case.events.order_by("n")]


def versions(item) -> list[ItemVersion]:
    return list(item.versions.order_by("number"))


def short(day) -> str:
    if day is None:
        return ""
    return day.isoformat()[5:] if day.year == 2016 else day.isoformat()
