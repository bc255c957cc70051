"""What can be done in this room: for each act its form, its action and what its button says will follow.

An act of the statute that is not here has no action as yet; `qingdan coverage` says so.
"""

from __future__ import annotations

from typing import Any

from qingdan.kernel.files.store import keep
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.ui.doing import Do, Doing

from . import actions, holding, publishing, reviewing
from .forms import FilingForm, LeadsForm, PublishForm, SayForm, UntilForm, UpdateForm
from .registers.monthly import OWN_PAGES

__all__ = ["ALIASES", "AMENDING", "DOINGS", "FULL_FORMS", "OWN_PAGES", "Doing"]


def _said(act: str, action: Do = actions.say) -> Do:
    def do(case: Case, form: Any, **who: Any) -> Event:
        return action(case, act, form.cleaned_data["opinion"], **who)

    return do


def _with(action: Do) -> Do:
    def do(case: Case, form: Any, **who: Any) -> Event:
        return action(case, form.cleaned_data["opinion"], **who)

    return do


def _until(action: Do) -> Do:
    def do(case: Case, form: Any, **who: Any) -> Event:
        return action(case, form.cleaned_data["opinion"], form.cleaned_data["until"], **who)

    return do


def _leads(action: Do) -> Do:
    def do(case: Case, form: Any, **who: Any) -> Event:
        return action(case, form.offices(), form.cleaned_data["opinion"], **who)

    return do


def _publish(case: Case, form: Any, **who: Any) -> Event:
    told = form.cleaned_data
    receipt = publishing.Receipt(told["receipt"], told["receipt_day"], told["url"], keep(told["copy"]))
    return publishing.publish(case, told["opinion"], receipt, **who)


def _update(case: Case, form: Any, **who: Any) -> Event:
    told = form.cleaned_data
    page, photo = (keep(told[name]) if told[name] else None for name in ("copy", "photo"))
    return publishing.update_own_site(case, told["opinion"], url=told["url"], page=page, photo=photo, **who)


def _file(case: Case, form: Any, **who: Any) -> Event:
    paper = form.cleaned_data["paper"]
    return publishing.file_own(case, form.cleaned_data["opinion"], keep(paper) if paper else None, **who)


