"""Numbers as laws are numbered: 二十五, 一百零三, and back. Pure Python."""

from __future__ import annotations

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
CHARACTERS = "零〇一二两三四五六七八九十百千"


def value(text: str) -> int:
    """25 of “二十五” or “25”; 二〇一六, digit by digit, is 2016. Raises ValueError for anything else."""
    if text.isdecimal():
        return int(text)
    if not any(c in UNITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = last = 0
    for c in text:
        if c in UNITS:
            total, last = total + (last or 1) * UNITS[c], 0
        else:
            last = DIGITS[c]
    return total + last


def chinese(number: int) -> str:
    """“二十五” of 25, “一百零三” of 103; beyond 9999 in digits."""
    if number > 9999:
        return str(number)
    out, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if gap and out else "") + "零一二三四五六七八九"[digit] + name
        gap = digit == 0
    return out.removeprefix("一") if out.startswith("一十") else out or "零"
