"""Every paper of 投诉处理 as it comes in practice: what each template is given, and by whom it is made. No one in them is real."""

from __future__ import annotations

from datetime import date

from qingdan.kernel.papers.content import Marks, as_data
from qingdan.measures.complaints.papers.words import LETTERS
from qingdan.statute.complaints_grounds import REFUSALS

DAY = date(2016, 9, 26)
BODY, UNIT, OFFICE = "金水区人民政府法制办公室", "金水区城市管理局", "金水区政务服务改革管理办公室"
CASE = {"reference": "ET9M-AJWV-2GHP-EBXX", "number": "诉2016-7KQ2M9XD", "received": "2016年9月5日", "channel": "来信", "accepted": "2016年9月8日"}
GROUNDS = "（一）不按规定的条件、程序、时限实施行政权力；（七）收费项目、标准与公布的清单不一致"
TEXT = (
    "窗口在办理占道手续时，除公示的费用以外又收取“现场勘查费”三百元，没有开具票据。询问收费依据，工作人员称“一直都是这样收的”。\n"
    "公示的承诺时限为五个工作日，实际用了十四个工作日，期间两次要求补交公示材料以外的证明。"
)
FACTS = (
    "一、调取2016年6月至8月同类办件四十一件，其中三十六件记有“现场勘查费”，金额合计一万零八百元，均未开具财政票据。\n"
    "二、该项收费不在《金水区行政事业性收费目录清单》之内，也没有其他收费依据。\n"
    "三、四十一件中有九件超过公布的承诺时限，没有办理延长手续。"
)
SAID = "六月起窗口按科室通知收取勘查费，收据由科室统一保管。\n没有看到过收费的文件，也没有向申请人说明依据。\n超时的几件是因为勘查人员外出，没有人告知可以延长。"
LETTER = "请查明2016年6月至8月窗口收取“现场勘查费”的依据、金额和票据情况，查明同类办件超过承诺时限的原因；有违规收费的，说明退还的办法和期限。"
ORIGIN = {"origin": "转办函", "origin_number": "诉2016-5M8WQ2RB-转函1"}
FOR_UNIT = {"to": UNIT, "letter": LETTER, "due": "2016年9月30日", "phone": "0371-63520001"}
OUTSIDE = FOR_UNIT | {"to": "金水区监察局", "due": ""}
ASKED = [
    {"on": "2016年9月12日", "asked": "本人自行回避", "person": "王某", "ground": "有其他关系，可能影响公正处理", "reason": "配偶在该窗口工作。", "outcome": "回避"},
    {"on": "2016年9月13日", "asked": "被投诉人申请", "person": "李某", "ground": "经办、审批过所投诉的事项，或者在本件中当过证人", "reason": "", "outcome": "不回避"},
]
DECISION = {
    "respondent": UNIT, "claims": TEXT, "facts": FACTS, "conclusion": "属实", "handling": "责令停止收取“现场勘查费”，全部退还；对有关负责人提出问责建议。",
    "basis": "《金水区“五单一网”运行投诉处理暂行办法》第五条（一）、（七）；《金水区行政事业性收费目录清单》（2016年第二版）。",
    "duties": [[UNIT, "退还2016年6月至8月所收“现场勘查费”，在窗口公示退费办法", "2016年10月21日"], [UNIT, "修订窗口收件规程，报本机关备查", "决定之日起十个工作日"]],
}  # fmt: skip

