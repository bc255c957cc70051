"""P-K2: every paper of 动态调整 and of 投诉处理 as it comes in practice: no signature stands alone, and the DOCX in LibreOffice beside the PDF, as docs/papers.md says."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from qingdan.kernel.papers import fonts, typesetting, word
from qingdan.kernel.papers.content import BREAK, FORM, texts, title_lines
from qingdan.measures.adjustment.papers.catalogue import TEMPLATES
from qingdan.measures.complaints.papers.words import LETTERS
from tests.kernel.papers.reading import all_laid_out, needs_fonts, no_writer, place
from tests.measures.complaints import samples as complaints

from .making import squeezed
from .samples import DAY, PAPERS
from .samples import plain as of_adjustment

DOCS = Path(__file__).parents[3] / "docs" / "papers.md"
ROW = re.compile(r"^\| (\S+) \| (\d+) \| (\d+) \| (yes|no) \|(.*)\|$", re.MULTILINE)
NEAR = 3 * 28  # characters: three lines


ALL = (*PAPERS, *complaints.PAPERS)


def plain(name):
    return of_adjustment(name) if name in PAPERS else complaints.plain(name)


def test_每一种文书都有样本():
    assert {key for key, _, _ in PAPERS.values()} == {template.key for template in TEMPLATES}
    assert {key for key, _, _ in complaints.PAPERS.values()} == {template.key for template in LETTERS}
    assert len(set(ALL)) == len(ALL)


@pytest.mark.parametrize("name", ALL)
def test_落款之前有文字_印章不单独成页(name):
    """What stands before 署名 goes to its page with it, which a table cannot; in a form the facts stand there, and its table comes after."""
    blocks = plain(name)["blocks"]
    at = next(n for n, block in enumerate(blocks) if block["is"] == "sign")
    assert blocks[at - 1]["is"] in (("p", "attached", "facts") if plain(name)["layout"] == FORM else ("p", "attached"))


def test_新增事项_不列空的调整前一栏():
    tables = {name: next(b for b in plain(name)["blocks"] if b["is"] == "table") for name in ("核准意见", "核准意见（新增事项）")}
    assert tables["核准意见"]["head"] == ["内容", "调整前", "调整后"]
    assert tables["核准意见（新增事项）"]["head"] == ["内容", "新增的内容"] and all("（无）" not in row for row in tables["核准意见（新增事项）"]["rows"])


@pytest.mark.parametrize(("title", "lines"), [
    (f"金水区政务服务改革管理办公室{BREAK}关于2016年10月清单动态调整情况的报告", ["金水区政务服务改革管理办公室", "关于2016年10月清单动态调整情况的报告"]),
    ("关于变更“城市道路挖掘许可”的审核意见", ["关于变更“城市道路挖掘许可”的审核意见"]),
    ("关于复审变更“城市道路挖掘许可”核准意见的申请", ["关于复审变更“城市道路挖掘许可”", "核准意见的申请"]),
])  # fmt: skip
def test_标题按字宽回行_数字算半个字_词不拆开(title, lines):
    assert title_lines(title) == lines


@pytest.mark.long
@needs_fonts
def test_每一种文书_DOCX_经_LibreOffice_与_PDF_的页数和分页_如文档所记(tmp_path):
    """docs/papers.md says for each paper how many pages it has in both and whether they break alike; nothing is lost in either."""
    if missing := no_writer():
        pytest.skip(missing)
    for name in ALL:
        (tmp_path / f"{name}.docx").write_bytes(word.docx(plain(name), DAY.isoformat()))
    theirs, measured = all_laid_out(sorted(tmp_path.iterdir())), {}
    for name in ALL:
        data = plain(name)
        said = squeezed("".join(texts(data)))
        both = [PdfReader(io.BytesIO(pdf)).pages for pdf in (typesetting.pdf(data, DAY.isoformat()), theirs[name])]
        for pages in both:
            whole = squeezed("".join(page.extract_text() for page in pages))
            assert all(squeezed(cell) in whole for block in data["blocks"] for row in block.get("rows", ()) for cell in row), f"{name}: a row was lost"
        begins = [[place(said, page) for page in pages[1:]] for pages in both]
        alike = len(begins[0]) == len(begins[1]) and all(abs(a - b) <= NEAR for a, b in zip(*begins, strict=True))
        measured[name] = (len(both[0]), len(both[1]), "yes" if alike else "no")
    told = {name: (int(ours), int(other), same) for name, ours, other, same, why in ROW.findall(DOCS.read_text(encoding="utf-8"))}
    assert told.keys() == set(ALL)
    if fonts.found().fallbacks.get("仿宋") == "Noto Serif CJK SC":  # the fonts with which the table was made
        assert measured == told
    assert all(abs(ours - other) <= 1 for ours, other, _ in measured.values())
