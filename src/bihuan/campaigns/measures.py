"""What can be counted of campaigns: answered from their own dated rows, for the catalogue (rules, section 13).

What is RUNNING is of one campaign at a time. Led inspections stand here under the names of the room that will have them.
"""
# ruff: noqa: E501 -- a table is read by column

from typing import Any, Final

from bihuan.campaigns.queries.figures import PAGE, answer
from bihuan.campaigns.queries.returns import due
from bihuan.kernel.indicators import Asked


def _asked(name: str, title: str, meaning: str, unit: str, **more: Any) -> Asked:
    return Asked(name, title, meaning, unit, answer, page=PAGE, of_campaign=True, dated=True, **more)


# fmt: off
RUNNING: Final[tuple[Asked, ...]] = (
    _asked("campaigns.units",                "参加单位",         "专项行动下发到的单位", "个", rule="R9.5"),
    _asked("campaigns.units_with_body",      "成立机构的单位",   "报了负责机构的单位", "个", rule="R9.2"),
    _asked("campaigns.units_with_leader",    "有分管负责人的单位", "报了分管负责人的单位", "个", rule="R9.2"),
    _asked("campaigns.plans_accepted",       "通过的子方案",     "子方案已通过的单位", "份", rule="R9.3"),
    _asked("campaigns.plans_on_time",        "按时报的子方案",   "子方案已通过、第一次报送不晚于时限的单位", "份", rule="R9.3"),
    _asked("campaigns.tasks",                "任务",             "分派给各单位牵头的任务", "件", rule="R9.4"),
    _asked("campaigns.tasks_done",           "完成的任务",       "最近一次报告为已完成的任务", "件"),
    _asked("campaigns.tasks_due",            "到期的任务",       "这段时间到期的任务，随延期顺延的按新期限", "件"),
    _asked("campaigns.tasks_on_time",        "按期完成的任务",   "到期的任务里，到期当天已完成、至今没有改口的", "件"),
    _asked("campaigns.tasks_with_helpers",   "有配合单位的任务", "写了配合单位的任务", "件"),
    _asked("campaigns.tasks_helped",         "协同的任务",       "每个配合单位都报过做了什么的任务", "件"),
    _asked("campaigns.issues_due",           "到期的议定事项",   "调度会议定、这段时间到期的事项", "项", rule="R9.6"),
    _asked("campaigns.issues_on_time",       "按期办结的议定事项", "其中不晚于时限办结的", "项"),
    _asked("campaigns.problems_due",         "到期的重点问题",   "这段时间到期的重点问题", "个", rule="R1.8"),
    _asked("campaigns.problems_on_time",     "按期解决的重点问题", "其中不晚于时限解决的", "个"),
    _asked("campaigns.units_chaired",        "主要负责人主持会议的单位", "这段时间本单位召开、主要负责人主持过会议的参加单位", "个"),
    _asked("campaigns.units_studied",        "传达学习的单位",   "这段时间有传达学习记录的参加单位", "个"),
    _asked("campaigns.leaders_acted",        "履职的分管负责人", "明确了分管负责人、这段时间由其主持过会议或学习培训的单位", "个"),
    _asked("campaigns.heads",                "负责人",           "参加的村（社区）、部门负责人和在册企业主要负责人，一家一人", "人"),
    _asked("campaigns.heads_trained",        "受训的负责人",     "其中这段时间参加过培训或警示教育的", "人"),
    _asked("campaigns.weeks",                "应调度的周",       "已过的整周，成员单位（部门、办公室）各计一次", "周", rule="R9.6"),
    _asked("campaigns.weeks_scheduled",      "有调度的周",       "其中本单位召开过调度会的", "周"),
    _asked("campaigns.days",                 "已进行的天数",     "这段时间的天数", "天", adds_up=False),
    _asked("campaigns.days_recorded",        "有记录的天数",     "其中至少有一条记录的：任务进展、会议、重点问题、带队检查、学习培训", "天", adds_up=False),
    _asked("campaigns.records",              "记录",             "这段时间的任务进展、会议、重点问题、带队检查、学习培训；合并登记的两个专项行动各按自己的起止日期算", "条", adds_up=False),
    _asked("campaigns.records_in_extension", "延期内的记录",     "其中原结束日期以后的", "条", adds_up=False),
    _asked("campaigns.records_of_extended",  "延期过的行动的全部记录", "延期过的，这段时间的全部记录；没有延期的没有", "条", adds_up=False),
    _asked("campaigns.extensions",           "延期",             "凭文件改过结束日期的次数", "次", adds_up=False, rule="R9.14"),
    _asked("campaigns.basis_documents",      "依据文件",         "附了原件的依据文件", "份", adds_up=False),
    _asked("campaigns.extension_documents",  "延期文件",         "附了原件的延期文件", "份", adds_up=False, rule="R9.14"),
    _asked("campaigns.group_posts",          "领导小组职务",     "方案写明的和补上的领导小组职务", "个", adds_up=False, rule="R9.2"),
    _asked("campaigns.group_posts_filled",   "有人的职务",       "其中写明了人，或者对应岗位当天有人的", "个", adds_up=False),
    _asked("inspections.led_visits",         "计入完成的带队检查", "领导带队检查，一人一天一家算一次，每人每月不超过应完成的次数；做了多少次看“开展的带队检查”", "次", adds_up=False, rule="R1.7"),
    _asked("inspections.led_visits_made",    "开展的带队检查",   "领导带队检查，一人一天一家算一次，做了多少算多少", "次", adds_up=False, rule="R1.7"),
    _asked("inspections.led_visits_due",     "应完成的带队检查", "已过的各月里每位在岗领导应带队的次数，法定节假日前加的从放假那天算；没过完的月只算已经做了的。一人兼几个岗位算一人", "次", adds_up=False, rule="R1.6"),
    _asked("inspections.principals",         "党政主要领导",     "当天在岗的党政主要领导，一人兼几个岗位算一人", "人", adds_up=False),
    _asked("inspections.principals_led_enough", "带队达标的主要领导", "其中各月带队检查都达到次数的", "人", adds_up=False),
)
SUPERVISION: Final[tuple[Asked, ...]] = (
    _asked("campaigns.supervision_planned",   "计划的督查",       "计划在这段时间、或者在这段时间开展的督查，一个单位一次", "次", rule="R9.9"),
    _asked("campaigns.supervision_rounds",    "已开展的督查",     "这段时间已经开展的督查", "次", rule="R9.9"),
    _asked("campaigns.covert_rounds",         "暗访",             "其中不打招呼的", "次", rule="R9.9"),
    _asked("campaigns.units_supervised",      "督查过的单位",     "这段时间至少督查过一次的参加单位", "个", rule="R9.9"),
    _asked("campaigns.findings_due",          "到期的督查问题",   "这段时间到整改期限的单位问题，企业的问题走隐患", "个", rule="R9.9"),
    _asked("campaigns.findings_on_time",      "按期整改的督查问题", "其中不晚于期限报整改、已经确认的", "个"),
    _asked("campaigns.criticised",            "通报批评的单位",   "这段时间印发的通报批评点到的单位，申辩采纳的除外", "个", rule="R9.10"),
    _asked("campaigns.criticised_corrected",  "通报后按期改正的单位", "其中每份通报都按期改正、已经确认的", "个"),
    _asked("campaigns.criticised_or_exempted", "已通报或免予通报的单位", "这段时间被通报批评、或者写明理由免予通报的单位", "个", rule="R9.10"),
    _asked("campaigns.meeting_a_ground",      "符合通报情形的单位", "期末符合任一通报情形的单位，和这段时间已经通报、免予通报的单位", "个", rule="R9.10"),
    _asked("campaigns.interviews",            "约谈",             "这段时间进行的约谈", "次", rule="R9.11"),
    _asked("campaigns.accountability_decisions", "追责决定",      "这段时间有权机关作出、已经登记的追责决定", "件", adds_up=False, rule="R9.12"),
    _asked("campaigns.people_held",           "问责的人",         "其中对人作出的，不算对单位作出的", "人", adds_up=False, rule="R9.12"),
    _asked("campaigns.accountability_concluded", "已追责的责任事故", "其中以责任事故为由的，一起事故算一次", "起", adds_up=False, rule="R9.12"),
)
RETURNS: Final[tuple[Asked, ...]] = (
    Asked("campaigns.returns_due",     "应报送的报表", "这段时间到期应报送的报表", "份", due.count, adds_up=False, page=due.PAGE, dated=True, rule="R9.7"),
    Asked("campaigns.returns_on_time", "按时报送的报表", "这段时间到期、在时限前第一次报送的报表", "份", due.count, adds_up=False, page=due.PAGE, dated=True, rule="R9.7"),
)
# fmt: on
ASKED: Final[tuple[Asked, ...]] = (*RUNNING, *SUPERVISION, *RETURNS)
