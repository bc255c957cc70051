"""第四条, 第十一条 (T7): what a unit reads tells nothing of the complaint. Thirty marks planted in everything that was said, and every template looked through."""

from dataclasses import replace
from datetime import date

import pytest

from qingdan.kernel.papers.content import Marks, as_data, texts
from qingdan.kernel.papers.templates import Field
from qingdan.kernel.vault.marking import stands_in
from qingdan.measures.complaints import codes
from qingdan.measures.complaints.papers.words import FOR_UNITS, LETTERS, OF_ACT, OF_ERRAND
from qingdan.measures.complaints.papers.words_errands import REPORT
from qingdan.measures.complaints.papers.words_liability import REFERRED
from qingdan.statute.complaints_inquiry import ERRANDS
from tests.kernel.vault.markers import MARKERS, NAMES

from .paperwork import ALL_SIDES, Files, answerable, errands, hearing, made, made_of_errand, made_of_liability, words

ALLOWED = {"to", "letter", "due", "phone", "origin", "origin_number", "back", "reported", "files", "limit"}
"""What a paper for a unit may be made of: approved by a second person, the unit's own, compared with the identity, or published."""
READ_BY_UNITS = (*FOR_UNITS, REPORT)
OTHERS = sorted({f.key: f for t in LETTERS for f in t.fields if f.key not in ALLOWED}.values(), key=lambda f: f.key)


def unfit(template):
    """The fields of this template that no paper for a unit may have."""
    return {f.key for f in template.fields} - ALLOWED


def test_给单位的每一种文书_只由允许的内容组成():
    assert {t.key: unfit(t) for t in READ_BY_UNITS if unfit(t)} == {}
    assert {t for papers in OF_ERRAND.values() for t in papers} <= set(READ_BY_UNITS)  # a new paper of an errand is one of them


@pytest.mark.parametrize("field", OTHERS, ids=lambda f: f.key)
def test_多一项就不行(field):
    """Each field that any other paper has would be found in each of them."""
    assert all(unfit(replace(t, fields=(*t.fields, Field(field.key, field.label)))) == {field.key} for t in READ_BY_UNITS)


def test_所给的值再多_文书里也只有允许的内容():
    """Whatever is handed to the template, the marks under all other names do not come out."""
    planted = {f.key: MARKERS[n % 30] for n, f in enumerate(OTHERS)}
    for template in READ_BY_UNITS:
        said = "".join(texts(as_data(template.write({**planted, **dict.fromkeys(ALLOWED, "某内容")}, "某机关", date(2016, 9, 14)), Marks())))
        assert "某内容" in said and not [m for m in MARKERS if m in said], template.key


IDENTITY = {
    "name": NAMES[0], "phone": "13812340001", "address": "花园路甲字9号院", "email": "lanxi77@mail.example", "id_tail": "77X3", "unit": NAMES[1],
    "representatives": "、".join(NAMES[2:]),
}  # fmt: skip


def planted(room):
    """A complaint in which every field holds marks, by letter, and an inquiry in which all that is written, but for approved letters, holds them too."""
    everything = "；".join(MARKERS)
    return Files(
        room, channel="letter", receipt=f"签收人{NAMES[3]}", text=everything, evidence=everything, respondent=f"窗口{MARKERS[18]}", identity=IDENTITY,
        item_kind="收费", confidential=False, query_hash=codes.hash_of("QueryCodeZX81LANXI"), received_at=None,
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("without_pdf")
def test_第四条_三十个标记和编号_日期_途径_一样也到不了单位(room):
    q, everything = planted(room), "；".join(MARKERS)
    unnamed = "；".join(m for m in MARKERS if not stands_in(IDENTITY, m))
    q.do("09-14", "1", hearing.hear, "complainant", everything, "talk", date(2016, 9, 14))
    q.do("09-14", "1", hearing.hear, "respondent", everything, "talk", date(2016, 9, 14))
    q.do("09-14", "1", hearing.record_finding, everything, date(2016, 9, 14))
    q.do("09-14", "1", hearing.call_confrontation, everything, True)
    said = {"质证": words(room, made(room, q.c, "fzb", "call_confrontation")["complaint_called_unit"], "fzb")}
    q.do("09-14", "1", hearing.cancel_confrontation, everything)
    for kind, unit in (*ALL_SIDES, ("handover", "cg")):
        more = {} if unit else {"outside": "金水区监察局"}
        errand = q.send("09-14", kind, unit, date(2016, 9, 26), **more)
        said[kind] = q.sent(errand)
        if unit:
            q.of("09-14", unit, errands.report, errand, "已经办理")
            said[f"{kind}报告"] = words(room, made_of_errand(room, errand, unit, ERRANDS[kind].report), unit)
            q.of("09-14", "2", errands.accept, errand, unnamed)
    parts = {"claims": f"反映{MARKERS[18]}{MARKERS[19]}", "facts": f"{MARKERS[27]}收费，{MARKERS[28]}", "basis": "目录", "handling": f"退还，{MARKERS[15]}"}
    q.decision("09-19", words=parts, duties=[("cg", "退还费用", None)])
    q.decide("09-19")
    execution = q.execution("09-19")
    said["执行"] = q.sent(execution)
    q.of("10-12", "1", answerable.ask_reason, execution, unnamed)
    said["询问"] = q.sent(execution, act="ask_reason")
    q.of("10-13", "cg", answerable.give_reason, execution, "人手不够")
    q.of("10-14", "1", answerable.find_default, execution, "不是正当理由")
    liability = q.liability("10-14")
    room.on("10-17")
    answerable.refer(liability, "金水区监察局", "金法函〔2016〕8号", **q.who("2"))
    said["移送"] = words(room, made_of_liability(room, q.again(liability, "10-17"), "fzb"), "fzb")
    told = (*MARKERS, q.c.spelled, q.c.reference, q.case.number, q.case.number.split("-")[1], "2016年9月12日", "书信", "第五条", "行政事业性收费")
    assert {name: found for name, text in said.items() if (found := [w for w in told if w in text])} == {}
    assert len(said) == len(ALL_SIDES) + 1 + len([u for _, u in ALL_SIDES if u]) + 1 + 4


def test_每一种文书在编号里各有各的字():
    assert len(set(LETTERS.values())) == len(LETTERS) and {t for papers in OF_ACT.values() for t in papers} <= set(LETTERS)
    assert REFERRED in LETTERS
