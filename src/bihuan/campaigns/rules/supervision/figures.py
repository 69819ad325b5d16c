"""The figures that bulletins speak of, declared like those of the catalogue: terms over registered measures.

Hazards are those of the campaign's own range, as on the plan page: what was not closed when it began, and all that
came later or broke open again (rules, section 13: the period is the campaign). What the pages of all days call by the
same word has another name: 登记隐患 there is all that was ever registered.
"""
# ruff: noqa: E501 -- a table is read by column

from typing import Final

from bihuan.campaigns.rules.catalogue.build import HAZARDS, MAJORS, count, of, rate
from bihuan.campaigns.rules.terms import Indicator

OVER, MAJOR_OVER = "-hazards.in.closed:still", "-hazards.in.closed@major:still"
RECTIFIED: Final = "待复查、待上级认可和已销号的隐患，开始前已销号的除外"

# fmt: off
FIGURES: Final[tuple[Indicator, ...]] = (
    count("counted",       "登记隐患（专项行动）", "", of(HAZARDS, "hazards.counted", OVER), unit="项", source="R3.13"),
    count("rectified",     "已整改（专项行动）",   "", of(RECTIFIED, "hazards.rectified", OVER), unit="项", source="R3.13"),
    rate("rate",           "整改率（专项行动）",   "", of(RECTIFIED, "hazards.rectified", OVER), of(HAZARDS, "hazards.counted", OVER), source="R3.13"),
    count("open",          "未销号隐患",     "", of("还没有销号、移送或作废的隐患", "hazards.open"), unit="项", source="R3.13"),
    count("overdue",       "整改逾期",       "", of("过了整改期限还没有提交整改的隐患", "hazards.overdue"), unit="项", source="R3.13"),
    count("major",         "重大隐患",       "", of(MAJORS, "hazards.counted@major", MAJOR_OVER), unit="项", source="R3.2"),
    count("ungraded",      "未定级隐患",     "", of("还没有定级的隐患", "hazards.counted", "-hazards.counted@general", "-hazards.counted@major"), unit="项", source="R3.1"),
    count("major_rectified", "重大已整改",   "", of("待复查、待上级认可和已销号的重大隐患，开始前已销号的除外", "hazards.rectified@major", MAJOR_OVER), unit="项", source="R3.13"),
    count("major_listed",  "已挂牌督办",     "", of("挂过牌的重大隐患，含已摘牌，开始前已销号的除外", "hazards.ever_listed", MAJOR_OVER), unit="项", source="R3.22"),
    count("major_overdue", "重大整改逾期",   "", of("过了整改期限还没有提交整改的重大隐患", "hazards.overdue@major"), unit="项", source="R3.13"),
    count("found",         "发现隐患",       "", of("按发现日期计的隐患，除去已移送和不成立", "hazards.found_fact"), unit="项", source="R9.7"),
    count("found_major",   "发现重大隐患",   "", of("按发现日期计的重大隐患，除去已移送和不成立", "hazards.found_fact@major"), unit="项", source="R9.7"),
    count("closed",        "销号",           "", of("这段时间销号的次数", "hazards.closed"), unit="项", source="R9.7"),
    count("units",         "参加单位",       "", of("专项行动下发到的单位", "campaigns.units"), unit="个", source="R9.5"),
    count("plans",         "通过的子方案",   "", of("子方案已通过的单位", "campaigns.plans_accepted"), unit="份", source="R9.3"),
    count("tasks",         "任务",           "", of("分派给各单位牵头的任务", "campaigns.tasks"), unit="件", source="R9.4"),
    count("tasks_done",    "完成的任务",     "", of("最近一次报告为已完成的任务", "campaigns.tasks_done"), unit="件", source="R9.4"),
    count("led_visits",    "领导带队检查",   "", of("领导带队检查，一人一天一家算一次", "inspections.led_visits_made"), unit="次", source="R1.7"),
    count("rounds",        "督查",           "", of("已开展的督查，一个单位一次", "campaigns.supervision_rounds"), unit="次", source="R9.9"),
    count("covert",        "暗访",           "", of("不打招呼的督查", "campaigns.covert_rounds"), unit="次", source="R9.9"),
    count("findings_due",  "到期的督查问题", "", of("这段时间到整改期限的单位问题", "campaigns.findings_due"), unit="个", source="R9.9"),
    count("findings_done", "按期整改的督查问题", "", of("其中按期整改、已经确认的", "campaigns.findings_on_time"), unit="个", source="R9.9"),
    count("criticised",    "通报批评",       "", of("被通报批评的单位", "campaigns.criticised"), unit="个", source="R9.10"),
    count("interviews",    "约谈",           "", of("已进行的约谈", "campaigns.interviews"), unit="次", source="R9.11"),
    count("accountable",   "问责",           "", of("有权机关已作出追责决定的", "campaigns.accountability_decisions"), unit="件", source="R9.12"),
)
# fmt: on
BY_NAME: Final = {one.key: one for one in FIGURES}
FLOWS: Final = ("found", "found_major", "closed", "led_visits", "rounds", "covert", "findings_due", "findings_done", "criticised", "interviews", "accountable")  # fmt: skip
OF_NO_VILLAGE: Final = "其他（未落到村的）"
OF_UNIT: Final = ("counted", "rectified", "rate", "overdue")  # columns of the table by unit