DOINGS: dict[str, Doing] = {
    d.act: d
    for d in (
        Doing("ask_extension", "第七条（一）", UntilForm, "特殊情况", _until(actions.ask_extension),
              "写明为什么不能在{D1}内申请", consequence="政务办批准后，期限最长为情形发生后{D1+}"),
        Doing("grant_extension", "第七条（一）", UntilForm, "批准意见", _until(actions.grant_extension), must=False,
              consequence="申请期限改到所定之日"),
        Doing("deny_extension", "第七条（一）", SayForm, "不批准的理由", _said("deny_extension"), consequence="原期限不变"),
        Doing("close_without_change", "第五条", SayForm, "核实情况和理由", _said("close_without_change"),
              consequence="本案结束，清单不变"),
        Doing("refer", "第七条（二）", LeadsForm, "转办意见", _leads(actions.refer), must=False,
              consequence="各牵头部门须在{D4}内出具审核意见，逾期视为同意（第八条）"),
        Doing("return_once", "第七条（二）", SayForm, "需要补正的全部内容", _with(actions.return_once),
              "只能退回一次，请一次列全", consequence="申请单位应在{S48}内补正"),
        Doing("return_unfiled", "第七条（二）", SayForm, "退回说明", _said("return_unfiled"),
              consequence="视为未申请，原申请期限继续计算"),
        Doing("add_lead", "第七条（二）", LeadsForm, "转办意见", _leads(actions.add_lead), must=False,
              consequence="新增的牵头部门自今天起{D4}内出具意见"),
        Doing("agree", "第七条（三）", SayForm, "审核意见", _said("agree"), must=False, consequence="反馈政务办"),
        Doing("agree_amended", "第七条（三）", SayForm, "修改意见和理由", _said("agree_amended"), consequence="反馈政务办"),
        Doing("disagree", "第七条（三）", SayForm, "不同意的理由", _said("disagree"), consequence="反馈政务办，由其决定"),
        Doing("approve", "第七条（四）", SayForm, "核准意见", _with(actions.approve), must=False,
              consequence="申请单位须在{D8}内确认，逾期视为无异议（第八条）"),
        Doing("refuse", "第七条（四）", SayForm, "不予核准的理由", _said("refuse"),
              consequence="申请单位须在{D8n}内确认，逾期视为无异议（第八条）"),
        Doing("refer_to_meeting", "第七条（四）", SayForm, "提交会商的分歧", _said("refer_to_meeting"),
              consequence="会商意见作出后，核准期限重新起算"),
        Doing("settle_by_meeting", "第七条（三）", SayForm, "会商意见", _said("settle_by_meeting"),
              consequence="政务办须在{D7}内出具核准意见"),
        Doing("confirm", "第七条（四）", SayForm, "说明", _said("confirm"), must=False,
              consequence="政务办须在{D10}内转告电子政务中心"),
        Doing("accept_refusal", "第七条（四）", SayForm, "说明", _said("accept_refusal"), must=False, consequence="本案结束"),
        Doing("announce_joint", "第七条（三）", SayForm, "涉及哪些部门、哪些内容", _with(reviewing.announce_joint),
              "须在收到转办意见后{D5}内告知，迟告知的照收并注明", consequence="由政务办决定是否组织联合会审；单独审核的期限照常计算"),
        Doing("convene_joint", "第七条（三）", SayForm, "会审的时间、地点和议题", _with(reviewing.convene_joint),
              consequence="以联合会审代替单独审核；第八条不再适用"),
        Doing("decline_joint", "第七条（三）", SayForm, "不组织会审的理由", _said("decline_joint"), consequence="各牵头部门继续单独审核"),
        Doing("sign_joint", "第七条（三）", SayForm, "会签意见", _said("sign_joint"), must=False, consequence="本部门会签联合会审意见"),
        Doing("issue_joint_opinion", "第七条（三）", SayForm, "联合会审意见", _with(reviewing.issue_joint_opinion),
              consequence="未会签的牵头部门予以注明；政务办须在{D7}内出具核准意见"),
        Doing("object", "第七条（四）", SayForm, "异议的要点", _said("object"),
              consequence="须在{D9}内提交复审意见（第七条（五）），逾期由政务办确认放弃复审"),
        Doing("object_refusal", "第七条（四）", SayForm, "异议的要点", _said("object_refusal"),
              consequence="须在{D9}内提交复审意见（第七条（五）），逾期由政务办确认放弃复审"),
        Doing("request_review", "第七条（五）", SayForm, "复审的意见和理由", _said("request_review"),
              consequence="复审一次为限，复审结论为终局"),
        Doing("drop_objection", "第七条（五）", SayForm, "说明", _said("drop_objection"), must=False,
              consequence="按核准意见转告公布"),
        Doing("drop_objection_refused", "第七条（五）", SayForm, "说明", _said("drop_objection_refused"), must=False,
              consequence="本案结束，清单不变"),
        Doing("confirm_waived", "第七条（五）", SayForm, "说明", _said("confirm_waived"), must=False,
              consequence="按核准意见转告公布"),
        Doing("confirm_waived_refused", "第七条（五）", SayForm, "说明", _said("confirm_waived_refused"), must=False,
              consequence="本案结束，清单不变"),
        Doing("refer_review", "第七条（五）", LeadsForm, "交付复审的说明", _leads(reviewing.refer_review), must=False,
              consequence="由所选部门中未参加原审核的人员复审；第八条不适用"),
        Doing("review_agree", "第七条（五）", SayForm, "复审意见", _said("review_agree", reviewing.review), must=False,
              consequence="同意申请单位的复审意见"),
        Doing("review_disagree", "第七条（五）", SayForm, "复审意见", _said("review_disagree", reviewing.review),
              consequence="不同意申请单位的复审意见"),
        Doing("conclude_review_refused", "第七条（五）", SayForm, "复审结论和理由", _said("conclude_review_refused"),
              consequence="结论为终局，本案结束，清单不变"),
        Doing("send_review_up", "第七条（五）", SayForm, "提交会商的分歧", _said("send_review_up"),
              consequence="经会商报区政府审定后，由政务办作出复审结论"),
        Doing("forward", "第七条（五）", SayForm, "转告说明", _said("forward"), must=False,
              consequence="电子政务中心须在{D11}内公布"),
        Doing("publish", "第七条（五）", PublishForm, "说明", _publish, must=False,
              consequence="即时公布，不能收回；有误只能另发新版本"),
        Doing("report_failure", "第七条（五）", SayForm, "失败的情况", _said("report_failure"), "回执编号、日期，没有公布成功或者公布有误的内容",
              consequence="记入本案；公布仍须按期办理，更正一律另发新版本"),
        Doing("update_own_site", "第七条（五）", UpdateForm, "更新情况", _update, "网站和办公场所各更新了什么",
              consequence="证明记入本案；涉及增减、名称、依据、程序的，{D13}内备案（第九条）"),
        Doing("file_own", "第九条", FilingForm, "备案说明", _file, consequence="报政务办备案"),
        Doing("suspend_item", "第十条（一）", SayForm, "暂停行使的理由", _with(holding.suspend_item),
              "会写在公开页面上", consequence="即时在公开的清单上注明；清单文字仍按五个环节修改"),
        Doing("keep_in_force", "第十条（一）", SayForm, "继续行使的理由", _with(holding.keep_in_force),
              "写明还有什么有效依据", consequence="公开页面不再注明待核"),
        Doing("withdraw", "第七条", SayForm, "撤回的理由", _said("withdraw"),
              consequence="本次申请终止；情形仍在的，申请期限按原到期日继续计算"),
    )
}  # fmt: skip

