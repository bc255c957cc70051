"""The demonstration, filled once by the product's own actions: whole, true, at every step of 第七条, on a clock that goes forward."""

import copy
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from qingdan.demo.content import loader
from qingdan.demo.content.laws import CHECKED
from qingdan.demo.content.story import TODAY
from qingdan.demo.filling import fill, opening
from qingdan.demo.roles import OFFERED, offered
from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Case, Event, Obligation
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import custodians_of
from qingdan.kernel.papers import fonts
from qingdan.kernel.papers.models import Paper
from qingdan.kernel.vault.models import Reading, Unlock
from qingdan.lists.bases.models import BasisArticle, BasisDocument, BasisLink, Hold, LawChange
from qingdan.lists.bases.parsing import parse
from qingdan.lists.bases.queries import in_force_on, resting_on, with_unread, without_basis
from qingdan.lists.models import Item, ItemVersion
from qingdan.measures.adjustment.models import ChangeRequest
from qingdan.measures.adjustment.watching.queries import tasks_of
from tests.demo import urls  # read before any test turns the demonstration on: the product's own addresses are those without it
from tests.measures.browsing import Reader

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
STORIES = loader.stories()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Filled once for this module; every test sees it whole and leaves it as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        said = []
        fill(said.append)
        yield SimpleNamespace(said=said)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def opened(world, db):
    with clock.frozen(opening()):
        yield


@pytest.fixture
def demonstration(settings, tmp_path):
    """The settings of the demonstration, its addresses and its clock, standing at its opening."""
    settings.DEMONSTRATION = True
    settings.ROOT_URLCONF = urls.__name__
    settings.CLOCK_FILE = str(tmp_path / "clock")
    settings.UI_BANNER = "demo/banner.html"
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["context_processors"].append("qingdan.demo.context.demonstration")
    settings.TEMPLATES = templates
    clock.set_fixed(None)
    clock.move_to(opening())


def case_of(story):
    """Its case: found by what it asked for and by the unit that asked."""
    found = [r.case for r in ChangeRequest.objects.select_related("case__office") if r.cause == story.event and r.case.office.short == story.unit]
    assert len(found) == 1, story.key
    return found[0]


# ---- what is in it


def test_每一行都由台账写下_核验无误():
    report = verify()
    assert report.fault is None and report.events > 150 and report.cases == Case.objects.count()


def test_约六百个事项_五张清单_十七个街道_三十来个部门():
    assert 580 <= Item.objects.count() <= 640
    assert set(Item.objects.values_list("kind", flat=True)) == {"权责", "审批", "负面", "收费", "基金"}
    assert Office.objects.filter(kind="街道").count() == 17 and Office.objects.exclude(kind="街道").count() >= 30
    assert not ItemVersion.objects.filter(incomplete=True).exists()


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.key)
def test_每个故事停在它所说的地方(story):
    """The open duties of the case are those of the story; what the law added is what the story says."""
    case = case_of(story)
    assert sorted({o.row for o in case.obligations.filter(how="")}) == sorted(set(story.open)), story.stands
    by_law = [e.act for e in case.events.order_by("n") if e.by_law]
    assert by_law == list(story.lapsed)
    assert [e.act for e in case.events.order_by("n") if not e.by_law] == [step.act for step in story.steps]


def test_五个环节的每一步都有案件停着():
    """第七条（一）至（五）、第九条: somebody owes each step; some are late, some cases have ended."""
    standing = set(Obligation.objects.filter(how="").values_list("row", flat=True))
    assert {"D1", "D2", "D3", "S48", "D3r", "D4", "D7", "D8", "D10", "D11", "D12", "D13"} <= standing
    acts = set(Event.objects.values_list("act", flat=True))
    assert {"deemed_agreed", "deemed_unopposed", "withdraw", "refuse", "approve_amended", "publish", "close_without_change"} <= acts
    assert [o for o in Obligation.objects.filter(how="") if o.late_on(TODAY)]
    assert Case.objects.exclude(pk__in=Obligation.objects.filter(how="").values("case")).filter(request__isnull=False).exists()


def test_首次入库写明是哪一张清单的文件():
    """The founding cases are shown to everybody: no names of files that only a programmer reads."""
    assert {e.facts["file"] for e in Event.objects.filter(act="publish_initial")} == {f"{kind}清单.csv" for kind in loader.KINDS}


def test_没有一步早于施行_也没有一步在将来():
    assert Event.objects.order_by("on").first().on >= date(2016, 5, 6)
    assert Event.objects.order_by("-recorded_at").first().recorded_at <= opening()


def test_公布了的故事_清单已是新版():
    """第七条（五）: what was published is the newest version of its item."""
    published = [s for s in STORIES if any(step.act == "publish" for step in s.steps)]
    assert published
    for story in published:
        version = ItemVersion.objects.get(case=case_of(story))
        assert version.act == "publish" and version.cancelled == (story.action == "取消")


