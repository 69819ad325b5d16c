"""What the form of each act asks for. The table of the loop decides what is needed; a form only asks."""

from dataclasses import dataclass
from typing import Final

from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import FileRole


@dataclass(frozen=True, slots=True)
class Ask:
    """The form of one act.

    text: the label of the free text, "" when there is none. hint: what a good answer contains.
    fields: further fields, by their name in `fields.py`; extra: those that are folded away.
    photos, papers: which files may come with it.
    bad: the act sends back or ends; its button is not the blue one.
    """

    text: str = ""
    hint: str = ""
    fields: tuple[str, ...] = ()
    photos: tuple[FileRole, ...] = ()
    papers: tuple[FileRole, ...] = ()
    extra: tuple[str, ...] = ()
    bad: bool = False


_SITE: Final = (FileRole.SITE,)
_CLAUSE: Final = ("criterion", "checked", "fire_organ", "fire_number")
_DOC: Final = (FileRole.DOCUMENT,)
_PAPER: Final = (FileRole.PAPER,)
_BOTH: Final = (FileRole.DOCUMENT, FileRole.PAPER)
_VISIT: Final = ("on_site", "companions")
_SIGNED: Final = ("signed_by", "sign_refused")
_FIVE: Final = ("duty", "measures", "funds", "time", "plan")
_SIX: Final = ("goals", "methods", "plan_funds", "organ_persons", "time_limits", "emergency")

