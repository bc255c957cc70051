"""Who is what on which day, and who may log in."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate

from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.offices.models import Office, OfficeRole, Post
from qingdan.kernel.offices.queries import current_post, holders, may_act_for, names, offices_on, posts_of, roles_of
from qingdan.statute.roles import EGOV, LEAD, OFFICE
from tests.kernel.ledger.worlds import everything

pytestmark = pytest.mark.django_db
DAY = date(2016, 6, 7)


@pytest.mark.parametrize(
    ("scope", "leads"), [("权责", ["bb", "fzb"]), ("审批", ["zwzx"]), ("收费", ["czj"]), ("基金", ["czj"]), ("负面", ["fgw"]), ("", 6), ("无", [])]
)
def test_each_list_has_its_lead_bodies(district, scope, leads):
    """rules 1.4: 权责 → 法制办 and 编办, 审批 → 政务服务中心, 收费 and 基金 → 财政局, 负面 → the 发改 department."""
    found = [o.code for o in holders("调", LEAD, DAY, scope)]
    assert found == leads or (scope == "" and sorted(found) == ["bb", "czj", "fgw", "fzb", "zwzx"])


def test_a_body_without_a_list_of_its_own_leads_every_list(district, at):
    with at("2016-06-01T09:00"):
        note("give_role", by=None, rows=[OfficeRole(office=district.hyl.office, measure="调", role=LEAD, valid_from=DAY)])
    assert [o.code for o in holders("调", LEAD, DAY, "审批")] == ["hyl", "zwzx"]
    assert [o.code for o in holders("调", LEAD, DAY - timedelta(1), "审批")] == ["zwzx"]


def test_roles_end_with_their_day_and_with_their_office(district, at):
    role = OfficeRole.objects.get(office=district.dzzw.office)
    role.valid_to = DAY
    office = district.zwb.office
    office.valid_to = DAY
    with at("2016-06-07T09:00"):
        note("end", by=None, rows=[role, office])
    assert (holders("调", EGOV, DAY), holders("调", OFFICE, DAY)) == ([district.dzzw.office], [office])
    after = DAY + timedelta(1)
    assert (holders("调", EGOV, after), holders("调", OFFICE, after)) == ([], [])
    assert roles_of(district.dzzw.office, DAY) == {("调", EGOV)} and roles_of(district.dzzw.office, after) == set()
    assert not offices_on(after).filter(code="zwb").exists() and not may_act_for(district.zwb.person, office, after)


def test_who_has_two_posts_acts_in_the_one_that_was_chosen(district, at):
    person = district.cg.person
    with at("2016-06-07T09:00"):
        note("appoint", by=None, rows=[Post(person=person, office=district.zwb.office, valid_from=DAY)])
    assert [p.office.code for p in posts_of(person, DAY)] == ["cg", "zwb"]
    assert [current_post(person, DAY, code).office.code for code in ("", "zwb", "cg", "bb")] == ["cg", "zwb", "cg", "cg"]
    assert current_post(person, date(2016, 5, 5)) is None


def test_names_by_code(district):
    assert names(["cg", "bb"]) == {"cg": "城管局", "bb": "编办"}
    assert len(names()) == 9


def test_log_in_with_the_right_password_only(district):
    assert authenticate(None, username="cg_1", password="p") == district.cg.person
    assert authenticate(None, username="cg_1", password="P") is None
    assert authenticate(None, username="nobody", password="p") is None
    assert authenticate(None, username="", password="") is None


def test_an_account_out_of_use_cannot_log_in_and_is_logged_out(district, at, client_as):
    client = client_as("cg_1")
    assert client.get("/desk/cases/").status_code == 200
    district.cg.person.active = False
    with at("2016-06-07T09:00"):
        note("disable", by=None, rows=[district.cg.person])
    assert authenticate(None, username="cg_1", password="p") is None
    assert client.get("/desk/cases/").status_code == 302


def test_logging_in_writes_no_business_row(district, client):
    before = {name: rows for name, rows in everything().items() if name != "django_session"}
    assert client.login(username="cg_1", password="p")
    assert {name: rows for name, rows in everything().items() if name != "django_session"} == before
    assert verify().fault is None


def test_every_row_has_a_name_that_people_can_read(district):
    assert str(Office.objects.get(code="cg")) == "城管局"
    assert str(OfficeRole.objects.get(scope="审批")) == "政务服务中心 调·牵头部门（审批）"
    assert str(Post.objects.get(office__code="cg")) == "城管局 经办人 城管局经办甲"
