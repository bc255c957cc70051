"""邮件: a person says where letters go; what was typed stays; what became of the last letters is told to that person only."""

import pytest

from qingdan.kernel import clock
from qingdan.kernel.notices.letters import write_letters
from qingdan.kernel.notices.models import MailAddress
from qingdan.kernel.notices.telling import tell

WHERE = "/desk/notices/mail/"


@pytest.fixture(autouse=True)
def mail(settings):
    settings.MAIL_FROM = "qingdan@example.gov.cn"


def test_登记邮箱_改为不发(room, client_as):
    room.on("06-07")
    person = client_as("cg_1")
    assert person.post(WHERE, {"address": "cg@example.gov.cn", "mode": "each"}).status_code == 302
    row = MailAddress.objects.get()
    assert (row.address, row.mode, row.person.username) == ("cg@example.gov.cn", "each", "cg_1")
    assert "cg@example.gov.cn" in person.get(WHERE).content.decode()
    assert person.post(WHERE, {"address": "cg@example.gov.cn", "mode": "off"}).status_code == 302
    assert MailAddress.objects.get().mode == "off"


@pytest.mark.parametrize("typed", ["", "没有域名", "a b@c", "x@example.gov.cn\nBcc: y@example.com", f"{'a' * 300}@example.gov.cn"])
def test_不像邮箱的_说明怎么写_所填不丢(room, client_as, typed):
    room.on("06-07")
    answer = client_as("cg_1").post(WHERE, {"address": typed, "mode": "each"})
    assert answer.status_code == 422 and "还不能提交" in answer.content.decode()
    assert not MailAddress.objects.exists() and (not typed or typed.split("\n")[0][:50] in answer.content.decode())


def test_只看得到自己的邮件(room, client_as):
    room.on("06-07")
    for who in ("cg_1", "fzb_1"):
        client_as(who).post(WHERE, {"address": f"{who}@example.gov.cn", "mode": "each"})
    tell(room.d.cg.office, "城管局的一件事", key="k")
    write_letters()
    mine, theirs = (client_as(who).get(WHERE).content.decode() for who in ("cg_1", "fzb_1"))
    assert "城管局的一件事" in mine and "未发出" in mine
    assert "城管局的一件事" not in theirs and "还没有邮件" in theirs


def test_没有设置邮件服务器的_说明(room, client_as, settings):
    room.on("06-07")
    settings.MAIL_FROM = ""
    page = client_as("cg_1").get(WHERE).content.decode()
    assert "还没有设置邮件服务器" in page and "QINGDAN_MAIL_URL" in page
    assert clock.today().isoformat() == "2016-06-07"
