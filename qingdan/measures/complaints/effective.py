"""第十七条 (S26, 考13(4)): 有效投诉 by the unit complained of, for the scores: taken up, and found 属实 or 部分属实. Numbers only."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, OuterRef, Subquery

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.offices.models import Office
from qingdan.statute.complaints_inquiry import FOUND
from qingdan.statute.roles import OFFICE

from .access import holds, visible_to

DECIDING = ("decide", "decide_assigned")


def effective(office: Office, since: date, until: date) -> dict[str, int]:
    """Code of the unit complained of → how many 有效投诉 were decided in these days, both included; two queries.

    For 政务办, which scores; those about 政务办 itself it may not know of (S14), and those about no office of the district count for nobody.
    The unit as it was complained of: what has taken its place since (S10) is the business of who scores.
    Raises Refused for every other office.
    """
    if not holds(office, OFFICE, clock.today()):
        raise Refused("不能统计有效投诉", "考评由政务办负责，别的单位看不到投诉的件数（S46）", "请由政务办统计")
    decided = Event.objects.filter(case=OuterRef("case"), act__in=DECIDING).order_by("n").values("on")[:1]
    found = visible_to(office, clock.today()).filter(refusal="", conclusion__in=FOUND, respondent_office__isnull=False)
    counted = found.annotate(decided_on=Subquery(decided)).filter(decided_on__range=(since, until)).order_by()
    return {row["respondent_office__code"]: row["count"] for row in counted.values("respondent_office__code").annotate(count=Count("pk"))}
