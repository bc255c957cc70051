"""Kinds of power and shapes of codes, as data.

Kinds and code sets differ from province to province and from year to year, so neither is an enum in code: a new kind is a new
row here. The exchange codes are those of the national schema of 政务服务事项 (01 行政许可 … 10 其他行政权力, 20 公共服务).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

POWER_KINDS: dict[str, str] = {
    "01": "行政许可",
    "02": "行政处罚",
    "03": "行政强制",
    "04": "行政征收",
    "05": "行政给付",
    "06": "行政检查",
    "07": "行政确认",
    "08": "行政奖励",
    "09": "行政裁决",
    "10": "其他行政权力",
    "20": "公共服务",
    "30": "政府内部审批",
    "31": "依申请便民服务",
    "99": "其他类",
}
"""Exchange code → name. 中办发〔2015〕21号 (“9+X”) for 01–10; the others are met on provincial platforms."""

POWER_KIND_ALIASES: dict[str, str] = {
    **{code.lstrip("0"): code for code in POWER_KINDS if code.startswith("0")},
    **{name: code for code, name in POWER_KINDS.items()},
    "许可": "01", "处罚": "02", "强制": "03", "征收": "04", "给付": "05", "检查": "06", "确认": "07", "奖励": "08", "裁决": "09",
    "其他权力": "10", "其他职权": "10", "其它行政权力": "10", "其他类别": "10", "便民服务": "31",
}  # fmt: skip
"""What real files write instead of the two-digit code: “1”, “7”, the name, a short name."""


@dataclass(frozen=True)
class Shape:
    """One known shape of an item code."""

    key: str
    label: str
    pattern: str

    @property
    def short(self) -> str:
        return self.label.partition("（")[0]

    def fits(self, code: str) -> bool:
        return re.fullmatch(self.pattern, code) is not None


LOCAL = Shape("local", "本区编码 410105-XXX-XX-XXX-XX（区划6-部门3-类型2-事项3-子项2）", r"410105-?\d{3}-?\d{2}-?\d{3}-?\d{2}")
NATIONAL = Shape(
    "national",
    "国家业务办理项编码（基本编码12或14位-区划12位-3位-统一社会信用代码18位-1位-2位）",
    r"[0-9A-Z]{12}(?:[0-9A-Z]{2})?-\d{12}-\d{3}-[0-9A-HJ-NPQRTUWXY]{18}-\d-\d{2}",
)
SHAPES: tuple[Shape, ...] = (LOCAL, NATIONAL)
"""Choice: a local code has the first shape; a code of another shape is warned of on import and never a reason to refuse."""


def shape_of(code: str) -> Shape | None:
    """The shape that this code has, or None where no known shape fits."""
    return next((shape for shape in SHAPES if shape.fits(code)), None)


UNFIT = re.compile(r"[\s/\\?#@%]")
"""What a code may not hold, because it is part of a permanent address (`/item/{code}@2016-09-01`)."""
