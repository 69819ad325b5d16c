"""The fields of a list and the words that head their columns (R3.31)."""

from enum import StrEnum
from typing import Final


class Field(StrEnum):
    """What a column of a list can mean: the fields of R3.31, and a few that real tables have besides."""

    SEQ_NO = "seq_no"
    SOURCE_ORGAN = "source_organ"
    SOURCE_DOC_NO = "source_doc_no"
    FOUND_ON = "found_on"
    ASSIGNED_ON = "assigned_on"
    ENTERPRISE_NAME = "enterprise_name"
    USCC = "uscc"
    VILLAGE = "village"
    ADDRESS = "address"
    INDUSTRY = "industry"
    DESCRIPTION = "description"
    LEVEL = "level"
    CRITERIA = "criteria"
    MEASURES = "measures"
    FUNDS = "funds"
    DEADLINE = "deadline"
    RESP_UNIT = "resp_unit"
    RESP_PERSON = "resp_person"
    PHONE = "phone"
    SUPERVISOR = "supervisor"
    SUPERVISOR_DEPT = "supervisor_dept"
    HANGING_LEADER = "hanging_leader"
    STATUS = "status"
    RECTIFIED_ON = "rectified_on"
    REVIEWER = "reviewer"
    REVIEWED_ON = "reviewed_on"
    REVIEW_RESULT = "review_result"
    CLOSED = "closed"
    CLOSED_ON = "closed_on"
    FILED_CASE = "filed_case"
    INTERVIEWED = "interviewed"
    FINE = "fine"
    EXPOSED = "exposed"
    SUSPENDED = "suspended"
    SHUT_DOWN = "shut_down"
    TRANSFERRED_JUSTICE = "transferred_justice"
    UNFINISHED_REASON = "unfinished_reason"
    SAME_KIND = "same_kind"
    REMARK = "remark"
    # beside the table of R3.31
    CATEGORY = "category"
    INSPECTORS = "inspectors"
    REPORT_MONTH = "report_month"
    LISTING_LEVEL = "listing_level"
    EMERGENCY_PLAN = "emergency_plan"
    PENALTY = "penalty"
    PENALTY_KIND = "penalty_kind"
    PENALTY_DOC_NO = "penalty_doc_no"


FIELD_NAMES: Final[dict[Field, str]] = {
    Field.SEQ_NO: "序号",
    Field.SOURCE_ORGAN: "交办或检查单位",
    Field.SOURCE_DOC_NO: "来源文号",
    Field.FOUND_ON: "发现日期",
    Field.ASSIGNED_ON: "交办日期",
    Field.ENTERPRISE_NAME: "企业",
    Field.USCC: "统一社会信用代码",
    Field.VILLAGE: "村（社区）",
    Field.ADDRESS: "地址或部位",
    Field.INDUSTRY: "行业",
    Field.DESCRIPTION: "隐患描述",
    Field.LEVEL: "级别",
    Field.CRITERIA: "判定依据",
    Field.MEASURES: "整改措施",
    Field.FUNDS: "整改资金",
    Field.DEADLINE: "整改期限",
    Field.RESP_UNIT: "责任单位",
    Field.RESP_PERSON: "责任人",
    Field.PHONE: "联系电话",
    Field.SUPERVISOR: "监管责任人",
    Field.SUPERVISOR_DEPT: "监管部门",
    Field.HANGING_LEADER: "挂钩领导",
    Field.STATUS: "整改情况",
    Field.RECTIFIED_ON: "完成日期",
    Field.REVIEWER: "复查人",
    Field.REVIEWED_ON: "复查日期",
    Field.REVIEW_RESULT: "复查结果",
    Field.CLOSED: "是否销号",
    Field.CLOSED_ON: "销号日期",
    Field.FILED_CASE: "是否立案",
    Field.INTERVIEWED: "是否约谈",
    Field.FINE: "罚款",
    Field.EXPOSED: "是否曝光",
    Field.SUSPENDED: "是否停产整顿",
    Field.SHUT_DOWN: "是否关闭取缔",
    Field.TRANSFERRED_JUSTICE: "是否移送司法机关",
    Field.UNFINISHED_REASON: "未完成原因",
    Field.SAME_KIND: "举一反三情况",
    Field.REMARK: "备注",
    Field.CATEGORY: "隐患类型",
    Field.INSPECTORS: "检查人员",
    Field.REPORT_MONTH: "上报月份",
    Field.LISTING_LEVEL: "挂牌督办级别",
    Field.EMERGENCY_PLAN: "应急预案",
    Field.PENALTY: "是否处罚",
    Field.PENALTY_KIND: "处罚形式",
    Field.PENALTY_DOC_NO: "处罚文书编号",
}

