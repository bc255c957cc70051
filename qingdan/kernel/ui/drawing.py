"""Where each cell of a strip stands in its SVG. Whole numbers only; colours and strokes are in the style sheet."""

from __future__ import annotations

from dataclasses import dataclass

from .dates import day_text
from .strips import Cell, Gap, Strip

WIDTH, HEIGHT, PITCH = 11, 14, 13  # one cell, and from one cell to the next
TOP, GAP = 10, 22
MARGIN = 3  # room for the ring of day 0


@dataclass(frozen=True)
class Mark:
    """One drawn thing: a cell with its classes, or the gap of a long strip."""

    x: int
    classes: str
    title: str
    cell: Cell | None = None

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def hatch(self) -> str:
        """Three diagonals inside a holiday's cell."""
        x, y, right, low = self.x, TOP, self.x + WIDTH, TOP + HEIGHT
        return f"M{x} {y + 5}L{x + 5} {y}M{x} {low - 2}L{right} {y + 1}M{x + 5} {low}L{right} {low - 6}"

    @property
    def flag(self) -> str:
        """The flag of the due day: a pole at the cell's right edge and a pennant."""
        pole = self.x + WIDTH
        return f"M{pole} {TOP + HEIGHT}V1L{pole - 8} 4L{pole} 7"


@dataclass(frozen=True)
class Drawing:
    marks: list[Mark]
    width: int
    height: int = TOP + HEIGHT + 6
    top: int = TOP
    cell_width: int = WIDTH
    cell_height: int = HEIGHT


def draw(strip: Strip) -> Drawing:
    x, marks = MARGIN, []
    for thing in strip.cells():
        if isinstance(thing, Gap):
            marks.append(Mark(x, "gap", f"略去 {thing.days} 天"))
            x += GAP
        else:
            marks.append(Mark(x, _classes(thing), _title(thing, strip), thing))
            x += PITCH
    return Drawing(marks, x + MARGIN)


def _classes(cell: Cell) -> str:
    flags = ("start", "due", "today", "closed", "over", "provisional")
    return " ".join(["day", cell.kind, *(f for f in flags if getattr(cell, f))])


def _title(cell: Cell, strip: Strip) -> str:
    said = f"{day_text(cell.day, strip.today)}{cell.why}"
    if cell.start:
        return f"{said}，起算日"
    if cell.counts:
        said += f"，第 {cell.nth} 个工作日"
    return f"{said}，到期日" if cell.due else said
