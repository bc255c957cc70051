"""How long what was said and done in 投诉处理 is kept after the case has ended (P-E6), kind by kind, and why.

None of the five measures sets a term: every number here is a choice of ours, to be set by the district's own 档案保管期限表 where it has one.
What names the complainant goes first, since keeping it longer than it is needed serves nobody (个人信息保护法第十九条: 最短时间).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

IDENTITY, CONTENT, PAPERS, DECISION, READINGS, LEDGER = "identity", "content", "papers", "decision", "readings", "ledger"


@dataclass(frozen=True)
class Retention:
    """One kind of record, and `what` belongs to it. So many `years` after the end of the case it is due to be destroyed; None: it stays for ever."""

    key: str
    name: str
    what: str
    years: int | None
    reason: str
    ours: bool = True

    def due_on(self, ended: date) -> date | None:
        """The day from which it is due: the same day of the year, so many years later; of a 29th of February, the 1st of March."""
        if self.years is None:
            return None
        year = ended.year + self.years
        return date(year, 3, 1) if (ended.month, ended.day) == (2, 29) and not _leap(year) else ended.replace(year=year)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


RETENTION: Mapping[str, Retention] = {
    r.key: r
    for r in (
        Retention(IDENTITY, "身份信息", "姓名、电话、地址、证件末四位，以及由它算出的比对标记", 3,
                  "结束以后只为复查、追责时联系投诉人才需要；三年以后留着只增加泄露的危险"),
        Retention(CONTENT, "投诉内容和材料", "投诉的内容、补充的事实、证据文件和办理中的说明", 10,
                  "复查、诉讼和责任追究可能还要用到；十年以后凭决定书和台账已可说明"),
        Retention(PAPERS, "制成的文书", "登记表、告知书、批转单、转办函等，决定书除外", 10, "与所据的内容同时到期，免得内容销毁以后还留在文书里"),
        Retention(DECISION, "调查处理决定书", "已签发的决定，按不写投诉人身份的要求起草，以这种脱敏的形式保存", None,
                  "对单位的处理是公务行为的记录，长期有查考价值"),
        Retention(READINGS, "查看记录", "谁在什么时候为什么看过；不含内容", None, "有人滥用，多少年以后也要查得出来"),
        Retention(LEDGER, "登记和台账", "编号、日期、情形、经办和每一步，以及内容的承诺；不含姓名和内容", None, "台账只增不减，是核验一切的根据"),
    )
}  # fmt: skip

DECISION_PAPERS = ("complaint_decision", "complaint_decision_copy")
"""Templates of papers that are a decision and stay."""
DESTROYED = (IDENTITY, CONTENT, PAPERS)
LEAST_YEARS = min(RETENTION[key].years or 0 for key in DESTROYED)
APPROVERS = 2
"""Ours: so many approve a 销毁清单, besides the person who proposes it, each of them somebody else."""