AMEND = Doing("approve_amended", "第七条（四）", SayForm, "修改的理由", actions.approve_amended,
              consequence="申请单位须在{D8}内确认，逾期视为无异议（第八条）")  # fmt: skip
CONCLUDE = Doing("conclude_review", "第七条（五）", SayForm, "复审结论和理由", reviewing.conclude_review,
                 consequence="结论为终局；政务办须在{D10}内转告电子政务中心")  # fmt: skip
AMENDING = {d.act: d for d in (AMEND, CONCLUDE)}
"""Their page is the whole content of the item, with the reason on top."""

FULL_FORMS = {"apply", "reapply", *AMENDING}
"""Acts whose form is the whole content of the item; they have a page of their own."""

HOLDING = {"suspend_item", "keep_in_force"}
"""Acts of a case that a repeal opened: it is about an item, and has no application."""

ALIASES = {"update_own_site_to_file": "update_own_site"}
"""Acts of one button: which of the two is meant follows from what was changed (E16)."""

HEARD = {
    **dict.fromkeys(("grant_extension", "deny_extension"), ("ask_extension",)),
    **dict.fromkeys(("reapply", "return_unfiled"), ("return_once",)),
    **dict.fromkeys(("convene_joint", "decline_joint"), ("announce_joint",)),
    **dict.fromkeys(("sign_joint", "issue_joint_opinion"), ("announce_joint", "convene_joint", "sign_joint")),
    **dict.fromkeys(("approve", "approve_amended", "refuse", "refer_to_meeting", "settle_by_meeting"), (
        "agree", "agree_amended", "disagree", "deemed_agreed", "sign_joint", "issue_joint_opinion", "refer_to_meeting", "settle_by_meeting")),
    **dict.fromkeys(("confirm", "object"), ("approve", "approve_amended")),
    **dict.fromkeys(("accept_refusal", "object_refusal"), ("refuse",)),
    **dict.fromkeys(("confirm_waived", "drop_objection"), ("approve", "approve_amended", "object")),
    **dict.fromkeys(("confirm_waived_refused", "drop_objection_refused"), ("refuse", "object_refusal")),
    **dict.fromkeys(("refer_review", "review_agree", "review_disagree"), ("object", "object_refusal", "request_review")),
    **dict.fromkeys(("conclude_review", "conclude_review_refused", "send_review_up"), (
        "approve", "approve_amended", "refuse", "object", "object_refusal", "request_review", "review_agree", "review_disagree", "send_review_up")),
}  # fmt: skip
"""第七条（一）至（五）: whose words stand beside an act, so that nobody decides, or completes an application, without having read them."""

TOGETHER = {"refer", *(d.act for d in DOINGS.values() if d.form is SayForm)} - {"report_failure", *HOLDING}
"""Acts that can be done in several cases in one go (S49): those of one opinion; 公布, 更新 and 备案 are proved item by item."""

LANE = ("refer", "agree", "approve", "confirm", "forward")
"""第六条（三）、E30: the straight way of a change of contact data alone, which can be gone in one go: the same steps, the same traces."""
