"""Second factors: the password alone is not enough any more; a code is good once; who has a duty cannot do without; every change is an event."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from qingdan.kernel.accounts import adapter, factors
from qingdan.kernel.accounts.models import Entry
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.offices.models import Account, Post

from .conftest import LOGIN

pytestmark = pytest.mark.django_db
SECOND = "/account/second/"
TOTP = "/account/factors/totp/"


def code(secret, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.fixture
def stopped(monkeypatch):
    """The phone's time stands still, so that no code grows old while a test runs."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)


def secret_on(client):
    """The seed as the page shows it."""
    return client.get(TOTP).content.decode().split("<code>")[1].split("</code>")[0].replace(" ", "")


@pytest.fixture
def seed(world, client_as, stopped):
    """cg_1 has switched TOTP on, at the page."""
    client = client_as("cg_1")
    secret = secret_on(client)
    assert client.post(TOTP, {"code": code(secret, -1)})["Location"] == "/account/factors/recovery/"
    return secret


def inside(client):
    return client.get("/desk/").status_code == 200


def test_启用以后_只有密码进不去_加上验证码才进得去(seed, client, log_in):
    assert log_in(next="/desk/cases/")["Location"] == SECOND and not inside(client)
    assert "密码正确" in client.get(SECOND).content.decode()
    assert client.post(SECOND, {"code": code(seed)})["Location"] == "/desk/cases/"
    assert inside(client) and Entry.objects.filter(kind="in").latest("pk").how == "密码和验证码"


def test_一个验证码只能用一次_以前的也不能再用(seed, client, log_in):
    log_in()
    assert client.post(SECOND, {"code": code(seed)}).status_code == 302
    other = Client()
    log_in(c=other)
    for used in (code(seed), code(seed, -1)):
        assert other.post(SECOND, {"code": used}).status_code == 422 and not inside(other)
    assert other.post(SECOND, {"code": code(seed, 1)}).status_code == 302


@pytest.mark.parametrize("wrong", ["000000", "", "abc", "１２３４５６", "9" * 500, "\0"])
def test_不对的验证码_进不去(seed, client, log_in, wrong):
    log_in()
    assert client.post(SECOND, {"code": wrong}).status_code == 422 and not inside(client)


def test_验证码错五次也锁定(seed, client, log_in):
    log_in()
    for n in range(5):
        said = client.post(SECOND, {"code": f"00000{n}"}).content.decode()
    assert "不再受理" in said and client.post(SECOND, {"code": code(seed)}).status_code == 422
    assert "不再受理" in log_in(c=Client()).content.decode()


def test_没有先输密码_打不开第二步_过十分钟要重来(seed, client, log_in, later):
    assert client.get(SECOND)["Location"] == LOGIN
    log_in()
    later("09:10")
    assert client.post(SECOND, {"code": code(seed)})["Location"] == LOGIN and not inside(client)


def test_两步之间账号停用或者密码改了_进不去(seed, client, log_in, with_good):
    log_in()
    with_good("cg")
    assert client.post(SECOND, {"code": code(seed)})["Location"] == LOGIN


def test_密钥加密保存_换了主密钥仍能用旧的读(seed, settings):
    row = Authenticator.objects.get(type="totp")
    assert seed not in str(row.data) and adapter.Adapter().decrypt(row.data["secret"]) == seed
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-key-" * 5
    assert adapter.Adapter().decrypt(row.data["secret"]) == seed


def test_恢复码只显示一次_每个只能用一次_重新生成的旧的失效(seed, client_as, log_in):
    page = client_as("cg_1")
    shown = page.post("/account/factors/recovery/").content.decode()
    codes = [part.split("</code>")[0] for part in shown.split("<code>")[1:]]
    assert len(set(codes)) == 10 and codes[0] not in page.get("/account/factors/recovery/").content.decode()
    for client, status in ((Client(), 302), (Client(), 422)):
        log_in(c=client)
        assert client.post(SECOND, {"code": codes[0]}).status_code == status
    assert "还有 9 个" in page.get("/account/factors/recovery/").content.decode()
    page.post("/account/factors/recovery/")
    client = Client()
    log_in(c=client)
    assert client.post(SECOND, {"code": codes[1]}).status_code == 422


