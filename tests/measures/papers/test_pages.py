"""文书 at the product's pages: what is offered to whom, the draft, 签发, the scan, one PDF of a case; and the public's page of verification."""

import io
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.opaque import hide
from qingdan.kernel.papers import fonts
from qingdan.kernel.papers.models import Paper
from tests.kernel.files.samples import PDF, PNG
from tests.kernel.papers.reading import needs_fonts
from tests.measures.browsing import Reader
from tests.measures.stages import WORDS, approved, referred

from .making import squeezed, text_of_docx, text_of_pdf, unit_rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client_as):
    return lambda code: Reader(client_as(f"{code}_1"))


def case_page(case):
    return f"/desk/cases/{case.number}/"


def make_page(case, act, kind):
    return f"/adjustment/papers/make/e{hide('event', case.events.get(act=act).seq)}/{kind}/"


def sent(person, path, button, **typed):
    """What the button gives: the raw answer."""
    page = person.load(path)
    return person.client.post(path, {**page.fields, button: "1", **typed})


def issue_approval(room, item, reader):
    case = approved(room, item)
    answer = sent(reader("zwb"), make_page(case, "approve", "approval"), "issue")
    assert answer.status_code == 302, answer.content.decode()
    return case, Paper.objects.get(template="approval")


def test_案件页列出本单位可以制作的文书_别的单位的不列(room, item, reader):
    case = approved(room, item)
    for code, there, absent in (("zwb", ("核准意见", "转办意见（转办单）"), ("确认回执",)), ("cg", ("调整申请及调整意见",), ("核准意见",)), ("fzb", ("审核意见",), ("转办意见（转办单）",))):
        section = reader(code).get(case_page(case)).html.partition('id="papers"')[2].partition("</section>")[0]
        assert all(f"{name}<small>" in section for name in there) and not any(f"{name}<small>" in section for name in absent)


@needs_fonts
def test_草稿带水印_抄送由人填写_不占号(room, item, reader):
    """Both drafts say what was typed; neither is kept, neither takes a number."""
    case, person = approved(room, item), reader("zwb")
    path = make_page(case, "approve", "approval")
    assert person.load(path).value("copies") == "金水区人民政府法制办公室"
    for button, read in (("draft_pdf", text_of_pdf), ("draft_docx", text_of_docx)):
        answer = sent(person, path, button, copies="区审计局")
        assert answer.status_code == 200 and "草稿" in unquote(answer["Content-Disposition"])
        text = squeezed(read(answer.content))
        assert "抄送：区审计局。" in text and "金政务办〔2016〕号" in text.replace("\u3000", "") and case.number in text
    assert not Paper.objects.exists() and verify().fault is None


def test_签发_文书出现在案件页_再打开制作页即到已签发的(room, item, reader):
    case, paper = issue_approval(room, item, reader)
    page = reader("cg").get(case_page(case))
    assert paper.number in page.text and f"/adjustment/papers/issued/{paper.code}/" in page.links
    again = reader("zwb").get(make_page(case, "approve", "approval"))
    assert (again.status, again.location) == (302, f"/adjustment/papers/issued/{paper.code}/")
    assert Paper.objects.count() == 1 and verify().fault is None


def test_同一张表单提交两次_只签发一次(room, item, reader):
    case, person = approved(room, item), reader("zwb")
    path = make_page(case, "approve", "approval")
    fields = {**person.load(path).fields, "issue": "1"}
    first, second = (person.client.post(path, fields) for _ in range(2))
    assert first.status_code == second.status_code == 302 and first["Location"] == second["Location"]
    assert Paper.objects.count() == 1


def test_不由本单位制发的_没有这一页(room, item, reader):
    case = approved(room, item)
    path = make_page(case, "approve", "approval")
    for code in ("cg", "fzb", "hyl"):
        assert reader(code).get(path).status == 404
        assert reader(code).client.post(path, {"issue": "1"}).status_code == 404
    assert reader("zwb").get(make_page(case, "approve", "receipt")).status == 404
    assert not Paper.objects.exists()


def test_案件看不到的单位_看不到文书_也下载不到文件(room, item, reader):
    case, paper = issue_approval(room, item, reader)
    files = [f"/files/{file.stored}/" for file in (paper.pdf, paper.docx) if file]
    stranger, own = reader("hyl").client, reader("cg").client
    for path in (f"/adjustment/papers/issued/{paper.code}/", f"/adjustment/papers/{case.number}.pdf", *files):
        assert stranger.get(path).status_code == 404
        assert own.get(path).status_code == 200 or not fonts.found().complete


def test_第七条三_审核未结束时_别的牵头部门看不到审核意见的文书(room, item, reader):
    """Each lead gives its opinion alone: the paper of the first is hidden from the second until the round has ended."""
    case = room.apply("06-07", item)
    room.refer("06-12", case, "fzb", "bb")
    room.say("06-13", "fzb", case, "agree", "同意")
    sent(reader("fzb"), make_page(case, "agree", "opinion"), "issue")
    paper = Paper.objects.get()
    where = [f"/adjustment/papers/issued/{paper.code}/", f"/files/{paper.docx.stored}/"]
    assert [reader("bb").client.get(path).status_code for path in where] == [404, 404]
    assert paper.number not in reader("bb").get(case_page(case)).text and paper.number in reader("zwb").get(case_page(case)).text
    room.say("06-14", "bb", case, "agree", "同意")
    assert [reader("bb").client.get(path).status_code for path in where] == [200, 200]


