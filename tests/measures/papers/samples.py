"""Every paper of a day in October 2016, as full as they come in practice: what each template is given, and by whom it is made."""

from __future__ import annotations

from datetime import date

from qingdan.kernel.papers.content import Check, Marks, as_data, spell_digest
from qingdan.kernel.papers.templates import SERIES
from qingdan.measures.adjustment.papers.catalogue import TEMPLATES
from qingdan.measures.adjustment.registers import book

DAY = date(2016, 10, 26)
CHECK = Check("K7QF-9M2D-4HTX-0ABC", "https://zwfw.jinshui.example/verify/K7QF9M2D4HTX0ABC/")
OFFICE, UNIT, LEAD = "金水区政务服务改革管理办公室", "金水区城市管理局", "金水区人民政府法制办公室"
EGOV = "金水区电子政务中心"
MATTER = "变更“城市道路挖掘许可”"
CASE = {"number": "调2016-0017", "list": "行政审批事项清单", "unit": UNIT, "matter": MATTER}
CHANGES = [
    ["法律依据", "《城市道路管理条例》第三十三条", "《城市道路管理条例》第三十三条；《河南省市政设施管理办法》第二十一条"],
    ["运行流程", "受理：窗口收件（1个工作日）\n审查：现场勘查（3个工作日）\n决定：局长签批（1个工作日）",
     "受理：窗口或者网上收件（当日）\n审查：现场勘查（2个工作日）\n决定：分管副局长签批（1个工作日）"],
    ["承诺时限", "5个工作日", "3个工作日"],
    ["受理条件", "建设单位持规划许可、施工组织设计、交通组织方案和修复保证金缴纳凭证提出申请。", "建设单位持规划许可和施工组织设计提出申请；不再要求缴纳修复保证金。"],
    ["联系电话", "0371-63520001", "0371-63520009"],
]  # fmt: skip
NEW = [[label, "（无）", after] for label, _, after in CHANGES]
OPINION = "依据修改后的管理办法，流程由五个环节减为三个环节，取消修复保证金，承诺时限相应缩短；现场勘查的标准和裁量基准没有变化。"
REVIEWS = [[LEAD, "审核同意", "2016年10月17日"], ["金水区机构编制委员会办公室", "修改后同意", "2016年10月18日"], ["金水区财政局", "视为同意", "2016年10月19日"]]
FIGURES = ["收到申请", "退回补正", "转办", "审核同意", "审核不同意", "视为同意", "核准", "不予核准", "确认逾期，视为无异议", "公布", "备案", "撤回", "期末在办"]
STEPS = ["10-08", "10-09", "法制办 10-12\n编办 视为", "10-13", "10-14", "—", "10-17", "10-18", "10-19", "—"]
WANTED = {"opinion": OPINION, "changes": CHANGES, "limit": "2016年11月2日", "done": "2016年10月26日"}
EXTENSION = {"cause_day": "2016年10月10日", "due": "2016年10月24日", "until": "2016年11月14日", "opinion": "省里的实施细则预计十一月初出台，届时一并调整，以免一个月内两次变更。"}

