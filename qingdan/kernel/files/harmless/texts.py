"""Plain text: as UTF-8, without what cannot be seen and what turns the writing round."""

from __future__ import annotations

import re

from .refusing import refused

ENCODINGS = ("utf-8-sig", "gb18030")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
UNSEEN = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
MARKUP = re.compile(r"\s*<(?:[?!/]|[a-z][a-z0-9:]*(?:[\s/>]))", re.I)
ANYWHERE = re.compile(r"<(?:!doctype|!entity|html|svg|script|iframe|object|embed)\b", re.I)
MESSAGE = re.compile(r"^(?:mime-version|content-type):", re.I | re.M)
HEAD = 4096


def clean(data: bytes) -> bytes:
    """Raises Refused: no text, or a web page, a drawing or a saved message that only looks like one."""
    text = _decoded(data)
    if MARKUP.match(text) or ANYWHERE.search(text):
        raise refused("这是网页、SVG 或者 XML，不是纯文本", "请截图，或者打印成 PDF 后再上传")
    if MESSAGE.search(text[:HEAD]):
        raise refused("这是保存下来的邮件或者网页", "请截图，或者打印成 PDF 后再上传")
    return UNSEEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n").encode()


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not CONTROL.search(text):
            return text
    raise refused("不是允许的类型（看内容，不看文件名）")
