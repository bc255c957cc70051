"""联合会审 (第七条（三）) and 复审 (第七条（五）): the turns that a case takes when bodies or the unit do not agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger import hands
from qingdan.kernel.ledger.acts import record
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Office
from qingdan.statute.labels import label
from qingdan.statute.roles import REVIEWER

from .access import FIRST_OPINIONS
from .actions import Who, approved_rows, as_given


def announce_joint(case: Case, opinion: str, **who: Unpack[Who]) -> Event:
    """第七条（三） 主办牵头部门在收到转办意见后1个工作日内告知政务办属交叉事项；迟告知的照收并注明。"""
    return record(case, "announce_joint", facts={"opinion": opinion}, **as_given(who))


def convene_joint(case: Case, opinion: str, **who: Unpack[Who]) -> Event:
    """第七条（三） 会审通知：自此以联合会审代替各牵头部门单独审核，第八条不再适用。"""
    return record(case, "convene_joint", facts={"opinion": opinion}, **as_given(who))


def issue_joint_opinion(case: Case, opinion: str, **who: Unpack[Who]) -> Event:
    """第七条（三） 联合会审意见：未签署的牵头部门记为未会签，意见照样成立。"""
    owing = case.obligations.filter(row="D6s", how="").order_by("office_code").values_list("office_code", flat=True)
    return record(case, "issue_joint_opinion", facts={"opinion": opinion, "unsigned": list(owing)}, **as_given(who))


def refer_review(case: Case, reviewers: Sequence[Office], opinion: str = "", **who: Unpack[Who]) -> Event:
    """第七条（五） 交付复审：由原审核以外的部门或者人员承担（S7）。"""
    if not reviewers:
        raise Refused("不能交付复审", "没有选择复审部门（第七条（五））", "请至少选择一个复审部门")
    return record(case, "refer_review", gives={REVIEWER: list(reviewers)}, facts={"opinion": opinion}, **as_given(who))


def review(case: Case, act: str, opinion: str, **who: Unpack[Who]) -> Event:
    """第七条（五） 复审意见：出过审核意见的人不得复审（S7）。"""
    if (by := who.get("by")) is not None:
        first = hands.of_events(case.events.filter(act__in=FIRST_OPINIONS))
        why = "本人已在本案出具审核意见，复审由原审核以外的人员承担（第七条（五））"
        hands.ensure_another(f"{by.signature}不能“{label(act)}”", first, by, why, "请由本单位另一名同志办理")
    return record(case, act, facts={"opinion": opinion}, **as_given(who))


def conclude_review(case: Case, content: dict[str, str], opinion: str, **who: Unpack[Who]) -> Event:
    """第七条（五） 复审结论：写明最后的内容；结论为终局，自此计算转告期限（S7）。"""
    facts = {"opinion": opinion, "content": content}
    return record(case, "conclude_review", facts=facts, rows=approved_rows(case, content), **as_given(who))
