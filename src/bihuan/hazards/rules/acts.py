"""The named acts of the loop: nothing changes a state but these (L1)."""

from enum import StrEnum
from typing import Final, NamedTuple


class Act(StrEnum):
    """What a person can do to a hazard or to its listing order. Never renamed: event kinds carry these names."""

    REPORT = "report"
    CONFIRM = "confirm"
    COUNTERSIGN = "countersign"
    ASSIGN = "assign"
    FIX_ON_SPOT = "fix_on_spot"
    ARRANGE = "arrange"
    ACCEPT = "accept"
    HAND_IN = "hand_in"
    PASS = "pass"  # noqa: S105 -- passing a re-inspection, not a password
    FAIL = "fail"
    CHECK_EXPIRED = "check_expired"
    SUBMIT_SUPERIOR = "submit_superior"
    SUPERIOR_ACCEPT = "superior_accept"
    SUPERIOR_REFUSE = "superior_refuse"
    ASK_EXTENSION = "ask_extension"
    GRANT_EXTENSION = "grant_extension"
    REFUSE_EXTENSION = "refuse_extension"
    ADOPT_DEADLINE = "adopt_deadline"
    RAISE_LEVEL = "raise_level"
    REQUEST_LOWERING = "request_lowering"
    APPROVE_LOWERING = "approve_lowering"
    REFUSE_LOWERING = "refuse_lowering"
    TRANSFER = "transfer"
    RECORD_REPLY = "record_reply"
    RETURN = "return"
    REQUEST_INVALID = "request_invalid"
    APPROVE_INVALID = "approve_invalid"
    REFUSE_INVALID = "refuse_invalid"
    REOPEN = "reopen"
    LINK_REPEAT = "link_repeat"
    SUSPEND = "suspend"
    APPLY_RESUMPTION = "apply_resumption"
    RESUME = "resume"
    REFUSE_RESUMPTION = "refuse_resumption"
    REMIND = "remind"
    REASSIGN = "reassign"
    DELEGATE_REVIEW = "delegate_review"
    TELL_REGULATOR = "tell_regulator"
    TELL_WORKERS = "tell_workers"
    ATTACH = "attach"
    SAMPLE = "sample"
    # the listing order's own life (R3.24a)
    PROPOSE_LISTING = "propose_listing"
    LIST = "list"
    RECORD_LISTING = "record_listing"
    WITHDRAW_LISTING = "withdraw_listing"
    PUBLISH = "publish"
    FILE_UPWARD = "file_upward"
    HAND_IN_PLAN = "hand_in_plan"
    PROGRESS = "progress"
    APPLY_ACCEPTANCE = "apply_acceptance"
    ACCEPT_LISTING = "accept_listing"
    FAIL_ACCEPTANCE = "fail_acceptance"
    DELIST = "delist"
    PROPOSE_LICENCE_SUSPENSION = "propose_licence_suspension"
    RECORD_LICENCE_ANSWER = "record_licence_answer"


LISTING_ACTS: Final = frozenset(
    {
        Act.PROPOSE_LISTING,
        Act.LIST,
        Act.RECORD_LISTING,
        Act.WITHDRAW_LISTING,
        Act.PUBLISH,
        Act.FILE_UPWARD,
        Act.HAND_IN_PLAN,
        Act.PROGRESS,
        Act.APPLY_ACCEPTANCE,
        Act.ACCEPT_LISTING,
        Act.FAIL_ACCEPTANCE,
        Act.DELIST,
        Act.PROPOSE_LICENCE_SUSPENSION,
        Act.RECORD_LICENCE_ANSWER,
    }
)


class Words(NamedTuple):
    """How an act is called: title for the trail, button for the page, and a sentence saying what it does."""

    title: str
    button: str
    does: str