def test_附上扫描件_只有制发单位有表单(room, item, reader):
    case, paper = issue_approval(room, item, reader)
    path = f"/adjustment/papers/issued/{paper.code}/"
    assert "附上扫描件" not in reader("cg").get(path).text
    person = reader("zwb")
    answer = sent(person, path, "ok", file=SimpleUploadedFile("原件.png", PNG))
    assert answer.status_code == 302
    assert "扫描件：原件.png" in reader("cg").get(path).text and "有扫描件" in reader("cg").get(case_page(case)).text
    refused = sent(person, path, "ok", file=SimpleUploadedFile("原件.exe", b"MZ\0\1"))
    assert refused.status_code == 422 and paper.scans.count() == 1
    stranger = reader("cg").client.post(path, {"file": SimpleUploadedFile("原件.png", PNG)})
    assert stranger.status_code == 422 and "由政务办制发" in stranger.content.decode() and paper.scans.count() == 1


@needs_fonts
def test_全部文书一个PDF_没有文书的_说明并回到案件页(room, item, reader):
    case = approved(room, item)
    empty = reader("zwb").client.get(f"/adjustment/papers/{case.number}.pdf", follow=True)
    assert "没有已经签发、存有 PDF 的文书" in empty.content.decode()
    for act, kind in (("refer", "referral"), ("approve", "approval")):
        sent(reader("zwb"), make_page(case, act, kind), "issue")
    answer = reader("cg").client.get(f"/adjustment/papers/{case.number}.pdf")
    titles = [item.title for item in PdfReader(io.BytesIO(answer.content)).outline]
    assert titles == ["金政务办单〔2016〕1号 转办意见（转办单）", "金政务办〔2016〕1号 核准意见"]


def test_没有申请内容的案件_说明缺少什么(room, item, reader):
    """A case that was lived without its contents: the page names what is missing, issuing is refused by name."""
    from tests.kernel.ledger.worlds import referred as bare

    case = bare(room.d, "fzb")
    room.on("06-13")
    person = reader("zwb")
    path = make_page(case, "refer", "referral")
    assert "缺少：清单、事项" in person.load(path).text
    answer = sent(person, path, "issue")
    assert answer.status_code == 422 and "缺少：清单、事项" in answer.content.decode()


def test_第十一条_本单位办法的备案函从办法列表打开(room, reader):
    origin = unit_rule(room)
    path = f"/adjustment/papers/make/{origin.key}/unit_rule/"
    assert path in reader("cg").get("/adjustment/filings/rules/").links
    assert path not in reader("zwb").get("/adjustment/filings/rules/").links
    assert sent(reader("cg"), path, "issue").status_code == 302
    paper = Paper.objects.get()
    issued = f"/adjustment/papers/issued/{paper.code}/"
    assert issued in reader("cg").get("/adjustment/filings/rules/").links
    assert [reader(code).get(issued).status for code in ("cg", "zwb", "hyl")] == [200, 200, 404]


def test_字体的替代写在制作页上(room, item, reader):
    case = referred(room, item)
    page = reader("zwb").load(make_page(case, "refer", "referral"))
    assert fonts.found().told in page.text


# ---- the public ------------------------------------------------------------------------------------------


def test_核验页_写明文号_文书_制发单位_日期和摘要_没有个人和案件内容(room, item, reader, client):
    case, paper = issue_approval(room, item, reader)
    answer = client.get(f"/verify/{paper.code}/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert all(part in text for part in (paper.number, "核准意见", paper.office.name, "2016-06-15", paper.docx.sha256))
    assert not any(part in text for part in (case.number, case.title, "甲事项", "经办甲", WORDS))
    looked_up = client.get("/verify/", {"code": f" {paper.spelled_code.lower()} "})
    assert (looked_up.status_code, looked_up["Location"]) == (302, f"/verify/{paper.code}/")


def test_核验页_文件或者摘要一致不一致都说明(room, item, reader, client):
    _, paper = issue_approval(room, item, reader)
    path, data = f"/verify/{paper.code}/", paper.docx.open().read()
    for typed, said in (
        ({"file": SimpleUploadedFile("x.docx", data)}, "与签发的DOCX 文件完全一致"), ({"file": SimpleUploadedFile("x.docx", data + b" ")}, "都不一致"),
        ({"digest": paper.docx.sha256.upper()}, "与签发的DOCX 文件完全一致"), ({"digest": "0" * 64}, "都不一致"), ({"digest": "甲"}, "都不一致"),
    ):  # fmt: skip
        answer = client.post(path, typed)
        assert answer.status_code == 200 and said in answer.content.decode()
    empty = client.post(path, {})
    assert empty.status_code == 422 and "请选择文件，或者填写摘要" in empty.content.decode()


def test_核验页_扫描件也认得(room, item, reader, client):
    _, paper = issue_approval(room, item, reader)
    sent(reader("zwb"), f"/adjustment/papers/issued/{paper.code}/", "ok", file=SimpleUploadedFile("原件.pdf", PDF))
    assert "与签发的盖章原件的扫描件完全一致" in client.post(f"/verify/{paper.code}/", {"file": SimpleUploadedFile("y.pdf", PDF)}).content.decode()


def test_核验码不存在的_说明怎么办(client, db):
    for code in ("0" * 16, "没有", "A" * 500):
        answer = client.get(f"/verify/{code}/")
        assert answer.status_code == 404 and "没有这个核验码的文书" in answer.content.decode()
    assert "没有这个核验码的文书" in client.get("/verify/", {"code": "0" * 16}).content.decode()
    assert "请填写核验码" in client.get("/verify/", {"code": ""}).content.decode()
