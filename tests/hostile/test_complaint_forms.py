"""c2 for the investigation: every form of 诉11–20, sent with what nobody would type: never an error of the product, and nothing typed is lost."""

from datetime import date

import pytest

from qingdan.measures.complaints import answerable
from qingdan.measures.complaints.acting_inquiry import ERRAND_DOINGS, INQUIRY, LIABILITY_DOINGS
from tests.kernel.policy.walking import as_
from tests.measures.complaints.inquiry import Inquiry
from tests.measures.complaints.room import Room

from .test_forms import torment

pytestmark = pytest.mark.django_db
FEW, MANY = 1, 100
SURE = ("decide", "decide_assigned")  # a button alone


@pytest.fixture
def inquiry(district):
    """A complaint under investigation: a letter and a decision wait, a unit owes one errand, one liability is to be decided."""
    q = Inquiry(Room(district), confidential=False)
    q.hear()
    q.draft("09-13", "handover", due=date(2016, 9, 26))
    q.decision("09-13", duties=[("cg", "退还", None)])
    q.errand = q.send("09-13", "performance", due=date(2016, 9, 20))
    q.room.on("09-21")
    q.liability = answerable.register("obstruction", q.c, q.room.office("cg"), "扣留票据", **q.who("1"))
    return q


def test_c2_调查_交办和责任的表单(inquiry, request, record_property):
    examples = MANY if request.config.getoption("--long") else FEW
    number, errand, entry = inquiry.case.number, inquiry.errand.case.number, inquiry.liability.case.number
    paths = [("fzb_1", f"/complaints/{number}/do/{act}/") for act in INQUIRY if act not in SURE]
    paths += [("cg_1" if act in ("report_performance", "give_reason") else "fzb_1", f"/complaints/errands/{errand}/do/{act}/") for act in ERRAND_DOINGS]
    paths += [("fzb_1", f"/complaints/liability/{entry}/do/{act}/") for act in LIABILITY_DOINGS]
    paths += [("fzb_1", f"/complaints/{number}/liability/")]
    shown = {path: torment(as_(who), path, examples) for who, path in paths}
    record_property("examples", examples * len(paths))
    assert [path for path, n in shown.items() if not n] == []


@pytest.mark.parametrize("path", [
    "/complaints/errands/%00/", "/complaints/errands/诉2016-00000000/", "/complaints/liability/𠮷/", "/complaints/{}/letters/99999999999999999999/",
    "/complaints/{}/decisions/0/", "/complaints/errands/{}/files/x/", "/complaints/{}/do/frobnicate/", "/complaints/errands/{}/do/frobnicate/",
])  # fmt: skip
def test_c2_没有的一件_没有的草稿_是没有而不是出错(inquiry, path):
    client = as_("fzb_1")
    for number in (inquiry.case.number, inquiry.errand.case.number):
        for send in (client.get, client.post):
            assert send(path.format(number)).status_code in (404, 405)