PAPERS: dict[str, tuple[str, str, dict]] = {
    "调整申请及调整意见": ("application", UNIT, {
        "to": OFFICE, "ground": "（二）所依据的法律、法规、规章修改或者废止", "cause": "省人民政府公布修改后的市政设施管理办法，自2016年10月10日起施行。",
        "cause_day": "2016年10月10日", "evidence": "省政府令第178号全文及新旧对照表", "wished": "2016年11月15日"}),
    "延期申请": ("extension_request", UNIT, EXTENSION | {"to": OFFICE}),
    "延期答复（批准）": ("extension_answer", OFFICE, EXTENSION | {"to": UNIT, "granted": "批准"}),
    "延期答复（不批准）": ("extension_answer", OFFICE, EXTENSION | {"to": UNIT, "granted": "不批准", "opinion": "细则的出台日期没有确定，请先按现行规定提出申请。"}),
    "补正通知书": ("return_notice", OFFICE, {"to": UNIT, "opinion": "一、修改后的管理办法全文；\n二、现场勘查的岗位设置和经办人执法证号；\n三、与区财政局就取消保证金协商的记录。"}),
    "转办意见（转办单）": ("referral", OFFICE, {
        "received": "2016年10月12日", "leads": f"{LEAD}、金水区机构编制委员会办公室、金水区财政局", "chief": LEAD, "opinion": "请重点审核取消保证金的依据。"}),
    "审核意见": ("opinion", LEAD, {"to": OFFICE, "verdict": "修改后同意"}),
    "会审通知": ("joint_notice", OFFICE, {
        "to": f"{LEAD}、金水区财政局、{UNIT}", "members": f"{LEAD}、金水区财政局、{UNIT}",
        "opinion": "时间：2016年10月28日（星期五）上午9时，会期半天。\n地点：区政府综合办公楼五楼第三会议室。\n议题：取消修复保证金后的监管措施；承诺时限缩短后岗位的衔接。"}),
    "联合会审意见": ("joint_opinion", OFFICE, {
        "to": UNIT, "members": f"{LEAD}、金水区财政局、{UNIT}", "signers": f"{LEAD}、金水区财政局", "unsigned": UNIT,
        "opinion": f"一、同意取消修复保证金。\n二、{OPINION}\n三、施工单位未按期修复的，由城市管理局代为修复，费用依法追缴；追缴的程序另行纳入权责清单。"}),
    "核准意见": ("approval", OFFICE, {"to": UNIT, "verdict": "同意，修改后核准", "reviews": REVIEWS, "copies": f"{LEAD}、金水区机构编制委员会办公室、金水区财政局"}),
    "核准意见（新增事项）": ("approval", OFFICE, {
        "to": UNIT, "matter": "新增“占用城市道路临时停车备案”", "verdict": "同意，按申请的内容核准", "reviews": REVIEWS, "changes": NEW}),
    "确认回执": ("receipt", UNIT, {"office": OFFICE, "approved": "同意，修改后核准（2016年10月25日）", "verdict": "无异议"}),
    "复审申请及意见": ("review_request", UNIT, {
        "to": OFFICE, "objected": "2016年10月25日", "opinion": "三个工作日不足以完成现场勘查：主干道挖掘须会同交警夜间勘查。\n建议承诺时限改为四个工作日，其余内容无异议。"}),
    "复审意见": ("review_opinion", "金水区机构编制委员会办公室", {"to": OFFICE, "verdict": "同意", "opinion": "申请单位的理由成立，建议承诺时限为四个工作日。"}),
    "复审结论": ("conclusion", OFFICE, {"to": UNIT, "verdict": "按下列内容调整", "reviews": REVIEWS[:2], "copies": LEAD}),
    "转告调整意见": ("forwarding", OFFICE, {"to": EGOV, "basis": "申请单位逾期未确认，视为无异议（第八条）", "opinion": "办事指南的流程图请一并更换。"}),
    "配网公布回执": ("publication", EGOV, {
        "result": "已公布", "url": "http://zwfw.jinshui.example/item/410105-027-01-101-00", "receipt": "金电政回〔2016〕17号（2016年10月26日）",
        "digest": spell_digest("9f8b09e1f48c90de" * 4), "opinion": "已在区政务服务网更新办事指南和流程图。"}),
    "本部门更新证明": ("own_site", UNIT, {
        "published": "2016年10月25日", "url": "http://www.jinshui.example/027/410105-027-01-101-00.html", "opinion": "部门网站、办事大厅公示栏和办事指南单页均已更换。",
        "proofs": [["本部门网站页面", "本部门网页.html", spell_digest("db9adfb30ea15bf0" * 4)], ["办公场所照片", "大厅公示栏.jpg", spell_digest("f12bbafd98a0f7df" * 4)]]}),
    "备案报告": ("filing", UNIT, {"to": OFFICE}),
    "本单位调整办法备案函": ("unit_rule", UNIT, {
        "to": OFFICE, "title": "金水区城市管理局“五单一网”运行清单动态调整实施办法", "rule_number": "金城管〔2016〕31号", "adopted": "2016年10月20日",
        "file": "城管局清单动态调整实施办法.pdf", "digest": spell_digest("96eb1be7eba022db" * 4), "opinion": "该办法经局长办公会研究通过。"}),
    "清单动态调整台账": ("book", OFFICE, {
        "columns": ["编号", "事项", *(step.name for step in book.STEPS), "状态"],
        "lines": [[f"调2016-{n:04}", f"变更：第{n}项城市道路挖掘许可（城管局）", *STEPS, "已公布"] for n in range(1, 13)]}),
    "月度统计分析汇总报告": ("monthly", OFFICE, {
        "to": "金水区人民政府", "figures": [[label, str(n)] for n, label in enumerate(FIGURES)], "copies": "区委办公室，区人大常委会办公室，区政协办公室",
        "opinion": f"2016年9月26日至2016年10月25日，全区清单动态调整收到申请7件，公布5件。\n{OPINION}\n下一步，督促各单位在法定期限内完成本部门网站的更新。",
        "groups": [[f"单位：{name}", "2", "1", "1", "0"] for name in ("城管局", "财政局", "住建局", "教体局")],
        "late": [["法制办", "第七条（三）", "1"], ["政务办", "第七条（四）", "1"]]}),
    "追责建议": ("accountability", OFFICE, {
        "to": "金水区监察局", "unit": UNIT, "duty": "更新本部门网站和办公场所", "article": "第七条（五）", "due": "2016年10月19日", "fault": "更新不及时",
        "decided": "2016年10月25日", "reasons": "公布回执当日送达，经电话催办两次，至2016年10月24日仍未更新，期间有三名申请人按旧指南备料。",
        "advice": "责令书面检查，限期更新；对分管负责人约谈提醒；纳入本季度绩效考评。"}),
}  # fmt: skip


def plain(name: str) -> dict:
    """The paper of this name in its plain form, numbered and checked as an issued one."""
    key, body, said = PAPERS[name]
    template = next(t for t in TEMPLATES if t.key == key)
    values = WANTED | CASE | {"month": "2016年10月", "period": "2016年9月26日至2016年10月25日"} | said
    marks = Marks(f"金政务办{SERIES[template.layout]}〔2016〕17号", "第17期", CHECK)
    return as_data(template.write(values, body, DAY), marks)
