"""Five failures close a name for fifteen minutes, kept in the database; nothing tells whether there is such an account."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from qingdan.kernel import clock
from qingdan.kernel.accounts import locking
from qingdan.kernel.accounts.models import Entry, Failure

pytestmark = pytest.mark.django_db
CLOSED = "09:15 以前不再受理"


def fail(log_in, times, username="cg_1"):
    return [log_in(username, f"wrong {n}") for n in range(times)]


def test_连续五次失败_锁定十五分钟_密码正确也不受理(world, log_in, later):
    answers = fail(log_in, 5)
    assert [CLOSED in a.content.decode() for a in answers] == [False] * 4 + [True]
    assert CLOSED in log_in().content.decode()
    later("09:14:59")
    assert CLOSED in log_in().content.decode()
    later("09:15")
    assert log_in().status_code == 302


def test_有没有这个用户_答复一模一样(world):
    said = []
    for username in ("cg_1", "nobody"):
        client = Client()
        for n in range(7):
            page = client.post("/desk/login/", {"username": username, "password": f"x{n}"}).content.decode()
            said.append(page.replace(username, "·").split("<main")[1].split("csrfmiddlewaretoken")[0] + str(CLOSED in page))
    assert said[:7] == said[7:] and said[6].endswith("True")


def test_成功一次_以前的失败不再计算(world, log_in):
    fail(log_in, 4)
    assert log_in().status_code == 302 and not Failure.objects.exists()
    other = Client()
    assert CLOSED not in other.post("/desk/login/", {"username": "cg_1", "password": "x"}).content.decode()


def test_隔了十五分钟的失败_不连起来(world, log_in, later):
    fail(log_in, 4)
    later("09:15")
    assert "不再受理" not in fail(log_in, 4)[-1].content.decode()


def test_锁一个用户名_不影响别人(world, log_in):
    fail(log_in, 6)
    assert Client().post("/desk/login/", {"username": "hyl_1", "password": "p"}).status_code == 302


def test_锁定写在数据库里_换一个进程也在_不存用户名(world, log_in):
    fail(log_in, 5)
    row = Failure.objects.get()
    assert row.until == datetime(2016, 6, 7, 9, 15, tzinfo=clock.SHANGHAI) and "cg_1" not in row.key


def test_时钟走快时的锁定_时钟改正以后不再算(world, log_in, later):
    later("07-20T09:00")
    fail(log_in, 5)
    later("09:01")
    assert log_in().status_code == 302


def test_旧的失败记录过一天清掉(world, later):
    for name in ("a", "b"):
        locking.failed(name)
    clock.set_fixed(clock.now() + timedelta(days=1, seconds=1))
    locking.failed("c")
    assert Failure.objects.count() == 1


def test_登录_失败_锁定_退出_都有记录_没有用户名以外的内容(world, client, log_in):
    fail(log_in, 5, "hyl_1")
    fail(log_in, 1, "nobody")
    log_in()
    client.post("/desk/logout/")
    found = [(e.kind, e.person.username if e.person else None, e.how) for e in Entry.objects.order_by("pk").select_related("person")]
    assert found == [("failed", "hyl_1", "")] * 4 + [("locked", "hyl_1", ""), ("failed", None, ""), ("in", "cg_1", "密码"), ("out", "cg_1", "")]


def test_登录记录_数据库只许添加(world, log_in):
    from django.db import DatabaseError, transaction

    log_in()
    for change in (lambda: Entry.objects.update(kind="out"), lambda: Entry.objects.all().delete()):
        with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
            change()
