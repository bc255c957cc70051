"""三员 (b8, T28, T29): S1 and S2 see no business row in any outlet, S3 writes nothing, the three are not combinable; resets and grants by two."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.accounts import actions
from qingdan.kernel.accounts.models import Entry, Request, Word
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.offices.actions import appoint
from qingdan.kernel.offices.models import Account, Person, Post
from qingdan.kernel.offices.queries import may_act_for
from qingdan.kernel.policy.declared import DECLARED
from tests.kernel.ledger.worlds import everything
from tests.kernel.policy.walking import NAMES, address, as_, ask, lived_in

from .conftest import GOOD

pytestmark = pytest.mark.django_db
KEEPERS = ("sys_1", "sec_1", "sec_2", "sec_3", "aud_1")
ONE_OF_EACH = ("sys_1", "sec_1", "aud_1")


def people(*names):
    return [Person.objects.select_related("account").get(username=n) for n in names]


@pytest.fixture
def keepers(world):
    """Five keepers; and the clerk of 城管局 as whoever it is about."""
    from tests.kernel.policy.walking import keepers as made

    made()
    return people(*KEEPERS[1:3])


def reset(keepers, person, kind=Request.PASSWORD, **more):
    row, first = actions.ask(kind, person, "本人书面申请", by=keepers[0], **more)
    return row, first, actions.confirm(row, by=keepers[1])


# ---- b8


def test_b8_三员_打不开任何业务页面_任何方法(district):
    """Every declared page that is not of accounts and not public: 403, whatever the method, whatever the object."""
    case = lived_in(district)
    business = [n for n in NAMES if n.split(":")[0] in ("desk", "lists", "adjustment", "files", "vault") and DECLARED[n].audience.key != "public"] + ["portal:preview"]
    opened, asked = [], 0
    for who in ONE_OF_EACH:
        client = as_(who)
        for name in business:
            for method in ("GET", "POST"):
                asked += 1
                if ask(client, method, address(name, case)).status_code != 403:
                    opened.append((who, method, name))
    assert opened == [] and asked > 300


def test_b8_他们能打开的页面里_没有一个业务数据(district):
    """The markers are alive: a clerk sees them at the same moment."""
    case = lived_in(district)
    marks = (case.number, case.title, case.subject)
    of_clerk = as_("cg_1").get("/desk/cases/").content.decode()
    assert case.number in of_clerk
    seen, pages = [], 0
    for who in ONE_OF_EACH:
        client = as_(who)
        for name in [n for n in NAMES if n.startswith(("accounts:", "desk:log"))]:
            answer = ask(client, "GET", address(name, case))
            pages += answer.status_code == 200
            text = answer.whole.decode()
            seen += [(who, name, m) for m in marks if m and m in text]
        for path in ("/account/log/?what=events", "/account/log.csv?what=events"):
            seen += [(who, path, m) for m in marks if m and m in client.get(path).content.decode()]
    assert seen == [] and pages > 20


def test_b8_审计管理员_什么也不写(district):
    """Every page that is open to S3 besides the own account: looked at and sent to, every table stays as it was."""
    case = lived_in(district)
    client = as_("aud_1")
    before = {t: r for t, r in everything().items() if t != "django_session"}
    for name in NAMES:
        page = DECLARED[name]
        if page.audience.accounts or page.audience.key == "public":
            continue
        for method in ("get", "post", "put", "delete"):
            getattr(client, method)(address(name, case))
    assert {t: r for t, r in everything().items() if t != "django_session"} == before
    assert all(page.methods == ("GET", "HEAD") for page in DECLARED.values() if page.audience.key == "audit")


def test_b8_一个人只能是一员_数据库也不收别的(keepers):
    person = people("sys_1")[0]
    assert len({f.name for f in Account._meta.fields if f.name == "duty"}) == 1
    with pytest.raises(Refused, match="已经是系统管理员，三员不得兼任"):
        actions.ask(Request.COMMISSION, person, "兼任", by=keepers[0], duty="audit")
    with pytest.raises(IntegrityError), transaction.atomic():
        note("x", by=None, rows=[Account(person=person, duty="audit")])
    with pytest.raises(IntegrityError), transaction.atomic():
        person.account.duty = "all"
        note("x", by=None, rows=[person.account])


def test_b8_三员不任职_任职的不当三员(keepers, world):
    with pytest.raises(Refused, match="三员不在任何单位任职"):
        appoint(person=people("aud_1")[0], office=world.cg.office, by=None)
    with pytest.raises(Refused, match="还在单位任职"):
        actions.ask(Request.COMMISSION, world.cg.person, "任命", by=keepers[0], duty="audit")


def test_b8_即使表里两样都有_也不能办事(keepers, world, client_as):
    """By construction: the middleware looks for no post of theirs, and the ledger's door does not let them in."""
    person = people("aud_1")[0]
    note("x", by=None, rows=[Post(person=person, office=world.cg.office, valid_from=date(2016, 5, 6))])
    assert client_as("aud_1").get("/desk/").status_code == 403 and not may_act_for(person, world.cg.office, clock.today())


