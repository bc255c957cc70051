"""A JPEG or JPEG 2000 inside a PDF, without what a camera wrote into it; its picture stays as it is, bit for bit."""

from __future__ import annotations

from .refusing import damaged

KEPT = (0xE0, 0xEE)  # JFIF, and Adobe's word about colours, without which they come out wrong
SCAN, END, COMMENT = 0xDA, 0xD9, 0xFE
TOLD = (b"xml ", b"uuid", b"uinf")  # boxes of JPEG 2000
WITHOUT_LENGTH = (0x01, *range(0xD0, 0xD8))


def stripped(data: bytes) -> bytes:
    """Raises Refused for what is no JPEG."""
    if data[:2] != b"\xff\xd8":
        raise damaged("文件里的图片")
    kept, at = [b"\xff\xd8"], 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise damaged("文件里的图片")
        mark = data[at + 1]
        if mark == 0xFF:  # a filling byte
            at += 1
            continue
        if mark in (SCAN, END):
            return b"".join([*kept, _scans(data, at)])
        length = 2 if mark in WITHOUT_LENGTH else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if not (0xE0 <= mark <= 0xEF and mark not in KEPT) and mark != COMMENT:
            kept.append(data[at : at + length])
        at += length
    raise damaged("文件里的图片")


def _scans(data: bytes, at: int) -> bytes:
    """All scans to the end mark; nothing behind it."""
    end = data.rfind(b"\xff\xd9")
    return data[at : end + 2] if end >= at else data[at:] + b"\xff\xd9"


def boxes_stripped(data: bytes) -> bytes:
    """JPEG 2000: a row of boxes, or the bare picture. Raises Refused for boxes that do not end."""
    if data[4:8] != b"jP  ":
        return data
    kept, at = [], 0
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if length == 1:
            length = int.from_bytes(data[at + 8 : at + 16], "big")
        end = at + length if length else len(data)
        if 0 < length < 8 or end > len(data):
            raise damaged("文件里的图片")
        if data[at + 4 : at + 8] not in TOLD:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)