ASKS: Final[dict[Act, Ask]] = {
    Act.CONFIRM: Ask(
        "核实情况",
        "看到了什么，为什么这样定级",
        ("level", *_CLAUSE, "whole_judgement", "category"),
        photos=(FileRole.BEFORE,),
        papers=_DOC,
    ),
    Act.COUNTERSIGN: Ask("复核意见", "判定依据是否对得上"),
    Act.ASSIGN: Ask(
        "整改要求",
        "整改到什么样算合格",
        ("party_unit_id", "deadline_kind", "deadline", "supervisor_post_id", "supervising_unit_id"),
        papers=_PAPER,
        extra=("delegate_unit_id", "is_order", "second_officer", "issue_paper", "superior_number", *_FIVE, "interim"),
    ),
    Act.FIX_ON_SPOT: Ask(
        "怎么整改的",
        "当场做了什么",
        ("signed_by", "money", "acting_for"),
        photos=(FileRole.BEFORE, FileRole.AFTER),
        papers=_PAPER,
    ),
    Act.ARRANGE: Ask(fields=(*_FIVE, "interim", "cannot_assure_safety", "acting_for"), papers=_PAPER),
    Act.ACCEPT: Ask(fields=("signed_by", "acting_for"), papers=_PAPER),
    Act.HAND_IN: Ask(
        "做了什么",
        "换了什么、修了什么、谁做的",
        ("on", "money", "signed_by", "acting_for"),
        photos=(FileRole.AFTER,),
        papers=(FileRole.DOCUMENT, FileRole.PAPER),
    ),
    Act.PASS: Ask("复查意见", "现场看到的情况", (*_VISIT, *_SIGNED, "acting_for"), photos=_SITE, papers=_BOTH),
    Act.FAIL: Ask("还差什么", "让责任单位看了就知道怎么改", ("companions", *_SIGNED), photos=_SITE, bad=True),
    Act.CHECK_EXPIRED: Ask(
        "现场看到的情况",
        "改了什么、还差什么，现场谁在",
        ("fixed", *_SIGNED, "companions", "issue_paper"),
        photos=_SITE,
    ),
    Act.SUBMIT_SUPERIOR: Ask("上报说明", papers=_DOC),
    Act.SUPERIOR_ACCEPT: Ask("认可意见", fields=("on", "acting_for"), papers=_BOTH),
    Act.SUPERIOR_REFUSE: Ask("不认可的理由", fields=("on", "acting_for"), papers=_BOTH, bad=True),
    Act.ASK_EXTENSION: Ask("延期理由", "为什么到期办不完", ("deadline", "interim", "acting_for"), papers=_PAPER),
    Act.GRANT_EXTENSION: Ask("答复意见", fields=("acting_for",), papers=_PAPER),
    Act.REFUSE_EXTENSION: Ask("不同意的理由", fields=("acting_for",), papers=_PAPER, bad=True),
    Act.ADOPT_DEADLINE: Ask("依据", "上级清单的文号", ("deadline",), papers=_DOC),
    Act.RAISE_LEVEL: Ask(
        "升级理由", "现场哪一点符合这一条款", (*_CLAUSE, "whole_judgement"), photos=_SITE, papers=_DOC
    ),
    Act.REQUEST_LOWERING: Ask("降级理由", "为什么不再是重大", ("acting_for",), photos=_SITE, papers=_BOTH, bad=True),
    Act.APPROVE_LOWERING: Ask("批准意见", fields=("acting_for",), papers=_PAPER),
    Act.REFUSE_LOWERING: Ask("不同意的理由", bad=True),
    Act.TRANSFER: Ask("移送理由", "为什么由对方处理", ("organ", "number", "acting_for"), papers=_BOTH, bad=True),
    Act.RECORD_REPLY: Ask("答复内容", fields=("on",), papers=_DOC),
    Act.RETURN: Ask("收回原因", "对方怎么说"),
    Act.REQUEST_INVALID: Ask("为什么不成立", papers=_DOC, bad=True),
    Act.APPROVE_INVALID: Ask("批准意见", fields=("acting_for",), papers=_PAPER),
    Act.REFUSE_INVALID: Ask("不同意的理由", bad=True),
    Act.REOPEN: Ask(
        "反弹情况",
        "现在看到了什么",
        ("party_unit_id", "deadline_kind", "deadline", "supervisor_post_id", "supervising_unit_id"),
        photos=_SITE,
        papers=_PAPER,
        extra=("superior_number",),
        bad=True,
    ),
    Act.LINK_REPEAT: Ask("说明", fields=("repeat_of",)),
    Act.SUSPEND: Ask(
        "停产停用范围", "哪条线、哪台设备，撤出多少人", ("organ", "number", "on"), photos=_SITE, papers=_DOC, bad=True
    ),
    Act.APPLY_RESUMPTION: Ask(
        "治理方案落实情况和结果",
        "方案里的每一项做了什么、结果怎样",
        ("evaluated_by", "evaluator", "conclusion", "acting_for"),
        photos=_SITE,
        papers=_BOTH,
    ),
    Act.RESUME: Ask("审查意见", "", ("organ", "number", "on", "visited_on", "visited_by"), photos=_SITE, papers=_DOC),
    Act.REFUSE_RESUMPTION: Ask(
        "不同意的理由",
        "还缺什么、哪里不合格，补齐后可以再申请",
        ("organ", "number", "visited_on", "visited_by"),
        photos=_SITE,
        papers=_DOC,
        extra=("sanction", "sanction_organ"),
        bad=True,
    ),
    Act.REMIND: Ask("催办内容", "请对方做什么、什么时候之前", ("escalation",), extra=("issue_paper",)),
    Act.REASSIGN: Ask("改派原因", fields=("supervisor_post_id", "supervising_unit_id")),
    Act.DELEGATE_REVIEW: Ask("理由", "为什么由这个单位复查", ("delegate_unit_id",)),
    Act.TELL_REGULATOR: Ask(
        "报告情况", "报给谁、怎么报的", ("on", "organ", "cause", "harm", "report_plan", "acting_for"), papers=_BOTH
    ),
    Act.TELL_WORKERS: Ask("告知情况", "会议、公告栏或职工大会", ("on", "acting_for"), photos=_SITE, papers=_PAPER),
    Act.ATTACH: Ask("说明", photos=(FileRole.BEFORE, FileRole.AFTER), papers=_DOC),
    Act.SAMPLE: Ask("抽查情况", fields=("on_site",), photos=_SITE),
    Act.PROPOSE_LISTING: Ask("提请理由", "危害、整改难度和建议的督办要求", papers=_DOC),
    Act.LIST: Ask(
        fields=(
            "order_unit",
            "demands",
            "order_deadline",
            "closing_organ",
            "enterprise_person",
            "supervisor",
            "leader",
            "stop_production",
        ),
        papers=_DOC,
    ),
    Act.RECORD_LISTING: Ask(
        "说明", fields=("order_level", "organ", "number", "on", "order_unit", "demands", "closing_organ"), papers=_PAPER
    ),
    Act.WITHDRAW_LISTING: Ask("不挂牌的理由", bad=True),
    Act.PUBLISH: Ask("在哪里公告", "公告栏、厂门口或网页", ("on",), photos=_SITE),
    Act.FILE_UPWARD: Ask("报给谁", fields=("on", "number"), papers=_DOC),
    Act.HAND_IN_PLAN: Ask(fields=(*_SIX, "acting_for"), papers=_BOTH),
    Act.PROGRESS: Ask("进展", "这一周做了什么", ("percent", "money", "acting_for"), photos=_SITE, papers=_PAPER),
    Act.APPLY_ACCEPTANCE: Ask("申请说明", fields=("evaluation", "acting_for"), papers=_BOTH),
    Act.ACCEPT_LISTING: Ask("验收结论", "现场看到的情况", (*_VISIT, "acting_for"), photos=_SITE, papers=_BOTH),
    Act.FAIL_ACCEPTANCE: Ask("还差什么", fields=(*_VISIT, "acting_for"), photos=_SITE, papers=_BOTH, bad=True),
    Act.PROPOSE_LICENCE_SUSPENSION: Ask(
        "建议暂扣的理由",
        "为什么治理结束前必须暂扣",
        ("licence", "licence_organ", "number", "on"),
        papers=_DOC,
        bad=True,
    ),
    Act.RECORD_LICENCE_ANSWER: Ask("答复内容", "", ("licence_suspended", "on"), papers=_DOC),
    Act.DELIST: Ask("销案说明", fields=("acting_for",), papers=_BOTH, extra=("number", "on")),
}
