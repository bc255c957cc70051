"""Every paper of 动态调整 (P-K1): made from what was done, nothing typed twice, the same text in PDF and DOCX, a missing field refused by name."""

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.papers.content import texts
from qingdan.kernel.papers.models import Paper
from qingdan.measures.adjustment.papers.catalogue import OF_ACT, TEMPLATES, find, of_decisions, of_events
from qingdan.measures.adjustment.registers import actions as registers
from qingdan.measures.adjustment.registers.faults import candidates
from qingdan.measures.adjustment.registers.models import FaultDecision
from qingdan.statute.adjustment import LAW_2016
from tests.kernel.papers.reading import needs_fonts
from tests.measures.browsing import Reader
from tests.measures.registers.stories import Autumn
from tests.measures.stages import WORDS

from .making import ACTS, ADDRESS, TYPED, issued, origin_of, own_change, squeezed, text_of_docx, text_of_pdf, unit_rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client_as):
    return lambda code: Reader(client_as(f"{code}_1"))


def says_the_same(paper):
    """Both files hold every text of the paper, in its order."""
    wanted = [squeezed(part) for part in texts(paper.data)]
    for found in (text_of_pdf(paper.pdf.open().read()), text_of_docx(paper.docx.open().read())):
        at = 0
        for part in wanted:
            place = found.find(part, at)
            assert place >= 0, (part, found[at : at + 80])
            at = place + len(part)


def test_条文的动作都有文书_或者不成文书():
    """The catalogue knows no act that the statute does not know."""
    assert set(OF_ACT) <= LAW_2016.acts
    assert {key for keys in OF_ACT.values() for key in keys} | {"accountability", "unit_rule"} == {t.key for t in TEMPLATES}


@needs_fonts
@pytest.mark.parametrize("act", ACTS)
def test_每个动作的文书_取自案件_PDF_和_DOCX_文字一致(act, room, item, reader):
    """What was said in the act stands in the paper; the case number, too; no number of a person does."""
    origin, who = origin_of(act, room, item, reader)
    paper = issued(origin, room, who)
    said = squeezed("".join(texts(paper.data)))
    assert paper.case == origin.case and squeezed(WORDS) in said and origin.case.number in said
    assert paper.office.name in said and "经办甲" not in said
    assert paper.number == f"金{paper.office.short}{ {'letter': '函', 'notice': '告', 'form': '单', 'red': ''}[paper.layout]}〔2016〕1号"
    says_the_same(paper)
    assert verify().fault is None


@needs_fonts
def test_第九条_本单位清单的备案报告(room):
    from qingdan.measures.adjustment import publishing

    case = own_change(room)
    room.do("09-26", "cg", publishing.file_own, case, "现予备案", room.copy())
    (origin,) = of_events(case, [case.events.order_by("n").last()])
    paper = issued(origin, room, "cg")
    assert "内部流程清单" in "".join(texts(paper.data)) and "2016年9月12日" in "".join(texts(paper.data))
    says_the_same(paper)


@needs_fonts
def test_第十一条_本单位办法的备案函_写明文件和摘要(room):
    origin = unit_rule(room)
    paper = issued(origin, room, "cg")
    said = "".join(texts(paper.data))
    assert "《城管局清单管理办法》（金城管〔2016〕8号，2016年9月1日印发）" in said and origin.record.file.sha256 in squeezed(said)
    assert paper.case is None
    says_the_same(paper)


@needs_fonts
def test_第十条三_月度报告和台账_数字与上报的一致(room):
    """Figures frozen with the report; the 台账 of the period has each case once."""
    autumn = Autumn(room)
    room.on("10-26")
    case = autumn.report()
    zwb = room.d.zwb
    registers.issue(case, "全区清单动态调整平稳。", by=zwb.person, office=zwb.office)
    book, monthly = of_events(case, [case.events.order_by("n").last()])
    report = issued(monthly, room, "zwb")
    said = squeezed("".join(texts(report.data)))
    assert "收到申请3" in said and "视为同意1" in said and "全区清单动态调整平稳。" in said and "2016年9月26日至2016年10月25日" in said
    says_the_same(report)
    ledger = issued(book, room, "zwb")
    numbers = [squeezed(row[0]) for block in ledger.data["blocks"] if block["is"] == "table" for row in block["rows"]]
    assert numbers == [autumn.published.number, autumn.silent.number, autumn.withdrawn.number]
    assert ledger.number == "金政务办账〔2016〕1号" and report.number == "金政务办〔2016〕1号"
    says_the_same(ledger)


@needs_fonts
def test_第十条四_追责建议_只就认定成立的_主送和建议由人填写(room):
    Autumn(room)
    room.on("10-26")
    zwb = room.d.zwb
    from qingdan.kernel import clock

    late = candidates(clock.today()).filter(row="D7").get()
    registers.decide(late, "不成立", "另有原因", by=zwb.person, office=zwb.office)
    assert of_decisions(FaultDecision.objects.all()) == []
    registers.decide(late, "成立", "收到意见后无故拖延一个工作日", by=zwb.person, office=zwb.office, seen=1)
    (origin,) = of_decisions(FaultDecision.objects.select_related("case", "office"))
    with pytest.raises(Refused, match="不能制作《追责建议》：缺少：主送单位、处理建议"):
        origin.wanted(zwb.office, {"to": " ", "advice": ""}).draft(clock.today())
    paper = issued(find(origin.key, "accountability"), room, "zwb")
    said = "".join(texts(paper.data))
    assert "审而不结" in said and "收到意见后无故拖延一个工作日" in said and TYPED["accountability"]["advice"] in said
    says_the_same(paper)


def test_缺少的字段_按名称拒绝(room, item, reader):
    """P-K1: each required field of each template, left out: refused with its name; all others there, it is not named."""
    day = __import__("datetime").date(2016, 6, 15)
    for template in TEMPLATES:
        whole = {field.key: [["甲", "乙", "丙"]] if field.key in LISTED else "某" for field in template.fields}
        assert template.write(whole, "金水区政务服务改革管理办公室", day)
        for field in (f for f in template.fields if f.required):
            with pytest.raises(Refused, match=f"不能制作《{template.name}》：缺少：{field.label}。"):
                template.write(whole | {field.key: ""}, "金水区政务服务改革管理办公室", day)


LISTED = {"changes", "reviews", "proofs", "figures", "groups", "late", "lines", "columns"}


@needs_fonts
def test_再签发一次的_告知已有文号_重复提交的_是同一份(room, item, reader):
    """One paper of one act; sent again with the same key it is the same paper and takes no number."""
    from qingdan.kernel.papers.actions import issue

    origin, who = origin_of("approve", room, item, reader)
    side = getattr(room.d, who)
    wanted = origin.wanted(side.office)
    first = issue(wanted, by=side.person, office=side.office, address=ADDRESS, key="form")
    assert issue(wanted, by=side.person, office=side.office, address=ADDRESS, key="form") == first
    with pytest.raises(Refused, match="已于2016-06-15签发：金政务办〔2016〕1号"):
        issue(wanted, by=side.person, office=side.office, address=ADDRESS, key="other")
    assert Paper.objects.count() == 1
    stranger = room.d.cg
    with pytest.raises(Refused, match="由政务办制发"):
        issue(wanted, by=stranger.person, office=stranger.office, address=ADDRESS)