WORDS: Final[dict[Act, Words]] = {
    Act.REPORT: Words("登记", "登记隐患", "记下地点、情况和照片，交安监办核实。"),
    Act.CONFIRM: Words("核实定级", "核实定级", "确认属实，定为一般或重大；重大须写明判定依据。"),
    Act.COUNTERSIGN: Words("复核判定", "复核判定", "第二人复核重大隐患的判定依据并签字。"),
    Act.ASSIGN: Words("下达整改", "下达整改", "写明要求、期限和监管责任人，交责任单位整改。"),
    Act.FIX_ON_SPOT: Words("立行立改", "立行立改", "当场整改完毕，整改前后照片和双方签字齐全，等待复查。"),
    Act.ARRANGE: Words("填报五落实", "填报五落实", "逐项写明责任、措施、资金、时限、预案和临时管控措施。"),
    Act.ACCEPT: Words("签收整改", "签收整改", "责任单位签收，开始整改；期限自下达之日起算，不因签收改变。"),
    Act.HAND_IN: Words("提交整改", "提交整改", "交整改后照片、说明和花费，等待复查。"),
    Act.PASS: Words("通过复查", "通过复查", "现场或凭证据核对合格；不需上级认可的就此销号。"),
    Act.FAIL: Words("复查不合格", "退回重改", "写明还差什么，退回继续整改，轮次加一，已有证据保留。"),
    Act.CHECK_EXPIRED: Words(
        "到期复查", "到期复查", "期限已过没有提交整改的，到现场查看，记下已整改还是未整改，双方签字。"
    ),
    Act.SUBMIT_SUPERIOR: Words("报上级认可", "报上级认可", "复查合格并填完举一反三后，报交办的上级认可。"),
    Act.SUPERIOR_ACCEPT: Words("上级认可", "认可销号", "交办的上级认可整改结果，就此销号。"),
    Act.SUPERIOR_REFUSE: Words("上级不认可", "不予认可", "交办的上级不认可，退回整改，轮次加一。"),
    Act.ASK_EXTENSION: Words("申请延期", "申请延期", "期限未过时写明理由、新期限和临时管控措施。"),
    Act.GRANT_EXTENSION: Words("同意延期", "同意延期", "同意新的期限；最初期限永久保留。"),
    Act.REFUSE_EXTENSION: Words("不同意延期", "不同意延期", "写明理由，期限不变。"),
    Act.ADOPT_DEADLINE: Words("取用上级期限", "取用上级期限", "按上级清单新版本改期限；最初期限永久保留。"),
    Act.RAISE_LEVEL: Words("升为重大", "升为重大", "写明判定依据，升为重大隐患；下一步起按挂牌督办办理。"),
    Act.REQUEST_LOWERING: Words(
        "申请降级", "申请降级", "由定级单位（待核实的由核实单位）写明理由并附证据，等第二人批准。"
    ),
    Act.APPROVE_LOWERING: Words("批准降级", "批准降级", "第二人批准降为一般隐患，挂牌随之撤回。"),
    Act.REFUSE_LOWERING: Words("不同意降级", "不同意降级", "写明理由，级别不变。"),
    Act.TRANSFER: Words("移送", "移送其他单位", "移交有权处理的单位，附移送凭据；答复须记录。"),
    Act.RECORD_REPLY: Words("记录移送答复", "记录答复", "记下受移送单位的答复，状态不变。"),
    Act.RETURN: Words("移送退回", "收回办理", "受移送单位退回，回到已定级重新下达。"),
    Act.REQUEST_INVALID: Words("申请作废", "申请作废", "写明为什么不成立，等第二人批准。"),
    Act.APPROVE_INVALID: Words("批准作废", "批准作废", "第二人批准，记为不成立，编号保留。"),
    Act.REFUSE_INVALID: Words("不同意作废", "不同意作废", "写明理由，继续办理。"),
    Act.REOPEN: Words("反弹重开", "反弹重开", "已销号的又出现，开新一轮，重新定期限和安排。"),
    Act.LINK_REPEAT: Words("关联重复隐患", "关联重复隐患", "与以前的同类隐患关联，记为重复隐患。"),
    Act.SUSPEND: Words("记录停产", "记录停产停用", "不能保证安全的，记录撤人、停产停业或停用的决定。"),
    Act.APPLY_RESUMPTION: Words("申请恢复", "申请恢复", "整改完成并评估以后，书面申请恢复生产经营或使用。"),
    Act.RESUME: Words("同意恢复", "同意恢复", "现场审查合格，记录同意恢复生产经营或使用。"),
    Act.REFUSE_RESUMPTION: Words("不同意恢复", "不同意恢复", "写明还缺什么，停产停用继续，补齐后可再申请。"),
    Act.REMIND: Words("催办", "催办", "提醒下一步责任人，超期的按档次发督办函。"),
    Act.REASSIGN: Words("改派监管责任人", "改派监管责任人", "改由另一岗位监管，期限不变。"),
    Act.DELEGATE_REVIEW: Words("委托复查", "委托复查", "写明理由，委托别的单位复查，或收回委托；期限不变。"),
    Act.TELL_REGULATOR: Words("报告监管部门", "已报监管部门", "记录重大隐患已报告负有监管职责的部门。"),
    Act.TELL_WORKERS: Words("向职工报告", "已告知职工", "记录已向从业人员通报或向职工大会报告。"),
    Act.ATTACH: Words("补充材料", "补充材料", "补照片或材料，状态不变。"),
    Act.SAMPLE: Words("抽查", "抽查合格", "对企业自行销号的隐患抽查，记录结果。"),
    Act.PROPOSE_LISTING: Words("提请挂牌", "提请挂牌", "提请安委会对重大隐患挂牌督办。"),
    Act.LIST: Words("挂牌督办", "挂牌督办", "签发督办通知书；将编号并发出，编号不可收回。"),
    Act.RECORD_LISTING: Words("登记外部挂牌", "登记上级挂牌", "登记其他机关的挂牌：机关、文号、日期和扫描件。"),
    Act.WITHDRAW_LISTING: Words("撤回提请", "不予挂牌", "写明理由，撤回提请。"),
    Act.PUBLISH: Words("公告", "记录公告", "记录督办公告的时间和地点。"),
    Act.FILE_UPWARD: Words("报备", "记录报备", "记录已报上级备案。"),
    Act.HAND_IN_PLAN: Words("提交治理方案", "提交治理方案", "六项齐全的治理方案，提交后进入治理。"),
    Act.PROGRESS: Words("报进度", "报进度", "每周报一次完成比例、花费和照片。"),
    Act.APPLY_ACCEPTANCE: Words("申请验收", "申请验收", "整改提交后，附评估情况书面申请验收。"),
    Act.ACCEPT_LISTING: Words("验收合格", "验收合格", "挂牌单位到现场验收，至少两人，结论合格。"),
    Act.FAIL_ACCEPTANCE: Words("验收不合格", "验收不合格", "退回治理，隐患同时退回整改，轮次加一。"),
    Act.DELIST: Words("摘牌", "摘牌", "签发摘牌通知；将编号并发出，编号不可收回。"),
    Act.PROPOSE_LICENCE_SUSPENSION: Words(
        "建议暂扣许可证", "建议暂扣许可证", "记录已提请发证机关暂扣安全生产许可证；由发证机关决定。"
    ),
    Act.RECORD_LICENCE_ANSWER: Words("记录暂扣答复", "记录暂扣答复", "记下发证机关是否暂扣安全生产许可证。"),
}


def event_kind(act: Act) -> str:
    """Return the dotted kind under which the trail keeps an act."""
    return f"listing.{act}" if act in LISTING_ACTS else f"hazard.{act}"
