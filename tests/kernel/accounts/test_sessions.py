"""A session ends after thirty minutes without a request, after eight hours whatever is done; one begun under a wrong clock does not outlive it."""

import pytest
from django.test import Client

from qingdan.config.settings import base
from qingdan.kernel.accounts.entering import tell
from qingdan.kernel.accounts.models import Entry, Word
from qingdan.kernel.ledger.acts import note

pytestmark = pytest.mark.django_db


def here(client):
    return client.get("/desk/").status_code == 200


def test_正式系统的时限(settings):
    assert (base.SESSION_LIMIT, base.SESSION_IDLE, base.SURE_FOR) == (8 * 3600, 30 * 60, 15 * 60)


def test_三十分钟没有操作就退出_说明原因_回到原来的页面(world, client, log_in, later):
    log_in()
    later("09:29:59")
    assert here(client)
    later("09:59:58")
    assert here(client), "each request counts"
    later("10:29:58")
    answer = client.get("/desk/cases/?page=2")
    assert answer["Location"] == "/desk/login/?next=/desk/cases/%3Fpage%3D2"
    assert "超过 30 分钟没有操作" in client.get(answer["Location"]).content.decode()
    assert not here(client) and Entry.objects.filter(kind="over", person__username="cg_1").count() == 1


def test_过时以后的提交_不办理(world, client, log_in, later):
    log_in()
    later("09:30")
    assert client.post("/desk/notices/read/", {"all": "1"}).status_code == 302 and not here(client)


def test_八小时到了_一直在用也退出(world, client, log_in, later):
    log_in()
    for minute in range(20, 8 * 60, 20):
        later(f"{9 + minute // 60:02}:{minute % 60:02}")
        assert here(client), minute
    later("16:59:59")
    assert here(client)
    later("17:00")
    assert not here(client) and "登录已满 8 小时" in client.get("/desk/login/").content.decode()


def test_时钟走快时开始的登录_时钟改正即失效(world, client, log_in, later):
    """Else it would live until the wrong day comes."""
    later("07-20T09:00")
    log_in()
    assert here(client)
    later("09:00")
    assert not here(client) and "时钟不准" in client.get("/desk/login/").content.decode()


def test_时钟改正几秒_不影响登录(world, client, log_in, later):
    log_in()
    later("08:59:01")
    assert here(client)


def test_停用账号_别处的登录下一次请求就结束(world, client, log_in):
    log_in()
    person = world.cg.person
    person.active = False
    note("deactivate", by=None, rows=[person])
    assert not here(client)


def test_我的账号列出每一处登录_可以结束别处的(world, client, log_in, later):
    log_in()
    there, third = Client(HTTP_USER_AGENT="另一台电脑"), Client(HTTP_USER_AGENT="手机", REMOTE_ADDR="10.1.2.3")
    later("09:10")
    log_in(c=there)
    log_in(c=third)
    page = client.get("/account/").content.decode()
    assert page.count("就是这里") == 1 and "另一台电脑" in page and "10.1.2.3" in page and page.count('name="which"') == 3
    which = page.split("另一台电脑")[1].split('value="')[2].split('"')[0]
    assert client.post("/account/sessions/end/", {"which": which}).status_code == 302
    assert (here(client), here(there), here(third)) == (True, False, True)
    assert client.post("/account/sessions/end/", {"which": "others"}).status_code == 302
    assert (here(client), here(third)) == (True, False)
    assert "没有可以结束的登录" in client.post("/account/sessions/end/", {"which": "x"}, follow=True).content.decode()


def test_结束不了别人的登录_也结束不了这一处(world, client, log_in):
    other = Client()
    log_in("hyl_1", c=other)
    theirs = other.get("/account/").content.decode()
    log_in()
    assert "hyl" not in client.get("/account/").content.decode()
    from qingdan.kernel.accounts.sessions import of_person

    for person in (world.hyl.person, world.cg.person):
        for session in of_person(person):
            client.post("/account/sessions/end/", {"which": session.id})
    assert here(client) and here(other) and theirs


def test_账号的变动_下次登录时告知_看过为止(world, client, log_in):
    tell(world.cg.person, "您的密码已由安全管理员重设。")
    assert Word.objects.count() == 1 and "已由安全管理员重设" not in client.get("/").content.decode()
    log_in()
    for path in ("/desk/", "/desk/cases/"):
        assert "已由安全管理员重设" in client.get(path).content.decode()
    assert client.post("/account/told/").status_code == 302
    assert "已由安全管理员重设" not in client.get("/desk/").content.decode() and "已由安全管理员重设" in client.get("/account/").content.decode()
    again = Client()
    log_in(c=again)
    assert "已由安全管理员重设" not in again.get("/desk/").content.decode()


@pytest.mark.parametrize("agent", ["<script>alert(1)</script>", "坏\x00的\u202e"])
def test_浏览器自报的名称_只当作文字(world, log_in, agent):
    client = Client(HTTP_USER_AGENT=agent)
    assert log_in(c=client).status_code == 302
    assert "<script>alert" not in client.get("/account/").content.decode()
