"""P-K2: the layout of GB/T 9704-2012, measured on the files themselves: what stands where on the pages of the PDF, what the DOCX says of itself."""

import io
import re
import zipfile
from itertools import pairwise

import docx
import pytest
from docx.shared import Mm
from pypdf import PdfReader

from qingdan.kernel.papers import fonts, layout, typesetting, word
from qingdan.kernel.papers.content import BOOK, BULLETIN, FORM, LETTER, NOTICE, RED, Paragraph, texts

from .reading import DAY, LONG, SAMPLES, all_laid_out, needs_fonts, no_writer, place, sample

pytestmark = pytest.mark.once
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = layout.MM
HEIGHT = 297 * MM
FULL = (Paragraph("中" * 28 * 60),)
"""One paragraph of sixty lines, so that lines and characters can be counted."""


class Glyphs:
    """Every run of text of a PDF: (page, x, y from the top, size, text), and its horizontal lines (page, y, x from, x to, red)."""

    def __init__(self, data):
        self.reader = PdfReader(io.BytesIO(data))
        self.runs, self.lines = [], []
        for n, page in enumerate(self.reader.pages):
            top = float(page.mediabox.height)

            def text(words, cm, tm, font, size, n=n, top=top):
                if words.strip():
                    scale = (tm[0] * cm[0] - tm[1] * cm[2]) if tm else 1
                    x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                    self.runs.append((n, x, top - y, round(abs(scale) * size, 2) or size, words))

            page.extract_text(visitor_text=text)
            self.lines += [(n, *line) for line in rules(page, top)]

    def pages(self):
        return len(self.reader.pages)

    def find(self, words):
        return [run for run in self.runs if words in run[4]]


def rules(page, top):
    """The stroked horizontal lines of a page: (y from the top, x from, x to, width, colour), read from its drawing operators."""
    stack, m, colour, width, at, found = [], [1, 0, 0, 1, 0, 0], (0,), 1, None, []
    for operands, operator in page.get_contents().operations:
        o = [float(x) if isinstance(x, int | float) or hasattr(x, "as_numeric") else x for x in operands]
        if operator == b"q":
            stack.append((m, colour, width))
        elif operator == b"Q":
            m, colour, width = stack.pop()
        elif operator == b"cm":
            a, b, c, d, e, f = o
            m = [a * m[0] + b * m[2], a * m[1] + b * m[3], c * m[0] + d * m[2], c * m[1] + d * m[3], e * m[0] + f * m[2] + m[4], e * m[1] + f * m[3] + m[5]]
        elif operator in (b"SC", b"SCN", b"RG", b"G"):
            colour = tuple(o)
        elif operator == b"w":
            width = o[0]
        elif operator == b"m":
            at = (o[0] * m[0] + m[4], o[1] * m[3] + m[5])
        elif operator == b"l" and at:
            to = (o[0] * m[0] + m[4], o[1] * m[3] + m[5])
            if abs(to[1] - at[1]) < 0.01:
                found.append((top - at[1], *sorted((at[0], to[0])), width, colour))
    return found


def red(line):
    colour = line[-1]
    return len(colour) == 3 and colour[0] > 0.8 and colour[1] < 0.2


@pytest.fixture(scope="module")
def pdfs():
    """The PDF of a sample, set once."""
    made = {}

    def of(layout_, **more):
        key = (layout_, *more)
        if key not in made:
            made[key] = typesetting.pdf(sample(layout_, **more), DAY)
        return made[key]

    return of


@pytest.fixture
def glyphs(pdfs):
    return lambda layout_, **more: Glyphs(pdfs(layout_, **more))


# ---- the page ------------------------------------------------------------------------------------------


