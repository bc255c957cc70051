"""P-K3, P-K4: numbers without gaps by body, kind and year; issued once and then fixed; the scan of the sealed original; all as one PDF."""

import hashlib
import io
import json

import pytest
import segno
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction
from pypdf import PdfReader

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.files.store import keep
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.papers import fonts, typesetting
from qingdan.kernel.papers.actions import attach_scan
from qingdan.kernel.papers.binding import bind
from qingdan.kernel.papers.content import FORM
from qingdan.kernel.papers.models import Paper
from qingdan.kernel.papers.queries import by_code, years
from qingdan.kernel.papers.queries import issued as all_issued
from qingdan.kernel.papers.templates import Template, newest, register
from tests.kernel.files.samples import PNG

from .issuing import ADDRESS, PLAIN, issued, wanted
from .reading import needs_fonts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_june():
    clock.set_fixed("2016-06-15T09:00")


def test_文号按机关_种类_年份各自从一起编(district):
    """〔year〕n号, six-sided brackets, no 虚位: each body and kind a series of its own, each year anew."""
    form = Template("slip", 1, "单子", "", FORM, PLAIN.fields, PLAIN.compose)
    numbers = [issued(district.zwb, f"e{n}").number for n in (1, 2)]
    numbers += [issued(district.cg, "e3").number, Paper.objects.get(pk=_slip(district, form)).number]
    clock.set_fixed("2017-01-03T09:00")
    numbers += [issued(district.zwb, "e5").number]
    assert numbers == ["金政务办告〔2016〕1号", "金政务办告〔2016〕2号", "金城管局告〔2016〕1号", "金政务办单〔2016〕1号", "金政务办告〔2017〕1号"]
    assert years("金政务办告") == {2016: [1, 2], 2017: [1]}
    assert verify().fault is None


def _slip(district, form):
    from qingdan.kernel.papers.actions import issue

    side = district.zwb
    return issue(wanted(side.office, "e4", form), by=side.person, office=side.office, address=ADDRESS).pk


def test_没有签发成的_不占号(district, monkeypatch):
    """Refused, broken off, or failed at the last step: the next paper has the number."""
    with pytest.raises(Refused, match="缺少：告知的内容"):
        issued(district.zwb, "e1", words="")
    from qingdan.kernel.papers import actions

    def broken(*args, **kw):
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(actions, "note", broken)
        with pytest.raises(OSError, match="disk full"):
            issued(district.zwb, "e1")
    assert Paper.objects.count() == 0
    assert issued(district.zwb, "e1").serial == 1


def test_号被别人先用了_重新排版后签发下一号(district, monkeypatch):
    """The PDF bears the number: who is overtaken sets it again; what is printed is the number of the row."""
    from qingdan.kernel.papers import actions

    real, rounds = actions._make, []

    def overtaken(paper, address):
        made = real(paper, address)
        if paper.source == "e1" and len(rounds) < actions.AHEAD:
            rounds.append(made.serial)
            issued(district.zwb, f"e{10 + len(rounds)}")
        return made

    monkeypatch.setattr(actions, "_make", overtaken)
    paper = issued(district.zwb, "e1")
    assert rounds == [1, 2] and paper.serial == 3 and paper.data["number"] == paper.number == "金政务办告〔2016〕3号"
    assert years("金政务办告") == {2016: [1, 2, 3]}


def test_签发一次_事件里有文号_摘要和核验码_重复提交是同一份(district):
    paper = issued(district.zwb, "e1", key="form")
    assert issued(district.zwb, "e1", key="form").pk == paper.pk and Paper.objects.count() == 1
    (event,) = Event.objects.filter(act="issue_paper")
    assert event.facts["number"] == paper.number and event.facts["code"] == paper.code and event.facts["docx"] == paper.docx.sha256
    assert event.person == district.zwb.person and paper.version == 1 and json.loads(paper.values)["to"] == "金水区城市管理局"
    with pytest.raises(Refused, match="已于2016-06-15签发：金政务办告〔2016〕1号"):
        issued(district.zwb, "e1", key="another")
    assert verify().fault is None


