"""Which words are in force for each event, whether a wording may be used, and the sentence it makes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from qingdan.engine.refusals import Refused

from .models import Wording
from .texts import TEXTS, WORDS, Text

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PERSONAL = re.compile(
    "姓名|名字|投诉人|举报人|申请人|经办人|联系人|承办人|负责人|处理人|身份证|证件|电话|手机|地址|住址|邮箱|意见|内容|person|user|phone|mail|name"
)
NUMBER = re.compile(r"[0-9０-９]{7,}")
LONGEST = 500
WHAT = "不能采用这段文字"


def in_force() -> dict[str, str]:
    """event -> its words now; one query."""
    words = {key: text.standard for key, text in TEXTS.items()}
    for row in Wording.objects.order_by("number"):
        if row.event in words:
            words[row.event] = TEXTS[row.event].standard if row.restored else row.text
    return words


def say(words: str, told: Mapping[str, object]) -> str:
    """The sentence. Only a known word in braces is replaced; nothing in the words is ever run."""
    return PLACEHOLDER.sub(lambda found: str(told.get(found[1], found[0])), words)


def sample(words: str) -> str:
    """What it says of an invented case."""
    return say(words, {name: example for name, (_, example) in WORDS.items()})


def check(event: str, words: str) -> str:
    """The words as they are kept; refuses by name what they may not name and what they lack."""
    text, said = TEXTS[event], words.replace("\r\n", "\n").strip()
    _ensure_readable(said)
    for name in dict.fromkeys(PLACEHOLDER.findall(said)):
        _ensure_may_name(text, name)
    if "{" in PLACEHOLDER.sub("", said) or "}" in PLACEHOLDER.sub("", said):
        raise Refused(WHAT, "花括号没有成对", "占位词写成 {案件} 的样子，前后各一个花括号；不需要占位词的地方不要写花括号")
    _ensure_says(text, said)
    return said


def _ensure_readable(said: str) -> None:
    if not said:
        raise Refused(WHAT, "没有写文字", "请填写文字；需要原来文字的，按“恢复标准文字”")
    if len(said) > LONGEST:
        raise Refused(WHAT, f"有 {len(said)} 个字，多于 {LONGEST} 个字", "请改短")
    if not said.replace("\n", "").isprintable():
        raise Refused(WHAT, "含有不可显示的字符", "请删去后重新填写")
    if found := NUMBER.search(PLACEHOLDER.sub("", said)):
        raise Refused(WHAT, f"“{found[0]}”像是电话或者证件号码，提醒中不得有个人信息", "请删去这个号码")


def _ensure_may_name(text: Text, name: str) -> None:
    allowed = "、".join(f"{{{word}}}" for word in text.words)
    if name in text.words:
        return
    if name in WORDS:
        raise Refused(WHAT, f"“{text.name}”的提醒没有 {{{name}}}", f"这里可以用的占位词是{allowed}")
    if PERSONAL.search(name):
        raise Refused(WHAT, f"{{{name}}} 是个人信息或者材料内容，提醒中一律不得出现", f"请删去；可以用的占位词是{allowed}")
    raise Refused(WHAT, f"没有 {{{name}}} 这个占位词", f"可以用的占位词是{allowed}")


def _ensure_says(text: Text, said: str) -> None:
    if lacking := [f"{{{name}}}" for name in text.needs if f"{{{name}}}" not in said]:
        raise Refused(WHAT, f"缺少 {'、'.join(lacking)}，收到的人不知道说的是哪一件", "请写上")
    if lacking := [words for words in text.keeps if words not in said]:
        raise Refused(WHAT, f"没有写明“{lacking[0]}”：这一项的日期是目标，不是期限", "请写上这几个字")
    if found := [words for words in text.never if words in said]:
        raise Refused(WHAT, f"写了“{found[0]}”：法规没有规定期限的，不得称为{found[0]}", "请改为“过了目标日”等说法")
