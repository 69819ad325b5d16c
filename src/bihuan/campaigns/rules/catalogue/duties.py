"""Responsibility, 三(一), and hazards, 三(二)."""
# ruff: noqa: E501 -- a table is read by column

from typing import Final

from bihuan.campaigns.rules.catalogue.build import HAZARDS, MAJORS, US, F, S, count, mean, of, rate, times
from bihuan.campaigns.rules.terms import Indicator, Span
from bihuan.standards.rules import Sector

# The fields that the plan of 2017 names for its special rectification.
KEY_FIELDS: Final = tuple(
    str(one)
    for one in (
        Sector.HAZARDOUS_CHEMICALS,
        Sector.FIREWORKS,
        Sector.CONSTRUCTION,
        Sector.FIRE_CROWDED,
        Sector.SPECIAL_EQUIPMENT,
    )
)

# fmt: off
DUTIES: Final[tuple[Indicator, ...]] = (
    rate("leaders.listed", "领导责任清单率", "三(一)-1a",
         of("当天在岗、有现行安全生产责任清单的领导", "orgs.leaders_listed"), of("当天在岗的领导，一人兼几个岗位算一人", "orgs.leaders"), target="100%", source="R1.1"),
    rate("principals.chaired", "主要负责人主持会议率", "三(一)-1b",
         of("主要负责人当月主持过安全会议的单位", "campaigns.units_chaired", span=Span.THIS_MONTH), of("参加专项行动的单位", "campaigns.units"), target="100%", source="R1.1"),
    rate("principals.led_enough", "带队检查达标率", "三(一)-1c",
         of("带队检查达到次数的主要负责人", "inspections.principals_led_enough"), of("主要负责人", "inspections.principals"), source="R1.6"),
    rate("principals.led_visits", "带队检查完成率", "三(一)-1c",
         of("计入完成的带队检查（每人每月不超过应完成的次数）", "inspections.led_visits"), of("应完成的带队检查", "inspections.led_visits_due"), source="R1.7"),
    rate("problems.on_time", "重点问题按期解决率", "三(一)-1d",
         of("按期解决的重点问题", "campaigns.problems_on_time"), of("到期的重点问题", "campaigns.problems_due"), source="R1.8"),
    rate("firms.one_lead", "主管部门明确率", "三(一)-2a",
         of("当天在册、所属行业有一个牵头部门的企业", "enterprises.one_lead"), of("在册企业", "enterprises.active"), per=US, target="100%", source="R1.2"),
    rate("key_sectors.inspected", "重点行业检查覆盖率", "三(一)-2b",
         of("检查过的重点行业企业", "inspections.key_firms_visited"), of("重点行业企业", "inspections.key_firms"), per=S, source="R4.3"),
    rate("hazards.on_time", "隐患按期整改销号率", "三(一)-2c",
         of("开始以来按期整改并已销号的隐患", "hazards.in.closed", "-hazards.closed_late", "-hazards.in.closed:still", "hazards.closed_late:still"),
         of("已提交整改的和逾期没有提交的隐患，开始前已销号的除外", "hazards.rectified", "hazards.overdue", "-hazards.in.closed:still"), per=US, source="R3.13"),
    rate("sectors.quiet", "无责任事故的行业", "三(一)-2d",
         of("没有发生责任事故的行业", "accidents.sectors_quiet"), of("全部行业", "accidents.sectors"), per=S, source="R6.8"),
    rate("firms.all_staff", "全员责任制落实率", "三(一)-3a",
         of("四个要素都有凭据的企业", "self_checks.all_staff_complete"), of("在册企业", "enterprises.active"), source="R1.11"),
    rate("firms.assessed", "主体责任评估率", "三(一)-3b",
         of("已评估的企业", "self_checks.assessed"), of("应评估的企业", "self_checks.in_scope"), source="R1.9"),
    rate("firms.five_in_place", "五到位率", "三(一)-3c",
         of("五项都到位的企业", "self_checks.five_in_place"), of("已评估的企业", "self_checks.assessed"), source="R1.12"),
    rate("firms.five_sampled", "五到位抽查一致率", "三(一)-3c",
         of("抽查与自评一致的企业", "self_checks.sampled_agreeing"), of("抽查的企业", "self_checks.sampled"), source="R1.12"),
    # -- 三(二)
    rate("risks.registers", "风险清单建立率", "三(二)-1a",
         of("有现行风险清单的企业", "risks.registers_current"), of("应建清单的企业", "risks.firms_in_scope"), source="R2.4"),
    rate("risks.reviewed", "风险复评率", "三(二)-1a",
         of("十二个月内复评过的风险", "risks.reviewed"), of("登记的风险", "risks.all"), source="R2.6"),
    rate("self_reports.firms", "企业自报率", "三(二)-1b",
         of("当天在册、已报送当月自查情况的企业（零报告也算）", "hazards.self_reporting"), of("在册企业", "enterprises.active"), per=US, source="R3.4"),
    rate("hazards.self_found", "企业自查发现占比", "三(二)-1b",
         of("这段时间企业自己查出的隐患", "hazards.self_found"), of("这段时间发现的隐患，除去已移送和不成立", "hazards.found_fact"), per=US, source="R3.4"),
    rate("hazards.graded_in_time", "按时定级率", "三(二)-1c",
         of("规定工作日内定级的隐患", "hazards.found_fact@general", "hazards.found_fact@major", "-hazards.graded_late"), of("这段时间发现的隐患，除去已移送和不成立", "hazards.found_fact"), per=US, source="§13"),
    rate("majors.cited", "重大隐患引用依据率", "三(二)-1c",
         of("引用了判定条款的重大隐患，开始前已销号的除外", "hazards.counted@major", "-hazards.uncited", "-hazards.in.closed@major:still", "hazards.uncited_closed:still"),
         of(MAJORS, "hazards.counted@major", "-hazards.in.closed@major:still"), per=US, target="100%", source="R3.2"),
    rate("majors.listed", "重大隐患挂牌率", "三(二)-1d",
         of("挂过牌的重大隐患，开始前已销号的除外", "hazards.ever_listed", "-hazards.in.closed@major:still"), of(MAJORS, "hazards.counted@major", "-hazards.in.closed@major:still"), per=US, target="100%", own=True, source="R3.22"),
    rate("majors.listed_in_time", "按时挂牌率", "三(二)-1d",
         of("规定工作日内挂牌的重大隐患，开始前已销号的除外", "hazards.ever_listed", "-hazards.listed_late", "-hazards.in.closed@major:still", "hazards.listed_late_closed:still"),
         of("挂过牌的重大隐患，开始前已销号的除外", "hazards.ever_listed", "-hazards.in.closed@major:still"), per=US, source="R3.22"),
    rate("superior.accepted_in_time", "上级交办按时入账率", "三(二)-2a",
         of("收到后一个工作日内登记的事项", "intake.accepted_in_time"), of("收到的上级交办事项", "intake.received"), target="100%", source="R3.31"),
    rate("alike.items_completed", "举一反三完成率", "三(二)-2b",
         of("请办的单位全部答复的事项", "hazards.same_kind_items_completed"), of("上级交办、应举一反三的事项", "hazards.same_kind_items"), per=US, target="100%", source="R3.21"),
    count("alike.found", "举一反三查出同类隐患", "三(二)-2b",
          of("各单位举一反三查出的同类隐患", "hazards.same_kind_found"), unit="项", per=US, source="R3.21"),
    rate("superior.closed", "上级交办销号率", "三(二)-2c",
         of("开始以来上级认可销号的隐患", "hazards.superior_closed", "-hazards.superior_closed:still"),
         of("须上级认可、已提交整改的和逾期没有提交的隐患，开始前已销号的除外", "hazards.superior_done", "hazards.superior_overdue", "-hazards.superior_closed:still"), per=US, source="L11"),
    rate("superior.recognised", "上级认可率", "三(二)-2c",
         of("开始以来上级认可销号的隐患", "hazards.superior_closed", "-hazards.superior_closed:still"),
         of("已报上级认可的隐患：待认可的和开始以来认可的", "hazards.superior_closed", "hazards.in.awaiting_superior", "-hazards.superior_closed:still"), per=US, source="L11"),
    rate("hazards.arranged", "五落实率", "三(二)-2d",
         of("不能立即整改、五项安排齐全的隐患，开始前已销号的除外", "hazards.arranged", "-hazards.in.closed:still", "hazards.immediate_closed:still", "hazards.unarranged_closed:still"),
         of("下达过整改、不能立即整改的隐患，开始前已销号的除外", "hazards.ordered", "-hazards.immediate", "-hazards.in.closed:still", "hazards.immediate_closed:still"), per=US, target="100%", own=True, source="R3.9"),
    rate("hazards.reviewed", "复查销号率", "三(二)-2e",
         of("开始以来经复查合格、有复查意见而销号的隐患", "hazards.in.closed", "-hazards.in.closed:still"),
         of("已提交整改的隐患，开始前已销号的除外", "hazards.rectified", "-hazards.in.closed:still"), per=US, source="L3"),
    rate("hazards.overdue", "逾期率", "三(二)-2e",
         of("过了整改期限没有提交整改的隐患", "hazards.overdue"), of("未销号的隐患", "hazards.open"), per=US, source="R3.13"),
    times("hazards.repeat_of_closed", "重复隐患与销号之比", "三(二)-2e",
         of("与以前的同类隐患关联的隐患，开始前已销号的除外", "hazards.repeat", "-hazards.repeat_closed:still"), of("开始以来销号的隐患", "hazards.in.closed", "-hazards.in.closed:still"), per=US, source="R3.18"),
    mean("hazards.days_to_close", "平均销号用时", "三(二)-2e",
         of("这段时间销号的隐患从发现到销号的天数之和", "hazards.days_to_close"), of("这段时间销号的次数", "hazards.closed"), unit="天", per=US, source="§13"),
    rate("majors.criterion_valid", "判定依据有效率", "三(二)-3a",
         of("判定依据在发现当天有效的重大隐患，开始前已销号的除外", "hazards.counted@major", "-hazards.uncited", "-hazards.later_criterion",
            "-hazards.in.closed@major:still", "hazards.uncited_closed:still", "hazards.later_criterion_closed:still"),
         of(MAJORS, "hazards.counted@major", "-hazards.in.closed@major:still"), per=US, target="100%", source="R0.1"),
    rate("fields.searched", "重点领域排查率", "三(二)-3b",
         of("排查过的重点领域单位", "inspections.field_units_visited"), of("登记的重点领域单位", "inspections.field_units"), per=F, target="100%", source="§13"),
    rate("fields.rectified", "重点领域隐患整改率", "三(二)-3b",
         of("危化、烟花爆竹、建筑施工、人员密集场所、特种设备已提交整改的隐患，开始前已销号的除外", "hazards.rectified", "-hazards.in.closed:still"),
         of("这五个领域" + HAZARDS, "hazards.counted", "-hazards.in.closed:still"), per=(*F, *US), source="R3.13", sectors=KEY_FIELDS),
)
# fmt: on
