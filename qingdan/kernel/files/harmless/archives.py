"""The inside of a DOCX or XLSX: an archive, weighed by its table of contents before anything of it is unpacked, and unpacked in memory only."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterable

from .refusing import MAX_PART, MAX_PARTS, MAX_PARTS_SUM, damaged, refused, too_big_inside

ENTRY = b"PK\x01\x02"
STRANGE = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|]")
ENCRYPTED = 0x1 | 0x40 | 0x2000
DAY = (1980, 1, 1, 0, 0, 0)


class Parts:
    """The parts by name; each is read when it is asked for. Raises Refused where the archive is not one that can be trusted."""

    def __init__(self, data: bytes) -> None:
        if data.count(ENTRY) > MAX_PARTS:  # before a table of so many entries is made
            raise too_big_inside()
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except Exception:  # whatever zipfile says of what is no archive
            raise damaged() from None
        found = [info for info in self._archive.infolist() if not info.is_dir()]
        _weigh(found)
        for info in found:
            _look_at(info)
        if len({info.filename.lower() for info in found}) != len(found):
            raise refused("文件里有两个同名的部分", "请用 Word、Excel 或者 WPS 重新保存后再上传")
        self._infos = {info.filename: info for info in found}
        self.names = list(self._infos)

    def read(self, name: str) -> bytes:
        """Never more than its entry says; an entry that lies does not open."""
        try:
            return self._archive.read(self._infos[name])
        except Exception:  # whatever zipfile or zlib says of what does not unpack
            raise damaged() from None


def _weigh(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_PARTS or sum(i.file_size for i in infos) > MAX_PARTS_SUM or any(i.file_size > MAX_PART for i in infos):
        raise too_big_inside()


def _look_at(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & ENCRYPTED:
        raise refused("文件加了密码", "请去掉密码后再上传")
    if trouble := _trouble(info):
        raise refused(trouble, "请用 Word、Excel 或者 WPS 重新保存后再上传")


def _trouble(info: zipfile.ZipInfo) -> str:
    steps = info.filename.split("/")
    if STRANGE.search(info.orig_filename) or not all(steps) or ".." in steps or "." in steps:
        return "文件里有指向别处的路径"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "文件里有指向别处的链接"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "文件用了不常见的压缩方法"
    return ""


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A new archive: no times, no comments, no attributes of the machine that wrote the old one. Raises Refused for nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts:
            info = zipfile.ZipInfo(name, DAY)
            info.create_system, info.compress_type = 0, zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()