@needs_fonts
def test_版心_天头37_下35_订口28_右26毫米_每页22行_每行28字():
    """A page that holds nothing but text: 22 lines of 28 characters, inside 156 × 225 mm, at 37 mm from the top and 28 mm from the left."""
    data = sample(FORM, blocks=FULL)
    data["title"], data["number"] = [], ""
    found = Glyphs(typesetting.pdf(data | {"check": None}, DAY))
    body = [run for run in found.runs if run[0] == 1 and "中" in run[4]]
    tops = sorted({round(run[2], 1) for run in body})
    assert len(tops) == 22
    assert {len(squeeze(text)) for text in lines_of(found, 1)} == {28}
    pitches = {round(b - a, 1) for a, b in pairwise(tops)}
    assert all(abs(pitch - layout.PITCH) < 0.11 for pitch in pitches)
    first, last = tops[0], tops[-1]  # baselines: a character of 16 pt reaches 0.88 of it above, 0.12 below
    half = (layout.PITCH - layout.BODY) / 2
    assert abs(first - 0.88 * layout.BODY - half - 37 * MM) < 0.3 * MM
    assert last + 0.12 * layout.BODY + half <= (297 - 35) * MM + 0.1
    assert abs(min(run[1] for run in body) - 28 * MM) < 0.1


def squeeze(text):
    return re.sub(r"\s", "", text)


def lines_of(found, page):
    """The text of each line of the body of a page."""
    by = {}
    for n, x, y, _, words in found.runs:
        if n == page and "中" in words:
            by.setdefault(round(y, 0), []).append((x, words))
    return ["".join(words for _, words in sorted(parts)) for parts in by.values()]


@needs_fonts
@pytest.mark.parametrize("kind", SAMPLES)
def test_纸张为A4_台账横排(kind, pdfs):
    for page in PdfReader(io.BytesIO(pdfs(kind))).pages:
        size = (round(float(page.mediabox.width) / MM), round(float(page.mediabox.height) / MM))
        assert size == ((297, 210) if kind == BOOK else (210, 297))


@needs_fonts
@pytest.mark.parametrize("kind", [RED, NOTICE, BULLETIN])
def test_页码_四号_单页居右空一字_双页居左空一字_在版心下7毫米(kind, glyphs):
    found = glyphs(kind)
    for page in range(found.pages()):
        (_, x, y, size, _) = next(run for run in found.runs if run[0] == page and squeeze(run[4]) == f"—{page + 1}—")
        assert round(size, 1) == layout.FOURTH
        foot = (297 - 35) * MM
        assert foot + 7 * MM <= y <= foot + 7 * MM + layout.FOOT_PITCH
        if page % 2:
            assert abs(x - (28 * MM + layout.FOURTH)) < 1
        else:
            assert 130 * MM < x < (210 - 26) * MM - layout.FOURTH


@needs_fonts
def test_红头_上边缘距版心上边缘35毫米_红线与版心等宽_在文号下4毫米(glyphs):
    found = glyphs(RED)
    size = layout.mark_size(SAMPLES[RED].mark)
    (_, _, y, seen, _) = found.find("文件")[0]
    assert round(seen, 1) == size and abs(y - 0.86 * size - (37 + 35) * MM) < 1
    (line,) = [line for line in found.lines if red(line)]
    assert line[0] == 0 and abs(line[2] - 28 * MM) < 0.2 and abs(line[3] - (210 - 26) * MM) < 0.2
    number = next(run for run in found.runs if run[0] == 0 and "〔" in run[4])
    below = number[2] + (layout.PITCH / 2 - 0.38 * layout.BODY)  # the foot of its line
    assert abs(line[1] - below - 4 * MM) < 1


@needs_fonts
def test_信函_双红线长170毫米_首页上下各一组_首页无页码(glyphs):
    found = glyphs(LETTER)
    lines = [line for line in found.lines if red(line)]
    assert {line[0] for line in lines} == {0} and len(lines) == 4
    assert all(abs(line[3] - line[2] - 170 * MM) < 0.2 and abs((line[2] + line[3]) / 2 - 105 * MM) < 0.2 for line in lines)
    tops = sorted(line[1] for line in lines)
    assert abs(tops[0] - (30 * MM + layout.mark_size(SAMPLES[LETTER].mark) + 4 * MM)) < 2 and abs(tops[2] - (297 - 20) * MM) < 1
    assert [sorted(line[4] for line in lines if line[1] in pair) for pair in (tops[:2], tops[2:])] == [[0.5, 1.4]] * 2
    assert not [run for run in found.runs if run[0] == 0 and squeeze(run[4]) == "—1—"]
    assert [run for run in found.runs if run[0] == 1 and squeeze(run[4]) == "—2—"]


