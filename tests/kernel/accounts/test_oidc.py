"""统一身份认证: a provider of the tests' own answers over HTTP; what does not belong to this log-in is refused in words."""

import base64
import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from qingdan.kernel import clock
from qingdan.kernel.accounts.models import Entry

pytestmark = pytest.mark.django_db
AWAY, BACK, LOGIN = "/account/single/", "/account/single/back/", "/desk/login/"


class Provider(BaseHTTPRequestHandler):
    """Discovery and the token endpoint. What it says can be changed by a test."""

    def do_GET(self):
        url = self.server.url
        self.answer({"issuer": url, "authorization_endpoint": f"{url}/auth", "token_endpoint": f"{url}/token"} | self.server.told)

    def do_POST(self):
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.sent = {name: values[0] for name, values in sent.items()}
        part = base64.urlsafe_b64encode(json.dumps(self.server.claims).encode()).rstrip(b"=").decode()
        self.answer({"id_token": f"e30.{part}.sig"} | self.server.token)

    def answer(self, told):
        body = json.dumps(told).encode() if self.server.raw is None else self.server.raw
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:9/")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def provider(world, settings):
    server = HTTPServer(("127.0.0.1", 0), Provider)
    server.url = f"http://127.0.0.1:{server.server_port}"
    server.told, server.token, server.claims, server.raw, server.status = {}, {}, {}, None, 200
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_SECRET = server.url, "qingdan", "secret"
    yield server
    server.shutdown()
    server.server_close()


def go(client, provider, **claims):
    """Away; the person says yes there; the parameters with which they come back."""
    asked = {n: v[0] for n, v in parse_qs(urlsplit(client.get(f"{AWAY}?next=/desk/cases/")["Location"]).query).items()}
    now = int(clock.now().timestamp())
    provider.claims = {"iss": provider.url, "aud": "qingdan", "iat": now, "exp": now + 300, "nonce": asked["nonce"], "preferred_username": "cg_1"} | claims
    return asked, {"state": asked["state"], "code": "c0de"}


def test_去了回来_就登录了_回到要去的页面(client, provider):
    asked, answer = go(client, provider)
    assert asked["redirect_uri"] == "http://testserver/account/single/back/" and asked["response_type"] == "code"
    assert client.get(BACK, answer)["Location"] == "/desk/cases/" and client.get("/desk/").status_code == 200
    assert Entry.objects.get().how == "统一身份认证"
    digest = base64.urlsafe_b64encode(hashlib.sha256(provider.sent["code_verifier"].encode()).digest()).rstrip(b"=").decode()
    assert digest == asked["code_challenge"] and provider.sent["client_secret"] == "secret" and provider.sent["code"] == "c0de"


def test_登录页有它的按钮_没有接入就没有_网址也没有(client, provider, settings):
    assert "用统一身份认证登录" in client.get(LOGIN).content.decode()
    settings.OIDC_ISSUER = ""
    assert "统一身份认证" not in client.get(LOGIN).content.decode()
    assert [client.get(path).status_code for path in (AWAY, BACK)] == [404, 404]


WRONG = {
    "another nonce": {"nonce": "x"}, "another audience": {"aud": "other"}, "two audiences": {"aud": ["qingdan", "other"]}, "another issuer": {"iss": "https://evil"},
    "old": {"exp": 1}, "of the future": {"iat": 99999999999}, "no account": {"preferred_username": "nobody"}, "no name": {"preferred_username": None},
    "a list of names": {"preferred_username": ["cg_1"]}, "no number": {"exp": "soon"},
}  # fmt: skip


@pytest.mark.parametrize("why", WRONG)
def test_答复不对的_进不来(client, provider, why):
    _, answer = go(client, provider, **WRONG[why])
    assert client.get(BACK, answer)["Location"] == LOGIN and client.get("/desk/").status_code == 302
    assert "不能用统一身份认证登录" in client.get(LOGIN).content.decode()


@pytest.mark.parametrize("sent", [{}, {"state": "x", "code": "c"}, {"state": "état", "code": "c"}, {"code": "c"}])
def test_不是从这里开始的_进不来(client, provider, sent):
    go(client, provider)
    assert client.get(BACK, sent)["Location"] == LOGIN and client.get("/desk/").status_code == 302


def test_一次答复只能用一次(client, provider):
    _, answer = go(client, provider)
    client.get(BACK, answer)
    client.post("/desk/logout/")
    assert client.get(BACK, answer)["Location"] == LOGIN and client.get("/desk/").status_code == 302


@pytest.mark.parametrize(("name", "value"), [("raw", b"<html>"), ("raw", b"[]"), ("status", 500), ("status", 302)])
def test_对方出错_说明换密码登录(client, provider, name, value):
    setattr(provider, name, value)
    assert client.get(AWAY)["Location"] == LOGIN and "不能用统一身份认证登录" in client.get(LOGIN).content.decode()


@pytest.mark.parametrize("told", [{"issuer": "https://other"}, {"token_endpoint": "file:///etc/passwd"}, {"authorization_endpoint": None}])
def test_自报的地址与设置不符_不用(client, provider, told):
    provider.told = told
    assert client.get(AWAY)["Location"] == LOGIN


@pytest.mark.parametrize("token", [{"id_token": ""}, {"id_token": "a.b.c"}, {"id_token": None}])
def test_令牌不能读_进不来(client, provider, token):
    _, answer = go(client, provider)
    provider.token = token
    assert client.get(BACK, answer)["Location"] == LOGIN


def test_停用的账号_进不来_有二次验证的还要验证(client, provider, world):
    from allauth.mfa.models import Authenticator

    from qingdan.kernel.ledger.acts import note

    Authenticator.objects.create(user=world.cg.person, type="totp", data={"secret": "x"})
    _, answer = go(client, provider)
    assert client.get(BACK, answer)["Location"] == "/account/second/" and client.get("/desk/").status_code == 302
    world.cg.person.active = False
    note("off", by=None, rows=[world.cg.person])
    _, answer = go(client, provider)
    assert client.get(BACK, answer)["Location"] == LOGIN
