"""P-B7, 第七条（五）: 公布 and 本部门更新 are closed only with their proof, whatever the form; S8: a failure closes nothing; the proofs are on the case page."""

import hashlib
from datetime import date

import pytest

from qingdan.kernel.files.models import StoredFile
from qingdan.kernel.ledger.acts import Refused
from qingdan.kernel.ledger.verify import verify
from qingdan.measures.adjustment import publishing
from qingdan.measures.adjustment.models import Proof
from tests.kernel.files.samples import PDF, PNG

from .room import URL, owed, told, versions
from .stages import WORDS, Picture

LACKING = {
    "回执编号": {"number": " "}, "回执日期": {"day": None}, "网址": {"url": ""}, "不完整的网址": {"url": "zwfw.jinshui.example"}, "副本": {"page": None},
    "别的网址": {"url": "javascript:alert(1)"},
}  # fmt: skip


@pytest.mark.parametrize("lacking", LACKING)
def test_第七条五_没有回执_网址或者页面副本_不能办结公布(lacking, room, item):
    """第七条（五）、P-B7: refused by the action itself; the duty stays, and nothing is published."""
    case = room.forwarded(item)
    with pytest.raises(Refused, match="不能登记公布"):
        room.publish("06-20", case, **LACKING[lacking])
    assert owed(case)[0] == ("D11", "dzzw", "06-20") and len(versions(item)) == 1


def test_第七条五_纯文本不能证明页面已经更新(room, item):
    case = room.forwarded(item)
    with pytest.raises(Refused, match="上传的文本不能证明"):
        room.publish("06-20", case, page=room.copy("已公布".encode(), "说明.txt"))


def test_第七条五_回执日期不能晚于今天(room, item):
    """第七条（五）、S50: an outside fact has a day of its own, never in the future; the legal day is that of the clock."""
    case = room.forwarded(item)
    with pytest.raises(Refused, match="请把回执日期改为今天或者更早的一天"):
        room.publish("06-20", case, day=date(2016, 6, 21))
    room.publish("06-20", case, day=date(2016, 6, 18))
    event = case.events.get(act="publish")
    assert (str(event.on), event.told["dates"]) == ("2016-06-20", {"receipt_day": "2016-06-18"})


def test_第七条五_公布的证明记在事件里_文件有摘要(room, item):
    """第七条（五）、P-B7: receipt, address and digest stand in the event; the row of the file is in it, too."""
    case = room.forwarded(item)
    room.publish("06-20", case, "已配网")
    facts, proof = case.events.get(act="publish").facts, Proof.objects.get(case=case)
    assert (facts["receipt"], facts["url"], facts["opinion"]) == ("金电政回〔2016〕1号", URL, "已配网")
    assert facts["sha256"] == proof.file.sha256 == hashlib.sha256(PNG).hexdigest()
    assert (proof.kind, proof.url, proof.file.open().read()) == (Proof.PAGE, URL, PNG)
    assert {t for t, _, _ in case.events.get(act="publish").told["rows"]} >= {"files_storedfile", "adjustment_proof", "lists_itemversion"}
    assert verify().fault is None


def test_g3_被改动的页面副本_由核查点名(room, item):
    """第七条（五）、g3: the copy changed on the disk is named with its row."""
    case = room.forwarded(item)
    room.publish("06-20", case)
    file = Proof.objects.get(case=case).file
    file.path.write_bytes(PNG[:-1] + b"\x00")
    assert (verify().fault.table, verify().fault.row) == ("files_storedfile", str(file.pk))


@pytest.mark.parametrize(
    ("proofs", "why"),
    [({}, "没有更新的证明"), ({"url": URL}, "没有更新的证明"), ({"page": PNG}, "没有填写网址"), ({"photo": PDF}, "不能证明办公场所"),
     ({"url": URL, "page": b"text"}, "不能证明本部门网站")],
)  # fmt: skip
def test_第七条五_没有证明不能登记本部门已更新(proofs, why, room, item):
    """第七条（五）、D12: refused with what to do, and the duty stays."""
    case = room.forwarded(item)
    room.publish("06-20", case)
    kept = {k: v if k == "url" else room.copy(v) for k, v in proofs.items()}
    with pytest.raises(Refused, match=f"不能登记本部门已更新：.*{why}") as refused:
        room.do("06-21", "cg", publishing.update_own_site, case, "已更新", **kept)
    assert "请" in refused.value.todo and owed(case) == [("D12", "cg", "06-21")]
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize("proofs", [{"url": URL, "page": PNG}, {"photo": PNG}, {"photo": PNG, "url": URL}, {"url": URL, "page": PDF, "photo": PNG}])
def test_第七条五_网址和副本或者办公场所照片_都可以办结(proofs, room, item):
    """第七条（五）、D12: a unit without a site of its own shows its premises."""
    case = room.forwarded(item)
    room.publish("06-20", case)
    kept = {k: v if k == "url" else room.copy(v) for k, v in proofs.items()}
    room.do("06-21", "cg", publishing.update_own_site, case, "已更新", **kept)
    event = case.events.last()
    assert event.act == "update_own_site_to_file" and ("url" in event.facts) == ("url" in proofs)
    assert ("sha256" in event.facts, "photo_sha256" in event.facts) == ("page" in proofs, "photo" in proofs)
    assert Proof.objects.filter(case=case).count() == 1 + len(proofs.keys() - {"url"})
    assert verify().fault is None


