"""The declared policy, to be read by anybody who has to judge it: every page, who may use it, with which methods, and within which bounds.

What is not here is refused: a name without a line to everybody (403), a method that its line does not name to everybody (405).
`qingdan policy` prints it as a table; docs/policy.md holds that table. The bounds of a page (which case, which file) are kept by
the room's `visible_to`: what lies outside them answers like what does not exist (404).
"""

from __future__ import annotations

from dataclasses import dataclass

from .audiences import (
    ACCOUNTS,
    AUDIT,
    COMPLAINT_OFFICE,
    COMPLAINTS,
    DEMONSTRATION,
    KEEPERS,
    OFFICE_ONLY,
    PUBLIC,
    REGISTRARS,
    SECURITY,
    STAFF,
    SYSTEM,
    Audience,
)  # fmt: skip

LOOK = ("GET", "HEAD")
FORM = ("GET", "HEAD", "POST")
SEND = ("POST",)

SEEN_CASES = "本单位可以查看的案件"  # measures.adjustment.access.visible_to
KNOWN = "本单位可以知道的投诉"  # measures.complaints.access.visible_to
ERRANDS = "写给本单位的，和本单位可以知道的投诉发出的"  # measures.complaints.access.errands_visible_to
ERRANDS_READ = "写给本单位的，和本单位发出的"
ANSWERABLE = "本单位可以知道的投诉的；责任单位看不到"  # measures.complaints.access.liabilities_visible_to
OWN = "本单位的"
OF_DISPOSAL = "本单位办理的投诉"  # measures.complaints.disposing.of, .due
OF_UNLOCKS = "本人提出的，和本人担任身份保管员的单位的"
SIGNED = ("publish", "issue_joint_opinion", "sign_joint")
"""Publication and signatures among the acts of a case: who does one of them confirms who they are."""


@dataclass(frozen=True)
class Page:
    """One address: what it is, who may use it, with which methods; `within`: which objects behind it, where not all.

    `sure`: with which of its methods the person shows again who they are (再次确认), where that was long ago; `acts`: only for these acts.
    """

    what: str
    audience: Audience
    methods: tuple[str, ...]
    within: str = ""
    sure: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()

    def asks_again(self, method: str | None, act: str) -> bool:
        """Is this one of the methods, and one of the acts, for which a person confirms who they are?"""
        return method in self.sure and (not self.acts or act in self.acts)


