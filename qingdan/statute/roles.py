"""The roles that offices play in the measures, as the regulation names them."""

OFFICE = "政务办"
LEAD = "牵头部门"
CHIEF = "主办牵头部门"
UNIT = "申请单位"
EGOV = "电子政务中心"
REVIEWER = "复审部门"
CLOCK = "日历"
HANDLER = "投诉处理机关"
DISTRICT = "区政府"
COMPLAINANT = "投诉人"
OBLIGED = "有关单位"

DESCRIPTIONS = {
    OFFICE: "区政务服务改革管理办公室：受理、转办、核准、转告，管理台账和月报。",
    LEAD: "区编办、区政府法制办、区政务服务中心、区财政局等：对转来的调整各自出具审核意见。",
    CHIEF: "交叉事项的主办牵头部门：在 1 个工作日内告知政务办需要联合会审。",
    UNIT: "各街道办事处、区直各有关单位等调整主体：提出申请、确认核准意见、更新本单位网站和办公场所。",
    EGOV: "区电子政务中心：把转告的内容配入区政务服务网并公布。",
    REVIEWER: "复审时另行指定、未参加原审核的部门。",
    HANDLER: "编办、法制办、财政局、政务服务中心四家之一：受理、调查、决定。",
    DISTRICT: "区政府（办公室）：投诉政务办的，由它指定处理机关。",
    COMPLAINANT: "提出投诉的公民、法人或者其他组织：凭查询码补充、撤回、查看。",
    OBLIGED: "接受交办、收到通知或者须执行决定的单位：在限定时间内办理并报告；看得到写给它的文书，看不到投诉本身。",
    CLOCK: "按历法到来的日子：周、月、季、年的起止。",
}
