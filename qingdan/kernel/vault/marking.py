"""Does a draft repeat who complained (T7, f9)? Asked before a 脱敏转办函 goes out; answered with yes or no, never with what stands where.

Values are looked for as people vary them: other width, spaces and signs between, numbers in Chinese numerals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel.offices.models import Office, Person

from . import spelling
from .comparing import look
from .models import Sealed

CHECK = "check_draft"
WHAT, PURPOSE = "不能核对文稿", "核对文稿是否写到投诉人：只答有无，未显示"
CHECKS_A_DAY = 10
LONGEST = 100_000
NAME, PIECE, UNIT = 2, 6, 4
"""Characters at least: of a name, of a piece of an address, of the name of a 单位."""
BETWEEN = re.compile(r"[、,，;；/|和及\s]+")
NUMERALS = re.compile(r"[\d〇零一二三四五六七八九幺两]{7,}")


@sensitive_variables()
def names_identity(sealed: Sealed | None, text: str, *, by: Person, office: Office) -> bool:
    """Does any value of this identity stand in the text? Asked by somebody who knows of the case; written down before it is answered, and
    answered ten times a day at most to each person about each subject. None, or destroyed: no. Raises Refused; RuntimeError inside an act.
    """
    if sealed is None:
        return False
    if len(text) > LONGEST:
        raise Refused(WHAT, f"文稿超过 {LONGEST} 字", "请精简以后再核对")
    return stands_in(look(sealed, CHECK, WHAT, PURPOSE, by=by, office=office, most=CHECKS_A_DAY), text)


@sensitive_variables()
def stands_in(identity: Mapping[str, str], text: str) -> bool:
    """The comparison itself."""
    told = _Draft(text)
    return any(told.has(kind, value) for kind, value in _values(identity))


@sensitive_variables()
def _values(identity: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(kind of value, value). What a field holds besides what it is called, several names or a telephone among them, is looked for as well."""
    for name, value in identity.items():
        if name == "id_kind":
            continue
        yield from (("phone", number) for number in spelling.phones(value))
        if name in ("name", "representatives"):
            yield from (("name", part) for part in BETWEEN.split(value) if not part.isascii() or len(part) > 3)
        elif name == "unit":
            yield "unit", value
        elif name == "id_tail":
            yield "tail", spelling.tail(value)
        elif name == "email":
            yield from (("email", part) for part in BETWEEN.split(value) if "@" in part or "＠" in part)
        elif name != "phone":
            yield "address", value


class _Draft:
    """A text in the few spellings in which something is looked for in it."""

    def __init__(self, text: str) -> None:
        wide = unicodedata.normalize("NFKC", text)
        self.words = spelling.plain(text)
        self.letters = "".join(c for c in self.words if c.isalnum())
        self.close = "".join(wide.split()).upper()
        self.digits = re.sub(r"(?<=\d)[\s\-—–－·.()]+(?=\d)", "", NUMERALS.sub(lambda m: m.group().translate(spelling.DIGITS), wide))

    def has(self, kind: str, value: str) -> bool:
        if not value:
            return False
        return bool(getattr(self, f"_{kind}")(value))

    def _name(self, value: str) -> bool:
        name = "".join(c for c in spelling.plain(value) if c.isalpha())
        return len(name) >= NAME and name in self.letters

    def _unit(self, value: str) -> bool:
        unit = "".join(c for c in spelling.plain(value) if c.isalnum())
        return len(unit) >= UNIT and unit in self.letters

    def _phone(self, value: str) -> bool:
        return value in self.digits

    def _tail(self, value: str) -> bool:
        """Four places by themselves are found everywhere; next to further digits, or to what hides them, they are the end of a number."""
        return re.search(rf"[\d*×＊]{re.escape(value)}(?![\dX])", self.close) is not None

    def _email(self, value: str) -> bool:
        return spelling.plain(value) in self.words

    def _address(self, value: str) -> bool:
        """Six characters in a row, of what stands below the district; in the spelling of the address, or with its numbers in digits."""
        found, told = spelling.street(value), self.letters
        pairs = ((found, told), (found.translate(spelling.DIGITS), told.translate(spelling.DIGITS)))
        return any(a[i : i + PIECE] in b for a, b in pairs for i in range(len(a) - PIECE + 1))
