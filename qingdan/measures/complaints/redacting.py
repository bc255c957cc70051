"""第十一条 移交 (T7): what in a draft might tell the accused unit who complained, marked for the two persons who look at it side by side.

Pure: it knows the draft and what was handed in, nothing of the vault and of no identity. It marks rather too much than too little; people decide.
Each look is linear in the length of the text: no pattern has a start inside what another start has already walked through.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

SHARED = 8  # characters in a row that are also in an original
MOST_NAMES = 200
LABELS = {
    "phone": "电话号码", "id": "证件号码", "plate": "车牌号", "email": "邮箱", "code": "办件号或者长编号", "address": "地址", "name": "可能是姓名",
    "time": "时间", "shared": "与投诉原文相同",
}  # fmt: skip


class Mark(NamedTuple):
    """A place in the draft, from start to end; of one kind (a key of LABELS)."""

    start: int
    end: int
    kind: str

    @property
    def label(self) -> str:
        return LABELS[self.kind]


N = "[0-9〇零一二三四五六七八九十百两]"
HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
    "顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲"
    "成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边闫肖靖"
)  # fmt: skip
DOUBLE = "欧阳|司马|上官|诸葛|东方|慕容|皇甫|尉迟|公孙|令狐|司徒|司空|夏侯|端木|长孙|宇文|轩辕|南宫|独孤|百里|呼延|申屠|淳于|太史|公冶|濮阳|单于|闻人"
NAME = f"(?:(?:{DOUBLE}){HAN}{{1,3}}|[{SURNAMES}]{HAN}{{1,2}})"
BEFORE_NAME = "投诉人|申请人|举报人|反映人|来访人|当事人|申诉人|联系人|代表人|姓名|我叫|本人叫|名叫|我是|本人"
AFTER_NAME = "先生|女士|同志|小姐|老师|师傅|大爷|大妈|阿姨|老板|经理"
NAMES = re.compile(
    f"(?:{BEFORE_NAME})[:是为叫,、\\s]{{0,3}}(?P<after>{NAME})"
    f"|(?P<before>(?:{DOUBLE}){HAN}{{0,3}}?|[{SURNAMES}]{HAN}{{0,2}}?)(?={AFTER_NAME})|[{SURNAMES}]某{HAN}?"
)
DATE = (
    f"(?:{N}{{2,4}}[年./-]{N}{{1,3}}[月./-]{N}{{1,3}}[日号]?|{N}{{1,3}}月{N}{{1,3}}[日号]?"
    f"|{N}{{2,4}}年(?:{N}{{1,3}}月)?|{N}{{1,3}}月份?|{N}{{1,3}}日)"
)
HOUR = f"(?:{N}{{1,3}}[点时]半?(?:{N}{{1,3}}[分刻])?|[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?)"
PART_OF_DAY = "上午|下午|中午|早上|早晨|晚上|夜里|凌晨|傍晚|昨天|前天|今天"
TIMES = re.compile(f"{DATE}(?:\\s?(?:{PART_OF_DAY}))?(?:\\s?{HOUR})?|(?:{PART_OF_DAY})(?:\\s?{HOUR})?|{HOUR}|(?:星期|礼拜|周)[一二三四五六日天]")
ONE_DATE = re.compile(r"(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}(?:[ .-]\d{1,2})?|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
NUMBERS = re.compile(r"[+(]?(?<!\d)\d(?:[ ().·—–-]{0,2}\d){6,}[Xx]?")
SPELLED = re.compile("(?<![〇零一二三四五六七八九幺两])[〇零一二三四五六七八九幺两]{7,}")
TAILS = re.compile(r"(?:尾号|后四位|末四位)\D{0,3}\d{3}[\dXx]|(?<!\d)\d*[*×]{2,}\d{0,4}[Xx]?")
CODES = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9](?:[-_/.#]?[A-Za-z0-9]){5,}")
NUMBERED = re.compile(r"(?:(?:办件|受理|流水|业务|订单|排队|证书|案件)(?:编号|号码|号)|编号)[:为是]?\s?[^\s,。;、()<>]{1,20}")
EMAILS = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9\u4e00-\u9fff-]+(?:\.[A-Za-z0-9\u4e00-\u9fff-]{2,})+"
    r"|(?:微信|QQ|qq)号?[:是]?\s?[A-Za-z0-9_-]{4,}"
)
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
PLATES = re.compile(f"[{PROVINCES}][A-Za-z][·•. -]?[A-Za-z0-9]{{4,6}}[挂学警港澳领]?")
HOUSE = "[0-9〇零一二三四五六七八九十百甲乙丙丁戊东西南北中A-Za-z]{1,6}(?:号院|号楼|号|楼|院|单元|栋|幢|室|户|层|组|弄|座|字)"
PLACE = "小区|社区|新村|家属院|路|街|大道|巷|胡同|村|镇|乡|庄|花园|家园|大厦"
ADDRESSES = re.compile(f"(?:[\u4e00-\u9fffA-Za-z0-9]{{1,6}}?(?:{PLACE})+[东西南北中]?[段侧]?){{1,4}}(?:\\s?(?:{HOUSE}))*|{HOUSE}(?:\\s?{HOUSE})*")
PATTERNS = (("email", EMAILS), ("plate", PLATES), ("code", NUMBERED), ("address", ADDRESSES), ("time", TIMES), ("phone", SPELLED), ("id", TAILS))


class _View:
    """A text in one width, without what cannot be seen, and for each of its characters its place in the original."""

    def __init__(self, text: str, letters: bool = False) -> None:
        chars, self.at = [], []
        for i, c in enumerate(text):
            for n in unicodedata.normalize("NFKC", c) if not unicodedata.category(c).startswith("Cf") else "":
                if not letters or n.isalnum():
                    chars.append(n)
                    self.at.append(i)
        self.text = "".join(chars)

    def mark(self, start: int, end: int, kind: str) -> Mark:
        return Mark(self.at[start], self.at[end - 1] + 1, kind)


def marks(draft: str, originals: Sequence[str]) -> list[Mark]:
    """Every place of the draft that two persons should look at, in order; those of one kind do not overlap, those of different kinds may.

    originals: what was handed in, text by text; runs of eight characters that the draft has in common with one of them are marked.
    """
    view = _View(draft)
    found = [view.mark(*m.span(), kind) for kind, pattern in PATTERNS for m in pattern.finditer(view.text)]
    found += _numbers(view)
    found += _names(view, originals)
    found += _shared(draft, originals)
    return sorted(m for kind in LABELS for m in _merged(m for m in found if m.kind == kind))


def _numbers(view: _View) -> Iterator[Mark]:
    """Telephones and IDs by their length; every other long number, and long codes of letters and digits; dates are none of them."""
    for m in NUMBERS.finditer(view.text):
        if not ONE_DATE.fullmatch(m.group().strip()):
            yield view.mark(*m.span(), _kind_of_number(re.sub(r"[^\dXx]", "", m.group())))
    for m in CODES.finditer(view.text):
        if not ONE_DATE.fullmatch(m.group()):
            yield view.mark(*m.span(), "code")


def _kind_of_number(digits: str) -> str:
    if re.fullmatch(r"(?:0{0,2}86)?1[3-9]\d{9}|0\d{9,11}|[2-9]\d{6,7}", digits):
        return "phone"
    return "id" if re.fullmatch(r"\d{17}[\dXx]|\d{15}", digits) else "code"


def _names(view: _View, originals: Sequence[str]) -> Iterator[Mark]:
    """Names by what stands beside them; and wherever the draft has one that an original introduces so."""
    for m in NAMES.finditer(view.text):
        yield view.mark(*(m.span("after") if m["after"] else m.span()), "name")
    told = dict.fromkeys(_cut(m["after"]) for text in originals for m in NAMES.finditer(_View(text).text) if m["after"])
    if names := list(told)[:MOST_NAMES]:
        for m in re.finditer("|".join(map(re.escape, names)), view.text):
            yield view.mark(*m.span(), "name")


def _cut(name: str) -> str:
    """The surname and one character: the second one of the given name may be the next word."""
    return name[:3] if re.match(DOUBLE, name) else name[:2]


def _shared(draft: str, originals: Sequence[str]) -> Iterator[Mark]:
    """Runs that stand in an original: as they are, and once more without spaces and signs."""
    for letters in (False, True):
        view, told = _View(draft, letters), [_View(text, letters).text for text in originals]
        grams = {text[i : i + SHARED] for text in told for i in range(len(text) - SHARED + 1)}
        for i in range(len(view.text) - SHARED + 1):
            if view.text[i : i + SHARED] in grams:
                yield view.mark(i, i + SHARED, "shared")


def _merged(found: Iterable[Mark]) -> list[Mark]:
    """Of one kind: what overlaps is one."""
    out: list[Mark] = []
    for m in sorted(found):
        if out and m.start < out[-1].end:
            out[-1] = out[-1]._replace(end=max(m.end, out[-1].end))
        else:
            out.append(m)
    return out


def pieces(draft: str, found: Sequence[Mark]) -> list[tuple[str, str]]:
    """The draft cut where a mark begins or ends: (text, labels of what covers it, "" for nothing), for the page."""
    cuts = sorted({0, len(draft), *(m.start for m in found), *(m.end for m in found)})
    out, waiting, open_ = [], sorted(found, reverse=True), list[Mark]()
    for a, b in pairwise(cuts):
        open_ = [m for m in open_ if m.end > a]
        while waiting and waiting[-1].start <= a:
            open_.append(waiting.pop())
        out.append((draft[a:b], "、".join(dict.fromkeys(m.label for m in sorted(open_)))))
    return out