PAPERS: dict[str, tuple[str, str, dict]] = {
    "行政权责运行投诉受理登记表": ("complaint_registered", BODY, {
        "complainant": "赵某（身份信息封存，见受理编号）", "respondent": UNIT, "item": "占用城市道路许可", "text": TEXT, "evidence": "缴费时的手机照片两张，办件通知单一张", "limit": "2016年10月12日"}),
    "受理告知书": ("complaint_accepted", BODY, {"limit": "2016年10月12日"}),
    "不予受理告知书": ("complaint_refused", BODY, {
        "article": "第六条（二）", "ground": REFUSALS["6-2"].name,
        "reasons": "同一收费行为已经由金水区人民法院立案审理，案件尚未审结。", "pointer": REFUSALS["6-2"].pointer,
        "answer": "2016年7月18日曾以书面答复说明收费依据。", "way": "邮寄"}),
    "补正通知书（投诉）": ("complaint_asked", BODY, {"asked": "一、缴费的票据、照片或者转账记录；\n二、办件通知单或者办件编号。", "limit": "2016年9月13日"}),
    "批转单": ("complaint_assigned", OFFICE, {
        "item_kind": "行政许可", "handler": BODY, "basis": "第九条（二）：情形（一）、（七），由法制办处理", "limit": "2016年9月12日"}),
    "听取意见笔录": ("complaint_heard", BODY, {"side": "被投诉人", "way": "当面谈话，作笔录", "heard": "2016年9月13日", "present": "钱某、孙某", "said": SAID, "files": "3"}),
    "通知陈述意见情况记录": ("complaint_unheard", BODY, {
        "side": "投诉人", "heard": "2016年9月13日", "present": "钱某、孙某", "said": "9月12日、13日按所留的方式联系两次，均无人应答；已在查询页留言，请其补充陈述。"}),
    "质证通知书（投诉人）": ("complaint_called", BODY, {"said": "时间：2016年9月20日（星期二）上午9时。\n地点：区政府综合办公楼二楼接待室。\n问题：收费的经过，票据的真伪。"}),
    "质证通知书（被投诉人）": ("complaint_called_unit", BODY, {"to": UNIT}),
    "质证笔录": ("complaint_confronted", BODY, {"heard": "2016年9月20日", "present": "钱某、孙某", "respondent": UNIT, "said": SAID, "files": "2"}),
    "回避决定书": ("complaint_recused", BODY, {
        "asked": ASKED, "basis": "机关负责人决定", "reasons": "自行回避的情形属实；申请回避的，经核对没有经办、审批记录。", "decider": "周某", "decided": "2016年9月14日"}),
    "延期审批表": ("complaint_extended", BODY, {
        "before": "2016年10月12日", "until": "2016年11月2日", "reasons": "涉及三个月四十一件办件，票据分散在三个科室，需要逐件核对。",
        "told": "您反映的收费需要逐件核对票据，办理期限延长到2016年11月2日。", "head": "周某", "approved": "2016年9月26日"}),
    "调查处理决定书": ("complaint_decision", BODY, DECISION),
    "调查处理决定书（抄报）": ("complaint_decision_copy", BODY, DECISION),
    "调查处理决定书（没有执行事项）": ("complaint_decision", BODY, DECISION | {"conclusion": "不属实", "duties": [], "handling": "没有发现清单以外的收费。"}),
    "结果告知书": ("complaint_result", BODY, {
        "conclusion": "属实", "said": "窗口收取的“现场勘查费”没有依据，已责令停止并全部退还。\n请凭办件通知单到该窗口办理退费，不需要另交证明。", "way": "邮寄", "about_office": ""}),
    "转办函": ("complaint_handover", BODY, FOR_UNIT),
    "协助调查通知书": ("complaint_assistance", BODY, FOR_UNIT),
    "提供资料通知书": ("complaint_materials", BODY, FOR_UNIT),
    "限期履行通知书": ("complaint_performance", BODY, FOR_UNIT),
    "责令停止违法行为通知书": ("complaint_stop", BODY, FOR_UNIT),
    "追究行政执法责任的意见和建议": ("complaint_liability_advice", BODY, OUTSIDE),
    "行政问责的意见和建议": ("complaint_accountability_advice", BODY, OUTSIDE | {"due": "2016年10月31日"}),
    "移送函": ("complaint_offence", BODY, OUTSIDE),
    "执行通知书": ("complaint_execution", BODY, FOR_UNIT),
    "退回重新办理通知书": ("complaint_returned", BODY, ORIGIN | {
        "to": UNIT, "back": "一、没有说明三十六件收费的票据在哪里；\n二、没有写明科室通知的签发人和日期。", "due": "2016年10月10日"}),
    "逾期理由询问书": ("complaint_reason_asked", BODY, ORIGIN | {"to": UNIT, "due": "2016年9月20日", "limit": "2016年10月8日"}),
    "处理情况报告": ("complaint_report", UNIT, ORIGIN | {"to": BODY, "reported": FACTS, "files": "4"}),
    "责任移送函": ("complaint_referred", BODY, ORIGIN | {
        "to": "金水区监察局", "unit": UNIT, "kind": "default", "article": "第十九条", "facts": "经询问，该单位称人手不足，没有提供证明材料，至今没有退还。",
        "words": "建议对分管负责人和直接责任人员予以问责。", "sign": "金法函〔2016〕8号", "due": "2016年9月20日"}),
}  # fmt: skip


def plain(name: str) -> dict:
    """The paper of this name in its plain form, numbered as an issued one."""
    key, body, said = PAPERS[name]
    template = next(t for t in LETTERS if t.key == key)
    values = {f.key: "" for f in template.fields} | CASE | {"grounds": GROUNDS} | said
    return as_data(template.write(values, body, DAY), Marks(number=f"{CASE['number']}-{LETTERS[template]}7"))