DECLARED: dict[str, Page] = {
    # portal: the public's face
    "portal:home": Page("首页和查找", PUBLIC, LOOK),
    "portal:list": Page("一张清单", PUBLIC, LOOK),
    "portal:list_csv": Page("一张清单的表格文件", PUBLIC, LOOK),
    "portal:compare": Page("清单两日对照", PUBLIC, LOOK),
    "portal:item": Page("一个事项", PUBLIC, LOOK),
    "portal:item_on": Page("一个事项某日的样子", PUBLIC, LOOK),
    "portal:item_version": Page("一个事项的某一版", PUBLIC, LOOK),
    "portal:item_compare": Page("一个事项两日对照", PUBLIC, LOOK),
    "portal:bases": Page("依据文件", PUBLIC, LOOK),
    "portal:basis": Page("一份依据文件", PUBLIC, LOOK),
    "portal:basis_article": Page("依据文件的一条", PUBLIC, LOOK),
    "portal:rules": Page("办理规则", PUBLIC, LOOK),
    "portal:measure": Page("一个办法的规则", PUBLIC, LOOK),
    "portal:due": Page("工作日计算", PUBLIC, LOOK),
    "portal:ledger": Page("台账摘要：每日的链首", PUBLIC, LOOK),
    "portal:ledger_csv": Page("台账摘要的表格文件", PUBLIC, LOOK),
    "portal:receipt_check": Page("核对回执", PUBLIC, FORM),
    "portal:complaint": Page("提出投诉", PUBLIC, FORM),
    "portal:complaint_status": Page("查看投诉的进展，补充，撤回，答满意度，再次投诉", PUBLIC, FORM, "持有受理编号和查询码的人"),
    "portal:complaint_receipt": Page("下载回执", PUBLIC, SEND, "本系统签发的回执"),
    "portal:complaint_leave": Page("离开并清除痕迹", PUBLIC, SEND),
    "portal:contacts": Page("投诉处理机关的联系方式，公开", PUBLIC, LOOK),
    "portal:figures": Page("投诉的统计，公开", PUBLIC, LOOK, "政务办决定公布的季度"),
    "portal:figures_csv": Page("一个季度投诉的统计，表格文件", PUBLIC, LOOK, "政务办决定公布的季度"),
    "portal:verify": Page("核验文书", PUBLIC, LOOK),
    "portal:verify_code": Page("核验一份文书", PUBLIC, FORM),
    "portal:preview": Page("公布前的预览", STAFF, LOOK, f"{SEEN_CASES}，{OWN}草稿"),
    # desk: the staff's face
    "desk:login": Page("登录", PUBLIC, FORM),
    "desk:logout": Page("退出登录", PUBLIC, SEND),
    "desk:inbox": Page("待办", STAFF, LOOK, f"{OWN}期限"),
    "desk:cases": Page("案件", STAFF, LOOK, SEEN_CASES),
    "desk:keep_filter": Page("保存常用条件", STAFF, SEND, "本人的和本单位共用的条件"),
    "desk:case": Page("一个案件", STAFF, LOOK, SEEN_CASES),
    "desk:why": Page("为什么是这一天", STAFF, LOOK, SEEN_CASES),
    "desk:notices": Page("提醒", STAFF, LOOK, f"{OWN}提醒"),
    "desk:notices_read": Page("标为已读", STAFF, SEND, f"{OWN}提醒"),
    "desk:wordings": Page("提醒文字", OFFICE_ONLY, LOOK),
    "desk:wording": Page("一种提醒的文字", OFFICE_ONLY, FORM),
    "desk:mail": Page("邮件", STAFF, FORM, "本人的邮箱和邮件"),
    "desk:feeds": Page("日历订阅", STAFF, LOOK, "本人的订阅"),
    "desk:feed_make": Page("生成订阅地址", STAFF, SEND, "本人的订阅"),
    "desk:feed_revoke": Page("撤销订阅地址", STAFF, SEND, "本人的订阅"),
    "desk:calendars": Page("时钟与日历", OFFICE_ONLY, FORM, sure=SEND),
    "desk:calendar": Page("一年的放假安排", OFFICE_ONLY, FORM, sure=SEND),
    "desk:clock": Page("核对时钟", OFFICE_ONLY, SEND, sure=SEND),
    "desk:hold": Page("核对一批视为的效果", OFFICE_ONLY, SEND, sure=SEND),
    # leave: 代办
    "leave:own": Page("我的代办", STAFF, FORM, "本人的职务", sure=SEND),
    "leave:end": Page("结束代办", STAFF, SEND, "本人登记的、本人职务的代办"),
    "leave:stand": Page("代办，或者改回本人名义", STAFF, SEND, "今天由本人代办的职务"),
    # accounts
    "accounts:own": Page("我的账号", ACCOUNTS, LOOK, "本人的账号"),
    "accounts:password": Page("修改密码", ACCOUNTS, FORM, "本人的账号"),
    "accounts:second": Page("登录的二次验证", PUBLIC, FORM, "密码刚刚核对过的人"),
    "accounts:passkey": Page("用通行密钥登录", PUBLIC, FORM),
    "accounts:totp": Page("启用动态口令", ACCOUNTS, FORM, "本人的账号", sure=FORM),
    "accounts:add_passkey": Page("添加通行密钥", ACCOUNTS, FORM, "本人的账号", sure=FORM),
    "accounts:recovery": Page("恢复码", ACCOUNTS, FORM, "本人的账号", sure=SEND),
    "accounts:remove_factor": Page("移除一项二次验证", ACCOUNTS, SEND, "本人的账号", sure=SEND),
    "accounts:oidc": Page("转到统一身份认证", PUBLIC, LOOK, "接入以后才有"),
    "accounts:oidc_back": Page("从统一身份认证回来", PUBLIC, LOOK, "接入以后才有"),
    "accounts:renew": Page("用重设码设置密码", PUBLIC, FORM, "持有两半重设码的人"),
    "accounts:people": Page("账号", KEEPERS, LOOK),
    "accounts:person": Page("一个账号", KEEPERS, LOOK),
    "accounts:new_person": Page("建立账号", SYSTEM, FORM, sure=FORM),
    "accounts:deactivate": Page("停用账号", KEEPERS, SEND, "别人的账号", sure=SEND),
    "accounts:ask": Page("提出授权或者重设", SECURITY, FORM, "别人的账号", sure=FORM),
    "accounts:requests": Page("授权和重设", SECURITY, LOOK),
    "accounts:request": Page("确认授权或者重设", SECURITY, FORM, "别人提出的、别人的账号", sure=SEND),
    "accounts:watch": Page("时钟核对", KEEPERS, LOOK, "件数和日期，不含案件内容"),
    "accounts:watch_clock": Page("核对时钟，三员", KEEPERS, SEND, sure=SEND),
    "accounts:watch_hold": Page("核对一批视为的效果，三员", KEEPERS, SEND, "件数和日期，不含案件内容", sure=SEND),
    "accounts:leaves": Page("代办的登记", SECURITY, LOOK),
    "accounts:ask_leave": Page("提出代办，本人已不在岗的", SECURITY, FORM, "别人的职务", sure=SEND),
    "accounts:leave": Page("确认或者结束一项代办", SECURITY, FORM, "别人提出的；本人经手的", sure=SEND),
    "accounts:log": Page("审计", AUDIT, LOOK, "不含案件内容"),
    "accounts:log_csv": Page("审计的表格文件", AUDIT, LOOK, "不含案件内容", sure=LOOK),
    "accounts:end": Page("结束其他登录", ACCOUNTS, SEND, "本人的登录"),
    "accounts:told": Page("账号变动已看", ACCOUNTS, SEND, "本人的账号"),
    "notices:feed": Page("日历订阅的内容", PUBLIC, LOOK, "订阅地址本身是凭证"),
    "files:download": Page("下载文件", STAFF, LOOK, f"{SEEN_CASES}和登记中的文件"),
    # vault: who may know who complained
    "vault:unlocks": Page("解锁申请", STAFF, LOOK, OF_UNLOCKS),
    "vault:ask": Page("申请查看身份信息", STAFF, FORM, "本人可以知悉的投诉", sure=SEND),
    "vault:unlock": Page("一项解锁申请", STAFF, FORM, OF_UNLOCKS, sure=SEND),
    "vault:identity": Page("查看身份信息", STAFF, FORM, "对本人、对这件投诉有效的同意", sure=SEND),
    "vault:seen": Page("谁看过", STAFF, LOOK, "本单位办理的投诉，由参与办理的人和身份保管员"),
    "vault:seen_print": Page("谁看过，打印", STAFF, LOOK, "本单位办理的投诉，由参与办理的人和身份保管员"),
    "vault:interests": Page("利害关系申报", STAFF, FORM, "本人的申报"),
    "vault:end_interest": Page("结束一项利害关系申报", STAFF, SEND, "本人的申报"),
    # lists
    "lists:bases": Page("依据登记簿", STAFF, LOOK),
    "lists:basis": Page("登记簿中的一份文件", STAFF, LOOK),
    "lists:lacking": Page("缺少依据的事项", STAFF, LOOK),
    "lists:basis_check": Page("核对依据文件", OFFICE_ONLY, FORM),
    "lists:import": Page("导入清单", OFFICE_ONLY, FORM),
    "lists:import_plan": Page("导入预览", OFFICE_ONLY, FORM, "本次登录上传的文件", sure=SEND),
    # measures: 动态调整
    "adjustment:start": Page("提出申请", STAFF, LOOK),
    "adjustment:apply": Page("填写申请", STAFF, FORM, f"{OWN}事项和草稿"),
    "adjustment:act": Page("办理一步", STAFF, FORM, SEEN_CASES, sure=FORM, acts=SIGNED),
    "adjustment:lapse": Page("视为的效果予以撤除", OFFICE_ONLY, FORM),
    "adjustment:offices": Page("单位变动", OFFICE_ONLY, FORM),
    "adjustment:drafts": Page("草稿", STAFF, LOOK, f"{OWN}草稿"),
    "adjustment:throw_away": Page("删除草稿", STAFF, SEND, f"{OWN}草稿"),
    "adjustment:gather": Page("合并提交草稿", STAFF, FORM, f"{OWN}草稿"),
    "adjustment:group": Page("一份申请的各事项", STAFF, LOOK, SEEN_CASES),
    "adjustment:several": Page("一并办理", STAFF, LOOK, SEEN_CASES),
    "adjustment:together": Page("几件一并办理一步", STAFF, FORM, SEEN_CASES, sure=FORM, acts=SIGNED),
    "adjustment:book": Page("台账", STAFF, LOOK, SEEN_CASES),
    "adjustment:book_xlsx": Page("台账的表格文件", STAFF, LOOK, SEEN_CASES, sure=LOOK),
    "adjustment:months": Page("月报", OFFICE_ONLY, LOOK),
    "adjustment:month": Page("一个月的月报", OFFICE_ONLY, FORM, sure=SEND),
    "adjustment:month_cases": Page("月报一个数字所含的案件", OFFICE_ONLY, LOOK),
    "adjustment:faults": Page("逾期登记", STAFF, LOOK, SEEN_CASES),
    "adjustment:decide": Page("认定一项逾期", OFFICE_ONLY, FORM),
    "adjustment:counts": Page("统计", STAFF, LOOK, SEEN_CASES),
    "adjustment:checks": Page("抽查登记", STAFF, LOOK),
    "adjustment:new_check": Page("登记抽查", REGISTRARS, FORM),
    "adjustment:amend_check": Page("更正抽查登记", REGISTRARS, FORM),
    "adjustment:false_reports": Page("漏报、瞒报、虚报登记", STAFF, LOOK),
    "adjustment:new_false_report": Page("登记漏报、瞒报、虚报", REGISTRARS, FORM),
    "adjustment:amend_false_report": Page("更正漏报、瞒报、虚报登记", REGISTRARS, FORM),
    "adjustment:laws": Page("法律变动", STAFF, LOOK),
    "adjustment:law_change": Page("一次法律变动", STAFF, LOOK),
    "adjustment:new_law_change": Page("登记法律变动", REGISTRARS, FORM),
    "adjustment:holds": Page("待核的事项", STAFF, LOOK),
    "adjustment:resume": Page("恢复待核的事项", OFFICE_ONLY, FORM),
    "adjustment:filings": Page("备案", STAFF, LOOK),
    "adjustment:own_changes": Page("本单位清单的变动", STAFF, LOOK),
    "adjustment:new_own_change": Page("登记本单位清单的变动", STAFF, FORM),
    "adjustment:unit_rules": Page("本单位的制度", STAFF, LOOK),
    "adjustment:new_unit_rule": Page("登记本单位的制度", STAFF, FORM),
    "adjustment:paper_make": Page("制作文书：草稿和签发", STAFF, FORM, f"{SEEN_CASES}中{OWN}文书", sure=SEND),
    "adjustment:paper": Page("一份已签发的文书", STAFF, FORM, SEEN_CASES),
    "adjustment:paper_correct": Page("更正重发或者作废文书", STAFF, FORM, f"{SEEN_CASES}中{OWN}文书", sure=SEND),
    "adjustment:papers_pdf": Page("一个案件的全部文书", STAFF, LOOK, SEEN_CASES, sure=LOOK),
    # measures: 投诉处理
    "complaints:list": Page("投诉待办", COMPLAINTS, LOOK, KNOWN),
    "complaints:new": Page("登记投诉", COMPLAINTS, FORM),
    "complaints:register": Page("投诉登记簿", COMPLAINTS, LOOK, KNOWN),
    "complaints:register_xlsx": Page("投诉登记簿的表格文件", COMPLAINTS, SEND, f"{KNOWN}；不含姓名、内容和被投诉单位", sure=SEND),
    "complaints:contacts": Page("投诉处理机关的联系方式", COMPLAINTS, FORM, f"{OWN}联系方式"),
    "complaints:figures": Page("投诉的公开统计", COMPLAINT_OFFICE, LOOK, "不含投诉政务办的件"),
    "complaints:figures_quarter": Page("公布或者撤下一个季度的投诉统计", COMPLAINT_OFFICE, FORM, "不含投诉政务办的件", sure=SEND),
    "complaints:disposals": Page("到期销毁和销毁清单", COMPLAINTS, LOOK, OF_DISPOSAL),
    "complaints:disposal_propose": Page("提出销毁清单", COMPLAINTS, SEND, OF_DISPOSAL, sure=SEND),
    "complaints:disposal": Page("一份销毁清单", COMPLAINTS, LOOK, OF_DISPOSAL),
    "complaints:disposal_decide": Page("批准或者退回销毁清单", COMPLAINTS, SEND, f"{OF_DISPOSAL}；提出人和两名批准人是三个人", sure=SEND),
    "complaints:disposal_certificate": Page("销毁证明，打印", COMPLAINTS, LOOK, OF_DISPOSAL),
    "complaints:case": Page("一件投诉", COMPLAINTS, LOOK, KNOWN),
    "complaints:content": Page("投诉的内容", COMPLAINTS, SEND, "本单位办理的、等本单位批转或者指定的投诉；每次查看都记录"),
    "complaints:file": Page("投诉的一份材料", COMPLAINTS, SEND, "本单位办理的、等本单位批转或者指定的投诉；每次查看都记录"),
    "complaints:paper_make": Page("制作投诉的文书", COMPLAINTS, SEND, f"{OWN}步骤", sure=SEND),
    "complaints:paper": Page("投诉的一份文书", COMPLAINTS, SEND, f"{OWN}文书和{OWN}办理的投诉的文书；每次查看都记录"),
    "complaints:act": Page("办理投诉的一步", COMPLAINTS, FORM, KNOWN),
    "complaints:draft_letter": Page("对照审核发给单位的文书", COMPLAINTS, SEND, "本单位办理的投诉；每次查看都记录"),
    "complaints:draft_decision": Page("投诉的决定书和草稿", COMPLAINTS, SEND, "本单位办理的投诉；每次查看都记录"),
    "complaints:errands": Page("投诉的交办、措施和执行", STAFF, LOOK, ERRANDS),
    "complaints:errand": Page("一件交办、措施或者执行", STAFF, LOOK, ERRANDS),
    "complaints:errand_letter": Page("写给单位的文书和报告", STAFF, SEND, f"{ERRANDS_READ}；每次查看都记录"),
    "complaints:errand_file": Page("单位报告的一份材料", STAFF, SEND, f"{ERRANDS_READ}；每次查看都记录"),
    "complaints:errand_paper_make": Page("制作交办、措施和执行的文书", STAFF, SEND, f"{OWN}步骤", sure=SEND),
    "complaints:errand_paper": Page("交办、措施和执行的一份文书", STAFF, SEND, f"{ERRANDS_READ}；每次查看都记录"),
    "complaints:errand_act": Page("办理交办、措施或者执行的一步", STAFF, FORM, ERRANDS),
    "complaints:liabilities": Page("投诉的责任登记簿", COMPLAINTS, LOOK, ANSWERABLE),
    "complaints:liability": Page("一件责任登记", COMPLAINTS, LOOK, ANSWERABLE),
    "complaints:liability_words": Page("责任登记的事实和证据", COMPLAINTS, SEND, "本单位登记的；每次查看都记录"),
    "complaints:liability_paper_make": Page("制作责任移送函", COMPLAINTS, SEND, f"{OWN}登记的", sure=SEND),
    "complaints:liability_paper": Page("责任移送函", COMPLAINTS, SEND, f"{OWN}登记的；每次查看都记录"),
    "complaints:liability_act": Page("决定是否移送", COMPLAINTS, FORM, ANSWERABLE),
    "complaints:liability_new": Page("登记责任", COMPLAINTS, FORM, KNOWN),
    # demonstration
    "demo:enter": Page("一键登录", DEMONSTRATION, SEND),
    "demo:clock": Page("拨动演示时钟", DEMONSTRATION, SEND),
}


def page_of(view_name: str) -> Page | None:
    """The line of a URL name, or None where there is none (refused)."""
    return DECLARED.get(view_name)


def audience_of(view_name: str) -> Audience | None:
    """The audience of a URL name, or None where none is declared (refused)."""
    page = page_of(view_name)
    return page.audience if page else None
