"""更正重发 and 作废 at the product's pages: who is offered it, what the case page, the rules' list and the public's page say afterwards."""

import pytest

from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.papers.models import Paper
from tests.measures.stages import WORDS, approved

from .making import unit_rule
from .test_pages import case_page, issue_approval, make_page, sent

pytestmark = pytest.mark.django_db
WHY = "抄送单位写错了"


@pytest.fixture
def wrong(room, item, reader):
    """核准意见, issued with a wrong 抄送."""
    return issue_approval(room, item, reader)


def correct_page(paper):
    return f"/adjustment/papers/issued/{paper.code}/correct/"


def newest():
    return Paper.objects.order_by("pk").last()


def test_更正重发_案件页两份都列_核验页指向新的(wrong, reader, client):
    case, old = wrong
    person = reader("zwb")
    assert correct_page(old) in person.get(f"/adjustment/papers/issued/{old.code}/").links
    assert person.load(correct_page(old)).value("copies") == "金水区人民政府法制办公室"
    answer = sent(person, correct_page(old), "issue", reason=WHY, copies="区审计局")
    new = newest()
    assert (answer.status_code, answer["Location"]) == (302, f"/adjustment/papers/issued/{new.code}/")
    assert new.number == "金政务办〔2016〕2号" and new.data["imprint"]["copies"] == "区审计局"
    listed = reader("cg").get(case_page(case)).text
    assert all(part in listed for part in (old.number, new.number, f"已由{new.number}更正", f"更正{old.number}"))
    public = client.get(f"/verify/{old.code}/").content.decode()
    assert f"这份文书已由{new.number}更正" in public and "不再有效" in public and f"/verify/{new.code}/" in public
    assert f"本件更正<a href=\"/verify/{old.code}/\">{old.number}</a>" in client.get(f"/verify/{new.code}/").content.decode()
    assert verify().fault is None


def test_作废_核验页说明_不公开原因和案件(wrong, reader, client):
    case, old = wrong
    assert sent(reader("zwb"), correct_page(old), "withdraw", reason=WHY).status_code == 302
    public = client.get(f"/verify/{old.code}/").content.decode()
    assert "这份文书已作废" in public and not any(part in public for part in (WHY, case.number, case.title, WORDS))
    same = client.post(f"/verify/{old.code}/", {"digest": old.docx.sha256}).content.decode()
    assert "完全一致；但这份文书已作废" in same
    inside = reader("cg").get(f"/adjustment/papers/issued/{old.code}/").text
    assert WHY in inside and "更正重发或者作废" not in reader("zwb").get(f"/adjustment/papers/issued/{old.code}/").text


def test_作废以后_案件页又可以制作(wrong, reader):
    case, old = wrong
    person = reader("zwb")
    assert make_page(case, "approve", "approval") not in person.get(case_page(case)).links
    sent(person, correct_page(old), "withdraw", reason=WHY)
    assert make_page(case, "approve", "approval") in person.get(case_page(case)).links
    assert sent(person, make_page(case, "approve", "approval"), "issue").status_code == 302
    assert newest().number == "金政务办〔2016〕2号" and newest().corrects is None


def test_更正的草稿_带水印_写明更正哪一份_不作废(wrong, reader):
    _, old = wrong
    answer = sent(reader("zwb"), correct_page(old), "draft_docx", reason=WHY)
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    assert Paper.objects.get().withdrawn is None


def test_没有原因的_退回_所填还在(wrong, reader):
    _, old = wrong
    for button in ("issue", "withdraw"):
        answer = sent(reader("zwb"), correct_page(old), button, reason=" ", copies="区审计局")
        assert answer.status_code == 422 and "请填写原因" in answer.content.decode() and "区审计局" in answer.content.decode()
    assert Paper.objects.get().withdrawn is None


def test_已更正的再提交_说明已由哪一份更正(wrong, reader):
    _, old = wrong
    person = reader("zwb")
    page = person.load(correct_page(old))
    sent(person, correct_page(old), "withdraw", reason=WHY)
    late = person.client.post(correct_page(old), {**page.fields, "issue": "1", "reason": "又", "key": "another"})
    assert late.status_code == 422 and "已作废（2016-06-15）" in late.content.decode() and Paper.objects.count() == 1
    assert person.get(correct_page(old)).location == f"/adjustment/papers/issued/{old.code}/"


def test_别的单位没有这一页(wrong, reader):
    """Not those who may see the paper, and not those who may not."""
    _, old = wrong
    for code in ("cg", "fzb", "hyl"):
        assert reader(code).get(correct_page(old)).status == 404
        assert reader(code).client.post(correct_page(old), {"withdraw": "1", "reason": WHY}).status_code == 404
    assert Paper.objects.get().withdrawn is None and correct_page(old) not in reader("cg").get(f"/adjustment/papers/issued/{old.code}/").links


def test_第七条三_审核未结束时_更正的审核意见也不给别的牵头部门看(room, item, reader):
    """The second paper of an opinion is hidden as the first one is."""
    case = room.apply("06-07", item)
    room.refer("06-12", case, "fzb", "bb")
    room.say("06-13", "fzb", case, "agree", "同意")
    sent(reader("fzb"), make_page(case, "agree", "opinion"), "issue")
    sent(reader("fzb"), correct_page(Paper.objects.get()), "issue", reason=WHY)
    assert [reader(code).get(f"/adjustment/papers/issued/{newest().code}/").status for code in ("fzb", "bb")] == [200, 404]
    assert newest().number not in reader("bb").get(case_page(case)).text


def test_第十一条_办法的备案函更正以后_办法列表指向新的(room, reader):
    origin = unit_rule(room)
    sent(reader("cg"), f"/adjustment/papers/make/{origin.key}/unit_rule/", "issue")
    old = Paper.objects.get()
    sent(reader("cg"), correct_page(old), "issue", reason=WHY)
    links = reader("cg").get("/adjustment/filings/rules/").links
    assert f"/adjustment/papers/issued/{newest().code}/" in links and f"/adjustment/papers/issued/{old.code}/" not in links
    assert reader("zwb").get(f"/adjustment/papers/issued/{newest().code}/").status == 200


def test_有几份作废的_案件页的查询数不变(room, item, reader):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    case = approved(room, item)
    person, counts = reader("zwb"), []
    sent(person, make_page(case, "approve", "approval"), "issue")
    for _ in range(2):
        with CaptureQueriesContext(connection) as found:
            person.get(case_page(case))
        counts.append(len(found))
        sent(person, correct_page(newest()), "issue", reason=WHY)
        sent(person, correct_page(newest()), "issue", reason=WHY)
    assert counts[0] == counts[1]