@needs_fonts
@pytest.mark.parametrize("kind", [RED, BULLETIN])
def test_版记在末页版心最下_只在末页(kind, glyphs):
    found = glyphs(kind)
    last = found.pages() - 1
    black = [line for line in found.lines if line[0] == last and not red(line) and line[3] - line[2] > 150 * MM]
    assert abs(max(line[1] for line in black) - (297 - 35) * MM) < 1
    assert [run[0] for run in found.find("印发")] == [last] and [run[0] for run in found.find("抄送")] == [last]


@needs_fonts
def test_字体_正文仿宋_标题小标宋_一级黑体_二级楷体_或者其替代(pdfs):
    """Every face that the paper uses is one that `fonts.found` names for it; nothing else is embedded, and everything is."""
    families = {name: found[0] for name, found in fonts.found().families.items()}
    embedded = {}
    for page in PdfReader(io.BytesIO(pdfs(RED))).pages:
        for font in page["/Resources"]["/Font"].values():
            font = font.get_object()
            base = font["/DescendantFonts"][0].get_object()
            descriptor = base["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            embedded[font["/BaseFont"].split("+")[-1]] = True
    names = " ".join(embedded).replace("-", "").lower()
    for face in ("小标宋", "仿宋", "楷体", "黑体", "宋体"):
        assert families[face].replace(" ", "").removesuffix("R").lower() in names or families[face].startswith("Noto"), (face, names)


# ---- the DOCX says the same of itself ------------------------------------------------------------------


def opened(kind, **more):
    return docx.Document(io.BytesIO(word.docx(sample(kind, **more), DAY)))


@pytest.mark.parametrize("kind", [k for k in SAMPLES if k != BOOK])
def test_docx_页边距和行距(kind):
    document = opened(kind)
    section = document.sections[0]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert all(abs(found - Mm(wanted)) < Mm(0.1) for found, wanted in zip(margins, (37, 35, 28, 26), strict=True))
    grid = section._sectPr.find(f"{W}docGrid")
    assert (grid.get(f"{W}type"), grid.get(f"{W}linePitch")) == ("lines", "579")
    body = [p for p in document.element.body.iter(f"{W}p") if LONG[:10] in "".join(t.text or "" for t in p.iter(f"{W}t"))]
    for p in body:
        spacing = p.find(f"{W}pPr/{W}spacing")
        assert spacing.get(f"{W}lineRule") == "exact"
        if p.getparent().tag != f"{W}tc":
            assert spacing.get(f"{W}line") == "579" and p.find(f"{W}pPr/{W}ind").get(f"{W}firstLineChars") == "200"


def test_docx_每一段文字都写明公文字体_不依赖本机():
    """方正小标宋、仿宋、楷体、黑体 on every run, for Chinese and for digits alike; 3号 16 pt, 2号 22 pt, 4号 14 pt."""
    told = {}
    for kind in SAMPLES:
        document = opened(kind)
        parts = [document.element, *(s._element for s in (document.sections[0].footer, document.sections[0].even_page_footer))]
        for run in (run for part in parts for run in part.iter(f"{W}r")):
            words = "".join(t.text or "" for t in run.findall(f"{W}t"))
            properties = run.find(f"{W}rPr")
            if not words.strip():
                continue
            font, size = properties.find(f"{W}rFonts"), int(properties.find(f"{W}sz").get(f"{W}val")) / 2
            names = {font.get(f"{W}{side}") for side in ("ascii", "hAnsi", "eastAsia")}
            assert len(names) == 1
            told.setdefault((names.pop(), size), []).append(words)
    assert {name for name, _ in told} == {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"}
    assert SAMPLES[RED].title.startswith(told["方正小标宋简体", 22.0][0]) and "（一）对照" in told["楷体_GB2312", 16.0]
    assert "一、核准的内容" in told["黑体", 16.0] and LONG in told["仿宋_GB2312", 16.0] and ("宋体", 14.0) in told


def test_docx_页码单右双左_首页另设():
    section = opened(RED).sections[0]
    assert section.different_first_page_header_footer
    sides = [f._element.find(f"{W}p/{W}pPr/{W}jc").get(f"{W}val") for f in (section.footer, section.even_page_footer)]
    assert sides == ["right", "left"]
    assert all("PAGE" in "".join(t.text or "" for t in f._element.iter(f"{W}instrText")) for f in (section.first_page_footer, section.footer))


@needs_fonts
@pytest.mark.parametrize("kind", SAMPLES)
def test_草稿有水印_签发的没有(kind, pdfs):
    def words_of(pdf):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)

    assert "草稿" in squeeze(words_of(pdfs(kind, draft=True))) and "草稿" not in squeeze(words_of(pdfs(kind)))
    for draft in (True, False):
        with zipfile.ZipFile(io.BytesIO(word.docx(sample(kind, draft=draft), DAY))) as package:
            marked = ["草稿" in package.read(name).decode() for name in package.namelist() if "header" in name]
        assert marked == [draft] * 3, "every page: first, odd, even"


@needs_fonts
@pytest.mark.parametrize("kind", SAMPLES)
def test_同一内容_两次制作_字节相同(kind, pdfs):
    """No date of making, no random id: the digest of a paper is a digest of what it says."""
    assert typesetting.pdf(sample(kind), DAY) == pdfs(kind)
    assert word.docx(sample(kind), DAY) == word.docx(sample(kind), DAY)


@needs_fonts
def test_正文里的标记字符照字面印出_不被执行():
    """What somebody types is text: #, *, _, $, \\, [ ], < > & stand on the paper as they were typed."""
    hostile = '#panic("x") *重* _斜_ $x^2$ \\ [a](b) <w:t>&amp; = 一级 @ref `raw` // 注'
    data = sample(FORM, blocks=(Paragraph(hostile),))
    text = squeeze("".join(page.extract_text() for page in PdfReader(io.BytesIO(typesetting.pdf(data, DAY))).pages))
    assert squeeze(hostile) in text
    document = docx.Document(io.BytesIO(word.docx(data, DAY)))
    assert hostile in [p.text for p in document.paragraphs]


# ---- side by side ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def theirs(tmp_path_factory):
    """Every sample as LibreOffice lays out its DOCX, all in one go."""
    if missing := no_writer():
        pytest.skip(missing)
    folder = tmp_path_factory.mktemp("docx")
    for kind in SAMPLES:
        (folder / f"{kind}.docx").write_bytes(word.docx(sample(kind), DAY))
    return all_laid_out(sorted(folder.iterdir()))


@needs_fonts
@pytest.mark.parametrize("kind", [RED, LETTER, NOTICE, FORM, BULLETIN, BOOK])
def test_docx_经_LibreOffice_排版_分页与_PDF_一致(kind, pdfs, theirs):
    """Pages are as many, and each begins within two lines of where the PDF's does: Typst gives way at marks of punctuation to fill a line, which
    LibreOffice does not, so that a long paragraph may end a line earlier or later; nothing else differs."""
    ours, other = (PdfReader(io.BytesIO(data)) for data in (pdfs(kind), theirs[kind]))
    assert len(ours.pages) == len(other.pages)
    said = squeeze("".join(texts(sample(kind))))
    whole = squeeze("".join(page.extract_text() for page in other.pages))
    assert all(squeeze(part) in whole for block in sample(kind)["blocks"] for row in block.get("rows", ()) for part in row), "a row was lost"
    seen = [[place(said, page) for page in reader.pages[1:]] for reader in (ours, other)]
    assert all(abs(a - b) <= 2 * 28 for a, b in zip(*seen, strict=True)), seen
