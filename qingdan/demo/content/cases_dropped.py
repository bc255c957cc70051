"""Stories that ended without a new version: withdrawn, refused. All papers named are invented."""

from __future__ import annotations

from .story import CENTRE, OFFICE, Step, Story

DROPPED: tuple[Story, ...] = (
    Story(
        key="撤回",
        stands="申请已撤回，经核实无需调整",
        open=(),
        unit="质监局",
        list="审批",
        item="410105-035-01-102-00",
        action="变更",
        ground="第五条（四）",
        cause_back=12,
        event="传闻作业人员考核权限将上收市局，后经市局答复暂不调整。",
        document="市质监局电话记录（2026 年 11 月）",
        reason="拟将资格认定改为初审。",
        changes={"name": "特种设备作业人员资格初审"},
        leads=(CENTRE,),
        steps=(
            Step(12, "cause_arose", "质监局"),
            Step(7, "apply", "质监局"),
            Step(6, "refer", OFFICE),
            Step(4, "withdraw", "质监局", "市局明确权限不变，申请撤回。"),
            Step(3, "close_without_change", OFFICE, "已与市局核实，情形并未发生。"),
        ),
    ),
    Story(
        key="不予核准",
        stands="不予核准，申请单位无异议",
        open=(),
        unit="消防大队",
        list="审批",
        item="410105-040-01-102-00",
        action="变更",
        ground="第五条（五）",
        cause_back=18,
        event="大队拟将消防验收的承诺时限由 15 个工作日改为 20 个工作日。",
        document="金消〔2026〕12 号《关于调整消防验收时限的请示》",
        reason="年底项目集中，人手不足。",
        changes={"promised": "20"},
        leads=(CENTRE,),
        steps=(
            Step(17, "cause_arose", "消防大队"),
            Step(13, "apply", "消防大队"),
            Step(12, "refer", OFFICE),
            Step(9, "disagree", CENTRE, "承诺时限只能压缩，不宜因人手不足放宽；建议预约分流。"),
            Step(8, "refuse", OFFICE, "不予核准：与简政放权要求不符，维持 15 个工作日。"),
            Step(7, "accept_refusal", "消防大队", "无异议。"),
        ),
    ),
)