def test_第七条五_公布失败的回执_不办结公布(room, item):
    """第七条（五）、S8: told on the case; 公布 stays owed with the day it has; only the centre may say so."""
    case = room.forwarded(item)
    with pytest.raises(Refused):
        room.say("06-20", "zwb", case, "report_failure", "未成功")
    room.say("06-20", "dzzw", case, "report_failure", "回执 2 号：接口超时")
    assert owed(case)[0] == ("D11", "dzzw", "06-20")
    room.publish("06-20", case)
    assert [a for a, _, _ in told(case)][-2:] == ["report_failure", "publish"]


# ---- the pages


def test_第七条五_案件页显示证明_摘要和下载_有权看案件的才能下载(room, item, reader):
    """第七条（五）、P-B7: who may see the case may have the file; a stranger gets the answer of a file that is not there."""
    case = room.forwarded(item)
    room.publish("06-20", case)
    file = Proof.objects.get(case=case).file
    page = reader("cg").get(f"/desk/cases/{case.number}/")
    assert file.sha256 in page.text and URL in page.text and "回执：金电政回〔2016〕1号（2016-06-20）" in page.text
    assert f"/files/{file.stored}/" in page.links
    answers = {who: reader(who).client.get(f"/files/{file.stored}/") for who in ("cg", "zwb", "dzzw", "fzb", "hyl")}
    assert {who: a.status_code for who, a in answers.items()} == {"cg": 200, "zwb": 200, "dzzw": 200, "fzb": 200, "hyl": 404}
    assert b"".join(answers["cg"].streaming_content) == PNG and answers["cg"]["Content-Disposition"].startswith("attachment")


def test_第七条五_表单被退回时_文字不丢_说明文件要重新选择(room, item, reader):
    """P-B7: the words stay; a browser gives no file twice, so the page says so."""
    case = room.forwarded(item)
    room.on("06-20")
    typed = {"opinion": WORDS, "receipt": "1号", "receipt_day": "2016-06-20", "url": "没有", "copy": Picture("页面.png")}
    answer = reader("dzzw").fill(f"/adjustment/{case.number}/publish/", **typed)
    assert answer.status == 422 and "以 http:// 或 https:// 开头的完整网址" in answer.text and "文件需要重新选择" in answer.text
    assert (answer.value("opinion"), answer.value("receipt")) == (WORDS, "1号")
    answer = reader("dzzw").fill(f"/adjustment/{case.number}/publish/", **(typed | {"copy": Picture("a.png", b"MZ\x90\x00\x03")}))
    assert answer.status == 422 and "不能接受这个文件" in answer.text
    assert StoredFile.objects.count() == 0


def test_S8_公布有误的_只能另提申请更正(room, item, reader):
    """第七条（五）、S8: a prefilled application; before 公布 and for an item that ended there is no such link."""
    case = room.forwarded(item)
    wanted = f"/adjustment/apply/?list_kind={'%E6%9D%83%E8%B4%A3'}&move=变更&code={item.code}"
    assert wanted not in reader("cg").get(f"/desk/cases/{case.number}/").links
    room.publish("06-20", case)
    page = reader("cg").get(f"/desk/cases/{case.number}/")
    assert wanted in page.links and "不改旧版本" in page.text
    room.on("06-21")
    assert reader("cg").get(wanted).status == 200


def test_第七条五_同一公布表单发两次_只有一个事件一份副本(room, item, reader):
    """T22: the second upload has no act and no row; its file is swept after a day."""
    case = room.forwarded(item)
    room.on("06-20")
    person, path = reader("dzzw"), f"/adjustment/{case.number}/publish/"
    page = person.load(path)
    typed = {"receipt": "1号", "receipt_day": "2016-06-20", "url": URL, "copy": Picture("页面.png")}
    assert [person.send(page, path, **typed).status for _ in range(2)] == [302, 302]
    assert case.events.filter(act="publish").count() == 1 and StoredFile.objects.count() == 1
    assert verify().fault is None
