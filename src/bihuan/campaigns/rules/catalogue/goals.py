"""The opening, the guiding ideas (一) and the goals (二) of the plan."""
# ruff: noqa: E501 -- a table is read by column

from typing import Final

from bihuan.campaigns.rules.catalogue.build import MAJORS, US, C, count, decline, not_by_data, of, rate, times, yes_no
from bihuan.campaigns.rules.terms import Indicator, Span

YEAR: Final = Span.LAST_YEAR
VISITS: Final = "inspections.visits"

# fmt: off
GOALS: Final[tuple[Indicator, ...]] = (
    # -- the opening
    rate("campaign.days_active", "有工作记录的天数", "0-1a",
         of("有至少一条专项行动记录的天数", "campaigns.days_recorded"), of("专项行动已进行的天数", "campaigns.days"), target="100%", source="R9.1"),
    yes_no("campaign.basis", "依据文件已附", "0-1a", of("已附的依据文件", "campaigns.basis_documents"), target="是", source="R9.1"),
    rate("campaign.villages_covered", "村（社区）覆盖率", "0-1b",
         of("有检查或报表的村（社区）", "inspections.villages_reached"), of("全部村（社区）", "orgs.areas"), target="100%", source="R9.1"),
    rate("campaign.firms_covered", "企业覆盖率", "0-1b",
         of("检查过或自查过的企业", "inspections.firms_reached"), of("在册企业", "enterprises.active"), source="R9.1"),
    # -- 一
    rate("study.units", "传达学习覆盖率", "一-1a",
         of("有学习传达记录的单位", "campaigns.units_studied"), of("参加专项行动的单位", "campaigns.units"), target="100%", source="R9.5"),
    rate("alike.firms_checked", "同类企业排查率", "一-1b",
         of("各单位答复已检查的同类企业，一件通报最多计到它确定的家数", "hazards.same_kind_firms_checked"), of("事故通报举一反三确定的同类企业", "hazards.same_kind_firms_alike"), target="100%", source="R3.21"),
    rate("alike.units_answered", "举一反三答复率", "一-1b",
         of("已答复的单位（次）", "hazards.same_kind_units_answered"), of("因事故通报请办举一反三的单位（次）", "hazards.same_kind_units_asked"), source="R3.21"),
    not_by_data("awareness.itself", "红线意识和底线思维", "一-1c",
                why="意识本身没有数据。只看替代指标：负责人受训率。"),
    rate("awareness.trained", "负责人受训率", "一-1c",
         of("受过培训或警示教育的负责人", "campaigns.heads_trained"), of("企业、村（社区）、部门的负责人", "campaigns.heads"), source="安法2021第27条"),
    rate("duties.evidenced", "责任落实率", "一-1d",
         of("有落实凭据的责任事项", "campaigns.duties_evidenced"), of("责任事项", "campaigns.duties"), source="R1.1"),
    times("search.yield_trend", "每百家次查出隐患（本月比上月）", "一-1e",
          of("本月每百家次检查查出的隐患", "inspections.found_per_100", span=Span.THIS_MONTH), of("上月每百家次检查查出的隐患", "inspections.found_per_100", span=Span.LAST_MONTH), source="R9.14"),
    rate("search.firms", "排查覆盖率", "一-1e",
         of("排查过的企业", "inspections.firms_reached"), of("应排查的企业", "inspections.firms_in_scope"), source="R9.14"),
    count("situation.larger_accidents", "较大以上事故", "一-1f",
          of("较大以上的生产安全事故", "accidents.larger"), unit="起", target="0", source="R6.8"),
    rate("situation.months_without_death", "无责任亡人事故的月份", "一-1f",
         of("没有发生责任亡人事故的月份", "accidents.months_without_death"), of("已过的月份", "accidents.months"), source="R6.8"),
    # -- 二
    times("accidents.over_last_year", "事故起数同比", "二-1a",
          of("这段时间的事故", "accidents.count"), of("去年同期的事故", "accidents.count", span=YEAR), target="小于 1", source="R6.8"),
    rate("systems.in_place", "四个体系建成率", "二-1b",
         of("已建成、有凭据的事项", "campaigns.system_items_done"), of("体系清单的事项", "campaigns.system_items"), per=C, source="§13"),
    rate("tasks.on_time", "任务按期完成率", "二-1c",
         of("按期完成的任务", "campaigns.tasks_on_time"), of("到期的任务", "campaigns.tasks_due"), source="R9.4"),
    rate("majors.closed", "重大隐患整改销号率", "二-1d",
         of("开始以来销号的重大隐患", "hazards.in.closed@major", "-hazards.in.closed@major:still"), of(MAJORS, "hazards.counted@major", "-hazards.in.closed@major:still"), per=US, source="R3.22"),
    rate("violations.decided", "典型违法查处率", "二-1e",
         of("作出处罚决定的案件", "enforcement.cases_decided"), of("立案的案件", "enforcement.cases_filed"), source="R5.5"),
    count("violations.by_category", "查处违法行为", "二-1e",
          of("查处的违法行为", "enforcement.violations"), unit="起", per=C, source="R5.5"),
    rate("closures.verified", "关闭到位率", "二-1f",
         of("现场核实关闭到位的企业", "enforcement.closures_verified"), of("提请关闭的企业", "enforcement.closures_proposed"), source="R5.5"),
    count("closures.count", "关闭企业", "二-1f",
          of("现场核实关闭到位的企业", "enforcement.closures_verified"), unit="家", source="R5.5"),
    rate("blacklist.published", "黑名单曝光率", "二-1g",
         of("已公开曝光的黑名单企业", "enforcement.blacklist_published"), of("列入黑名单的企业", "enforcement.blacklisted"), target="100%", source="安监总办〔2017〕49号"),
    rate("bans.verified", "取缔核实率", "二-1h",
         of("回访核实取缔到位的单位", "enforcement.bans_verified"), of("取缔的非法单位", "enforcement.bans"), source="R5.5"),
    rate("bans.dealt_with", "非法单位处置率", "二-1h",
         of("已处置的非法单位", "enforcement.illegal_dealt_with"), of("发现的非法单位", "enforcement.illegal_found"), source="R5.5"),
    decline("accidents.decline", "事故起数下降", "二-1i",
            of("这段时间的事故", "accidents.count"), of("去年同期的事故", "accidents.count", span=YEAR), target="大于 0", own=True, source="R6.8"),
    decline("deaths.decline", "死亡人数下降", "二-1i",
            of("这段时间的死亡人数", "accidents.deaths"), of("去年同期的死亡人数", "accidents.deaths", span=YEAR), target="大于 0", own=True, source="R6.8"),
    count("accidents.gravest", "重特大事故", "二-1j",
          of("重大和特别重大事故", "accidents.gravest"), unit="起", target="0", own=True, source="R6.8"),
    times("accidents.larger_to_ceiling", "较大事故与控制数", "二-1j",
          of("较大事故", "accidents.larger_only"), of("较大事故控制数", "accidents.larger_ceiling"), source="R6.8"),
    times("accidents.general_over_last_year", "一般事故同比", "二-1j",
          of("这段时间的一般事故", "accidents.general"), of("去年同期的一般事故", "accidents.general", span=YEAR), source="R6.8"),
    rate("festival.quiet_days", "节日平安天数", "二-1k",
         of("无事故且日报齐全的节日", "safeguards.holidays_quiet"), of("已过的节日天数", "safeguards.holidays"), source="R8.1"),
)
# fmt: on
