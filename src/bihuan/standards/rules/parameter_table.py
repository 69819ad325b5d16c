"""The table of parameters: every [design] and [from memory] number of the rule book that this product uses."""
# ruff: noqa: E501 -- a table is read by column

from datetime import date
from typing import Final

from bihuan.kernel.in_force import Dated
from bihuan.standards.rules.parameters import Confidence, Parameter, Unit, Value


class UnknownParameter(LookupError):  # noqa: N818 -- reads as what it says
    """No parameter has this name: a defect of the caller."""


def _one(value: Value, source: str) -> tuple[Dated[Value], ...]:
    return (Dated(value, source=source),)


_V, _M, _D = Confidence.VERIFIED, Confidence.FROM_MEMORY, Confidence.DESIGN
_HAZARD, _REVIEW, _LISTING, _LATE = "隐患整改", "复查与延期", "挂牌督办", "逾期升级"
_PASSWORD, _RECORD, _LIST, _CAMPAIGN = "账号与登录", "留存", "清单导入", "专项行动"
_BOOK16 = "安全生产事故隐患排查治理暂行规定（安监总局令第16号）"
_BOOK15 = "安全生产违法行为行政处罚办法（安监总局令第15号）"
_QINGDAO = "青岛市隐患挂牌督办规定（外地做法，暂作默认）"
_HUBEI = "湖北省重大隐患挂牌督办规定（外地做法，暂作默认）"
_CLASS2 = "网络安全等级保护测评惯例"
_OWN = "系统建议值，可按本地规定修改"

