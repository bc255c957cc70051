"""What a file is, by its content and never by its name; and for what is not taken, a sentence that helps."""

from __future__ import annotations

import re

from qingdan.engine.refusals import Refused

from .refusing import LIMIT, TAKEN, refused

PICTURE, PDF, ARCHIVE, TEXT = "picture", "pdf", "archive", "text"
STARTS = (
    (b"\xff\xd8\xff", PICTURE),
    (b"\x89PNG\r\n\x1a\n", PICTURE),
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ARCHIVE),
)
OTHERS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "这是旧版（DOC、XLS）或者加了密码的 Office 文件", "请去掉密码，另存为 DOCX、XLSX 或者 PDF 后再上传"),
    (b"GIF8", "这是 GIF 图片", "请截图或者另存为 PNG 后再上传"),
    (b"BM", "这是 BMP 图片", "请另存为 PNG 后再上传"),
    (b"II*\0", "这是 TIFF 图片", "请另存为 PNG 后再上传"),
    (b"MM\0*", "这是 TIFF 图片", "请另存为 PNG 后再上传"),
    (b"Rar!", "这是压缩包", "请解压后把里面的文件分别上传"),
    (b"7z\xbc\xaf\x27\x1c", "这是压缩包", "请解压后把里面的文件分别上传"),
    (b"\x1f\x8b", "这是压缩包", "请解压后把里面的文件分别上传"),
    (b"PK", "这是空的、分卷的或者已经损坏的压缩包", "请解压后把里面的文件分别上传"),
    (b"MZ", "这是程序，不是材料", f"可以上传：{TAKEN}"),
    (b"\x7fELF", "这是程序，不是材料", f"可以上传：{TAKEN}"),
    (b"ID3", "这是录音", "录音、录像请在办理时当面提交，或者先写下要点"),
    (b"#!AMR", "这是录音", "录音、录像请在办理时当面提交，或者先写下要点"),
    (b"{\\rtf", "这是 RTF 文件", "请另存为 DOCX 或者 PDF 后再上传"),
)
NO_TEXT, HEAD = re.compile(rb"[\x00-\x08\x0e-\x1f]"), 512
PHONE_PICTURES = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")


def find(data: bytes) -> str:
    """Which way the file is to be made harmless; raises Refused with why and what to do."""
    if not data:
        raise refused("文件是空的", "请核对后重新选择文件")
    if len(data) > LIMIT:
        raise refused(f"文件超过 {LIMIT // 1024 // 1024} MB", "请压缩图片，或者分成几个文件后再上传")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return PICTURE
    if data[4:8] == b"ftyp":
        raise _of_phones(data[8:12])
    for start, kind in STARTS:
        if data.startswith(start):
            return kind
    for start, why, todo in OTHERS:
        if data.startswith(start) and not (len(start) == 2 and _reads(data)):
            raise refused(why, todo)
    return TEXT


def _reads(data: bytes) -> bool:
    """A text may begin with BM, MZ or PK, too."""
    return NO_TEXT.search(data[:HEAD]) is None


def _of_phones(brand: bytes) -> Refused:
    if brand in PHONE_PICTURES:
        return refused("这是 HEIC 或者 AVIF 图片", "请在手机的相机设置里改为“兼容性最佳”后重拍，或者打开图片截图后上传")
    return refused("这是录音或者录像", "录音、录像请在办理时当面提交，或者先写下要点")