DATES: Final = frozenset(
    {Field.FOUND_ON, Field.ASSIGNED_ON, Field.DEADLINE, Field.RECTIFIED_ON, Field.REVIEWED_ON, Field.CLOSED_ON}
)
YES_NO: Final = frozenset(
    {
        Field.CLOSED,
        Field.FILED_CASE,
        Field.INTERVIEWED,
        Field.EXPOSED,
        Field.SUSPENDED,
        Field.SHUT_DOWN,
        Field.TRANSFERRED_JUSTICE,
        Field.PENALTY,
    }
)
MONEY: Final = frozenset({Field.FINE, Field.FUNDS})

_WORDS: Final[dict[Field, str]] = {
    Field.SEQ_NO: "序号 编号 NO. NO 序 号 项次 隐患编号 问题编号 隐患序号 问题序号",
    Field.SOURCE_ORGAN: (
        "交办单位 检查单位 督查单位 检查部门 检查组 来源 隐患来源 问题来源 台账来源 交办部门 督查组 检查机关 交办机关"
    ),
    Field.SOURCE_DOC_NO: "交办文号 文号 文书编号 督办文号 发文字号 来文文号 交办单号 文件号 督办单号",
    Field.FOUND_ON: (
        "检查日期 检查时间 发现日期 发现时间 督导日期 督查时间 排查时间 督查日期 排查日期 督导时间 巡查日期"
        " 巡查时间 日期 时间"
    ),
    Field.ASSIGNED_ON: "交办日期 交办时间 下发日期 下发时间 下达日期 下达时间 转办日期 转办时间",
    Field.ENTERPRISE_NAME: (
        "企业名称 单位名称 被检查单位 受检单位 被检查单位名称 隐患单位 场所名称 企业 单位 被检单位 受检企业"
        " 被检查企业 检查对象 公司名称 名称 场所 商户名称 项目名称 店名 生产经营单位"
    ),
    Field.USCC: "统一社会信用代码 社会信用代码 信用代码",
    Field.VILLAGE: (
        "所属村 村社区 所在村 属地 所属网格 板块 所在镇 村 社区 所属镇 所属镇村 属地村 属地板块 网格 所在社区"
    ),
    Field.ADDRESS: ("地址 单位地址 隐患位置 地点 部位 隐患部位 企业地址 位置 详细地址 场所地址 隐患地点"),
    Field.INDUSTRY: "行业 行业类别 行业领域 所属行业 行业类型 领域 行业分类 企业类型 企业类别",
    Field.DESCRIPTION: (
        "隐患描述 隐患内容 隐患明细 存在问题 问题描述 问题隐患 存在的安全隐患 主要问题 检查发现问题"
        " 隐患问题描述 存在的问题 存在隐患 存在的隐患 隐患情况 安全隐患 事故隐患 隐患 问题 内容 隐患问题"
        " 存在问题及隐患 发现问题 检查情况 检查内容 存在的主要问题 存在的问题隐患 事故隐患内容 问题内容"
        " 具体问题"
    ),
    Field.LEVEL: ("隐患等级 隐患级别 等级 性质 级别 隐患性质 问题等级 问题级别 是否重大 是否重大隐患 是否为重大隐患"),
    Field.CRITERIA: "判定依据 依据 违反法规条款 违反条款 检查依据 法规依据 判定标准",
    Field.MEASURES: "整改措施 整改要求 治理措施 整改建议 整改意见 措施 要求 处理意见 防范措施",
    Field.FUNDS: "整改资金 治理资金 投入资金 资金 资金落实",
    Field.DEADLINE: (
        "整改时限 整改期限 完成时限 限期 整改完成时限 要求完成时间 计划完成时间 时限 期限 限期整改时间"
        " 限改时间 整改完成期限 计划整改时间 要求整改时间 完成期限 整改限期 截止日期 截止时间"
    ),
    Field.RESP_UNIT: "责任单位 整改责任单位 整改单位 责任部门 所属部门 责任主体 整改责任部门",
    Field.RESP_PERSON: ("责任人 整改责任人 企业负责人 整改负责人 负责人 企业责任人 整改完成人 整改人 单位负责人"),
    Field.PHONE: "联系电话 联系方式 手机 电话 手机号 手机号码 联系人电话",
    Field.SUPERVISOR: "监管责任人 整改监管责任人 监管人 包保责任人 督办人 监管人员 跟踪人 督办责任人",
    Field.SUPERVISOR_DEPT: (
        "监管责任部门 监管部门 牵头部门 督办单位 主管部门 行业主管部门 监管单位 督办部门 牵头单位 监管责任单位"
    ),
    Field.HANGING_LEADER: "挂钩领导 包保领导 责任领导 分管领导 包案领导 挂牌领导 联系领导",
    Field.STATUS: (
        "整改情况 整改进展 整改进度 完成情况 是否整改 当前状态 整改落实情况 整改完成情况 状态 进展情况"
        " 整改状态 落实情况 是否整改到位 是否完成整改 是否完成 进展 进度 整改结果 办理情况 是否已整改 整改"
    ),
    Field.RECTIFIED_ON: ("整改完成时间 完成时间 整改到位时间 整改完成日期 整改确认日期 到位时间 完成日期 到位日期"),
    Field.REVIEWER: "复查人 验收人 验收人员 复查人员 整改验收人 复查单位 验收单位 核查人",
    Field.REVIEWED_ON: "复查时间 复查日期 验收时间 整改验收时间 验收日期 复核时间 核查时间",
    Field.REVIEW_RESULT: "复查结果 复查情况 复查意见 验收结果 验收情况 验收意见 复核情况 核查情况",
    Field.CLOSED: "是否销号 是否闭环 是否销案 销号 销号情况 闭环情况 是否办结",
    Field.CLOSED_ON: "销号时间 闭环时间 销案日期 销号日期 销案时间 闭环日期 办结时间",
    Field.FILED_CASE: "是否立案 立案 立案情况",
    Field.INTERVIEWED: "是否约谈 约谈 约谈情况",
    Field.FINE: "罚款 罚款金额 处罚金额 罚金 行政罚款",
    Field.EXPOSED: "是否曝光 曝光",
    Field.SUSPENDED: "是否停产整顿 停产整顿 是否停产 是否停产停业",
    Field.SHUT_DOWN: "是否关闭取缔 关闭取缔 是否关闭 是否取缔",
    Field.TRANSFERRED_JUSTICE: "是否移送司法机关 是否移送司法机关追究刑事责任 移送司法 是否移送",
    Field.UNFINISHED_REASON: "未完成原因 未整改原因 未销号原因 逾期原因 未按期完成原因",
    Field.SAME_KIND: "举一反三情况 举一反三",
    Field.REMARK: "备注 说明 附注 备注说明 其他",
    Field.CATEGORY: "隐患类型 隐患类别 问题类型 问题类别 隐患分类 类别 类型",
    Field.INSPECTORS: ("检查人员 检查人 督导人员 网格员 发现人 督查人员 巡查人员 排查人 执法人员 检查专家"),
    Field.REPORT_MONTH: "上报月份 月份 填报月份 报送月份",
    Field.LISTING_LEVEL: "挂牌督办级别 挂牌级别 督办级别",
    Field.EMERGENCY_PLAN: "应急预案 预案 应急措施",
    Field.PENALTY: "是否处罚 是否行政处罚",
    Field.PENALTY_KIND: "处罚形式 处罚种类 处罚情况 处罚方式",
    Field.PENALTY_DOC_NO: "处罚文书编号 处罚文号 处罚决定书文号 处罚决定书编号",
}