def test_没有任职的人_不能签发(district):
    with pytest.raises(Refused, match="没有任职"):
        from qingdan.kernel.papers.actions import issue

        issue(wanted(district.zwb.office, "e1"), by=district.cg.person, office=district.zwb.office, address=ADDRESS)


@pytest.mark.parametrize("statement", ["UPDATE papers_paper SET name = 'x'", "DELETE FROM papers_paper", "UPDATE papers_scan SET attached_on = NULL",
                                       "DELETE FROM papers_scan"])  # fmt: skip
def test_签发后数据库拒绝任何改动(statement, district):
    """On both engines, by SQL past the product."""
    paper = issued(district.zwb, "e1")
    attach_scan(paper, keep(ContentFile(PNG, "原件.png")), by=district.zwb.person, office=district.zwb.office)
    with pytest.raises(DatabaseError, match="rows are immutable"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@needs_fonts
def test_摘要就是文件的摘要_二维码和核验码指向核验页(district):
    paper = issued(district.zwb, "e1")
    data = paper.pdf.open().read()
    assert hashlib.sha256(data).hexdigest() == paper.pdf.sha256
    assert paper.data["check"]["address"] == f"{ADDRESS}{paper.code}/"
    assert typesetting.qr_svg(paper.data["check"]["address"]) != typesetting.qr_svg(ADDRESS)
    words = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())
    assert paper.spelled_code in words and paper.number in words
    assert by_code(f" {paper.spelled_code.lower()} ") == paper and by_code(paper.code[:-1]) is None and by_code("没有") is None


def test_核验码读错的字母也认得(district):
    """O for 0, I and L for 1: as people read them from paper."""
    paper = issued(district.zwb, "e1")
    assert by_code(paper.code.replace("0", "O").replace("1", "l")) == paper


def test_扫描件只由制发单位附上_附上后仍可再附(district):
    paper = issued(district.zwb, "e1")
    with pytest.raises(Refused, match="由政务办制发"):
        attach_scan(paper, keep(ContentFile(PNG, "原件.png")), by=district.cg.person, office=district.cg.office)
    for n in range(2):
        attach_scan(paper, keep(ContentFile(PNG, f"原件{n}.png")), by=district.zwb.person, office=district.zwb.office)
    assert [scan.file.name for scan in paper.scans.all()] == ["原件0.png", "原件1.png"]
    assert verify().fault is None


@needs_fonts
def test_全部文书合成一个_PDF_各附扫描件_有书签(district):
    first, second = issued(district.zwb, "e1"), issued(district.zwb, "e2")
    picture = io.BytesIO()
    segno.make("原件").save(picture, kind="png", scale=20)
    attach_scan(first, keep(ContentFile(picture.getvalue(), "原件.png")), by=district.zwb.person, office=district.zwb.office)
    attach_scan(second, keep(ContentFile(first.pdf.open().read(), "原件.pdf")), by=district.zwb.person, office=district.zwb.office)
    reader = PdfReader(io.BytesIO(bind(all_issued())))
    one = len(PdfReader(first.pdf.open()).pages)
    assert len(reader.pages) == one + 1 + 2 * one
    assert [item.title for item in reader.outline] == [f"{first.number} 告知书", f"{second.number} 告知书"]
    assert [reader.get_destination_page_number(item) for item in reader.outline] == [0, one + 1]


