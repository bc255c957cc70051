"""What a field of a list item is, and when a value is good. Pure Python."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

LONGEST = {"text": 500, "long": 20_000, "phone": 100}
NOT_APPLICABLE = "不适用"
_NOTHING = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Field:
    """One field of a list.

    key       ASCII name, the key in the content of a version
    label     what people read
    article   where the regulation (or another rule) asks for it
    required  a version cannot be published without it
    kind      text | long | days | choice | yesno | date | phone
    choices   for kind "choice": (stored value, label) pairs
    touches   what a change of it is in the sense of 第九条: "名称" | "依据" | "程序" call for 备案; "责任", "联系" and "" do not
    six       key of the field of 第六条 for which it stands (E14); "" where 第六条 does not name it
    """

    key: str
    label: str
    article: str = ""
    required: bool = False
    kind: str = "text"
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""
    touches: str = ""
    six: str = ""

    def label_of(self, value: str) -> str:
        """The value as people read it."""
        if self.kind == "choice":
            return dict(self.choices).get(value, value)
        if self.kind == "days" and value.isdigit():
            return "当场办结" if int(value) == 0 else f"{int(value)} 个工作日"
        return value


@dataclass(frozen=True)
class Problem:
    """Why a field does not hold: what is wrong, by which article, and what to do. Its text is a Chinese sentence."""

    field: Field
    article: str
    what: str
    todo: str

    @property
    def missing(self) -> bool:
        return self.what.startswith("缺少")

    def __str__(self) -> str:
        by = f"（{self.article}）" if self.article else ""
        return f"{self.what}{by}：{self.todo}"


def tidy(value: object) -> str:
    """A value as it is stored: NFC, one kind of line end, no blanks at the ends. None becomes ""."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return value.isoformat()[:10]
    text = _NOTHING.sub("", unicodedata.normalize("NFC", str(value)))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def normal(field: Field, value: object, aliases: dict[str, str] | None = None) -> str:
    """The stored form of a value that people or files write in several ways; a value that cannot be read stays as it is."""
    text = tidy(value)
    if not text:
        return ""
    if field.kind == "days":
        return _normal_days(text)
    if field.kind == "date":
        return _normal_date(text)
    if field.kind == "yesno":
        return {"1": "是", "0": "否", "y": "是", "n": "否", "yes": "是", "no": "否", "true": "是", "false": "否"}.get(text.lower(), text)
    if field.kind == "choice":
        values = {v for v, _ in field.choices}
        if text in values:
            return text
        by_label = {label: v for v, label in field.choices}
        return by_label.get(text) or (aliases or {}).get(text, text)
    return text


def _normal_days(text: str) -> str:
    if text in ("即办", "即时办结", "当场办结", "即时", "当场", "即办件"):
        return "0"
    found = re.fullmatch(r"(\d{1,4})(?:\.0)?\s*(?:个?工作日|天|日)?(?:内)?", text)
    return str(int(found.group(1))) if found else text


def _normal_date(text: str) -> str:
    found = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?", text)
    if not found:
        return text
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return text


def problem_of(field: Field, value: str) -> Problem | None:
    """What is wrong with this value of this field; None where nothing is."""
    if not value:
        if field.required:
            return Problem(field, field.article, f"缺少“{field.label}”", f"请填写{field.label}{_hint(field)}")
        return None
    wrong = _wrong(field, value)
    return Problem(field, field.article, f"“{field.label}”{wrong[0]}", wrong[1]) if wrong else None


def _hint(field: Field) -> str:
    return f"（{field.help.rstrip('。')}）" if field.help else ""


def _wrong(field: Field, value: str) -> tuple[str, str] | None:
    """(what is wrong, what to do) or None."""
    if has_control(value):
        return "含有不可见的控制字符", "请删去后重新填写"
    longest = LONGEST.get(field.kind)
    if longest and len(value) > longest:
        return f"超过 {longest} 字（现有 {len(value)} 字）", "请精简，详细内容另附文件"
    if field.kind == "choice" and value not in {v for v, _ in field.choices}:
        return f"不认识“{_short(value)}”", "请从以下各项中选择：" + "、".join(label for _, label in field.choices)
    if field.kind == "days" and value != NOT_APPLICABLE and not re.fullmatch(r"\d{1,3}", value):
        return f"不是天数：“{_short(value)}”", "请填写工作日数，例如 5；当场办结填 0；没有时限的填“不适用”"
    if field.kind == "yesno" and value not in ("是", "否"):
        return f"应为“是”或“否”，现为“{_short(value)}”", "请改为“是”或“否”"
    if field.kind == "date" and not _is_date(value):
        return f"不是日期：“{_short(value)}”", "请按 2016-05-06 的样子填写"
    if field.kind == "phone" and not _is_phone(value):
        return f"不像电话号码：“{_short(value)}”", "请填写能打通的号码，例如 0371-63526000；多个号码用顿号分开"
    return None


def has_control(value: str) -> bool:
    """Invisible characters that a text of a list may not hold: controls, half surrogates, marks that turn the writing round."""
    return _CONTROL.search(value) is not None


def _is_phone(value: str) -> bool:
    parts = [p for p in re.split(r"[、，,；;/\n]+", value.replace(" ", "")) if p]
    number = re.compile(r"(?:\+?86-?)?[（(]?\d[\d()（）－—-]{3,18}\d(?:转\d{1,6})?")
    return bool(parts) and all(number.fullmatch(p) for p in parts)


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _short(value: str) -> str:
    return value if len(value) <= 20 else value[:20] + "…"


def by_key(fields: Iterable[Field]) -> dict[str, Field]:
    return {field.key: field for field in fields}