SYNONYMS: Final[dict[str, Field]] = {
    word.lower().strip(".") or word: field for field, words in _WORDS.items() for word in words.split()
}

# Words that head a tick column: under (or without) a parent, a tick there means this value of the field.
OPTIONS: Final[dict[str, tuple[Field, str]]] = {
    "一般": (Field.LEVEL, "一般"),
    "一般隐患": (Field.LEVEL, "一般"),
    "重大": (Field.LEVEL, "重大"),
    "重大隐患": (Field.LEVEL, "重大"),
    "已整改": (Field.STATUS, "已整改"),
    "已完成": (Field.STATUS, "已完成"),
    "未整改": (Field.STATUS, "未整改"),
    "未完成": (Field.STATUS, "未完成"),
    "整改中": (Field.STATUS, "整改中"),
    "正在整改": (Field.STATUS, "正在整改"),
    "立即整改": (Field.DEADLINE, "立即整改"),
    "已销号": (Field.CLOSED, "是"),
    "未销号": (Field.CLOSED, "否"),
}

# What a table that only counts is made of (V5); it is understood, named, and never entered as hazards.
COUNTS: Final[dict[str, str]] = {
    "企业数": "enterprise_count",
    "镇级村级隐患数": "town_village_found_count",
    "镇级/村级隐患数": "town_village_found_count",
    "检查发现隐患数": "found_count",
    "整改隐患数": "rectified_count",
    "未整改隐患数": "open_count",
    "整改率": "rectification_rate",
    "重大隐患数": "major_count",
    "完成重大隐患数": "major_rectified_count",
    "重大隐患整改率": "major_rectification_rate",
    "现场检查记录": "site_record_count",
    "责令限期整改指令书": "rectification_order_count",
    "强制措施决定书": "measure_decision_count",
    "整改复查意见书": "review_opinion_count",
}
COUNT_PATTERN: Final = (
    r"(数|数量|家数|家次|人次|次数|份数|条数|率|总计|小计)$|指令书$|决定书$|意见书$|检查记录$|通知书$"
)