# A table is read by column, so the formatter leaves it alone.
# fmt: off
PARAMETERS: Final[tuple[Parameter, ...]] = (
    Parameter("confirm_wd",                    "核实定级的期限",                     _HAZARD,   Unit.WORKING_DAYS, "§13 三(二)-1c", _D, _one(3,  _OWN)),
    Parameter("advice_heeds_town",             "判定提示的把握随本镇采纳情况下调",   _HAZARD,   Unit.YES_NO,       "L8", _D, _one(1,  _OWN), most=1),
    Parameter("assign_wd",                     "定级后下达整改的期限",               _HAZARD,   Unit.WORKING_DAYS, "§3.3",  _D, _one(1,  _OWN)),
    Parameter("deadline_days_immediate",       "立行立改的期限（0为当天）",          _HAZARD,   Unit.DAYS,         "R3.19", _V, _one(0,  _BOOK16 + "第三条：发现后能够立即整改排除"), most=1),
    Parameter("deadline_days_general",         "一般隐患默认整改期限",               _HAZARD,   Unit.DAYS,         "R3.19", _M, _one(15, _OWN), least=1, most=30),
    Parameter("deadline_days_general_limit",   "一般隐患整改期限上限",               _HAZARD,   Unit.DAYS,         "R3.19", _V, _one(30, "执法系统责令限期整改指令书标注“30日内”"), least=1, most=90),
    Parameter("deadline_months_suspension",    "暂时停产停业类措施的期限上限",       _HAZARD,   Unit.MONTHS,       "R3.19", _M, _one(6,  _BOOK15 + "第十四条"), least=1, most=6),
    Parameter("acceptance_todo_wd",            "下达后未接收转为待办的期限",         _HAZARD,   Unit.WORKING_DAYS, "L5",    _D, _one(1,  _OWN)),
    Parameter("superior_intake_wd",            "上级交办事项登入台账的期限",         _HAZARD,   Unit.WORKING_DAYS, "§13 三(二)-2a", _D, _one(1, _OWN)),
    Parameter("same_kind_reply_wd",            "举一反三任务的回复期限",             _HAZARD,   Unit.WORKING_DAYS, "R3.21", _D, _one(10, _OWN), least=1),
    Parameter("repeat_window_days",            "同类隐患再现视为反弹的时间窗",       _HAZARD,   Unit.DAYS,         "R3.18", _D, _one(90, _OWN), least=1),
    Parameter("self_closed_sample_percent",    "企业自查自改销号的抽查比例",         _HAZARD,   Unit.PERCENT,      "L2, R1.12", _D, _one(20, _OWN), most=100),
    Parameter("self_report_day",               "企业每月自查情况报送截止日（次月）", _HAZARD,   Unit.DAYS,         "R3.4",  _D, _one(5,  _OWN), least=1, most=28),
    Parameter("workers_report_required",       "重大隐患须向职工大会（代表大会）报告", _HAZARD, Unit.YES_NO,       "R3.11", _V, (
        Dated(0, valid_to=date(2021, 8, 31), source="安全生产法（2014年修正）第三十八条：记录并通报从业人员"),
        Dated(1, valid_from=date(2021, 9, 1), source="安全生产法（2021年修正）第四十一条"),
    ), most=1, editable=False),
    Parameter("county_safety_authority",       "县级安全监管部门的名称",             _HAZARD,   Unit.WORDS,        "§0.1",  _M, (
        Dated("安监局", valid_to=date(2018, 12, 31), source="机构改革前名称"),
        Dated("应急管理局", valid_from=date(2019, 1, 1), source="2018—2019年机构改革"),
    )),

    Parameter("review_days",                   "复查期限（收到申请或期满起）",       _REVIEW,   Unit.DAYS,         "R3.16", _M, _one(10, _BOOK15 + "；应急管理部令第18号的期限待核对"), least=1, most=60),
    Parameter("resumption_review_days",        "恢复申请的现场审查期限（收到申请起）", _REVIEW, Unit.DAYS,         "R3.28", _M, _one(10, _BOOK16 + "第十八条、第二十三条；" + _HUBEI), least=1, most=60),
    Parameter("enforcement_reviewers",         "执法复查的最少人数",                 _REVIEW,   Unit.PEOPLE,       "§3.3",  _M, _one(2,  "行政处罚法：执法人员不得少于两人"), least=1, most=10),
    Parameter("extension_window_days",         "延期申请的最早提出时间（期满前）",   _REVIEW,   Unit.DAYS,         "R3.17", _M, _one(10, _BOOK15 + "：期满前10日内提出"), least=1),
    Parameter("extension_answer_days",         "延期申请的答复期限",                 _REVIEW,   Unit.DAYS,         "R3.17", _M, _one(5,  _BOOK15 + "：5日内答复"), least=1),
    Parameter("extension_count_general",       "一般隐患可延期次数",                 _REVIEW,   Unit.TIMES,        "R3.17", _D, _one(1,  _OWN), most=5),
    Parameter("extension_count_major",         "重大隐患可延期次数",                 _REVIEW,   Unit.TIMES,        "R3.17", _D, _one(1,  _OWN), most=5),
    Parameter("extension_days_general",        "一般隐患一次延期的上限",             _REVIEW,   Unit.DAYS,         "R3.17", _D, _one(30, _OWN), least=1),

    Parameter("listing_red_wd",                "重大隐患确认后未挂牌即告警",         _LISTING,  Unit.WORKING_DAYS, "R3.22", _D, _one(5,  _OWN), least=1),
    Parameter("listing_propose_wd",            "提请挂牌",                           _LISTING,  Unit.WORKING_DAYS, "R3.24", _D, _one(2,  _OWN), least=1),
    Parameter("listing_decide_wd",             "决定并签发督办通知书",               _LISTING,  Unit.WORKING_DAYS, "R3.24", _D, _one(3,  _OWN), least=1),
    Parameter("listing_publish_wd",            "挂牌后公告",                         _LISTING,  Unit.WORKING_DAYS, "R3.24, R3.26", _D, _one(5, _QINGDAO), least=1),
    Parameter("listing_file_up_wd",            "挂牌后报上级备案",                   _LISTING,  Unit.WORKING_DAYS, "R3.24, R3.26", _D, _one(3, _QINGDAO), least=1),
    Parameter("listing_plan_wd",               "企业报送治理方案",                   _LISTING,  Unit.WORKING_DAYS, "R3.24", _D, _one(5,  _OWN), least=1),
    Parameter("listing_progress_days",         "治理进度报送间隔",                   _LISTING,  Unit.DAYS,         "R3.24", _D, _one(7,  _OWN), least=1),
    Parameter("listing_extension_lead_wd",     "挂牌延期须在期满前提出",             _LISTING,  Unit.WORKING_DAYS, "R3.24, R3.26", _D, _one(20, _QINGDAO)),
    Parameter("listing_extension_answer_wd",   "挂牌延期的答复期限",                 _LISTING,  Unit.WORKING_DAYS, "R3.24, R3.26", _D, _one(10, _QINGDAO), least=1),
    Parameter("listing_extension_months",      "挂牌延期的累计上限",                 _LISTING,  Unit.MONTHS,       "R3.24, R3.26", _D, _one(12, _QINGDAO), least=1, most=36),
    Parameter("listing_acceptance_days",       "验收期限（收到申请或期满起）",       _LISTING,  Unit.DAYS,         "R3.24, R3.28", _M, _one(10, _BOOK16 + "第十八条；" + _HUBEI), least=1, most=60),
    Parameter("listing_delist_wd",             "验收通过后摘牌并公布",               _LISTING,  Unit.WORKING_DAYS, "R3.24, R3.26", _D, _one(5, _QINGDAO), least=1),

    Parameter("escalation_remind_wd",          "提醒：整改单位和监管责任人",         _LATE,     Unit.WORKING_DAYS, "R3.20", _D, _one(0,  _OWN)),
    Parameter("escalation_warn_major_wd",      "预警（重大）：领导小组和挂钩领导",   _LATE,     Unit.WORKING_DAYS, "R3.20", _D, _one(1,  _OWN)),
    Parameter("escalation_press_wd",           "督办：向村（社区）、部门发督办函",   _LATE,     Unit.WORKING_DAYS, "R3.20", _D, _one(3,  _OWN)),
    Parameter("escalation_bulletin_wd",        "通报：列入通报名单",                 _LATE,     Unit.WORKING_DAYS, "R3.20", _D, _one(5,  _OWN)),
    Parameter("escalation_suspend_major_wd",   "建议停产（重大）：报县级部门",       _LATE,     Unit.WORKING_DAYS, "R3.20", _D, _one(5,  _OWN)),
    Parameter("escalation_interview_wd",       "约谈：并建议立案或移送",             _LATE,     Unit.WORKING_DAYS, "R3.20", _D, _one(10, _OWN)),

    Parameter("intake_header_rows",            "在前几行内寻找表头",                 _LIST,     Unit.ROWS,         "R3.31", _D, _one(10, _OWN), least=1, most=50),
    Parameter("intake_header_columns",         "至少认出几列才算表头",               _LIST,     Unit.COLUMNS,      "R3.31", _D, _one(3,  _OWN), least=1, most=20),

    Parameter("led_visits_principal",          "党政主要领导每月带队检查",           _CAMPAIGN, Unit.TIMES,        "R1.6",  _D, _one(1,  _OWN), most=31),
    Parameter("led_visits_in_charge",          "分管安全领导每月带队检查",           _CAMPAIGN, Unit.TIMES,        "R1.6",  _D, _one(2,  _OWN), most=31),
    Parameter("led_visits_leader",             "其他班子成员每月带队检查",           _CAMPAIGN, Unit.TIMES,        "R1.6",  _D, _one(1,  _OWN), most=31),
    Parameter("led_visits_holiday",            "法定节假日前每位领导加带队检查",     _CAMPAIGN, Unit.TIMES,        "R1.6",  _D, _one(1,  _OWN), most=31),
    Parameter("bulletin_rate_points",          "整改率低于全镇几个百分点列为通报候选", _CAMPAIGN, Unit.PERCENT,    "R9.10", _D, _one(10, _OWN), least=1, most=100),
    Parameter("bulletin_late_returns",         "连续几次迟报漏报列为通报候选",       _CAMPAIGN, Unit.TIMES,        "R9.10", _D, _one(2,  _OWN), least=1, most=12),
    Parameter("bulletin_led_months",           "连续几个月带队检查不足列为通报候选", _CAMPAIGN, Unit.MONTHS,       "R9.10", _D, _one(2,  _OWN), least=1, most=12),
    Parameter("bulletin_small_number",         "登记隐患少于几项标明基数小",         _CAMPAIGN, Unit.ITEMS,        "R9.10", _D, _one(5,  _OWN), least=1, most=100),
    Parameter("bulletin_reply_wd",             "通报前申辩的期限",                   _CAMPAIGN, Unit.WORKING_DAYS, "R9.10", _D, _one(3,  _OWN), least=1, most=30),
    Parameter("bulletin_correct_wd",           "通报后报送改正情况的期限",           _CAMPAIGN, Unit.WORKING_DAYS, "R9.10", _D, _one(10, _OWN), least=1, most=60),
    Parameter("supervision_correct_wd",        "督查反馈后整改的期限",               _CAMPAIGN, Unit.WORKING_DAYS, "R9.9",  _D, _one(10, _OWN), least=1, most=60),

    Parameter("password_least",                "口令最短长度",                       _PASSWORD, Unit.CHARACTERS,   "R10.13", _M, _one(8,  _CLASS2), least=8, most=64),
    Parameter("password_least_admin",          "管理员口令最短长度",                 _PASSWORD, Unit.CHARACTERS,   "R10.13", _M, _one(12, _CLASS2), least=8, most=64),
    Parameter("password_classes",              "口令须含字符种类（共四类）",         _PASSWORD, Unit.KINDS,        "R10.13", _M, _one(3,  _CLASS2), least=1, most=4),
    Parameter("password_history",              "不得重复使用的历史口令",             _PASSWORD, Unit.TIMES,        "R10.13", _M, _one(5,  _CLASS2), most=24),
    Parameter("password_days",                 "口令最长使用时间",                   _PASSWORD, Unit.DAYS,         "R10.13", _M, _one(90, _CLASS2), least=1),
    Parameter("lock_failures",                 "连续登录失败几次锁定",               _PASSWORD, Unit.TIMES,        "R10.13", _M, _one(5,  _CLASS2), least=1, most=20),
    Parameter("lock_minutes",                  "锁定时长",                           _PASSWORD, Unit.MINUTES,      "R10.13", _M, _one(30, _CLASS2), least=1, most=1440),
    Parameter("idle_minutes",                  "无操作自动退出",                     _PASSWORD, Unit.MINUTES,      "R10.13", _M, _one(30, _CLASS2 + "（15—30分钟）"), least=5, most=30),
    Parameter("log_months",                    "系统日志至少留存",                   _RECORD,   Unit.MONTHS,       "R10.14", _V, (
        Dated(6, valid_to=date(2025, 12, 31), source="网络安全法（2016年）第二十一条第三项"),
        Dated(6, valid_from=date(2026, 1, 1), source="网络安全法（2025年修正）第二十三条"),
    ), least=6, most=600),
    Parameter("audit_years",                   "业务留痕至少保存",                   _RECORD,   Unit.YEARS,        "R10.14", _D, _one(3,  _OWN), least=3, most=100),
)
# fmt: on

BY_NAME: Final[dict[str, Parameter]] = {parameter.name: parameter for parameter in PARAMETERS}


def parameter(name: str) -> Parameter:
    """Return a parameter's declaration. Raises UnknownParameter."""
    if name not in BY_NAME:
        raise UnknownParameter(name)
    return BY_NAME[name]


def default(name: str, *, on: date) -> Value:
    """Return the packaged value of a parameter on a day, without any town's own."""
    return parameter(name).default_on(on).value
