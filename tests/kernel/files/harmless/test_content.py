"""What was handed in is still there, and reads as it did; only what tells of its maker is not."""

import io
import re
import subprocess
import sys
import zipfile

import docx
import openpyxl
import pikepdf
import pytest
from PIL import Image

from qingdan.kernel.files.harmless.cleaning import clean, neutral_name
from qingdan.kernel.files.kinds import KINDS

from . import office, pdfs, pictures
from .office import TEXT, field, sheet, word


def picture(data):
    return Image.open(io.BytesIO(data))


def inside(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_a_photo_is_turned_as_the_camera_said_and_then_says_nothing():
    before, after = picture(pictures.photo()), picture(clean(pictures.photo()).data)
    assert (before.size, after.size) == ((48, 32), (32, 48)), "it lay on its side"
    assert dict(before.getexif()) and before.getexif().get_ifd(0x8825)
    assert not dict(after.getexif()) and not {"exif", "icc_profile", "comment", "xmp"} & set(after.info)


def test_the_picture_itself_stays():
    before, after = pictures.drawing(), picture(clean(pictures.png()).data)
    assert before.tobytes() == after.tobytes()


def test_a_photo_of_many_pixels_is_decoded_at_half_its_size():
    data = pictures.saved(Image.new("RGB", (6000, 5000)), "JPEG")
    assert picture(clean(data).data).size == (3000, 2500)


def test_a_word_file_reads_as_before():
    before, after = (docx.Document(io.BytesIO(d)) for d in (office.real_word(), clean(office.real_word()).data))
    assert [p.text for p in before.paragraphs] == [p.text for p in after.paragraphs] and TEXT in after.paragraphs[0].text
    assert len(after.inline_shapes) == 1 and [c.text for c in after.comments] == ["请看"]
    assert {c.author for c in after.comments} == {"作者"}
    names = zipfile.ZipFile(io.BytesIO(clean(office.real_word()).data)).namelist()
    assert not [n for n in names if n.startswith(("docProps/", "customXml/"))]


def test_a_word_file_has_no_relation_to_what_is_no_longer_there():
    data = clean(office.real_word()).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        for name in (n for n in names if n.endswith(".rels")):
            folder = name.rpartition("_rels/")[0]
            for target in re.findall(r'Target="([^"]+)"', archive.read(name).decode()):
                assert (target.lstrip("/") if target.startswith("/") else folder + target) in names
        for part in re.findall(r'PartName="/([^"]+)"', archive.read("[Content_Types].xml").decode()):
            assert part in names


def test_a_sheet_reads_as_before():
    book = openpyxl.Workbook()
    book.active.append([TEXT, 12.5, "=SUM(B1:B1)"])
    out = io.BytesIO()
    book.save(out)
    after = openpyxl.load_workbook(io.BytesIO(clean(out.getvalue()).data))
    assert [cell.value for cell in after.active[1]] == [TEXT, 12.5, "=SUM(B1:B1)"]
    assert after.properties.creator in (None, "openpyxl"), "openpyxl's own word where a file says nothing"
    assert TEXT in inside(clean(sheet()).data, "xl/worksheets/sheet1.xml")


def test_fields_within_the_file_stay_as_they_are_and_of_a_link_the_words_stay():
    toc = ('TOC \\o "1-3" \\h', ' HYPERLINK \\l "_Toc1" ', 'TIME \\@ "HH:mm"')
    text = inside(clean(word("".join(field(t) for t in toc))).data, "word/document.xml")
    assert all(t.strip() in text.replace("&quot;", '"') for t in toc)
    text = inside(clean(word(field(' HYPERLINK "http://evil.example/" '))).data, "word/document.xml")
    assert "HYPERLINK" in text and "evil" not in text and TEXT in text


def test_marks_of_markup_in_the_text_stay_text():
    text = inside(clean(word("<w:t xml:space='preserve'> &lt;b&gt; &amp;amp; &quot;\r&#13;</w:t>")).data, "word/document.xml")
    assert '<w:t xml:space="preserve"> &lt;b&gt; &amp;amp; "\n&#13;</w:t>' in text


def test_a_pdf_keeps_its_pages_its_notes_its_pictures_and_links_within():
    data = clean(pdfs.made(lambda pdf, page: (pdfs.told(pdf, page), pdfs.in_place(pdf, page)))).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (page,) = pdf.pages
        kinds = {str(note.Subtype): note for note in page.Annots}
        assert str(kinds["/Text"].Contents) == "请看" and "/A" in kinds["/Link"]
        assert set(page.Resources.XObject.keys()) == {"/M", "/Ref"}, "a picture may be called as it likes"
        assert [pikepdf.PdfImage(o).as_pil_image().size for o in page.Resources.XObject.values()] == [(48, 32)] * 2
        assert not {"/Info", "/DocChecksum"} & set(pdf.trailer.keys()) and not pdf.is_encrypted


def test_a_filled_in_form_still_shows_what_was_filled_in():
    with pikepdf.open(io.BytesIO(clean(pdfs.made(pdfs.scripts)).data)) as pdf:
        assert len(pdf.Root.AcroForm.Fields) == 1 and set(pdf.Root.AcroForm.keys()) == {"/Fields"}


def test_a_text_is_utf8_whatever_it_was():
    assert {clean(data).data for data in (TEXT.encode(), TEXT.encode("gb18030"), TEXT.encode("utf-16"), ("\ufeff" + TEXT).encode())} == {TEXT.encode()}


@pytest.mark.parametrize("data", [pictures.photo(), pictures.told_png(), word(), office.told_sheet(), pdfs.made(pdfs.told)])
def test_the_same_file_comes_out_the_same(data):
    """No time, no machine, no chance goes into it."""
    assert clean(data).data == clean(data).data


def test_names_tell_the_kind_and_nothing_else():
    assert [neutral_name(1, kind) for kind in ("jpeg", "docx", "txt")] == ["材料1.jpg", "材料1.docx", "材料1.txt"]
    assert clean(b"a").kind in KINDS and "b'a'" not in repr(clean(b"a"))


HEAVY = """
import resource, sys
from qingdan.kernel.files.harmless.cleaning import clean
from qingdan.engine.refusals import Refused
from tests.kernel.files.harmless.test_corpus_c5 import REFUSED, STORED, bytes_of
data = bytes_of({**REFUSED, **STORED}[sys.argv[1]][0])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try: clean(data)
except Refused: pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize("name", ["a PNG whose text unpacks to 200 MB", "a PDF whose objects unpack to 140 MB", "an entry that unpacks to more than it says", "pixel flood, JPEG"])
def test_c5_a_bomb_takes_no_more_than_150_mb(name):
    done = subprocess.run([sys.executable, "-c", HEAVY, name], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 150 * 1024