@needs_fonts
def test_扫描件损坏或者加密的_说明是哪一份_不出错(district):
    paper = issued(district.zwb, "e1")
    attach_scan(paper, keep(ContentFile(b"%PDF-1.4 broken", "坏.pdf")), by=district.zwb.person, office=district.zwb.office)
    with pytest.raises(Refused, match=f"{paper.number}的扫描件的 PDF 加了密码或者已经损坏"):
        bind(all_issued())
    attach_scan(other := issued(district.zwb, "e2"), keep(ContentFile(PNG, "坏.png")), by=district.zwb.person, office=district.zwb.office)
    with pytest.raises(Refused, match="图片损坏"):
        bind([other])
    with pytest.raises(Refused, match="没有已经签发、存有 PDF 的文书"):
        bind([])


def test_没有中文字体_不出带方框的_PDF_说明原因_照样签发_DOCX(district, monkeypatch, settings):
    """The two commands need nothing but Python: without any Chinese font there is a DOCX, and it is said why there is no PDF."""
    settings.FONTS = ""
    monkeypatch.setattr(fonts, "PLACES", ())
    assert not fonts.found().complete and "没有中文字体" in fonts.found().told
    with pytest.raises(Refused, match="本机没有中文字体"):
        typesetting.pdf(wanted(district.zwb.office, "e1").draft(clock.today()), "2016-06-15")
    paper = issued(district.zwb, "e1")
    assert paper.pdf is None and paper.docx.length > 5000 and "没有中文字体" in paper.fonts
    from qingdan.kernel.papers.checks import fonts_are_named

    (message,) = fonts_are_named()
    assert message.id == "papers.W001" and "没有中文字体" in message.msg


@needs_fonts
def test_替代的字体写明名称_公文字体齐全的不提(monkeypatch):
    """fc: each face with what stands in for it; in the district's folder nothing stands in."""
    from qingdan.kernel.papers.checks import fonts_are_named

    there = fonts.found()
    assert set(there.fallbacks) <= set(fonts.OFFICE_NAMES) and all(f"{face}以 {family} 代替" in there.told for face, family in there.fallbacks.items())
    if there.fallbacks:
        assert there.told in fonts_are_named()[0].msg
    whole = fonts.Fonts({name: [office] for name, office in fonts.OFFICE_NAMES.items()}, ["/fonts"], {})
    monkeypatch.setattr(fonts, "found", lambda: whole)
    assert whole.told == "" and fonts_are_named() == []


def test_排版超时的_拒绝并说明(district, monkeypatch):
    monkeypatch.setattr(typesetting, "SECONDS", 0.001)
    if not fonts.found().complete:
        pytest.skip("no Chinese font on this machine")
    with pytest.raises(Refused, match="没有完成"):
        issued(district.zwb, "e1")
    assert Paper.objects.count() == 0


def test_同一文书的新版模板_不改已签发的(district, monkeypatch):
    """A paper keeps its version and its text; the next is made with the newest."""
    from qingdan.kernel.papers import templates

    monkeypatch.setattr(templates, "_all", {})
    second = Template("plain", 2, "告知书", "", PLAIN.layout, PLAIN.fields, PLAIN.compose)
    register(PLAIN, second)
    assert newest("plain") is second and newest("none") is None
    with pytest.raises(ValueError, match="is there already"):
        register(Template("plain", 2, "另一种", "", PLAIN.layout, PLAIN.fields, PLAIN.compose))
    old = issued(district.zwb, "e1")
    from qingdan.kernel.papers.actions import issue

    new = issue(wanted(district.zwb.office, "e2", second), by=district.zwb.person, office=district.zwb.office, address=ADDRESS)
    assert (old.version, new.version) == (1, 2) and Paper.objects.get(pk=old.pk).content == old.content


def test_字体只在部署检查中提示_平常的命令不出声():
    """`migrate`, `backup` and the others run the ordinary checks: they neither look through the fonts nor speak of them."""
    from django.core.checks import run_checks

    assert not [message for message in run_checks() if message.id.startswith("papers.")]
    found = [message.id for message in run_checks(include_deployment_checks=True) if message.id.startswith("papers.")]
    assert bool(found) == bool(fonts.found().told)
