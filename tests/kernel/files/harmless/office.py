"""DOCX and XLSX as people and their enemies hand them in, made here."""

import io
import stat
import zipfile

import docx

from .pictures import DEVICE, FILE, NAME, PLACE, photo

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>{}</Types>'
TEXT = "窗口拒不受理"


def zipped(parts, how=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in parts.items() if isinstance(parts, dict) else parts:
            archive.writestr(name, data)
    return out.getvalue()


def rels(*told):
    """(id, type, target, external?)"""
    rows = "".join(f'<Relationship Id="{i}" Type="{TYPE}{t}" Target="{to}"{" TargetMode=" + chr(34) + "External" + chr(34) if out else ""}/>' for i, t, to, out in told)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def word(body=f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>", types="", **parts):
    """A DOCX with this body; further parts by their names with `__` for `/` and `_` for the dot before xml."""
    more = {name.replace("__", "/"): data for name, data in parts.items()}
    return zipped({
        "[Content_Types].xml": TYPES.format(types), "_rels/.rels": rels(("rId1", "officeDocument", "word/document.xml", False)),
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>", **more,
    })  # fmt: skip


def sheet(cells=f'<row r="1"><c r="A1" t="inlineStr"><is><t>{TEXT}</t></is></c></row>', workbook="", **parts):
    more = {name.replace("__", "/"): data for name, data in parts.items()}
    return zipped({
        "[Content_Types].xml": TYPES.format(""), "_rels/.rels": rels(("rId1", "officeDocument", "xl/workbook.xml", False)),
        "xl/workbook.xml": f'<workbook {S}>{workbook}<sheets><sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": rels(("rId1", "worksheet", "worksheets/sheet1.xml", False)),
        "xl/worksheets/sheet1.xml": f"<worksheet {S}><sheetData>{cells}</sheetData></worksheet>", **more,
    })  # fmt: skip


def field(*instructions):
    """A field whose instruction is split over several runs."""
    runs = "".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in instructions)
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{TEXT}</w:t></w:r></w:p>'


def formula(text):
    return sheet(f'<row r="1"><c r="A1"><f>{text}</f><v>1</v></c></row>')


def real_word():
    """As Word writes it: author, last editor, a photo with its EXIF and file name, a comment, rsid, a link, the path of the template."""
    document = docx.Document()
    for name in ("author", "last_modified_by", "comments", "keywords"):
        setattr(document.core_properties, name, NAME)
    paragraph = document.add_paragraph(TEXT)
    document.add_picture(io.BytesIO(photo()))
    document.element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr").__next__().set("descr", f"C:\\{DEVICE}\\{FILE}")
    document.add_comment(paragraph.runs, text="请看", author=NAME, initials=DEVICE)
    paragraph._p.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}rsidR", "00AB12CD")
    part = document.part
    part.relate_to(f"https://example.org/{PLACE}", TYPE + "hyperlink", is_external=True)
    document.part._settings_part.relate_to(f"file:///C:/{DEVICE}/Normal.dotm", TYPE + "attachedTemplate", is_external=True)
    out = io.BytesIO()
    document.save(out)
    return with_parts(out.getvalue(), {"docProps/app.xml": f"<Properties><Company>{NAME}</Company></Properties>", "docProps/custom.xml": f"<p>{PLACE}</p>",
                                       "customXml/item1.xml": f"<a>{DEVICE}</a>", "docProps/thumbnail.jpeg": photo()})  # fmt: skip


def with_parts(data, parts):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({**{name: archive.read(name) for name in archive.namelist()}, **parts})


def told_sheet():
    """As Excel writes it: who shares it, the path on the machine, who commented, the printer."""
    return sheet(
        workbook=f'<fileSharing userName="{NAME}"/><x:absPath xmlns:x="urn:x" url="C:\\{DEVICE}\\"/><customWorkbookViews><v name="{NAME}"/></customWorkbookViews>',
        **{"xl/comments1.xml": f"<comments {S}><authors><author>{NAME}</author></authors></comments>", "docProps/core.xml": f"<c><creator>{NAME}</creator></c>",
           "xl/printerSettings/printerSettings1.bin": DEVICE.encode("utf-16-le"), "xl/persons/person.xml": f'<p displayName="{NAME}"/>'},
    )  # fmt: skip


def symlinked():
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("word/media/image1.png")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def patched(data, old, new):
    """Bytes of the archive's own tables changed; `old` must be there."""
    assert old in data and len(old) == len(new)
    return data.replace(old, new)


def encrypted():
    """Every entry says that it is encrypted."""
    data = bytearray(word())
    for start, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = data.find(start)
        while found >= 0:
            data[found + at] |= 1
            found = data.find(start, found + 4)
    return bytes(data)


def lying():
    """An entry that unpacks to 40 MB and says 100 bytes."""
    big = b"<w:t>" + b"0" * 40_000_000
    size = len(big).to_bytes(4, "little")
    return patched(word(**{"word__styles.xml": big}), size, (100).to_bytes(4, "little"))
