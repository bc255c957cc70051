"""What can be done in the investigation of a complaint, and in what follows from it: for each act its form, its action, its words."""

from __future__ import annotations

from typing import Any

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.ui.doing import Do, Doing
from qingdan.statute.complaints_inquiry import ERRANDS, HANDOVER, LIABILITIES

from . import answerable, deciding, errands, hearing, investigating
from .access import errands_of, of_case
from .forms import FactsForm, SayForm
from .forms_inquiry import (
    BackForm,
    ChangeForm,
    ConfrontationForm,
    DecisionForm,
    DeclareForm,
    ExtensionForm,
    FindingForm,
    HandoverForm,
    HearingForm,
    LetterForm,
    OrderForm,
    PersonForm,
    RecusalDecisionForm,
    RecusalForm,
    ReferForm,
    ResultForm,
    SureForm,
    TeamForm,
    UnheardForm,
)
from .models import Errand


def fields(action: Do, *names: str) -> Do:
    """The action, on the case or the row in hand, with these fields of the form, in this order."""
    return lambda one, form, **who: action(one, *(form.cleaned_data[name] for name in names), **who)


def words(action: Do) -> Do:
    """The action with the words of the form."""
    return fields(action, "words")


def _heard(side: str) -> Do:
    def do(case: Case, form: Any, **who: Any) -> Event:
        told = form.cleaned_data
        files = form.sealed(of_case(case).reference)
        return hearing.hear(case, side, told["words"], told["way"], told["on"], told["present"], files, **who)

    return do


def _unheard(side: str) -> Do:
    return lambda case, form, **who: hearing.note_unheard(case, side, form.cleaned_data["words"], form.cleaned_data["invited"], **who)


def _found(action: Do) -> Do:
    def do(case: Case, form: Any, **who: Any) -> Event:
        told = form.cleaned_data
        return action(case, told["words"], told["on"], told["present"], form.sealed(of_case(case).reference), **who)

    return do


def _handover(case: Case, form: Any, **who: Any) -> Event:
    told = form.cleaned_data
    return errands.draft(case, HANDOVER, told["unit"], told["words"], told["due"], about_leaders=told["leaders"] == "yes", **who)


def _order(case: Case, form: Any, **who: Any) -> Event:
    told = form.cleaned_data
    return errands.draft(case, told["kind"], told["unit"] or who["office"], told["words"], told["due"], told["outside"], **who)


def _letter(case: Case, form: Any) -> Errand:
    one: Errand | None = errands_of(of_case(case)).filter(pk=form.cleaned_data["errand"]).first()
    if one is None:
        raise Refused("不能审核", "没有这份文书", "请回到投诉的页面，刷新后再办理")
    return one


def _approve(case: Case, form: Any, **who: Any) -> Event:
    return errands.approve(case, _letter(case, form), **who)


def _reject(case: Case, form: Any, **who: Any) -> Event:
    return errands.reject(case, _letter(case, form), form.cleaned_data["words"], **who)


def _decision(case: Case, form: Any, **who: Any) -> Event:
    told = form.cleaned_data
    duties = [deciding.Duty(unit, words, due) for unit, words, due in form.duties()]
    return deciding.draft_decision(case, told["conclusion"], {name: told[name] for name in deciding.PARTS}, duties, **who)


_LETTER = "发给单位以前由另一人对照原文审核"

