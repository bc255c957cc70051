"""The same telephone, ID tail or address, however it was typed: what is compared is spelled in one way. Pure; keeps nothing."""

from __future__ import annotations

import re
import unicodedata

DIGITS = str.maketrans("〇零一二三四五六七八九幺两", "0012345678912")
NUMBER = re.compile(r"\d(?:[\s\-—–－·.()]*\d){6,}")
MOBILE = re.compile(r"(?:0{0,2}86)?(1[3-9]\d{9})$")
TENS = re.compile(r"([1-9]?)十([1-9]?)")
ABOVE = re.compile(r"^[^\d]{2,8}?(?:省|自治区|市(?!场)|县|街道办事处|街道办|街道|镇|乡(?!村))|^[^\d小社园]{2,6}?区(?!域)")
"""Parts of an address above the street or the village: one person writes them, another does not."""
TAIL = re.compile(r"\d{3}[\dX]")


def plain(text: str) -> str:
    """One width, no case, nothing between the characters."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum() or c in "@._+")


def phones(text: str) -> list[str]:
    """The telephone numbers in a text: of a mobile its eleven digits, of others the last eight, since the area code may be left out."""
    found = (re.sub(r"\D", "", m.group()) for m in NUMBER.finditer(unicodedata.normalize("NFKC", text)))
    return list(dict.fromkeys(one(digits) for digits in found))


def one(digits: str) -> str:
    mobile = MOBILE.fullmatch(digits)
    return mobile.group(1) if mobile else digits[-8:]


def tail(text: str) -> str:
    """The last four places of an ID, "" where it is none."""
    found = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    return found if TAIL.fullmatch(found) else ""


def street(text: str) -> str:
    """An address without what stands above its street or village, and with numbers in digits."""
    found = "".join(c for c in plain(text) if c.isalnum())
    while (shorter := ABOVE.sub("", found, count=1)) != found and len(shorter) >= 4:
        found = shorter
    return found


def address(text: str) -> str:
    """One spelling for 花园路88号院3号楼2单元5号 and 金水区花园路 88 号院 三号楼 2 单元 5 室: the name of the place, and the numbers after it."""
    found = street(text)
    named = re.match(r"[^\d〇零一二三四五六七八九十]+", found)
    if named is None:
        return found
    numbers = re.findall(r"\d+", _numbers(found[named.end() :]))
    return "-".join((named.group(), *(n.lstrip("0") or "0" for n in numbers)))


def _numbers(text: str) -> str:
    """Chinese numerals below a hundred as digits."""
    text = text.translate(DIGITS)
    return TENS.sub(lambda m: f"{m.group(1) or 1}{m.group(2) or 0}", text)