@pytest.mark.parametrize(("who", "page"), [("sys_1", "people/"), ("sec_1", "requests/"), ("aud_1", "log/")])
def test_三员登录后到自己的第一页(keepers, client_as, who, page):
    assert client_as(who).get("/desk/login/")["Location"] == f"/account/{page}"


# ---- T28


def test_重设密码_两人经手_各看到一半_本人设置(keepers, world, client_as):
    victim, old = client_as("cg_1"), Client()
    _row, first, second = reset(keepers, world.cg.person)
    assert victim.get("/desk/").status_code == 302, "all sessions are over"
    assert old.post("/desk/login/", {"username": "cg_1", "password": "p"}).status_code == 200, "the old password is gone"
    assert len(first) == len(second) == 10 and first != second
    sent = {"username": "cg_1", "first": first, "second": f"{second[:5]}-{second[5:]}".lower(), "new": GOOD, "again": GOOD}
    assert old.post("/account/renew/", sent)["Location"] == "/desk/login/"
    assert old.post("/desk/login/", {"username": "cg_1", "password": GOOD}).status_code == 302
    page = old.get("/desk/").content.decode()
    assert "已对您的账号重设密码：" in page and all(k.name in page for k in keepers)
    bodies = "".join(Event.objects.values_list("body", flat=True))
    assert first not in bodies and second not in bodies and GOOD not in bodies and verify().fault is None


@pytest.mark.parametrize("which", ["first", "second"])
def test_只有一半的人_不能冒用(keepers, world, client, which):
    _, first, second = reset(keepers, world.cg.person)
    sent = {"username": "cg_1", "first": first, "second": second, "new": GOOD, "again": GOOD} | {which: "AAAAAAAAAA"}
    answer = client.post("/account/renew/", sent)
    assert answer.status_code == 422 and "重设码不对" in answer.content.decode()
    assert not Person.objects.get(username="cg_1").has_usable_password()


def test_重设码_只能用一次_24小时_错五次锁定(keepers, world, client, later):
    _, first, second = reset(keepers, world.cg.person)
    good = {"username": "cg_1", "first": first, "second": second, "new": GOOD, "again": GOOD}
    for _n in range(5):
        client.post("/account/renew/", good | {"first": "B" * 10})
    assert "不再受理" in client.post("/account/renew/", good).content.decode()
    later("06-08T08:59:59")
    assert client.post("/account/renew/", good | {"new": "short", "again": "short"}).status_code == 422, "a bad password uses nothing up"
    with transaction.atomic():
        assert client.post("/account/renew/", good).status_code == 302
        assert "已经用过" in client.post("/account/renew/", good).content.decode()
        transaction.set_rollback(True)
    later("06-08T09:00")
    assert "超过 24 小时" in client.post("/account/renew/", good).content.decode()


def test_没有确认的重设_什么也不改变(keepers, world, client_as, client):
    victim = client_as("cg_1")
    _, first = actions.ask(Request.PASSWORD, world.cg.person, "申请", by=keepers[0])
    assert victim.get("/desk/").status_code == 200
    assert client.post("/account/renew/", {"username": "cg_1", "first": first, "second": first, "new": GOOD, "again": GOOD}).status_code == 422


