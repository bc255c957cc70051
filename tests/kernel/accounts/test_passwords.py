"""At least twelve characters, no common words, not like one's name; changing one's own ends all other sessions; another's choice is changed first."""

import pytest
from django.contrib.auth.hashers import check_password, get_hashers_by_algorithm, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from qingdan.config.settings import base
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.offices.models import Account, Person

from .conftest import GOOD

pytestmark = pytest.mark.django_db
PAGE = "/account/password/"
BAD = {
    "shortly": "至少要 12 个字符", "elevenchars": "至少要 12 个字符", "Passw0rd2016!!": "密码太常见", "qingdan123456": "密码太常见", "1" * 12: "密码太常见",
    "20160607201606": "密码太常见", "passwordpassword": "密码太常见", "Qwertyuiop12!@": "密码太常见", "zhengwuban2016": "密码太常见", "woaini520woaini": "密码太常见",
    "chengguan.wang.1998": "太相似",
}  # fmt: skip


@pytest.mark.parametrize("password", BAD)
def test_短的_常见的_像自己名字的密码_都不能用(password):
    with pytest.raises(ValidationError, match=BAD[password]):
        validate_password(password, Person(username="chengguan.wang", name="王"))


@pytest.mark.parametrize("password", [GOOD, "paper lantern 7", "twelve chars", "三个不相干的词语放在一起呀"])
def test_自己的一句话可以用(password):
    validate_password(password, Person(username="chengguan.wang", name="王"))


def test_正式系统用_argon2(settings):
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    get_hashers_by_algorithm.cache_clear()
    try:
        assert make_password(GOOD).startswith("argon2$argon2id$") and check_password(GOOD, make_password(GOOD))
    finally:
        get_hashers_by_algorithm.cache_clear()


def change(client, old="p", new=GOOD, again=None):
    return client.post(PAGE, {"old": old, "new": new, "again": new if again is None else again})


def test_本人修改密码_其他登录全部结束_这一处留着(world, client_as):
    here, there = client_as("cg_1"), client_as("cg_1")
    assert there.get("/desk/").status_code == 200
    assert change(here).status_code == 302
    assert here.get("/account/").status_code == 200 and there.get("/desk/").status_code == 302
    person = Person.objects.get(username="cg_1")
    assert check_password(GOOD, person.password) and (event := Event.objects.order_by("seq").last()).act == "change_password"
    assert event.facts == {"person": "cg_1"} and GOOD not in event.body and verify().fault is None


@pytest.mark.parametrize(
    ("sent", "said"),
    [({"old": "q"}, "原密码不对"), ({"new": "short"}, "至少要 12 个字符"), ({"again": "another one here"}, "两次填写的新密码不一样"), ({"new": ""}, "请填写新密码")],
)
def test_改不成的_说明为什么_什么也没有变(world, client_as, sent, said):
    client, before = client_as("cg_1"), Event.objects.count()
    answer = change(client, **sent)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert Event.objects.count() == before and client.get("/desk/").status_code == 200
    assert "value=" not in answer.content.decode().split('name="old"')[1].split(">")[0], "no password is shown again"


def test_新旧相同的_不算修改(world, with_good, client_as):
    with_good("cg")
    assert "新密码与原密码相同" in change(client_as("cg_1"), GOOD, GOOD).content.decode()


def test_别人设的密码_先改了才能办事(world, client_as):
    person = world.cg.person
    note("give_password", by=None, rows=[Account(person=person, must_change=True)])
    client = client_as("cg_1")
    for path in ("/desk/", "/desk/cases/", "/adjustment/new/"):
        assert client.get(path)["Location"] == PAGE
    assert "这个密码是别人设的" in client.get(PAGE).content.decode() and client.get("/").status_code == 200
    assert change(client).status_code == 302
    assert client.get("/desk/").status_code == 200 and Account.objects.get(person=person).must_change is False