INQUIRY: dict[str, Doing] = {
    d.act: d
    for d in (
        Doing("name_investigators", "第十三条", TeamForm, "", fields(investigating.name_investigators, "persons"),
              consequence="各人须先声明没有利害关系，才能参加调查"),
        Doing("add_investigator", "第十三条", PersonForm, "", fields(investigating.add_investigator, "person"),
              consequence="本人须先声明没有利害关系"),
        Doing("remove_investigator", "第十三条", ChangeForm, "调整的理由", fields(investigating.remove_investigator, "person", "words"),
              consequence="剩下不足两人的，调查各步都不能办理"),
        Doing("declare_no_interest", "第十三条", DeclareForm, "", fields(investigating.declare_no_interest), consequence="您可以参加调查"),
        Doing("ask_recusal", "第十三条", RecusalForm, "理由", fields(investigating.ask_recusal, "person", "ground", "asked", "words"),
              consequence="由负责人决定；自行回避的，决定以前不再参加调查"),
        Doing("decide_recusal", "第十三条", RecusalDecisionForm, "决定的理由", fields(investigating.decide_recusal, "granted", "basis", "words"),
              consequence="决定回避的不再参加调查"),
        Doing("hear_complainant", "第十二条", HearingForm, "陈述的内容", _heard("complainant"), consequence="记入本件，加密存放"),
        Doing("hear_respondent", "第十二条", HearingForm, "陈述的内容", _heard("respondent"), consequence="记入本件，加密存放"),
        Doing("note_complainant_unheard", "第十二条", UnheardForm, "怎样通知、结果如何", _unheard("complainant"),
              consequence="可以不经陈述作出决定"),
        Doing("note_respondent_unheard", "第十二条", UnheardForm, "怎样通知、结果如何", _unheard("respondent"),
              consequence="可以不经陈述作出决定"),
        Doing("record_finding", "第十二条", FindingForm, "调查取证的情况", _found(hearing.record_finding), consequence="记入本件，加密存放"),
        Doing("call_confrontation", "第十二条", ConfrontationForm, "时间、地点、质证的问题，怎样通知双方",
              fields(hearing.call_confrontation, "words", "agreed"), "会写进给投诉人的质证通知书：不写他人的姓名和电话",
              consequence="质证记录或者取消以前不能作出决定"),
        Doing("confront", "第十二条", FindingForm, "质证笔录", _found(hearing.confront), "双方到场情况、各自意见、签字",
              consequence="记入本件，加密存放"),
        Doing("cancel_confrontation", "第十二条", SayForm, "取消的理由", words(hearing.cancel_confrontation), consequence="不再质证"),
        Doing("draft_handover", "第十一条", HandoverForm, "要求查明和报告什么", _handover,
              "这些话写给承办单位看：不写姓名、电话、住址、办件号和能看出是谁的细节，不附原件", consequence=_LETTER),
        Doing("draft_order", "第十五条", OrderForm, "要求做什么", _order, "这些话写给承办单位看：不写能看出投诉人是谁的内容", consequence=_LETTER),
        Doing("approve_letter", "第十一条", LetterForm, "", _approve, must=False, consequence="发出，成为承办单位的一件"),
        Doing("reject_letter", "第十一条", LetterForm, "哪里要改", _reject, consequence="退回起草人"),
        Doing("extend_handling", "第十四条", ExtensionForm, "情况复杂、确需延长的理由", fields(deciding.extend_handling, "until", "words", "told"),
              consequence="办理期限延长，投诉人看得到"),
        Doing("draft_decision", "第十六条", DecisionForm, "", _decision, consequence="由负责人签发或者退回"),
        Doing("return_decision", "第十六条", SayForm, "哪里要改", words(deciding.return_decision), consequence="退回起草人"),
        Doing("decide", "第十六条", SureForm, "", fields(deciding.decide), consequence="决定书签发；责任单位各收到一件"),
        Doing("decide_assigned", "第十六条", SureForm, "", fields(deciding.decide), consequence="决定书签发，同时抄报政务办；责任单位各收到一件"),
        Doing("tell_result", "第十六条", ResultForm, "告知投诉人的内容", fields(deciding.tell_result, "way", "words"),
              "写明结论、处理和依法可以走的途径；不写他人的隐私", consequence="投诉人凭查询码看得到"),
        Doing("propose_malicious", "第八条", SayForm, "认定恶意、虚假的事实和证据", words(deciding.propose_malicious),
              consequence="由另一名负责人认定或者不认定"),
        Doing("reject_malicious", "第八条", SayForm, "不认定的理由", words(deciding.reject_malicious), consequence="继续调查"),
        Doing("close_malicious", "第八条", SayForm, "写给投诉人的理由", words(deciding.close_malicious), consequence="本件结束，投诉人看得到理由"),
    )
}  # fmt: skip

READ_FIRST = ("approve_letter", "reject_letter", "decide", "decide_assigned", "return_decision")
"""Offered on the page on which the draft is read, nowhere else."""


# ---- 单位的一件 ------------------------------------------------------------------------------------------------

def _report(one: Errand, form: Any, **who: Any) -> Event:
    return errands.report(one, form.cleaned_data["words"], form.sealed(one.complaint.reference), **who)


SEEN = "承办单位看得到：不写能看出投诉人是谁的内容"


def _errand_doings() -> dict[str, Doing]:
    found: dict[str, Doing] = {}
    for e in ERRANDS.values():
        found[e.report] = Doing(e.report, e.article, FactsForm, "办理情况", _report, "查明了什么、做了什么；证明材料可以上传",
                                consequence="报送投诉处理机关")
        found[e.accept] = Doing(e.accept, e.article, SayForm, "说明", words(errands.accept), SEEN, must=False, consequence="这一件结束")
        found[e.back] = Doing(e.back, e.article, BackForm, "哪里不够", fields(errands.give_back, "words", "due"), SEEN,
                              consequence="承办单位须在新的日期以前再报告")
        found[e.ends] = Doing(e.ends, e.article, SayForm, "理由", words(errands.end), SEEN, consequence="这一件结束")
    found["ask_reason"] = Doing("ask_reason", "第十九条", SayForm, "说明", words(answerable.ask_reason), SEEN, must=False,
                                consequence="承办单位须在{O11g}内说明理由")  # fmt: skip
    found["give_reason"] = Doing("give_reason", "第十九条", SayForm, "逾期的理由", words(answerable.give_reason),
                                 consequence="由投诉处理机关认定")
    found["accept_reason"] = Doing("accept_reason", "第十九条", SayForm, "认定的理由", words(answerable.accept_reason), SEEN,
                                   consequence="不登记责任")
    for act in ("register_default", "register_silence"):
        found[act] = Doing(act, "第十九条", SayForm, "认定的理由", words(answerable.find_default), SEEN,
                           consequence="登记为责任，由另一人决定是否移送")
    return found


ERRAND_DOINGS = _errand_doings()

# ---- 责任 ------------------------------------------------------------------------------------------------------

LIABILITY_DOINGS: dict[str, Doing] = {
    "refer_liability": Doing(
        "refer_liability", "第十八条", ReferForm, "说明", fields(answerable.refer, "organ", "number", "words"), must=False,
        consequence="记入责任登记簿",
    ),
    "drop_liability": Doing("drop_liability", "第十八条", SayForm, "不予移送的理由", words(answerable.drop), consequence="记入责任登记簿"),
}  # fmt: skip

OPENED = (*(e.opens for e in ERRANDS.values()), *(x.opens for x in LIABILITIES.values()))
"""Cases that begin with an act of another one, or from its page."""
BUILT = (*INQUIRY, *ERRAND_DOINGS, *LIABILITY_DOINGS, *OPENED)
