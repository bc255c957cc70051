"""One file, made harmless in this process. Pure: bytes in; a kind and bytes, or a `Refused`, out."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import kinds, office, pdfs, pictures, texts
from .refusing import LIMIT, refused

ENDINGS = {"jpeg": "jpg", "png": "png", "pdf": "pdf", "docx": "docx", "xlsx": "xlsx", "txt": "txt"}


@dataclass(frozen=True)
class Clean:
    """What is safe to keep: its kind (a key of `files.kinds.KINDS`) and its bytes, which are shown by nothing."""

    kind: str
    data: bytes = field(repr=False)


def clean(data: bytes) -> Clean:
    """Raises Refused with why, and what the person can do."""
    found = _clean(data)
    if len(found.data) > LIMIT:
        raise refused("处理以后仍然太大", "请压缩图片，或者分成几个文件后再上传")
    return found


def _clean(data: bytes) -> Clean:
    way = kinds.find(data)
    if way == kinds.PICTURE:
        return Clean(*pictures.clean(data))
    if way == kinds.PDF:
        return Clean("pdf", pdfs.clean(data))
    if way == kinds.ARCHIVE:
        return Clean(*office.clean(data))
    return Clean("txt", texts.clean(data))


def neutral_name(number: int, kind: str) -> str:
    """材料1.jpg: nothing of what the file was called."""
    return f"材料{number}.{ENDINGS[kind]}"
