"""Small files of every kind that is taken."""

import io
import zipfile

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fea7356981"
    "0000000049454e44ae426082"
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
HTML = "<!DOCTYPE html><html><body>承诺 3 个工作日</body></html>".encode()
MHTML = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--\r\n"


def archive(*names, fill=b"<x/>"):
    """A ZIP with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name in names:
            z.writestr(name, fill)
    return out.getvalue()


TAKEN = {
    "pdf": PDF, "png": PNG, "jpeg": JPEG, "html": HTML, "mhtml": MHTML, "txt": "公布情况说明\n".encode("gb18030"),
    "docx": archive("[Content_Types].xml", "word/document.xml"), "xlsx": archive("xl/workbook.xml"), "ofd": archive("OFD.xml"),
}  # fmt: skip