# ---- who enters


def test_登录页提供每一种角色():
    assert [o.office for o in offered()] == [office for office, _, _ in OFFERED]
    assert len({o.username for o in offered()}) == len(OFFERED)
    assert [o.office for o in offered()].count("政务办") == 2  # what takes two persons can be tried
    assert {"政务办", "法制办", "编办", "政务服务中心", "财政局", "电子政务中心"} < {o.office for o in offered()}


@pytest.mark.parametrize(("username", "page"), [("sys.zhou", "people/"), ("sec.wu", "requests/"), ("sec.zheng", "requests/"), ("aud.qian", "log/")])
def test_点一下就以三员之一进入(username, page, demonstration, client):
    assert f'value="{username}"' in client.get("/desk/login/").content.decode()
    assert client.post("/demo/enter/", {"username": username}).headers["Location"] == f"/account/{page}"
    assert client.get(f"/account/{page}").status_code == 200 and client.get("/desk/").status_code == 403


@pytest.mark.parametrize("office", dict.fromkeys(office for office, _, _ in OFFERED))
def test_点一下就以该角色进入_每一页都打得开(office, demonstration, client, request):
    """Every role: its 待办, its cases, every case page and every act that it is offered; of many cases every third, with --long all."""
    role = next(o for o in offered() if o.office == office)
    assert f'value="{role.username}"' in client.get("/desk/login/").content.decode()
    assert client.post("/demo/enter/", {"username": role.username}).headers["Location"] == "/desk/"
    reader = Reader(client)
    inbox = reader.get("/desk/")
    assert inbox.status == 200 and role.name.partition("（")[0] in inbox.text and "演示系统" in inbox.text
    opened = {link for link in reader.get("/desk/cases/").links if link.startswith("/desk/cases/") and link != "/desk/cases/"}
    assert opened or office in ("花园路街道", "区政府")
    step = 1 if len(opened) < 10 or request.config.getoption("--long") else 3
    for link in sorted(opened)[::step]:
        page = reader.get(link)
        assert page.status == 200, link
        for act in (a for a in page.links if a.startswith(("/adjustment/调", "/adjustment/%"))):
            form = reader.get(act)
            assert form.status == 200 and "现在不能办理" not in form.text, act


@pytest.mark.parametrize("username", ["", "nobody", "zwb_1", "前\0后"])
def test_没有列出的人_不能点进来(username, demonstration, client):
    """The door is for the offered roles only, not for whoever knows a name."""
    assert username not in {o.username for o in offered()}
    assert client.post("/demo/enter/", {"username": username}).status_code == 404
    assert client.get("/demo/enter/").status_code == 405


def test_列出之外的真实账号_也不能点进来(demonstration, client):
    listed = [o.username for o in offered()]
    other = Person.objects.exclude(username__in=listed).filter(posts__isnull=False).first()
    assert client.post("/demo/enter/", {"username": other.username}).status_code == 404


# ---- the clock


@pytest.fixture
def clerk(demonstration, client):
    role = next(o for o in offered() if o.office == "政务办")
    client.post("/demo/enter/", {"username": role.username})
    return Reader(client)


def test_时钟前移_到期的依法视为(clerk):
    """第八条: five days on, what was not answered is deemed, dated the day on which its time ran out."""
    ripe = list(Obligation.objects.filter(how="", lapses=True, provisional=False, due__lt=TODAY + timedelta(days=5)))
    assert ripe
    assert clerk.client.post("/demo/clock/", {"days": "5"}).headers["Location"] == "/desk/"
    nine = datetime.combine(TODAY + timedelta(days=5), time(9), clock.SHANGHAI)
    assert abs(clock.now() - nine) < timedelta(minutes=5)
    for duty in ripe:
        closed = Obligation.objects.get(pk=duty.pk)
        assert (closed.how, closed.closed_on) == ("deemed", duty.due)
    page = clerk.get("/desk/")
    assert "演示时钟已到 11月29日，其间依法产生视为效果" in page.text
    assert verify().fault is None


def test_时钟一直前移到放假安排未公布的年份_不出错_暂定的不视为(clerk):
    """R6: past the last announced year dates are 暂定; pages bear it and nothing lapses on such a day."""
    for _ in range(4):
        clerk.client.post("/demo/clock/", {"days": "30"})
    assert clock.today() == TODAY + timedelta(days=120)
    for path in ("/desk/", "/desk/cases/", *(f"/desk/cases/{c.number}/" for c in Case.objects.filter(request__isnull=False)[:8])):
        assert clerk.get(path).status == 200
    assert verify().fault is None


def test_时钟只能前移一天_五天_三十天(clerk):
    before = clock.today()
    for days in ("-1", "0", "2", "365", "", "甲", "²"):
        assert clerk.client.post("/demo/clock/", {"days": days}).status_code == 404
    assert clerk.client.get("/demo/clock/").status_code == 405
    assert clock.today() == before


