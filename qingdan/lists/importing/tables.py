"""What reading a file gives, and how it is refused. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass

MAX_BYTES = 20 * 1024 * 1024
MAX_LINES = 20_000
MAX_COLUMNS = 100


class Unreadable(Exception):
    """This file cannot be read: what is wrong, why that matters, and what to do, in Chinese."""

    def __init__(self, what: str, why: str, todo: str) -> None:
        super().__init__(f"{what}：{why}。{todo}。")
        self.what, self.why, self.todo = what, why, todo


@dataclass(frozen=True)
class Line:
    """One line of the file, with its number as the user sees it there.

    faults name cells that cannot be trusted: column → reason (a formula, a number too long for a spreadsheet, an error value).
    """

    number: int
    cells: tuple[str, ...]
    faults: tuple[tuple[int, str], ...] = ()

    @property
    def empty(self) -> bool:
        return not any(self.cells) and not self.faults


@dataclass(frozen=True)
class Table:
    """All lines of one file. `notes` are remarks for the reader of the plan, about the file as a whole."""

    name: str
    sha256: str
    form: str  # "CSV（UTF-8）", "XLSX" …
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()


def too_many_lines() -> Unreadable:
    return Unreadable(
        f"文件超过 {MAX_LINES} 行", "一次导入要能逐行核对，行数再多就看不过来了", "请按部门拆成几个文件，分次导入"
    )  # fmt: skip


def too_many_columns() -> Unreadable:
    return Unreadable(f"表格超过 {MAX_COLUMNS} 列", "清单没有这么多字段，多半是表格格式有误", "请只保留需要的列，另存后再上传")