def test_同一个人不能又提出又确认_数据库也不收(keepers, world):
    row, _ = actions.ask(Request.PASSWORD, world.cg.person, "申请", by=keepers[0])
    with pytest.raises(Refused, match="提出和确认不能是同一个人"):
        actions.confirm(row, by=keepers[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        row.decided_by = keepers[0]
        note("x", by=None, rows=[row])


def test_自己的账号_自己不提出也不确认(keepers):
    first, second = keepers
    with pytest.raises(Refused, match="这是您自己的账号"):
        actions.ask(Request.PASSWORD, first, "忘了", by=first)
    row, _ = actions.ask(Request.PASSWORD, first, "忘了", by=second)
    with pytest.raises(Refused, match="这是您自己的账号"):
        actions.confirm(row, by=first)
    assert actions.confirm(row, by=people("sec_3")[0])


@pytest.mark.parametrize("who", ["sys_1", "aud_1", "cg_1", "zwb_1"])
def test_不是安全管理员_不能提出也不能确认(keepers, world, who):
    other = people(who)[0]
    with pytest.raises(Refused, match="安全管理员的职责"):
        actions.ask(Request.PASSWORD, world.hyl.person, "申请", by=other)
    row, _ = actions.ask(Request.PASSWORD, world.hyl.person, "申请", by=keepers[0])
    with pytest.raises(Refused, match="安全管理员的职责"):
        actions.confirm(row, by=other)


def test_退回的_什么也不改变_不能再确认(keepers, world):
    row, _ = actions.ask(Request.PASSWORD, world.cg.person, "申请", by=keepers[0])
    actions.reject(row, "没有书面申请", by=keepers[1])
    with pytest.raises(Refused, match="已由"):
        actions.confirm(row, by=keepers[1])
    assert Person.objects.get(username="cg_1").has_usable_password() and not Word.objects.exists()


def test_重设二次验证_全部移除_本人重新启用(keepers, world):
    from allauth.mfa.models import Authenticator

    with pytest.raises(Refused, match="没有启用二次验证"):
        actions.ask(Request.FACTORS, world.cg.person, "手机丢失", by=keepers[0])
    Authenticator.objects.create(user=world.cg.person, type="totp", data={"secret": "x"})
    reset(keepers, world.cg.person, Request.FACTORS)
    assert not Authenticator.objects.exists() and Word.objects.get().person == world.cg.person


# ---- grants


def test_新人_系统管理员建账号_两名安全管理员授权(keepers, world, client):
    person = actions.create(username="li.na", name="李娜", by=people("sys_1")[0])
    assert not person.has_usable_password() and not person.posts.exists()
    _, first, second = reset(keepers, person)
    reset(keepers, person, Request.APPOINT, office=world.cg.office, title="科长", rank="head")
    client.post("/account/renew/", {"username": "li.na", "first": first, "second": second, "new": GOOD, "again": GOOD})
    client.post("/desk/login/", {"username": "li.na", "password": GOOD})
    assert client.get("/desk/").status_code == 200
    post = Post.objects.get(person=person)
    assert (post.office, post.title, post.rank, post.valid_from) == (world.cg.office, "科长", "head", date(2016, 6, 7))
    assert [e.act for e in Event.objects.order_by("seq") if e.facts.get("person") == "li.na"] == [
        "ask_account", "confirm_account", "ask_account", "appoint", "confirm_account", "renew_password"]  # fmt: skip
    assert verify().fault is None


@pytest.mark.parametrize("who", ["sec_1", "aud_1", "cg_1"])
def test_安全管理员不建账号(keepers, who):
    with pytest.raises(Refused, match="系统管理员的职责"):
        actions.create(username="x", name="x", by=people(who)[0])


def test_授予和解除三员_任职先终止(keepers, world, client_as):
    person = world.hyl.person
    clerk = client_as("hyl_1")
    clock.set_fixed("2016-06-08T09:00")
    reset(keepers, person, Request.END_POST, office=world.hyl.office)
    assert clerk.get("/desk/").status_code == 302
    reset(keepers, person, Request.COMMISSION, duty="audit")
    client = client_as("hyl_1")
    assert client.get("/account/log/").status_code == 200 and client.get("/desk/").status_code == 403
    reset(keepers, people("hyl_1")[0], Request.DISCHARGE)
    assert client.get("/account/log/").status_code == 302 and client_as("hyl_1").get("/account/log/").status_code == 403


# ---- T29


def test_离开的人_停用即退出_恢复要两人(keepers, world, client_as):
    leaver = client_as("cg_1")
    assert leaver.get("/desk/").status_code == 200
    actions.deactivate(world.cg.person, "调离", by=people("sys_1")[0])
    assert leaver.get("/desk/").status_code == 302 and not may_act_for(people("cg_1")[0], world.cg.office, clock.today())
    reset(keepers, people("cg_1")[0], Request.ACTIVATE)
    assert leaver.get("/desk/").status_code == 302, "the old session stays over"
    assert client_as("cg_1").get("/desk/").status_code == 200


def test_不能停用自己_不能停用两次(keepers, world):
    admin = people("sys_1")[0]
    with pytest.raises(Refused, match="这是您自己的账号"):
        actions.deactivate(admin, "x", by=admin)
    actions.deactivate(world.cg.person, "x", by=admin)
    with pytest.raises(Refused, match="已经停用"):
        actions.deactivate(world.cg.person, "x", by=admin)


# ---- pages


def test_整个过程在页面上(keepers, world, client_as):
    system, asker, decider = client_as("sys_1"), client_as("sec_1"), client_as("sec_2")
    assert 'name="username"' in system.get("/account/people/new/").content.decode()
    made = system.post("/account/people/new/", {"username": "li.na", "name": "李娜"})["Location"]
    pk = made.rstrip("/").rsplit("/", 1)[1]
    assert "没有任职" in system.get(made).content.decode() and system.get(f"{made}ask/password/").status_code == 403
    where = asker.post(f"{made}ask/password/", {"reason": "新任职"})["Location"]
    shown = asker.get(where).content.decode()
    assert "重设码前半" in shown and "重设码前半" not in asker.get(where).content.decode(), "once"
    assert asker.post(where, {"confirm": "1"}).status_code == 422
    assert "李娜" in decider.get("/account/requests/").content.decode() and "重设码前半" not in decider.get(where).content.decode()
    assert decider.post(where, {"confirm": "1"})["Location"] == where
    assert "重设码后半" in decider.get(where).content.decode()
    code = asker.post(f"{made}ask/appoint/", {"reason": "任命", "office": world.cg.office.pk, "title": "经办人", "rank": "clerk"})
    assert decider.post(code["Location"], {"reject": "1", "remark": ""}).status_code == 422
    assert decider.post(code["Location"], {"reject": "1", "remark": "没有文件"}).status_code == 302
    assert system.post(f"{made}off/", {"reason": "录错"}).status_code == 302 and not Person.objects.get(pk=pk).active
    for page in ("/account/people/", "/account/people/?q=李"):
        assert "已停用" in asker.get(page).content.decode()


def test_审计页_按日_按人_导出(keepers, world, client_as, log_in):
    log_in()
    log_in("hyl_1", "wrong", c=Client(HTTP_USER_AGENT="=cmd|' /C calc'!A0"))
    actions.ask(Request.PASSWORD, world.cg.person, "理由在此", by=keepers[0])
    audit = client_as("aud_1")
    page = audit.get("/account/log/").content.decode()
    assert "登录失败" in page and "密码" in page
    assert "hyl_1" not in audit.get("/account/log/?who=cg_1").content.decode()
    assert "没有记录" in audit.get("/account/log/?since=2016-06-08").content.decode() and "cg_1" in audit.get("/account/log/?until=2016-06-07").content.decode()
    assert "已略去不能读的日期" in audit.get("/account/log/?since=昨天").content.decode()
    events = audit.get("/account/log/?what=events").content.decode()
    assert "提出授权或者重设" in events and "理由在此" in events
    sheet = audit.get("/account/log.csv")
    assert sheet["Content-Type"] == "text/csv; charset=utf-8" and "'=cmd" in sheet.content.decode() and Entry.objects.count() == 2


def test_首任三员_由命令设立_人够了就要两人授予(db, capsys, monkeypatch):
    import io

    from django.core.management import call_command

    clock.set_fixed("2016-06-07T09:00")
    for n, duty in enumerate(("system", "security", "security", "security", "audit")):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{GOOD}\n"))
        call_command("add_keeper", f"k{n}", f"员{n}", "--duty", duty, "--password-stdin")
    assert "第一次登录须修改密码" in capsys.readouterr().out
    assert sorted(Account.objects.values_list("duty", flat=True)) == ["audit", "security", "security", "security", "system"]
    assert all(Account.objects.values_list("must_change", flat=True))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{GOOD}\n"))
    with pytest.raises(SystemExit):
        call_command("add_keeper", "k9", "员9", "--duty", "security", "--password-stdin")
    assert "安全管理员已有 3 人" in capsys.readouterr().err and verify().fault is None
