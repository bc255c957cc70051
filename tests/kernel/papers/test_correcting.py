"""更正重发 and 作废: an issued paper is never changed; it is withdrawn, or another one with its own number says that it stands in its place."""

import io
import os

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from pypdf import PdfReader

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.papers import fonts
from qingdan.kernel.papers.actions import Wanted, issue, withdraw
from qingdan.kernel.papers.binding import bind
from qingdan.kernel.papers.content import texts
from qingdan.kernel.papers.models import Paper, Withdrawal
from qingdan.kernel.papers.queries import holding, made_from, years
from qingdan.kernel.papers.queries import issued as all_issued

from .issuing import ADDRESS, PLAIN, issued, wanted
from .reading import needs_fonts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_june(monkeypatch):
    monkeypatch.setattr(fonts, "PLACES", ())
    clock.set_fixed("2016-06-15T09:00")


def corrected(side, paper, reason="抄送单位写错", key=None, **values):
    plain = wanted(side.office, paper.origin, **values)
    return issue(Wanted(plain.template, plain.values, side.office, plain.source, None, paper, reason), by=side.person, office=side.office, address=ADDRESS, key=key)


def test_更正重发_新文书有自己的文号_写明更正哪一份_原件作废_文号不空(district):
    old = issued(district.zwb, "e1")
    issued(district.zwb, "e2")
    clock.set_fixed("2016-06-16T09:00")
    new = corrected(district.zwb, old, words="改正后的告知。")
    assert (old.number, new.number) == ("金政务办告〔2016〕1号", "金政务办告〔2016〕3号")
    said = [*texts(new.data)]
    at = said.index("本件更正金政务办告〔2016〕1号，该件自本件签发之日起作废。")
    assert said[at + 1] == district.zwb.office.name, "before the signature"
    kept = Paper.objects.get(pk=old.pk)
    assert kept.withdrawn.told == "已由金政务办告〔2016〕3号更正" and kept.withdrawn.withdrawn_on.isoformat() == "2016-06-16" and new.corrects == kept
    assert (new.origin, new.source, new.withdrawn, kept.corrects) == ("e1", "e1-2", None, None)
    assert years("金政务办告") == {2016: [1, 2, 3]} and verify().fault is None


def test_原件不改一字(district):
    """The row, its text and its file are what they were."""
    old = issued(district.zwb, "e1")
    before = {f.attname: getattr(old, f.attname) for f in Paper._meta.concrete_fields}, old.docx.open().read()
    corrected(district.zwb, old, words="改正后的告知。")
    kept = Paper.objects.get(pk=old.pk)
    assert ({f.attname: getattr(kept, f.attname) for f in Paper._meta.concrete_fields}, kept.docx.open().read()) == before


def test_更正和作废各记一个事件_写明文号和原因(district):
    old = issued(district.zwb, "e1")
    new = corrected(district.zwb, old, "文号引用错误")
    withdraw(new, "不再需要", by=district.zwb.person, office=district.zwb.office)
    one, two = Event.objects.filter(act="correct_paper").get(), Event.objects.filter(act="withdraw_paper").get()
    assert (one.facts["number"], one.facts["corrects"], one.facts["reason"]) == (new.number, old.number, "文号引用错误")
    assert two.facts == {"number": new.number, "reason": "不再需要"} and two.person == district.zwb.person
    assert verify().fault is None


def test_只作废的_没有替代_之后可以另发_编新的文号(district):
    old = issued(district.zwb, "e1")
    withdraw(old, "发错了单位", by=district.zwb.person, office=district.zwb.office)
    assert holding("plain", "e1") is None and Paper.objects.get(pk=old.pk).withdrawn.told == "已作废"
    again = issued(district.zwb, "e1")
    assert (again.number, again.source, again.corrects) == ("金政务办告〔2016〕2号", "e1-2", None)
    assert [paper.pk for paper in made_from("plain", "e1")] == [old.pk, again.pk] and holding("plain", "e1") == again


def test_现行的没有作废_不能再签发一份(district):
    """One paper of one act holds at a time; the refusal says where to go."""
    old = issued(district.zwb, "e1")
    with pytest.raises(Refused, match="已于2016-06-15签发：金政务办告〔2016〕1号.*更正重发"):
        issued(district.zwb, "e1")
    corrected(district.zwb, old)
    with pytest.raises(Refused, match="签发：金政务办告〔2016〕2号"):
        issued(district.zwb, "e1")


