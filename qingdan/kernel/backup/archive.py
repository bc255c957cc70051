"""The archive: a tar with the database, the stored files, and a manifest that says of each its length and digest.

It lies under its final name only when it is whole and on the disk. Nothing in it is taken out that the manifest does not name.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from qingdan.engine.refusals import Refused

FORMAT = 1
MANIFEST, DATABASE, CLOCK, FILES = "manifest.json", "database", "clock", "files/"
MEMBER = re.compile(r"database|clock|files/[0-9a-f]{32}")
WHAT = "不能从备份恢复"


class Unsound(Refused):
    """The archive, or what came out of it, is not what was backed up."""


class Writer:
    """Members go in one by one; `close` puts the manifest behind them."""

    def __init__(self, out: BinaryIO) -> None:
        self.tar = tarfile.open(fileobj=out, mode="w")
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, path: Path) -> tuple[int, str]:
        """Length and SHA-256 of what went in."""
        with path.open("rb") as file:
            info = tarfile.TarInfo(name)
            info.size, info.mode = os.fstat(file.fileno()).st_size, 0o600
            hashed = Hashed(file)
            self.tar.addfile(info, hashed)
        self.members[name] = {"length": info.size, "sha256": hashed.hash.hexdigest()}
        return info.size, hashed.hash.hexdigest()

    def close(self, manifest: dict[str, Any]) -> None:
        text = json.dumps({"format": FORMAT, **manifest, "members": self.members}, ensure_ascii=False, indent=1, sort_keys=True).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(text), 0o600
        self.tar.addfile(info, io.BytesIO(text))
        self.tar.close()


class Hashed:
    """A file that is read once, and what was read of it."""

    def __init__(self, file: Any) -> None:
        self.file, self.hash = file, hashlib.sha256()

    def read(self, n: int = -1) -> bytes:
        data: bytes = self.file.read(n)
        self.hash.update(data)
        return data


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file for its owner alone that gets its name only at the end, after it is safely on the disk; else nothing is left."""
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.rename(temporary, path)
        sync(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_manifest(archive: Path) -> dict[str, Any]:
    """What the archive says of itself. Raises Unsound where it is none, or not whole."""
    try:
        with tarfile.open(archive) as tar:
            names = tar.getnames()
            told: dict[str, Any] = json.loads(_open(tar, MANIFEST).read())
            members = told["members"]
            if told["format"] != FORMAT or sorted(names) != sorted([*members, MANIFEST]) or not all(MEMBER.fullmatch(name) for name in members):
                raise ValueError("内容与清单不符")
            return told
    except FileNotFoundError as gone:
        raise Refused(WHAT, f"没有文件 {archive}", "请核对路径") from gone
    except (tarfile.TarError, OSError, ValueError, KeyError, TypeError) as error:
        raise Unsound(WHAT, f"{archive.name} 不是完整的备份（{error}）", "请换用另一份备份") from error


def unpack(archive: Path, manifest: dict[str, Any], place: Callable[[str], Path]) -> None:
    """Every member to the place that is given for its name, compared with the manifest on the way. Raises Unsound."""
    try:
        with tarfile.open(archive) as tar:
            for name, told in manifest["members"].items():
                if (found := _unpack(_open(tar, name), place(name))) != (told["length"], told["sha256"]):
                    raise Unsound(WHAT, f"备份中的 {name} 与清单记载的摘要不一致（长度 {found[0]}）", "这份备份已经损坏或者被改动，请换用另一份")
    except (tarfile.TarError, OSError, KeyError, TypeError) as error:
        raise Unsound(WHAT, f"{archive.name} 读不出来（{error}）", "请换用另一份备份") from error


def _open(tar: tarfile.TarFile, name: str) -> Any:
    member = tar.extractfile(tar.getmember(name)) if tar.getmember(name).isfile() else None
    if member is None:
        raise ValueError(f"{name} 不是文件")
    return member


def _unpack(member: Any, path: Path) -> tuple[int, str]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    length, hashed = 0, Hashed(member)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while data := hashed.read(1 << 20):
            length += out.write(data)
        out.flush()
        os.fsync(out.fileno())
    return length, hashed.hash.hexdigest()
