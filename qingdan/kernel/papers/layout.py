"""The measures of GB/T 9704-2012, in one place for both writers. Points, unless the name says millimetres.

The text area is 156 × 225 mm: 22 lines of 28 characters. 3号 is 16 pt, 2号 22 pt, 4号 14 pt. Lines of body text stand 28.95 pt apart, so that
22 of them are 636.9 of the 637.8 pt; 28 characters of 16 pt with 0.25 pt taken out between them are 441 of the 442.2 pt.
"""

from __future__ import annotations

import math

MM = 72 / 25.4
PAGE_MM = (210, 297)
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 37, 35, 28, 26
WIDTH = 156 * MM
BODY, TITLE, FOURTH, SMALL = 16.0, 22.0, 14.0, 9.0
PITCH, TITLE_PITCH, FOURTH_PITCH, SMALL_PITCH = 28.95, 36.0, 24.0, 13.0
TRACKING = -0.25
CHARACTER = BODY + TRACKING
CELL, CELL_PITCH, CELL_PAD, CELL_SIDE = 12.0, 18.0, 3.0, 4.0
CELL_RULE = 0.5  # a DOCX adds it to the height of a row; so does the PDF
AFTER_TABLE = 12.0
LABEL_MM = 32  # the first column of a form
LONGEST_KEPT = 400  # characters of a row of a table that is not broken over two pages
MARK_DOWN = 35 * MM  # from the top of the text area to the top of 发文机关标志
RED_GAP = 4 * MM  # from 发文字号 down to the red line
FOOT_MM = 7  # from the text area down to the page number
FOOT_PITCH = 16.0
QR_MM, QR_UP_MM, QR_BESIDE_MM = 14, 6, 16  # the square code on the first page: its side, how far above the foot it begins, where its words begin
QR_LETTER_MM = 2  # so much lower in the DOCX of a letter, whose foot begins higher
MARK_LARGEST, MARK_WIDEST = 36.0, 440.0
LETTER_TOP_MM, LETTER_GAP_MM, LETTER_LINE_MM, LETTER_SIDE_MM, LETTER_FOOT_MM = 30, 4, 170, 20, 20
LETTER_AFTER = 6.0  # from the upper double line to the line of 发文字号
RED = "#e60012"


def mark_size(mark: str) -> float:
    """The size at which 发文机关标志 stands on one line: 36 pt, or what its length leaves."""
    return min(MARK_LARGEST, math.floor(2 * MARK_WIDEST / max(len(mark), 1)) / 2)


def width_of(text: str) -> float:
    """About how wide a line of body text is: a full-width character one cell, a Latin one half of it."""
    return sum(CHARACTER if ord(c) > 0x2000 else CHARACTER / 2 for c in text)


def signature_indents(office: str, day: str) -> tuple[float, float]:
    """How far 署名 and 成文日期 stand from the right edge: the date four characters, the name centred over it (never over the edge)."""
    right = 4 * CHARACTER
    return max(0.0, round(right + (width_of(day) - width_of(office)) / 2, 2)), round(right, 2)


def measures() -> dict[str, float | str]:
    """All of them by name, for the writer that reads data and no Python."""
    return {name.lower(): value for name, value in globals().items() if name.isupper() and isinstance(value, int | float | str)}
