"""What can be done in this room: for each act its form, its action and what its button says will follow."""

from __future__ import annotations

from typing import Any

from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.ui.doing import Do, Doing

from . import accepting, actions, assigning, complaining
from .access import of_case
from .acting_inquiry import BUILT, fields, words
from .forms import BodyForm, FactsForm, RefusalForm, SayForm


def _assign(case: Case, form: Any, **who: Any) -> Event:
    told = form.cleaned_data
    return assigning.assign(case, told["body"], told["words"], told.get("respondent"), **who)


def _decline(case: Case, form: Any, **who: Any) -> Event:
    told = form.cleaned_data
    files = form.sealed(of_case(case).reference)
    return accepting.decline(case, told["ground"], told["words"], told["way"], form.earlier_one, told["answer"], files, **who)


def _behalf(action: Do, with_files: bool = True) -> Do:
    """For the complainant, by the clerk who received it."""

    def do(case: Case, form: Any, *, by: Any, office: Any, key: str, seen: int | None) -> Event:
        more = {"files": form.sealed(of_case(case).reference)} if with_files else {}
        return action(case, form.cleaned_data["words"], by=by, through=office, key=key, seen=seen, **more)

    return do


DOINGS: dict[str, Doing] = {
    d.act: d
    for d in (
        Doing("assign", "第十条", BodyForm, "不按建议批转的理由", _assign, must=False, consequence="处理机关须在{D16}内受理或者不予受理"),
        Doing("pass_to_district", "第三条", SayForm, "说明", words(actions.pass_to_district), must=False,
              consequence="由区政府指定处理机关，政务办此后看不到本件"),
        Doing("assign_by_district", "第三条", BodyForm, "说明", fields(assigning.assign_by_district, "body", "words"), must=False,
              consequence="处理机关须在{D16a}内受理或者不予受理"),
        Doing("accept", "第十条", SayForm, "受理说明", words(accepting.accept), must=False,
              consequence="自今天起{D18}内调查、处理完毕（第十四条）"),
        Doing("decline", "第六条", RefusalForm, "不予受理的理由", _decline, "写给投诉人看；不写他人的姓名", consequence="本件结束，投诉人看得到理由"),
        Doing("decline_unproven", "第十条", RefusalForm, "不予受理的理由", fields(accepting.decline_unproven, "words", "way"), "写给投诉人看",
              consequence="本件结束，有了证据可以再次提出"),
        Doing("ask_evidence", "第十条", SayForm, "需要补充的初步证据", words(accepting.ask_evidence), "一次列明，只发一次",
              consequence="投诉人在{D34}内补充；收到以后重新计算受理期限"),
        Doing("transfer", "第九条", BodyForm, "转出的理由", fields(assigning.transfer, "body", "words"),
              consequence="只能转一次；后一机关须在{S12}内办理"),
        Doing("dispute", "第九条", SayForm, "不属本机关的理由", words(assigning.dispute), consequence="由政务办在{S12d}内指定"),
        Doing("assign_disputed", "第九条", BodyForm, "指定的理由", fields(assigning.assign_disputed, "body", "words"), must=False,
              consequence="指定的机关须在{D16f}内受理或者不予受理"),
        Doing("give_evidence", "第十条", FactsForm, "收到的初步证据", _behalf(complaining.give_evidence), "投诉人来信、来电补充的，由收到的人登记",
              must=False,
              consequence="受理期限自今天起重新计算{D16e}"),
        Doing("add_facts", "第八条", FactsForm, "补充的事实", _behalf(complaining.add_facts), "投诉人来信、来电补充的，由收到的人登记", must=False,
              consequence="记入本件"),
        Doing("withdraw_complaint", "第八条", SayForm, "投诉人怎样表示撤回", _behalf(complaining.withdraw_complaint, with_files=False),
              "投诉人来信、来电撤回的，写明凭据", consequence="本件结束"),
    )
}  # fmt: skip

FOR_COMPLAINANT = ("give_evidence", "add_facts", "withdraw_complaint")
"""Acts of the complainant; at the desk whoever handles the complaint writes them down."""

OWN_PAGES = BUILT
"""What is done on the pages of the investigation, of errands and of liability."""
