"""The stories of accounts in a real browser: passkey (Chromium's virtual authenticator), TOTP, lock-out. The content policy holds: nothing of it is inline."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from qingdan.kernel import clock
from qingdan.kernel.ledger.verify import verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_nine(transactional_db, live_server, page):
    """The district; a browser that reports what the content policy blocks."""
    from tests.world import make_district

    make_district()
    clock.set_fixed("2016-06-07T09:00")
    page.blocked = []
    page.on("console", lambda m: page.blocked.append(m.text) if "Content Security Policy" in m.text else None)
    yield page
    assert page.blocked == []


def type_in(page, live_server, username="cg_1", password="p"):
    page.goto(f"{live_server.url}/desk/login/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def authenticator(page):
    """A security key inside the browser, which knows its owner."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
               "automaticPresenceSimulation": True}  # fmt: skip
    return cdp, cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def test_通行密钥_添加_直接登录_二次验证(at_nine, live_server):
    page = at_nine
    cdp, key = authenticator(page)
    type_in(page, live_server)
    page.wait_for_url("**/desk/")
    page.goto(f"{live_server.url}/account/factors/passkey/")
    page.get_by_label("名称").fill("办公电脑")
    page.get_by_role("button", name="添加").click()
    page.wait_for_url("**/factors/recovery/")
    page.get_by_role("button", name="生成新的恢复码").click()
    page.wait_for_selector("text=恢复码只显示这一次")
    page.goto(f"{live_server.url}/account/")
    assert "办公电脑" in page.inner_text("main")

    page.context.clear_cookies()
    page.goto(f"{live_server.url}/desk/login/?next=/desk/cases/")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url(f"{live_server.url}/desk/cases/")
    assert "城管局经办甲" in page.inner_text("body")

    page.context.clear_cookies()
    type_in(page, live_server)
    page.wait_for_url("**/account/second/")
    page.get_by_role("button", name="改用通行密钥").click()
    page.wait_for_url("**/desk/")

    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/desk/login/")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_selector("text=没有完成：已取消")
    assert verify().fault is None


def test_动态口令_启用_登录(at_nine, live_server):
    page = at_nine
    type_in(page, live_server)
    page.wait_for_url("**/desk/")
    page.goto(f"{live_server.url}/account/factors/totp/")
    assert page.locator("img.qr").evaluate("i => i.naturalWidth") > 100
    secret = page.locator("main code").inner_text().replace(" ", "")
    page.get_by_label("验证码").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.get_by_role("button", name="启用").click()
    page.wait_for_url("**/factors/recovery/")
    page.context.clear_cookies()
    type_in(page, live_server)
    page.wait_for_url("**/account/second/")
    page.get_by_label("验证码").fill("000000")
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_selector("text=验证没有通过")
    page.get_by_label("验证码").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + 1)))
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/desk/")


def test_连错五次_说明到几点(at_nine, live_server):
    page = at_nine
    for n in range(5):
        type_in(page, live_server, password=f"wrong {n}")
        page.locator("#form-errors").wait_for()
    page.wait_for_selector("text=09:15 以前不再受理")
    type_in(page, live_server)
    page.wait_for_selector("text=09:15 以前不再受理")
    clock.set_fixed("2016-06-07T09:15")
    type_in(page, live_server)
    page.wait_for_url("**/desk/")


def test_重设_两名安全管理员_本人设置新密码(at_nine, live_server):
    from django.contrib.auth.hashers import make_password

    from qingdan.kernel.ledger.acts import note
    from qingdan.kernel.offices.models import Account, Person

    page, url = at_nine, live_server.url
    people = [Person(username=f"sec_{n}", name=f"安全员{n}", password=make_password("p")) for n in (1, 2)]
    note("create_keepers", by=None, rows=[*people, *(Account(person=p, duty=Account.SECURITY) for p in people)])
    halves = []
    type_in(page, live_server, "sec_1")
    page.wait_for_url("**/account/requests/")
    page.get_by_role("link", name="选择人员，提出").click()
    page.get_by_role("link", name="cg_1").click()
    page.get_by_role("link", name="重设密码").click()
    page.get_by_label("理由").fill("本人书面申请")
    page.get_by_role("button", name="提出").click()
    page.wait_for_selector("text=重设码前半")
    halves.append(page.locator("main .note code").inner_text())

    page.context.clear_cookies()
    type_in(page, live_server, "sec_2")
    page.wait_for_url("**/account/requests/")
    page.get_by_role("link", name="重设密码").click()
    page.get_by_role("button", name="确认").click()
    page.wait_for_selector("text=重设码后半")
    halves.append(page.locator("main .note code").inner_text())

    page.context.clear_cookies()
    page.goto(f"{url}/account/renew/")
    for label, text in (("用户名", "cg_1"), ("重设码前半", halves[0]), ("重设码后半", halves[1])):
        page.get_by_label(label).fill(text)
    page.locator("[name=new]").fill("梨树下的第七把伞 1998")
    page.locator("[name=again]").fill("梨树下的第七把伞 1998")
    page.get_by_role("button", name="设置密码").click()
    page.wait_for_selector("text=密码已设置，请登录")
    type_in(page, live_server, password="梨树下的第七把伞 1998")
    page.wait_for_url("**/desk/")
    assert "您的账号有变动" in page.inner_text("main") and "安全员1提出，安全员2确认" in page.inner_text("main")
    page.get_by_role("button", name="知道了").click()
    page.wait_for_url("**/account/")
    page.goto(f"{url}/desk/")
    assert "您的账号有变动" not in page.inner_text("main")


def test_再次确认_通行密钥_导出随即下载(at_nine, live_server, settings):
    settings.SURE_FOR = 15 * 60
    page, url = at_nine, live_server.url
    authenticator(page)
    type_in(page, live_server)
    page.wait_for_url("**/desk/")
    page.goto(f"{url}/account/factors/passkey/")
    page.get_by_role("button", name="添加").click()
    page.wait_for_url("**/factors/recovery/")
    clock.set_fixed("2016-06-07T09:20")
    page.goto(f"{url}/adjustment/registers/book.xlsx")
    assert "请再次确认是您本人" in page.inner_text("main")
    with page.expect_download() as download:
        page.get_by_role("button", name="用通行密钥确认").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.goto(f"{url}/account/")
    assert page.inner_text("main h1") == "我的账号"
