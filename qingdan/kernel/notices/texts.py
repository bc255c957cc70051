"""The words of every notice, one a step. They name offices, cases, duties and days; never a person, nothing of a complainant.

{number} the case · {name} the duty · {article} its article · {office} who owes it · {due} its day · {left} 工作日 until then ·
{deemed}, {by} what follows by law if nothing is done, and its article. A limit that is our choice is a target, never 逾期.
"""

BEFORE = "{number}：{name}（{article}）应在{due}前办结，还有 {left} 个工作日。"
BEFORE_SAME_DAY = "{number}：{name}（{article}）应在当日（{due}）办结。"
BEFORE_CHOICE = "{number}：{name}（{article}）的目标日是{due}（法规未定期限），还有 {left} 个工作日。"
TODAY = "{number}：{office}的“{name}”（{article}）今天（{due}）到期，尚未办结。"
TODAY_DEEMED = "{number}：{office}的“{name}”（{article}）今天（{due}）到期，尚未办结。今天 24 时前不办理的，依{by}{deemed}，责任由{office}承担。"
TODAY_CHOICE = "{number}：{office}的“{name}”（{article}）今天（{due}）到目标日（法规未定期限），尚未办结。"
OVERDUE = "{number}：{office}未在{due}前办结“{name}”（{article}），已经逾期，请督办。"
OVERDUE_CHOICE = "{number}：{office}到目标日{due}尚未办结“{name}”（{article}）。此项法规未定期限，请督促办理。"
DEEMED = "{number}：{office}到{due} 24 时未办理“{name}”（{article}），依{by}自该时起{deemed}，责任由{office}承担。"
ANNULLED = (
    "{number}：{office}的“{name}”（{article}）原依{by}{deemed}，现经政务办两人认定，其前提自始不存在，该效果不成立；"
    "以它为前提的步骤一并撤销，{office}应重新办理，到期日见“待办”。"
)
REDATED = "放假安排变更：{number} {name}（{article}）的到期日由{old}改为{new}。"
HORIZON = (
    "已公布的放假安排到{until}为止，只剩 {left} 个工作日。请在国务院办公厅公布下一年的放假安排后尽快录入；"
    "录入之前，此后到期的日期都是暂定，不产生视为效果。"
)

SUBJECT = "五单一网：一项提醒"
SUBJECT_MANY = "五单一网：{n} 项提醒"
SUBJECTS = {
    "before": "五单一网：有事项将要到期",
    "today": "五单一网：有事项今天到期",
    "overdue": "五单一网：有事项逾期",
    "deemed": "五单一网：依法视为答复",
}
FOOT = "办理请登录：{address}\n本邮件由系统发出，请勿回复；不想再收到的，可以在“提醒”页的“邮件”中改为不发。"
FOOT_PLAIN = "办理请登录“五单一网”。本邮件由系统发出，请勿回复；不想再收到的，可以在“提醒”页的“邮件”中改为不发。"
"""Letters. A subject tells no case and no office: it is shown on locked screens."""
