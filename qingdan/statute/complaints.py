"""投诉处理暂行办法 (twenty-two articles): how a complaint comes in, to whom it goes, how it is looked into and decided, and what follows.

In the order of the articles, as in `adjustment.py`. What a unit is handed, ordered or has to carry out is a case of its own,
a child of the complaint: the unit sees that case and nothing of the complaint. The complainant is a party without an office: what 投诉人 owes is
never late in law, and what 投诉人 does comes through the query code.
"""

from datetime import date

from .complaints_readings import READINGS
from .roles import COMPLAINANT, DISTRICT, HANDLER, OBLIGED, OFFICE
from .terms import AsOrdered, Extension, Law, Source, Workdays, may, must, opens

CODE = "诉"
CHOICE, ORDER = Source.CHOICE, Source.ORDER
BEFORE_ACCEPTANCE = "D15|S14|D16|D16a|D16c|D16e|D16f|S12|S12d"

LAW_2016 = Law(CODE, date(2016, 5, 6), (
    # 第九条 提出；第三条 统筹
    opens("P1", "第九条", OFFICE, "receive_at_office"),
    opens("P2", "第九条", HANDLER, "receive_directly"),
    opens("P3", "第三条", DISTRICT, "receive_about_office",
          choice="投诉政务办的，政务办不经手：由区政府登记并指定处理机关"),

    # 第十条 登记、批转
    must("D15", "第十条", OFFICE, "assign", after="receive_at_office", since="received_day", within=Workdays(2),
         choice="自收到之日起算；收到时间按渠道登记"),
    may("S14m", "第三条", OFFICE, "pass_to_district", while_owed="D15", releases="D15",
        choice="登记后发现投诉的是政务办的，移送区政府指定，政务办此后不再经手"),
    must("S14", "第三条", DISTRICT, "assign_by_district", after="receive_about_office|pass_to_district",
         since="received_day", within=Workdays(2), source=CHOICE, choice="比照批转的 2 个工作日"),

    # 第十条 受理或者不予受理
    must("D16", "第十条", HANDLER, "accept|decline|ask_evidence|transfer", after="assign|receive_directly",
         since="received_day", within=Workdays(2), choice="不予受理的决定和理由在同样的 2 个工作日内作出"),
    must("D16a", "第十条", HANDLER, "accept|decline|ask_evidence", after="assign_by_district", within=Workdays(2)),
    must("D34", "第十条", COMPLAINANT, "give_evidence", after="ask_evidence", within=Workdays(5), source=CHOICE,
         releases="D16c", choice="补正期限条文未定，5 个工作日；收到初步证据之日起重新计算受理期限"),
    must("D16c", "第十条", HANDLER, "accept|decline", after="ask_evidence", within=Workdays(7), releases="D34",
         choice="没有收到初步证据的，自补正的 5 个工作日届满之日起重新计算 2 个工作日"),
    may("S15", "第十条", HANDLER, "decline_unproven", while_owed="D34", past_due=True, releases="D34|D16c",
        choice="补正期满没有初步证据的，依第十条不予受理并说明理由，可以再次提出"),
    must("D16e", "第十条", HANDLER, "accept|decline|decline_unproven", after="give_evidence", within=Workdays(2)),

    # 第九条 收错的、有争议的
    must("S12", "第九条", HANDLER, "accept|decline|ask_evidence|dispute", after="transfer", within=Workdays(2),
         choice="收错的在 2 个工作日内转给应当处理的机关并告知投诉人；只转一次，期限自后一机关收到之日起算"),
    must("S12d", "第九条", OFFICE, "assign_disputed", after="dispute", within=Workdays(2), source=CHOICE,
         choice="后一机关也认为不归自己的，由政务办指定"),
    must("D16f", "第十条", HANDLER, "accept|decline|ask_evidence", after="assign_disputed", within=Workdays(2)),

    # 第十一条 移交：转办函一人起草、另一人审核；接受交办的单位是另一件
    may("D17d", "第十一条", HANDLER, "draft_handover", while_owed="D18",
        choice="移交只用脱敏转办函，不带原件、不带身份；要求保密的和涉及单位领导的，不移交被投诉单位"),
    must("T7", "第十一条", HANDLER, "approve_letter|reject_letter", after="draft_handover|draft_order", source=CHOICE,
         choice="发给单位的文书由起草以外的另一人审核"),
    opens("P4", "第十一条", HANDLER, "hand_over"),
    must("D17", "第十一条", OBLIGED, "report_findings", after="hand_over|return_findings", within=AsOrdered(), source=ORDER,
         choice="限定时间由交办机关写明，须早于办理期限届满 3 个工作日"),
    must("O8", "第十一条", HANDLER, "accept_findings|return_findings", after="report_findings", source=CHOICE,
         choice="对查处情况进行监督：采纳，或者退回重查并另定日期"),
    may("D17t", "第十一条", HANDLER, "take_back", while_owed="D17|O8", releases="D17|O8", choice="逾期不报的、查处不力的，收回自己调查"),

    # 第十二条 听取意见、质证
    must("O9c", "第十二条", HANDLER, "hear_complainant|note_complainant_unheard", after="accept",
         choice="作出决定以前，有投诉人的陈述，或者通知了而没有陈述的记录"),
    must("O9r", "第十二条", HANDLER, "hear_respondent|note_respondent_unheard", after="accept",
         choice="作出决定以前，有被投诉人的陈述，或者通知了而没有陈述的记录"),
    may("O9m", "第十二条", HANDLER, "hear_complainant|hear_respondent|record_finding", while_owed="D18"),
    may("S20", "第十二条", HANDLER, "call_confrontation", while_owed="D18", not_while="S20r",
        choice="必要时通知双方质证；要求保密的，没有投诉人同意不当面质证"),
    must("S20r", "第十二条", HANDLER, "confront|cancel_confrontation", after="call_confrontation"),

    # 第十三条 两名以上调查人员、回避
    must("Q3", "第十三条", HANDLER, "name_investigators", after="accept",
         choice="受理后指定两名以上调查人员；不足两名的，调查各步都不能办理"),
    may("Q3m", "第十三条", HANDLER, "add_investigator|remove_investigator|declare_no_interest|ask_recusal", while_owed="D18",
        choice="调查人员各自声明没有利害关系；自行回避、申请回避的由负责人决定"),
    must("S21", "第十三条", HANDLER, "decide_recusal", after="ask_recusal", releases="S21",
         choice="由机关负责人决定，负责人的回避由集体讨论或者区政府决定；决定以前不停止调查，但不作出处理决定"),

    # 第十四条 办理期限
    must("D18", "第十四条", HANDLER, "decide|decide_assigned", after="accept", within=Workdays(20),
         extension=Extension("extend_handling", HANDLER, Workdays(35), "第十四条", repeats=True),
         needs="Q3|O9c|O9r|T7|S20r|S21|S25d", releases="S23d",
         choice="处理完毕以决定书为准；延长可以不止一次，总共不超过 15 个工作日，期限届满以前由负责人批准并告知投诉人"),

    # 第十五条 七项措施：各为一件
    may("O10", "第十五条", HANDLER, "draft_order", while_owed="D18", choice="七项措施各有文书，一人起草、另一人审核"),
    opens("O10-1", "第十五条（一）", HANDLER, "order_assistance"),
    opens("O10-2", "第十五条（二）", HANDLER, "order_materials"),
    opens("O10-3", "第十五条（三）", HANDLER, "order_performance"),
    opens("O10-4", "第十五条（四）", HANDLER, "order_stop"),
    opens("O10-5", "第十五条（五）", HANDLER, "propose_liability"),
    opens("O10-6", "第十五条（六）", HANDLER, "propose_accountability"),
    opens("O10-7", "第十五条（七）", HANDLER, "refer_offence"),
    must("M12", "第十五条", OBLIGED, "answer_request", after="order_assistance|order_materials|return_answer", within=AsOrdered(), source=ORDER),
    must("M12r", "第十五条", HANDLER, "accept_answer|return_answer", after="answer_request", source=CHOICE),
    must("D20", "第十五条", OBLIGED, "report_performance", after="order_performance|order_stop|return_performance", within=AsOrdered(),
         source=ORDER, choice="规定时间由通知写明"),
    must("D20r", "第十五条", HANDLER, "accept_performance|return_performance", after="report_performance", source=CHOICE),
    must("M56", "第十五条", OBLIGED, "report_action", after="propose_liability|propose_accountability|refer_offence|return_action",
         within=AsOrdered(), source=ORDER, choice="建议和移送的，收到单位反馈处理情况；没有写日期的不计期限"),
    must("M56r", "第十五条", HANDLER, "accept_action|return_action", after="report_action", source=CHOICE),
    may("O10c", "第十五条", HANDLER, "cancel_order", while_owed="M12|M12r|D20|D20r|M56|M56r",
        releases="M12|M12r|D20|D20r|M56|M56r", choice="不再需要的，写明理由撤销"),

    # 第十六条 决定、执行、反馈
    may("S23", "第十六条", HANDLER, "draft_decision", while_owed="D18", not_while="S23d"),
    must("S23d", "第十六条", HANDLER, "return_decision", after="draft_decision", source=CHOICE,
         choice="决定书由调查人员起草，负责人签发或者退回"),
    must("D22", "第十六条", HANDLER, "tell_result", after="decide|decide_assigned|close_malicious", within=Workdays(3), source=CHOICE,
         choice="及时告知，目标 3 个工作日；没有联系方式的凭查询码查看"),
    opens("P6", "第十六条", HANDLER, "order_execution"),
    must("D21", "第十六条", OBLIGED, "report_execution", after="order_execution|return_execution", within=AsOrdered(Workdays(10)), source=ORDER,
         choice="日期写在决定书中，没有写的为 10 个工作日"),
    must("D21r", "第十六条", HANDLER, "accept_execution|return_execution", after="report_execution", source=CHOICE),
    may("D21c", "第十六条", HANDLER, "cancel_execution", while_owed="D21|D21r", releases="D21|D21r", choice="决定被依法撤销、变更的，不再执行"),

    # 第十八条至第二十条 责任：登记、移送，由人决定
    opens("O11-18", "第十八条", HANDLER, "register_obstruction"),
    must("O11a", "第十八条", HANDLER, "refer_liability|drop_liability", after="register_obstruction",
         choice="登记人以外的另一人决定移送或者不移送"),
    may("O11r", "第十九条", HANDLER, "ask_reason", while_owed="D17|M12|D20|M56|D21", past_due=True, not_while="O11g|O11d",
        choice="逾期的，先问有没有正当理由"),
    must("O11g", "第十九条", OBLIGED, "give_reason", after="ask_reason", within=Workdays(5), source=CHOICE),
    must("O11d", "第十九条", HANDLER, "accept_reason|register_default", after="give_reason", source=CHOICE),
    may("O11s", "第十九条", HANDLER, "register_silence", while_owed="O11g", past_due=True, releases="O11g", choice="问了不答的"),
    opens("O11-19", "第十九条", HANDLER, "open_default"),
    must("O11b", "第十九条", HANDLER, "refer_liability|drop_liability", after="open_default", choice="登记人以外的另一人决定移送或者不移送"),
    opens("O11-20", "第二十条", OFFICE, "register_misconduct", choice="投诉处理机关的由政务办登记"),
    must("O11c", "第二十条", OFFICE, "refer_liability|drop_liability", after="register_misconduct",
         choice="登记人以外的另一人决定移送或者不移送"),
    opens("O11-20d", "第二十条", DISTRICT, "register_office_misconduct", choice="政务办的由区政府登记"),
    must("O11e", "第二十条", DISTRICT, "refer_liability|drop_liability", after="register_office_misconduct"),

    # 第八条 恶意投诉（S25）、投诉人
    may("S25", "第八条", HANDLER, "propose_malicious", while_owed="D18", not_while="S25d", choice="认定恶意投诉须两人，写明理由，不设黑名单"),
    must("S25d", "第八条", HANDLER, "reject_malicious", after="propose_malicious", source=CHOICE),
    may("S25c", "第八条", HANDLER, "close_malicious", while_owed="S25d", releases="*", choice="提出人以外的负责人认定"),
    may("S17", "第八条", COMPLAINANT, "add_facts", while_owed=f"{BEFORE_ACCEPTANCE}|D18",
        choice="凭查询码补充事实和材料"),
    may("S3c", "第八条", COMPLAINANT, "withdraw_complaint", while_owed=f"{BEFORE_ACCEPTANCE}|D18", releases="*",
        choice="投诉人可以撤回；公共利益所需的，机关可以另行查处"),
))  # fmt: skip

EDITIONS = (LAW_2016,)

__all__ = ["CODE", "EDITIONS", "LAW_2016", "READINGS"]
