"""A power cut after every acknowledgement: the system calls of a process replayed on two pictures of its files.

*Live* has every write; *disk* has what was there at a file's last fsync, and of a folder the names that were in it at the folder's last
fsync. At each `ACK` the disk is the worst case of a cut at that moment: nothing survives that was not synced. A torn picture adds a
random part of the unsynced writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

CALLS = "openat,open,write,pwrite64,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,renameat,renameat2"
STRACE = ("strace", "-f", "-y", "-xx", "-s", "200000", "-e", f"trace={CALLS}")
_CALL = re.compile(r"^(?:\d+\s+)?(\w+)\((.*)\)\s+= (-?\d+)(?:<(.*?)>)?")
_HANDLE = re.compile(r"^(\d+)<(.*?)>(?:, )?")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass
class File:
    live: bytearray = field(default_factory=bytearray)
    disk: bytearray = field(default_factory=bytearray)
    unsynced: list[tuple[int, bytes | None]] = field(default_factory=list)  # None: cut off there

    def write(self, at: int, data: bytes) -> None:
        _put(self.live, at, data)
        self.unsynced.append((at, data))

    def truncate(self, at: int) -> None:
        _cut(self.live, at)
        self.unsynced.append((at, None))

    def sync(self) -> None:
        self.disk, self.unsynced = bytearray(self.live), []

    def torn(self, random: Random) -> bytes:
        """The disk with some of what was not synced, page by page."""
        image = bytearray(self.disk)
        for at, data in self.unsynced:
            if random.random() < 0.5:
                _cut(image, at) if data is None else _put(image, at, data)
        return bytes(image)


def _put(image: bytearray, at: int, data: bytes) -> None:
    if len(image) < at:
        image.extend(bytes(at - len(image)))
    image[at : at + len(data)] = data


def _cut(image: bytearray, at: int) -> None:
    del image[at:]
    image.extend(bytes(at - len(image)))


class Replay:
    """`cuts(trace)` yields (acknowledgement, the replay as it is at that moment) for every acknowledgement."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.live: dict[str, File] = {}
        for path in folder.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                self.live[str(path)] = File(bytearray(data), bytearray(data))
        self.names = dict(self.live)  # what the folders on the disk hold
        self.at: dict[tuple[str, str], int] = {}
        self.calls = 0

    def cuts(self, trace: Path) -> Iterator[tuple[str, Replay]]:
        with trace.open(encoding="ascii", errors="replace") as lines:
            for text in whole(lines):
                if (found := _CALL.match(text)) and int(found[3]) >= 0:
                    said = self._call(found[1], found[2], found[4] or "")
                    if said.startswith("ACK "):
                        yield said[4:], self

    def _call(self, name: str, args: str, result: str) -> str:
        if name in ("write", "pwrite64", "ftruncate", "fsync", "fdatasync"):
            handle = _HANDLE.match(args)
            if handle is None:
                return ""
            path, rest = plain(handle[2]), args[handle.end() :]
            if name == "write" and handle[1] == "2":
                return "".join(texts(rest))
            if path.startswith(self.folder):
                self.calls += 1
                self._on_file(name, path, handle[1], rest)
        elif name in ("openat", "open"):
            self._opened(plain(result), args)
        else:
            self._names_changed(name, [t for t in texts(args) if t.startswith(self.folder)])
        return ""

    def _on_file(self, name: str, path: str, handle: str, rest: str) -> None:
        if name in ("fsync", "fdatasync"):
            if path in self.live:
                self.live[path].sync()
            else:
                self._sync_folder(path)
            return
        file = self.live.get(path)
        if file is None:  # deleted meanwhile
            return
        if name == "ftruncate":
            file.truncate(int(rest))
            return
        data = bytes.fromhex(_TEXT.match(rest)[1].replace("\\x", ""))  # type: ignore[index]
        if name == "pwrite64":
            file.write(int(rest.rsplit(", ", 1)[1]), data)
        else:
            at = self.at.get((path, handle), 0)
            file.write(at, data)
            self.at[(path, handle)] = at + len(data)

    def _opened(self, path: str, args: str) -> None:
        if path.startswith(self.folder) and "O_CREAT" in args:
            self.live.setdefault(path, File())
            if "O_TRUNC" in args:
                self.live[path].truncate(0)

    def _names_changed(self, name: str, paths: list[str]) -> None:
        if name.startswith("unlink") and paths:
            self.live.pop(paths[0], None)
        elif name.startswith("rename") and len(paths) == 2 and paths[0] in self.live:
            self.live[paths[1]] = self.live.pop(paths[0])

    def _sync_folder(self, folder: str) -> None:
        inside = lambda path: str(Path(path).parent) == folder  # noqa: E731 - one word for one condition
        self.names = {p: f for p, f in self.names.items() if not inside(p)} | {p: f for p, f in self.live.items() if inside(p)}

    def picture(self, to: Path, torn: Random | None = None) -> None:
        """The disk after the cut, as files under another folder; the shared memory of the database is none."""
        for path, file in self.names.items():
            if not path.endswith("-shm"):
                place = to / Path(path).relative_to(self.folder)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(file.torn(torn) if torn else file.disk)


def whole(lines: Iterator[str]) -> Iterator[str]:
    """Calls that another thread interrupted, put together again."""
    begun: dict[str, str] = {}
    for text in lines:
        pid = text.split(" ", 1)[0]
        if text.rstrip().endswith("<unfinished ...>"):
            begun[pid] = text.split("<unfinished")[0]
        elif "resumed>" in text:
            yield begun.pop(pid, "") + text.split("resumed>", 1)[1]
        else:
            yield text


def texts(args: str) -> list[str]:
    return [plain(text) for text in _TEXT.findall(args)]


def plain(text: str) -> str:
    """\\x41 → A, as -xx writes it, also inside the name of a handle."""
    return re.sub(rb"\\x([0-9a-f]{2})", lambda m: bytes.fromhex(m[1].decode()), text.encode()).decode("utf-8", "replace")