@pytest.mark.parametrize(("back", "to"), [("/desk/cases/", "/desk/cases/"), ("https://evil.example/desk/", "/desk/"), ("//evil.example/desk/", "/desk/"), ("", "/desk/")])
def test_移动时钟后回到原来的页面_不会到站外(back, to, clerk):
    assert clerk.client.post("/demo/clock/", {"days": "1", "next": back}).headers["Location"] == to


# ---- where it does not belong


def test_再填一次_什么也不变(demonstration, capsys):
    before = (Event.objects.count(), Item.objects.count(), Person.objects.count())
    call_command("demo_fill")
    assert "left as it is" in capsys.readouterr().out
    assert (Event.objects.count(), Item.objects.count(), Person.objects.count()) == before


def test_正式系统里没有演示(client, settings):
    """Outside the demonstration there is no such page, no button and no filling, even with its accounts in the database."""
    assert settings.DEMONSTRATION is False
    role = offered()[0]
    for path in ("/demo/enter/", "/demo/clock/"):
        assert client.post(path, {"username": role.username, "days": "1"}).status_code == 404
    assert role.username not in client.get("/desk/login/").content.decode()
    with pytest.raises(CommandError, match="只能填入演示系统"):
        call_command("demo_fill")


def test_即使网址还在_正式系统也不放行(client, settings):
    """Deny by default: the addresses alone open nothing."""
    settings.ROOT_URLCONF = urls.__name__
    for path in ("/demo/enter/", "/demo/clock/"):
        assert client.post(path, {"username": offered()[0].username, "days": "1"}).status_code == 403
    assert "_auth_user_id" not in client.session


# ---- 依据: an amendment with its tasks, a repeal with its suspension


def test_一个办结的案件和一个月的报告有签发的文书_一份已更正(client):
    """A new user finds papers on a case page, one of them replaced, and can check them at the public's page."""
    papers = Paper.objects.order_by("pk")
    assert [paper.template for paper in papers] == ["referral", "opinion", "approval", "approval", "publication", "book", "monthly"]
    wrong, right = papers.filter(template="approval")
    assert wrong.withdrawn.replaced_by == right and "金水区审计局" in wrong.data["imprint"]["copies"] and right.data["imprint"]["copies"] == "金水区财政局"
    assert all(bool(paper.pdf) == fonts.found().complete for paper in papers)
    assert f"这份文书已由{right.number}更正" in client.get(f"/verify/{wrong.code}/").content.decode()


def test_依据登记簿有核对过的文件_其余待核_每个事项都有依据():
    assert BasisDocument.objects.filter(checked=True).count() == len(CHECKED) and BasisDocument.objects.count() > 150
    assert not without_basis(TODAY).exists() and not with_unread(TODAY).exists()


def test_第五条_修改和废止各有任务_等待单位答复():
    amended, repealed = (LawChange.objects.get(sort=sort) for sort in ("amended", "repealed"))
    assert {(t.application.office.short, t.waiting) for t in tasks_of(amended)} == {("政务服务中心", 1), ("电子政务中心", 1)}
    assert {(t.application.office.short, t.waiting) for t in tasks_of(repealed)} == {("商务局", 2), ("安监局", 1)}


def test_第十条一_一项暂停_一项继续_一项还在待核():
    held = {h.version.item.code: h.state_on(TODAY, TODAY) for h in Hold.objects.select_related("version__item")}
    assert held == {"410105-029-01-101-00": "暂停行使", "410105-032-99-004-00": "", "410105-029-06-001-00": "待核"}


def test_依据此条的事项_与逐项读原文所得相同():
    """P-A6, seen to hold: for every article of the register, the indexed query finds what reading all 600 texts finds."""
    read = {}
    for version in in_force_on(TODAY):
        for c in parse(version.content_dict["basis"]).citations:
            read.setdefault((c.key, c.place), set()).add(version.pk)
    found = {}
    for link in BasisLink.objects.filter(version__in=in_force_on(TODAY)).select_related("article__document"):
        found.setdefault((link.article.document.key, link.article.place), set()).add(link.version_id)
    assert found == read and len(read) > 300
    for (key, place), versions in list(read.items())[:40]:
        articles = BasisArticle.objects.filter(document__key=key, place=place)
        assert {v.pk for v in resting_on(articles, TODAY)} == versions


def test_投诉人是谁_一件同意并且看过_一件等身份保管员决定(client):
    assert sorted(Unlock.objects.values_list("outcome", flat=True)) == ["", "granted"]
    assert Reading.objects.filter(kind="identity").exclude(purpose__contains="未显示").count() == 1  # the others only compared
    waiting = Unlock.objects.get(outcome="")
    (custodian,) = custodians_of(waiting.keeper_office, TODAY)
    client.force_login(custodian)
    assert "等您决定" in client.get("/desk/").content.decode() and waiting.reason in client.get("/vault/").content.decode()
