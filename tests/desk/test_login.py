"""登录 and 退出: wrong passwords, addresses that lead away, and no buttons of the demonstration outside of it."""

import pytest
from django.test import Client

LOGIN = "/desk/login/"


@pytest.fixture
def someone(district, at):
    with at("2016-06-07T09:00"):
        yield district.cg.person


def log_in(client, username="cg_1", password="p", **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def test_对的进入待办(client, someone):
    answer = log_in(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")
    assert "城管局经办甲" in client.get("/desk/").content.decode()


@pytest.mark.parametrize(("username", "password"), [("cg_1", "错"), ("没有此人", "p"), ("CG_1", "p"), ("cg_1", "p" * 5000)])
def test_用户名或者密码不对_说同一句话_不说是哪一个(client, someone, username, password):
    page = log_in(client, username, password).content.decode()
    assert "用户名或者密码不对。请核对大小写后再试；忘记密码的，请联系安全管理员。" in page
    assert f'value="{username}"' in page and client.get("/desk/").status_code == 302


@pytest.mark.parametrize("username", ["前\0后", "长" * 5000, "👍", ""])
def test_乱写的用户名_是一句话不是500(client, someone, username):
    assert log_in(client, username).status_code == 200


def test_停用的账号和没有密码的账号_进不来(client, district, at):
    from qingdan.kernel.ledger.acts import note
    from qingdan.kernel.offices.models import Person

    with at("2016-06-07T09:00"):
        person = district.cg.person
        person.active = False
        note("deactivate", by=None, rows=[person, Person(username="no_password", name="无", password="!")])
        assert "不对" in log_in(client).content.decode()
        assert "不对" in log_in(client, "no_password", "!").content.decode()


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "https:evil.example"])
def test_登录后不会被带到站外(client, someone, away):
    assert log_in(client, next=away).headers["Location"] == "/desk/"


def test_登录后回到原来要去的页面(client, someone):
    assert log_in(client, next="/desk/cases/").headers["Location"] == "/desk/cases/"
    assert client.get(LOGIN).headers["Location"] == "/desk/"


def test_退出只能提交_不能靠链接(client, someone):
    """A picture on another page cannot log anybody out."""
    log_in(client)
    assert client.get("/desk/logout/").status_code == 405 and client.get("/desk/").status_code == 200
    assert client.post("/desk/logout/").headers["Location"] == LOGIN
    assert client.get("/desk/").status_code == 302


def test_没有令牌的提交不受理(someone):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(LOGIN, {"username": "cg_1", "password": "p"}).status_code == 403


def test_正式系统没有演示按钮_也没有演示的网址(client, someone, settings):
    """The one-click roles and the clock exist in the demonstration only."""
    assert settings.DEMONSTRATION is False
    page = client.get(LOGIN).content.decode()
    assert "演示" not in page and "/demo/" not in page
    for path in ("/demo/enter/", "/demo/clock/"):
        assert client.post(path, {"username": "cg_1", "days": "1"}).status_code == 404


def test_今天没有任职的_登录后说明没有权限(client, district, at):
    """What one may do follows from a post; an account without one sees a sentence, not an error."""
    from qingdan.kernel.ledger.acts import note
    from qingdan.kernel.offices.models import Person

    with at("2016-06-07T09:00"):
        idle = Person(username="idle", name="无职", password=district.cg.person.password)
        note("create_person", by=None, rows=[idle])
        log_in(client, "idle")
        answer = client.get("/desk/")
        assert answer.status_code == 403 and "工作人员" in answer.content.decode()
        assert client.get("/desk/cases/").status_code == 403
