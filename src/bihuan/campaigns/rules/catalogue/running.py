"""Requirements on organisation, scheduling and supervision (四)."""
# ruff: noqa: E501 -- a table is read by column

from typing import Final

from bihuan.campaigns.rules.catalogue.build import HAZARDS, US, of, rate, times, yes_no
from bihuan.campaigns.rules.terms import Indicator, Span

NOT_EXTENDED: Final = "还没有延期：有延期文件的，在“领导小组和文件”登记延期；延的是另一个专项行动的，先和它合并登记"

# fmt: off
RUNNING: Final[tuple[Indicator, ...]] = (
    rate("group.posts", "领导小组配齐率", "四(一)-1a",
         of("有人担任的领导小组职务", "campaigns.group_posts_filled"), of("领导小组职务", "campaigns.group_posts"), target="100%", source="R9.2"),
    rate("units.with_body", "机构成立率", "四(一)-1b",
         of("成立了工作机构的单位", "campaigns.units_with_body"), of("参加专项行动的单位", "campaigns.units"), target="100%", source="R9.2"),
    rate("units.with_leader", "分管领导明确率", "四(一)-1c",
         of("明确了分管负责人的单位", "campaigns.units_with_leader"), of("参加专项行动的单位", "campaigns.units"), target="100%", source="R9.2"),
    rate("units.leader_acted", "分管领导履职率", "四(一)-1c",
         of("当月至少办理一件的分管负责人", "campaigns.leaders_acted", span=Span.THIS_MONTH), of("明确的分管负责人", "campaigns.units_with_leader"), source="R9.2"),
    rate("plans.accepted", "方案报送率", "四(一)-1d",
         of("已通过的分方案", "campaigns.plans_accepted"), of("应报方案的单位", "campaigns.units"), target="100%", source="R9.3"),
    rate("plans.on_time", "方案按时率", "四(一)-1d",
         of("按时报送的分方案", "campaigns.plans_on_time"), of("已通过的分方案", "campaigns.plans_accepted"), source="R9.3"),
    rate("tasks.done", "任务完成率", "四(一)-2a",
         of("已完成的任务", "campaigns.tasks_done"), of("分派的任务", "campaigns.tasks"), source="R9.4"),
    rate("tasks.helped", "协同任务率", "四(一)-2b",
         of("配合单位都办理了的任务", "campaigns.tasks_helped"), of("有配合单位的任务", "campaigns.tasks_with_helpers"), source="R9.4"),
    rate("transfers.on_time", "移送按时答复率", "四(一)-2b",
         of("按时答复的移送", "campaigns.transfers_on_time"), of("移送", "hazards.transferred"), source="§13"),
    # -- 四(二)
    times("hazards.per_visit", "每次检查查出隐患", "四(二)-1a",
          of("发现的隐患", "hazards.found_fact"), of("检查", "inspections.visits"), per=US, source="§13"),
    rate("hazards.closed", "隐患销号率", "四(二)-1a",
         of("开始以来销号的隐患", "hazards.in.closed", "-hazards.in.closed:still"), of(HAZARDS, "hazards.counted", "-hazards.in.closed:still"), per=US, source="R3.13"),
    rate("officers.on_site", "下沉一线率", "四(二)-1b",
         of("在现场的人日", "inspections.officer_days_on_site"), of("可用的人日", "inspections.officer_days"), source="§13"),
    rate("supervision.closed", "督查问题按期整改率", "四(二)-1c",
         of("按期整改的督查问题", "campaigns.findings_on_time"), of("到期的督查问题", "campaigns.findings_due"), source="R9.9"),
    rate("visits.second_round", "回头看合格率", "四(二)-1d",
         of("合格的回头看", "inspections.second_visits_passed"), of("回头看", "inspections.second_visits"), source="§13"),
    rate("hazards.repeat_of_found", "重复隐患占比", "四(二)-1d",
         of("与以前的同类隐患关联的隐患，开始前已销号的除外", "hazards.repeat", "-hazards.repeat_closed:still"), of(HAZARDS, "hazards.counted", "-hazards.in.closed:still"), per=US, source="R3.18"),
    yes_no("extension.document", "延期文件已附", "四(二)-2",
           of("附了原件的延期文件", "campaigns.extension_documents"), of("登记过的延期", "campaigns.extensions"), source="R9.14", if_nothing=NOT_EXTENDED),
    rate("extension.records", "延期内记录占比", "四(二)-2",
         of("延期期间的记录", "campaigns.records_in_extension"), of("延期过的专项行动的全部记录", "campaigns.records_of_extended"), source="R9.14", if_nothing=NOT_EXTENDED),
    rate("scheduling.weeks", "每周调度率", "四(二)-3a",
         of("有调度记录的周", "campaigns.weeks_scheduled"), of("已过的周", "campaigns.weeks"), target="100%", source="R9.6"),
    rate("returns.on_time", "报表按时率", "四(二)-3a",
         of("按时报送的报表", "campaigns.returns_on_time"), of("应报送的报表", "campaigns.returns_due"), source="R9.7"),
    rate("issues.on_time", "调度问题按期办结率", "四(二)-3b",
         of("按期办结的调度问题", "campaigns.issues_on_time"), of("到期的调度问题", "campaigns.issues_due"), source="R9.6"),
    # -- 四(三)
    rate("supervision.units", "督查覆盖率", "四(三)-1a",
         of("至少督查过一次的单位", "campaigns.units_supervised"), of("参加专项行动的单位", "campaigns.units"), target="100%", source="R9.9"),
    rate("supervision.rounds", "督查完成率", "四(三)-1b",
         of("已开展的督查", "campaigns.supervision_rounds"), of("计划的督查", "campaigns.supervision_planned"), source="R9.9"),
    rate("supervision.covert", "暗访占比", "四(三)-1b",
         of("暗访", "campaigns.covert_rounds"), of("已开展的督查", "campaigns.supervision_rounds"), source="R9.9"),
    rate("bulletins.criticised", "应通报尽通报", "四(三)-1c",
         of("已通报或书面免予通报的单位", "campaigns.criticised_or_exempted"), of("符合通报情形的单位", "campaigns.meeting_a_ground"), target="100%", source="R9.10"),
    rate("bulletins.corrected", "通报后整改率", "四(三)-1c",
         of("按期改正的被通报单位", "campaigns.criticised_corrected"), of("被通报的单位", "campaigns.criticised"), source="R9.10"),
    rate("accountability.concluded", "责任追究率", "四(三)-1d",
         of("已追责办结的责任事故", "campaigns.accountability_concluded"), of("调查结案的责任事故", "accidents.investigated"), target="100%", own=True, source="R9.12"),
)
# fmt: on
