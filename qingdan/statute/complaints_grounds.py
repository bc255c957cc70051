"""投诉处理: the twelve grounds of 第五条 with the plain questions that lead to them, the grounds of refusal of 第六条 and 第十条, the channels
of 第七条 and 第八条, and to which of the four bodies of 第九条 a complaint goes (S13). Data, and one pure function that reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# The four matters of 第九条. An office holds 投诉处理机关 for one of them (its `scope`), whatever it is called on the day (S45).
APPROVAL, POWER, DUTY, CHARGE = "审批", "权力", "责任", "收费"


@dataclass(frozen=True)
class Body:
    """A handling body by its matter; `name`: as the regulation calls it."""

    scope: str
    article: str
    name: str
    matter: str


BODIES: Mapping[str, Body] = {
    b.scope: b
    for b in (
        Body(APPROVAL, "第九条（一）", "政务服务中心", "行政审批事项运行，繁文缛节和不必要证明"),
        Body(POWER, "第九条（二）", "法制办", "行政权力事项运行"),
        Body(DUTY, "第九条（三）", "编办", "行政权力对应的责任，公共服务事项运行"),
        Body(CHARGE, "第九条（四）", "财政局", "行政事业性收费和政府性基金项目运行"),
    )
}


@dataclass(frozen=True)
class Ground:
    """One of the twelve."""

    n: int
    article: str
    name: str


GROUNDS: Mapping[int, Ground] = {
    g.n: g
    for g in (
        Ground(1, "第五条（一）", "行使或者变相行使未列入清单的权力"),
        Ground(2, "第五条（二）", "已经取消的事项指定下属单位或者其他机构继续实施"),
        Ground(3, "第五条（三）", "已经取消、调整或者下放的权力继续实施或者变相实施"),
        Ground(4, "第五条（四）", "备案、公共服务事项变相审批"),
        Ground(5, "第五条（五）", "许可、处罚交由不合法的主体行使"),
        Ground(6, "第五条（六）", "无依据的繁文缛节和不必要证明"),
        Ground(7, "第五条（七）", "不行使清单上的权力，或者不按清单和配套制度行使"),
        Ground(8, "第五条（八）", "不履行或者不正确履行对应的责任，不按清单提供公共服务"),
        Ground(9, "第五条（九）", "超出收费、基金清单征收"),
        Ground(10, "第五条（十）", "擅自将收费转为经营服务性收费，或者将基金转为收费"),
        Ground(11, "第五条（十一）", "违规审批负面清单内外的产业和项目"),
        Ground(12, "第五条（十二）", "其他违法或者不当的行为"),
    )
}


@dataclass(frozen=True)
class Question:
    """What a person is asked, in words of everyday; a tick leads to the ground.

    `body`: whose matter it is where the item is unknown, "" for nobody's.

    `flagged`: a default of ours that a person of 政务办 looks at.
    """

    key: str
    ground: int
    text: str
    body: str
    flagged: bool = False

    @property
    def article(self) -> str:
        return GROUNDS[self.ground].article


QUESTIONS: Mapping[str, Question] = {
    q.key: q
    for q in (
        Question("1", 1, "他们管的这件事，政府公布的清单上没有", POWER),
        Question("2", 2, "这件事已经取消了，却让下属单位、协会或者别的机构接着办", POWER),
        Question("3", 3, "这件事已经取消、改了或者交给下级了，他们还照旧办，或者换个名目办", POWER),
        Question("4a", 4, "只要备个案就行的事，他们非要审批同意", APPROVAL),
        Question("4b", 4, "本来是公共服务，他们当成审批来卡", DUTY),
        Question("5a", 5, "许可（办证、批准）由没有资格的单位来办", APPROVAL),
        Question("5b", 5, "处罚（罚款、没收等）由没有资格的单位作出", POWER),
        Question("6", 6, "手续没有依据、太繁琐，或者要求开没有必要的证明", APPROVAL),
        Question("7", 7, "该办的不办，或者不按清单写的条件、流程、时限、环节办", POWER),
        Question("8", 8, "该负的责任没有负，或者公共服务没有按清单提供", DUTY),
        Question("9", 9, "收费、基金超出了清单：多收、向不该收的人收、延长时间收", CHARGE),
        Question("10", 10, "把行政收费改成了经营收费，或者把基金改成了收费", CHARGE),
        Question("11", 11, "产业集聚区的投资项目：不该批的批了，或者该批的不批", APPROVAL, flagged=True),
        Question("12", 12, "以上都不是，但我认为他们这样做违法或者不合理", ""),
    )
}

ITEM_KINDS: Mapping[str, tuple[str, str]] = {
    "审批": ("行政审批、许可事项", APPROVAL),
    "权力": ("其他行政权力事项", POWER),
    "责任": ("与权力对应的责任", DUTY),
    "公共服务": ("公共服务事项", DUTY),
    "收费": ("行政事业性收费项目", CHARGE),
    "基金": ("政府性基金项目", CHARGE),
    "负面": ("负面清单条目", ""),
}
"""S13: the kind of the item complained of, and whose matter it is; a 负面清单 entry is told by its ground alone."""

PERMITS = ("01", "30")
PUBLIC_SERVICES = ("20", "31")


def kind_of(list_kind: str, category: str) -> str:
    """The kind (`ITEM_KINDS`) of an item of one of the five lists; `category`: the exchange code of its kind of power."""
    if list_kind in ("收费", "基金", "负面"):
        return list_kind
    if list_kind == "审批" or category in PERMITS:
        return "审批"
    return "公共服务" if category in PUBLIC_SERVICES else "权力"


@dataclass(frozen=True)
class Suggestion:
    """Whom 第九条 points to. `scope`: a key of BODIES, or "" where 政务办 assigns; `flagged`: a person looks at it first; `why`: for pages."""

    scope: str
    flagged: bool
    why: str

    @property
    def body(self) -> Body | None:
        return BODIES.get(self.scope)


def route(item_kind: str | None, grounds: Iterable[str]) -> Suggestion:
    """S13: by the kind of the item first; 繁文缛节 and 不必要证明 by 第九条（一）; by the grounds only where the item is unknown.

    `grounds`: keys of QUESTIONS. Raises KeyError for one that is none, ValueError where there is nothing to go by.
    """
    asked = [QUESTIONS[key] for key in QUESTIONS if key in set(grounds)]
    if unknown := set(grounds) - set(QUESTIONS):
        raise KeyError(*unknown)
    name, scope = ITEM_KINDS[item_kind] if item_kind else ("", "")
    if asked and all(q.ground == 6 for q in asked):
        return Suggestion(APPROVAL, False, f"投诉的是繁文缛节、不必要证明（{BODIES[APPROVAL].article}）")
    if scope:
        return Suggestion(scope, False, f"投诉的事项属于{name}（{BODIES[scope].article}）")
    if not asked and not item_kind:
        raise ValueError("neither an item nor a ground")
    return _by_grounds(asked, name)


def _by_grounds(asked: list[Question], name: str) -> Suggestion:
    bodies = dict.fromkeys(q.body for q in asked if q.body)
    if not bodies:
        return Suggestion("", True, "属于第五条（十二）或者说不清哪一类，由政务办指定" if asked else f"投诉的是{name}，没有选择情形，由政务办指定")
    if len(bodies) > 1:
        names = "、".join(f"{BODIES[b].name}（{BODIES[b].article}）" for b in bodies)
        return Suggestion("", True, f"几种情形分属{names}，由政务办指定一家主办")
    scope, told = next(iter(bodies)), "、".join(dict.fromkeys(q.article for q in asked if q.body))
    if any(q.flagged for q in asked):
        return Suggestion(scope, True, f"{told}没有规定归哪一家，暂归{BODIES[scope].name}，请核对")
    return Suggestion(scope, False, f"事项不明，按情形{told}（{BODIES[scope].article}）")


# ---- 第六条、第十条 不予受理 ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Refusal:
    """A ground on which a complaint may be refused.

    `pointer`: which way is the right one, told to the complainant (E23, A12); `earlier`: needs the earlier answer (S16).
    """

    key: str
    article: str
    name: str
    pointer: str = ""
    earlier: bool = False
    act: str = "decline"


REFUSALS: Mapping[str, Refusal] = {
    r.key: r
    for r in (
        Refusal("6-1", "第六条（一）", "投诉对象不属于本办法所列的机关和组织", "请向该单位的主管机关或者上级机关反映"),
        Refusal("6-2", "第六条（二）", "已经进入行政复议、行政诉讼等法定程序，或者复议机关、法院已经作出有效处理",
                "请向受理的行政复议机关或者人民法院提出"),
        Refusal("6-3", "第六条（三）", "上级政府及其部门已经受理或者已经作出有效处理", "请向受理的上级机关了解办理情况"),
        Refusal("6-4", "第六条（四）", "监察、信访或者其他机关已经受理或者作出处理", "请向受理的监察、信访或者其他机关提出"),
        Refusal("6-5", "第六条（五）", "已经作出答复，没有新的事实和理由而重复投诉", "有新的事实和理由的，可以随时补充或者再次提出", earlier=True),
        Refusal("6-6", "第六条（六）", "其他依法不予受理的情形", "请按所引法律、法规、规章指明的途径提出"),
        Refusal("10-1", "第十条", "不属于投诉范围", "属于信访、监察事项的，请向信访、监察机关提出"),
        Refusal("10-2", "第十条", "没有初步证据", "有了初步证据的，可以再次提出", act="decline_unproven"),
    )
}
"""Six of 第六条 and two of 第十条 (S15): what does not belong here, what nothing speaks for."""

NOTICE_WAYS: Mapping[str, str] = {
    "query": "投诉人凭查询码在网上查看", "letter": "邮寄书面告知书", "email": "发送电子邮件", "phone": "电话告知并作记录", "handed": "当面送达",
}  # fmt: skip
"""第六条 (X6): how the complainant is told; without one of them nothing is refused. Who left no contact has the query code (E24)."""

# ---- 第七条、第八条 途径 -------------------------------------------------------------------------------------

WEB, PHONE, FAX, LETTER, EMAIL, VISIT = "web", "phone", "fax", "letter", "email", "visit"


@dataclass(frozen=True)
class Channel:
    """A way in which a complaint comes. `received`: what is its time of receipt; `evidence`: what shows it."""

    key: str
    name: str
    article: str
    received: str
    evidence: str


CHANNELS: Mapping[str, Channel] = {
    c.key: c
    for c in (
        Channel(WEB, "网上", "第八条", "提交成功的时间", "系统回执"),
        Channel(PHONE, "电话", "第八条", "接听的时间", "通话记录或者录音编号"),
        Channel(FAX, "传真", "第八条", "传真机收到的时间", "传真报头"),
        Channel(LETTER, "书信", "第八条", "本机关签收的时间", "签收记录、邮戳"),
        Channel(EMAIL, "电子邮件", "第八条", "进入本机关信箱的时间", "邮件头"),
        Channel(VISIT, "当面", "第八条", "来访的时间", "来访登记"),
    )
}
DESK_CHANNELS = tuple(key for key in CHANNELS if key != WEB)
MOST_REPRESENTATIVES = 5  # 第八条

CONTACTS: Mapping[str, str] = {"phone": "电话", "fax": "传真", "address": "通信地址", "email": "电子信箱"}
"""第七条: what each handling body makes known; one that is missing is a warning (O6)."""

RESPONDENTS: Mapping[str, str] = {
    "organ": "区级行政机关（含街道办事处）",
    "authorised": "法律法规授权的组织",
    "entrusted": "受委托行使权责的组织",
    "staff": "上述机关、组织的工作人员",
}
"""第二条 (O26); 街道办事处 count as 派出机关 that exercise listed powers (S11)."""

ID_KINDS: Mapping[str, str] = {"id": "居民身份证", "passport": "护照", "permit": "港澳台居民居住证或者通行证", "other": "其他有效证件"}
"""第八条 (O7): shown, never copied; the kind and the last four places are kept, sealed."""


def ground_numbers(keys: Iterable[str]) -> list[int]:
    """The grounds of 第五条 behind the ticked questions, each once, in order."""
    return sorted({QUESTIONS[key].ground for key in keys})


CLOCKS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "assign": ("批转", ("D15", "S14", "S12d")),
    "accept": ("受理", ("D16", "D16a", "D34", "D16c", "D16e", "S12", "D16f")),
    "handle": ("办理", ("D18",)),
}
"""P-D4: the three clocks of a complaint, each with the duties that run on it; they are never added up."""

STEPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "inquire": ("调查", ("Q3", "O9c", "O9r", "S20r", "S21", "T7", "S23d", "S25d")),
    "tell": ("告知", ("D22",)),
}
"""What runs beside the clocks: steps of the investigation, and the telling of its result. None of them is late in law."""


def clock_of(row: str) -> str:
    """On which clock this duty runs, or to which steps it belongs; "" for what is owed in a child case."""
    return next((key for key, (_, rows) in (*CLOCKS.items(), *STEPS.items()) if row in rows), "")


def clock_name(row: str) -> str:
    """The name of that clock or of those steps; "" on none."""
    key = clock_of(row)
    return (CLOCKS.get(key) or STEPS.get(key) or ("", ()))[0]
