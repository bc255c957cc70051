"""Acts by their names in the offices' own words; the buttons, timelines and refusals all speak from here."""

from __future__ import annotations

from collections.abc import Iterable

ACTS: dict[str, str] = {
    "publish_initial": "首次入库公布",
    "move_items": "单位变动，事项划转",
    "cause_arose": "登记调整情形",
    "apply": "提交调整申请",
    "ask_extension": "申请延期",
    "grant_extension": "批准延期",
    "deny_extension": "不批准延期",
    "close_without_change": "无需调整，结束",
    "refer": "转办",
    "return_once": "一次性退回补正",
    "reapply": "补正后重新提交",
    "return_unfiled": "逾期未补正，退回",
    "add_lead": "补充转办",
    "agree": "审核同意",
    "agree_amended": "修改后同意",
    "disagree": "审核不同意",
    "deemed_agreed": "视为同意",
    "announce_joint": "告知属交叉事项",
    "convene_joint": "发出会审通知",
    "decline_joint": "不组织会审",
    "issue_joint_opinion": "出具联合会审意见",
    "sign_joint": "会签联合会审意见",
    "approve": "核准",
    "approve_amended": "修改后核准",
    "refuse": "不予核准",
    "refer_to_meeting": "提交研判会商",
    "settle_by_meeting": "记录会商意见",
    "confirm": "确认无异议",
    "object": "提出异议",
    "deemed_unopposed": "视为无异议",
    "accept_refusal": "对不予核准无异议",
    "object_refusal": "对不予核准提出异议",
    "refusal_deemed_unopposed": "对不予核准视为无异议",
    "request_review": "提交复审意见",
    "drop_objection": "撤回异议",
    "drop_objection_refused": "撤回对不予核准的异议",
    "confirm_waived": "确认放弃复审",
    "confirm_waived_refused": "确认放弃对不予核准的复审",
    "refer_review": "交付复审",
    "review_agree": "复审同意",
    "review_disagree": "复审不同意",
    "conclude_review": "复审结论：调整",
    "conclude_review_refused": "复审结论：不调整",
    "send_review_up": "复审提交会商",
    "forward": "转告公布",
    "publish": "配网公布",
    "report_failure": "回执公布失败",
    "update_own_site": "登记本部门网站和办公场所已更新",
    "update_own_site_to_file": "登记本部门已更新（需备案）",
    "withdraw": "撤回申请",
    "own_list_adjusted": "登记本单位清单调整",
    "own_list_logged": "登记本单位清单其他变动",
    "file_own": "报送备案",
    "basis_repealed": "依据废止",
    "suspend_item": "确认暂停行使",
    "keep_in_force": "确认继续行使",
    "resume_item": "恢复行使",
    "month_began": "新的一月",
    "report_month": "上报月度报告",
}


OUTSIDE: dict[str, str] = {
    "open_application": "登记含几个事项的申请",
    "redate": "放假安排变更，重新计算期限",
    "succeed": "单位变动，由继受单位承接",
    "change_office": "登记单位变动",
    "doubt_lapse": "提出视为的效果不成立",
    "annul_lapse": "认定视为的效果不成立",
    "keep_lapse": "认定视为的效果成立",
    "create_office": "新增单位",
    "give_role": "授予单位角色",
    "create_person": "建立账号",
    "appoint": "任命职务",
    "change_password": "修改密码",
    "renew_password": "用重设码设置密码",
    "ask_account": "提出授权或者重设",
    "confirm_account": "确认授权或者重设",
    "reject_account": "退回授权或者重设",
    "deactivate": "停用账号",
    "set_leave": "登记代办",
    "ask_leave": "提出代办登记",
    "confirm_leave": "确认代办登记",
    "end_leave": "结束代办",
    "first_keeper": "首任三员",
    "add_factor": "添加二次验证",
    "remove_factor": "移除二次验证",
    "renew_recovery_codes": "生成恢复码",
    "propose_calendar": "录入放假安排",
    "adopt_calendar": "采用放假安排",
    "reject_calendar": "退回放假安排",
    "release_calendar": "随系统更新的放假安排生效",
    "confirm_clock": "确认时钟",
    "hold_lapses": "视为的效果待核对",
    "confirm_lapses": "核对视为的效果",
    "check_basis": "核对依据",
    "enter_law_change": "登记法律变动",
    "sweep_repeal": "按日处理废止",
    "file_rule": "登记本单位办法",
    "issue_paper": "签发文书",
    "attach_scan": "附上文书扫描件",
    "correct_paper": "更正重发文书",
    "withdraw_paper": "作废文书",
    "register_check": "登记抽查",
    "amend_check": "更正或者补充抽查记录",
    "set_mail": "登记邮箱",
    "register_false_report": "登记漏报、瞒报、虚报",
    "read_sealed": "查看保密内容",
    "ask_unlock": "申请查看身份信息",
    "grant_unlock": "同意查看身份信息",
    "deny_unlock": "不同意查看身份信息",
    "end_unlock": "提前结束查看",
    "wrap_anew": "轮换保密库密钥",
    "shred_sealed": "销毁保密内容",
    "entrust": "设立身份保管员",
    "end_custody": "解除身份保管员",
    "amend_false_report": "更正或者补充漏报、瞒报、虚报的登记",
}
"""Acts outside any case or over all of them, which no row of a measure names."""


def label(act: str) -> str:
    """The name of an act in the offices' words; an act without one is shown by its key."""
    return ACTS.get(act) or OUTSIDE.get(act, act)


DUTIES: dict[str, dict[str, str]] = {
    "调": {
        "D1": "提交调整申请",
        "D2": "答复延期申请",
        "D3": "转办调整申请",
        "S48": "补正调整申请",
        "D3r": "转办补正后的申请",
        "D4": "反馈审核意见",
        "D5c": "决定是否组织会审",
        "D6": "出具联合会审意见",
        "D6s": "会签联合会审意见",
        "D7": "出具核准意见",
        "S5": "记录会商意见",
        "D8": "确认核准意见",
        "D8n": "确认不予核准意见",
        "D9": "提交复审意见",
        "D9n": "提交对不予核准的复审意见",
        "S7a": "交付复审",
        "S7b": "反馈复审意见",
        "S7": "作出复审结论",
        "S7u": "作出会商后的复审结论",
        "D10": "转告公布",
        "D11": "配网公布",
        "D12": "更新本部门网站和办公场所",
        "D13": "报送备案",
        "X5": "确认是否暂停行使",
        "D14": "上报月度报告",
    },
}
"""What a duty is called where there is room for one short name: in a reminder, in a calendar."""


def name_of(measure: str, row: str) -> str:
    """The short name of a duty, "" where it has none."""
    return DUTIES.get(measure, {}).get(row, "")


def owed(measure: str, row: str, acts: Iterable[str]) -> str:
    """The short name of a duty; one without a name is called by the acts that fulfil it."""
    return name_of(measure, row) or "、".join(dict.fromkeys(label(act) for act in acts))