def test_更正后的还可以再更正_已作废的不能(district):
    first = issued(district.zwb, "e1")
    second = corrected(district.zwb, first)
    third = corrected(district.zwb, second)
    assert third.source == "e1-3" and third.corrects == second
    for again in (lambda: corrected(district.zwb, first), lambda: withdraw(first, "又错", by=district.zwb.person, office=district.zwb.office)):
        with pytest.raises(Refused, match="金政务办告〔2016〕1号已由金政务办告〔2016〕2号更正（2016-06-15）"):
            again()
    assert Paper.objects.count() == 3 and Withdrawal.objects.count() == 2


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_没有原因的_不更正_不作废(reason, district):
    old = issued(district.zwb, "e1")
    for act in (lambda: corrected(district.zwb, old, reason), lambda: withdraw(old, reason, by=district.zwb.person, office=district.zwb.office)):
        with pytest.raises(Refused, match="没有填写原因"):
            act()
    assert Paper.objects.count() == 1 and not Withdrawal.objects.exists()


def test_只有制发单位在任的人可以(district):
    old, cg = issued(district.zwb, "e1"), district.cg
    with pytest.raises(Refused, match="由政务办制发"):
        withdraw(old, "错", by=cg.person, office=cg.office)
    with pytest.raises(Refused, match="没有任职"):
        withdraw(old, "错", by=cg.person, office=district.zwb.office)
    with pytest.raises(Refused, match="由政务办制发"):
        plain = wanted(district.zwb.office, "e1")
        issue(Wanted(PLAIN, plain.values, plain.office, "e1", None, old, "错"), by=cg.person, office=cg.office, address=ADDRESS)
    assert not Withdrawal.objects.exists()


def test_缺字段的更正_原件照旧有效(district):
    """Refused as a whole: nothing of it stands, and no number is used."""
    old = issued(district.zwb, "e1")
    with pytest.raises(Refused, match="不能制作《告知书》：缺少：告知的内容"):
        corrected(district.zwb, old, words="")
    assert Paper.objects.get().withdrawn is None and issued(district.zwb, "e2").serial == 2


def test_同一张表单提交两次_只更正一次(district):
    old = issued(district.zwb, "e1")
    first, second = (corrected(district.zwb, old, key="form") for _ in range(2))
    assert first == second and Paper.objects.count() == 2
    before, after = (withdraw(first, "错", by=district.zwb.person, office=district.zwb.office, key="other") for _ in range(2))
    assert before == after and Withdrawal.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_两人同时更正_恰有一份成功_文号不空(district):
    """Each a process with a connection of its own; both have read the paper while it held."""
    old = issued(district.zwb, "e1")
    pids = []
    for n in range(2):
        connection.close()
        pid = os.fork()
        if pid == 0:
            try:
                connection.connection = None
                corrected(district.zwb, old, f"第{n}人", key=f"k{n}")
                os._exit(0)
            except Refused:
                os._exit(7)
            finally:
                os._exit(1)
        pids.append(pid)
    ends = sorted(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids)
    assert ends == [0, 7] and years("金政务办告") == {2016: [1, 2]} and Withdrawal.objects.count() == 1


@pytest.mark.parametrize("statement", ["UPDATE papers_withdrawal SET reason = 'x'", "DELETE FROM papers_withdrawal"])
def test_作废的记录_数据库拒绝改动(statement, district):
    withdraw(issued(district.zwb, "e1"), "错", by=district.zwb.person, office=district.zwb.office)
    with pytest.raises(DatabaseError, match="rows are immutable"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.writes_past
def test_一份文书只作废一次_数据库也拒绝(district):
    old = issued(district.zwb, "e1")
    withdraw(old, "错", by=district.zwb.person, office=district.zwb.office)
    from qingdan.kernel.rows import recording

    with pytest.raises(IntegrityError), transaction.atomic(), recording():
        Withdrawal(paper=old, reason="再", withdrawn_on=clock.today()).save()


@needs_fonts
def test_合订的_PDF_书签写明作废(district, monkeypatch):
    monkeypatch.undo()
    old = issued(district.zwb, "e1")
    corrected(district.zwb, old)
    titles = [item.title for item in PdfReader(io.BytesIO(bind(all_issued()))).outline]
    assert titles == ["金政务办告〔2016〕1号 告知书（已由金政务办告〔2016〕2号更正）", "金政务办告〔2016〕2号 告知书"]