def test_添加移除都记入台账_不含密钥(seed, client_as):
    client = client_as("cg_1")
    pk = Authenticator.objects.get(type="totp").pk
    client.post("/account/factors/recovery/")
    assert client.post(f"/account/factors/{pk}/remove/").status_code == 302
    assert not Authenticator.objects.exists(), "the recovery codes are gone with the last factor"
    events = list(Event.objects.order_by("-seq")[:3])[::-1]
    assert [(e.act, e.person.username) for e in events] == [("add_factor", "cg_1"), ("renew_recovery_codes", "cg_1"), ("remove_factor", "cg_1")]
    assert all(seed not in e.body for e in events) and verify().fault is None


def test_别人的移除不了(seed, client_as):
    pk = Authenticator.objects.get(type="totp").pk
    assert client_as("hyl_1").post(f"/account/factors/{pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=pk).exists()


def test_验证码不对_不启用_密钥还是同一个(world, client_as, stopped):
    client = client_as("cg_1")
    secret = secret_on(client)
    answer = client.post(TOTP, {"code": "000000"})
    assert answer.status_code == 422 and secret[:4] in answer.content.decode() and not Authenticator.objects.exists()


def test_没有二次验证的_没有恢复码可生成(world, client_as):
    assert "还没有启用二次验证" in client_as("cg_1").post("/account/factors/recovery/").content.decode()


# ---- who cannot do without


def post_of(person, **more):
    post = Post.objects.get(person=person)
    for name, value in more.items():
        setattr(post, name, value)
    note("change_post", by=None, rows=[post])


@pytest.mark.parametrize(
    ("setting", "who", "head", "needed"),
    [("off", "zwb", True, False), ("required", "cg", False, False), ("required", "cg", True, True), ("required", "fzb", False, False),
     ("required", "zwb", False, True), ("required", "dzzw", False, True), ("all", "cg", False, True)],
)  # fmt: skip
def test_负责人_政务办_电子政务中心必须有(world, settings, client_as, setting, who, head, needed):
    settings.SECOND_FACTOR = setting
    person = getattr(world, who).person
    post_of(person, rank=Post.HEAD if head else Post.CLERK)
    answer = client_as(f"{who}_1").get("/desk/")
    assert (answer.status_code, answer.headers.get("Location")) == ((302, "/account/") if needed else (200, None))


def test_三员必须有(world, settings):
    person = world.cg.person
    note("x", by=None, rows=[Account(person=person, duty=Account.AUDIT)])
    settings.SECOND_FACTOR = "required"
    assert factors.needed(person, None)


def test_没有的_先去启用_启用以后就能办事_不能再移除(world, settings, client_as, stopped):
    settings.SECOND_FACTOR = "required"
    client = client_as("zwb_1")
    assert client.get("/desk/", follow=True).redirect_chain == [("/account/", 302)]
    assert client.post("/lists/import/").status_code == 302 and client.get("/").status_code == 200
    client.post(TOTP, {"code": code(secret_on(client))})
    assert inside(client)
    pk = Authenticator.objects.get(type="totp").pk
    assert "您的职责要求二次验证" in client.post(f"/account/factors/{pk}/remove/", follow=True).content.decode() and inside(client)


def test_没有声明的_allauth_页面_都没有网址():
    from django.urls import NoReverseMatch, reverse

    for name in ("account_login", "account_signup", "account_email", "account_reset_password", "mfa_index", "mfa_activate_totp", "mfa_login_webauthn"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


@pytest.mark.parametrize("sent", ["", "x", "{}", "[]", "null", "1", '{"id": 1}', '{"response": {"userHandle": "x"}}', '{"rawId": "' + "A" * 9000 + '"}', "[" * 5000])
def test_乱写的通行密钥_不出错_进不去(world, client, sent):
    client.get("/account/passkey/")
    assert client.post("/account/passkey/", {"credential": sent})["Location"] == LOGIN and not inside(client)
    assert "通行密钥没有通过核对" in client.get(LOGIN).content.decode()
