"""五单: the five lists of 调 第二条 and their fields, as data. No Django here.

第六条 names fifteen fields of the 权责清单; 调 第二条 to 第四条 cover five lists. The reading (E14): the same grounds and procedure
for all, and the fields of 第六条 mapped list by list. `Field.six` says for which of the fifteen a field stands; what a list cannot
have is in `ListKind.absent` with the reason. The content of a version is `{field key: text}`, empty values left out.

Choice (E30): a change of 联系电话, 办理地点, 咨询方式 or 监督投诉方式 alone changes nothing but how people are reached, and may take the fast lane.
Choice (E16): a change of 运行流程, 承诺时限 or 延长办结条件 counts as a change of 程序 in the sense of 第九条.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from qingdan.lists.codes import POWER_KIND_ALIASES, POWER_KINDS
from qingdan.lists.fields import Field, Problem, by_key, normal, problem_of, tidy

__all__ = ["LISTS", "SIX", "Field", "ListKind", "Problem", "by_slug", "check", "clean", "touched"]

A1, A2, A3 = "第六条（一）", "第六条（二）", "第六条（三）"
FEES = "投诉处理办法第五条（九）"
CONTACT = "联系"
KINDS = tuple(POWER_KINDS.items())

SIX: dict[str, Field] = by_key(
    Field(six=key, key=key, required=True, **more)  # type: ignore[arg-type]
    for key, more in {
        "name": {"label": "名称", "article": A1, "touches": "名称", "help": "事项的规范全称"},
        "category": {"label": "分类", "article": A1, "kind": "choice", "choices": KINDS, "help": "权力类型"},
        "code": {"label": "编码", "article": A1, "help": "本区编码形如 410105-001-01-001-00；公布后不再改动，也不再给别的事项使用"},
        "basis": {"label": "法律依据", "article": A1, "kind": "long", "touches": "依据", "help": "名称、文号、条款，一条一行"},
        "procedure": {"label": "运行流程", "article": A1, "kind": "long", "touches": "程序", "help": "依次写明各环节，一个环节一行"},
        "discretion": {"label": "裁量标准", "article": A1, "kind": "long", "help": "没有裁量的写“无裁量”"},
        "promised": {"label": "承诺时限", "article": A1, "kind": "days", "touches": "程序", "help": "工作日数；当场办结填 0；没有时限的填“不适用”"},
        "extension": {"label": "延长办结条件", "article": A1, "kind": "long", "touches": "程序", "help": "不得延长的写“不延长”"},
        "duties": {"label": "责任事项", "article": A2, "kind": "long", "touches": "责任", "help": "与权力事项相对应的责任，一项一行"},
        "list_office": {"label": "清单运行工作机构", "article": A3, "help": "负责组织、统筹、协调清单运行工作的机构"},
        "handling_office": {"label": "承办部门（或委托部门）", "article": A3},
        "person_in_charge": {"label": "负责人", "article": A3},
        "posts": {"label": "岗位设置", "article": A3, "kind": "long"},
        "qualification": {"label": "经办人执法资格", "article": A3, "kind": "long", "help": "执法证件名称或编号；不需要的写明原因"},
        "phone": {"label": "联系电话", "article": A3, "kind": "phone", "touches": CONTACT},
    }.items()
)
"""The fifteen fields of 第六条, in its order."""


@dataclass(frozen=True)
class ListKind:
    """One of the five lists: key, full name, slug of its address, fields in the order in which people read them."""

    key: str
    name: str
    slug: str
    fields: tuple[Field, ...]
    absent: dict[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def by_key(self) -> dict[str, Field]:
        return by_key(self.fields)

    @property
    def required(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.required)


def _six(key: str, **changes: object) -> Field:
    return replace(SIX[key], **changes)  # type: ignore[arg-type]


BASIS_DAY = Field(
    "basis_effective", "依据施行日", kind="date", touches="依据",
    help="新依据尚未施行时填写：事项自公布日与施行日中较晚的一天起生效（第十条（一））",
)  # fmt: skip
ORGANISATION = tuple(SIX[k] for k in ("list_office", "handling_office", "person_in_charge", "posts", "qualification", "phone"))

POWER = (*tuple(SIX[k] for k in list(SIX)[:9]), *ORGANISATION)
NATIONAL = (
    BASIS_DAY,
    Field("main_item", "主项名称"),
    Field("basic_code", "国家基本编码", help="12 位"),
    Field("task_code", "国家实施编码"),
    Field("level", "行使层级"),
    Field("source", "权力来源"),
    Field("statutory", "法定时限", kind="days", touches="程序"),
    Field("task_kind", "办件类型", kind="choice", choices=(("1", "即办件"), ("2", "承诺件"))),
    Field("audience", "服务对象"),
    Field("conditions", "受理条件", kind="long"),
    Field("materials", "办理材料", kind="long", help="一份材料一行"),
    Field("place", "办理地点", kind="long", touches=CONTACT),
    Field("hours", "办理时间"),
    Field("fee", "是否收费", kind="yesno"),
    Field("fee_basis", "收费依据", kind="long"),
    Field("consult", "咨询方式", touches=CONTACT),
    Field("supervise", "监督投诉方式", touches=CONTACT),
)
"""Fields of the national exchange schema that citizens look for; none of them is required by 第六条."""

FEE_KINDS = ("行政管理类", "资源补偿类", "鉴定类", "考试类", "培训类", "其他类")
FUND_MANAGEMENT = ("缴入中央国库", "缴入中央和地方国库", "缴入地方国库", "缴入财政专户")


def _pairs(*labels: str) -> tuple[tuple[str, str], ...]:
    return tuple((label, label) for label in labels)


def _charges(kind: Field, name: str, amount: str, office: str) -> tuple[Field, ...]:
    """The fields of a charge: those of 第六条 as they read for it, and the five of 投诉处理办法 第五条（九）."""
    return (
        _six("name", label=name),
        kind,
        _six("code"),
        _six("basis", label="征收依据", help="设立文件的名称、文号、条款，一条一行"),
        Field("payers", "征收对象", FEES, True, "long"),
        Field("scope", "征收范围", FEES, True, "long"),
        Field("amount", amount, FEES, True, "long", six="discretion", help="标准写明数额、比例或者区间，以及减免的标准"),
        Field("period", "征收期限", FEES, True, "long", six="promised", touches="程序", help="起止时间，或者每次、每年何时缴纳"),
        _six("procedure", label="征收程序"),
        _six("extension", label="缓征、减征、免征条件", help="没有的写“无”"),
        _six("duties"),
        _six("list_office"),
        _six("handling_office", label=office),
        *(SIX[k] for k in ("person_in_charge", "posts", "qualification", "phone")),
        Field("management", "资金管理方式", kind="choice", choices=_pairs(*FUND_MANAGEMENT)),
        Field("set_by", "设立级次"),
        Field("enterprise", "涉及企业", kind="yesno"),
        Field("valid_until", "执行截止日", kind="date"),
        BASIS_DAY,
    )


LISTS: dict[str, ListKind] = {
    kind.key: kind
    for kind in (
        ListKind("权责", "行政权责清单", "quanze", (*POWER, *NATIONAL)),
        ListKind("审批", "行政审批事项清单", "shenpi", (*POWER, *NATIONAL)),
        ListKind(
            "负面", "产业集聚区企业投资项目负面清单", "fumian",
            (
                _six("name", label="条目名称", help="受管理的投资项目"),
                Field("category", "管理类别", A1, True, "choice", _pairs("禁止", "限制", "淘汰"), six="category"),
                _six("code", label="编号"),
                Field("industry_code", "行业代码", kind="text", help="国民经济行业分类（2016 年为 GB/T 4754-2011）"),
                Field("domain", "领域", required=True),
                Field("measure", "特别管理措施", A1, True, "long", six="discretion", help="禁止或者限制什么，限制到什么程度"),
                Field("area", "适用区域", required=True, help="产业集聚区的名称或者范围"),
                _six("basis"),
                _six("procedure", label="项目管理流程", help="限制类怎样核准或者备案；禁止类写“不予受理”"),
                _six("duties"),
                _six("list_office"),
                _six("handling_office", label="主管部门"),
                *(SIX[k] for k in ("person_in_charge", "posts", "qualification", "phone")),
                Field("valid_until", "有效期至", kind="date"),
                BASIS_DAY,
            ),
            absent={
                "promised": "负面清单条目不是办理事项，没有承诺时限",
                "extension": "负面清单条目不是办理事项，没有延长办结条件",
            },
            note="2020 年起各地不得自行制定市场准入性质的负面清单（优化营商环境条例第二十条）；本清单供查阅，可以关闭。",
        ),
        ListKind(
            "收费", "行政事业性收费清单", "shoufei",
            _charges(
                Field("category", "收费种类", FEES, True, "choice", _pairs(*FEE_KINDS), six="category"),
                "收费项目名称", "征收额度（收费标准）", "收费部门",
            ),
        ),
        ListKind(
            "基金", "政府性基金清单", "jijin",
            _charges(Field("category", "基金种类", FEES, True, six="category"), "基金项目名称", "征收额度（征收标准）", "执收部门"),
        ),
    )
}  # fmt: skip


def by_slug(slug: str) -> ListKind | None:
    """The list whose address has this slug."""
    return next((kind for kind in LISTS.values() if kind.slug == slug), None)


def clean(kind: str, content: Mapping[str, object]) -> dict[str, str]:
    """The stored form of a content: known keys only, in the order of the schema, normal values, empty ones left out."""
    found = ((f.key, normal(f, content.get(f.key), _aliases(f))) for f in LISTS[kind].fields)
    return {key: value for key, value in found if value}


def _aliases(f: Field) -> dict[str, str] | None:
    return POWER_KIND_ALIASES if f.choices is KINDS else None


def check(kind: str, content: Mapping[str, str]) -> list[Problem]:
    """Everything by which this content may not be published: a missing field (by its article), a bad value. In the order of the fields."""
    found = (problem_of(f, tidy(content.get(f.key))) for f in LISTS[kind].fields)
    return [problem for problem in found if problem]


def touched(kind: str, old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, Field]:
    """The fields in which two contents differ, in the order of the schema."""
    return {f.key: f for f in LISTS[kind].fields if old.get(f.key, "") != new.get(f.key, "")}
