"""The complaints of the demonstration: each where its story says, on time but where it is shown late, sealed, and told to nobody who may not know."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from qingdan.demo.content.complaints import CODES, CONTACTS, STORIES
from qingdan.demo.filling import fill, opening
from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Event, Obligation
from qingdan.kernel.offices.models import Custody, Office
from qingdan.kernel.vault.models import Sealed
from qingdan.measures.complaints.access import papers_of, visible_to
from qingdan.measures.complaints.codes import fits
from qingdan.measures.complaints.models import Complaint, Contact
from tests.measures.browsing import Reader

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        fill(lambda line: None)
        yield SimpleNamespace()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def opened(world, db):
    with clock.frozen(opening()):
        yield


def of_story(n):
    return Event.objects.get(key=f"demo-complaint-{n}").case


@pytest.mark.parametrize("n, story", [*enumerate(STORIES, 1)], ids=[s.key for s in STORIES])
def test_每一件都在故事所写的地方_没有逾期的(world, n, story):
    case = of_story(n)
    open_now = case.obligations.filter(how="")
    assert set(open_now.values_list("row", flat=True)) == set(story.open)
    assert not open_now.filter(due__lt=clock.today()).exists() and not case.obligations.exclude(how="").filter(closed_on__gt=clock.today()).exists()
    acts = list(case.events.order_by("n").values_list("act", flat=True))
    assert acts[1:] == [turn.act for turn in story.turns if turn.in_case]
    late = Obligation.objects.filter(case__parent=case, how="", due__lt=clock.today())
    assert set(late.values_list("row", flat=True)) == set(story.late)


def test_身份和内容_库里没有一个字是明文(world):
    sealed = "".join(Sealed.objects.values_list("body", flat=True))
    told = "".join(Event.objects.filter(case__law="诉").values_list("body", flat=True))
    words = [word for story in STORIES for word in (story.text, *story.identity.values())]
    for word in words:
        if len(word) >= 8 or not word.isascii():  # the last four places of an ID card may well stand in any ciphertext or digest
            assert word not in sealed and word not in told


def test_被投诉的单位_看不到_处理机关看得到(world):
    for complaint in Complaint.rows.select_related("respondent_office", "handler"):
        assert not visible_to(complaint.respondent_office, clock.today()).filter(pk=complaint.pk).exists()
        if complaint.handler:
            assert visible_to(complaint.handler, clock.today()).filter(pk=complaint.pk).exists()


def test_演示的查询码_各开一件_四家有联系方式_各有保管员(world):
    for n, code in enumerate(CODES, 1):
        assert fits(Complaint.rows.get(reference=f"DEM0{n:012d}").query_hash, code)
    assert set(Contact.objects.values_list("office__short", flat=True)) == set(CONTACTS) == set(Custody.objects.values_list("office__short", flat=True))
    assert not visible_to(Office.objects.get(short="政务办"), clock.today()).filter(respondent_office__short="政务办").exists()


@pytest.mark.parametrize("short", ["政务办", "政务服务中心", "法制办", "编办", "财政局", "区政府"])
def test_经办的单位_工作单和每一件都打得开(world, client_as, short):
    office = Office.objects.get(short=short)
    reader = Reader(client_as(office.posts.order_by("rank", "pk").first().person.username))
    seen = {f"/complaints/{c.case.number}/" for c in visible_to(office, clock.today())}
    assert seen and {link for link in reader.get("/complaints/register/").links if "/诉" in link or "%E8%AF%89" in link}
    assert {reader.get(link).status for link in ("/complaints/", *seen)} == {200}


def test_告知了结果的那一件_凭查询码可以下载结果告知书_处理机关有决定书(world):
    complaint = Complaint.rows.get(reference="DEM0000000000003")
    assert [p.template for p in papers_of(complaint)] == ["complaint_result"]
    assert {p.template for p in papers_of(complaint, complaint.handler)} == {"complaint_decision", "complaint_decision_copy", "complaint_result"}
