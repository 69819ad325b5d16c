"""What a case of accountability needs before it is registered; nobody is proposed by a score (R9.12, R9.13)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bihuan.kernel.in_force import Dated


class Failing(StrEnum):
    """What was not done."""

    WORK_NOT_DONE = "work_not_done"
    DUTY_NOT_CARRIED_OUT = "duty_not_carried_out"
    MALFEASANCE = "malfeasance"
    FRAUD = "fraud"


FAILING_NAMES: Final[dict[Failing, str]] = {
    Failing.WORK_NOT_DONE: "工作不落实",
    Failing.DUTY_NOT_CARRIED_OUT: "责任不履行",
    Failing.MALFEASANCE: "失职渎职",
    Failing.FRAUD: "在督查检查中弄虚作假",
}


NO_ACCIDENT: Final = (
    "“工作不落实”“责任不履行”要专项行动期间发生了责任事故，才移交问责；没有发生事故的，用通报、约谈督促。"
    "属于失职渎职、弄虚作假的，请选那一项。"
)
NO_MATERIAL: Final = (
    "请上传能说明事实的材料（检查记录、台账、调查笔录等），至少一份。"
    "得分低、排名靠后本身不是问责的理由，单凭得分、排名不能移交。"
)
ALONE: Final = frozenset({Failing.MALFEASANCE, Failing.FRAUD})  # what needs no accident


class CaseForm(StrEnum):
    """The forms of R9.12, as the competent organ decides."""

    CRITICISM = "criticism"
    ADMONITION = "admonition"
    ORGANISATIONAL = "organisational"
    DISCIPLINE = "discipline"
    TRANSFER = "transfer"


FORM_NAMES: Final[dict[CaseForm, str]] = {
    CaseForm.CRITICISM: "批评教育",
    CaseForm.ADMONITION: "诫勉",
    CaseForm.ORGANISATIONAL: "组织处理",
    CaseForm.DISCIPLINE: "党纪政务处分",
    CaseForm.TRANSFER: "移送",
}


class Situation(StrEnum):
    """The five situations of leaders' liability in 厅字〔2018〕13号 (R9.13)."""

    DUTIES = "duties"
    OBSTRUCTION = "obstruction"
    CONCEALMENT = "concealment"
    ACCIDENT = "accident"
    OTHER = "other"


_NONE: Final[dict[Situation, str]] = {}
_FIVE: Final[dict[Situation, str]] = {
    Situation.DUTIES: "履行规定的安全生产职责不到位",
    Situation.OBSTRUCTION: "阻挠、干涉安全生产监管执法或者事故调查处理",
    Situation.CONCEALMENT: "对迟报、漏报、谎报或者瞒报事故负有领导责任",
    Situation.ACCIDENT: "对发生生产安全事故负有领导责任",
    Situation.OTHER: "有其他应当问责的情形",
}
SITUATIONS: Final = (
    Dated(_NONE, valid_to=date(2018, 4, 7), source="施行前没有这五种情形"),
    Dated(_FIVE, valid_from=date(2018, 4, 8), source="地方党政领导干部安全生产责任制规定（厅字〔2018〕13号）"),
)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What was written of a case. by_accident: the ground is an accident; then it was a responsible one
    of the campaign's days, by the report of its investigation (R9.12). days: its first, and its last or today.
    has_material: a paper that shows the fact is there; what needs no accident rests on it alone."""

    who: str
    failings: frozenset[Failing]
    grounds: str
    by_accident: bool = False
    accident: str = ""
    is_responsible: bool = False
    report: str = ""
    accident_on: date | None = None
    days: tuple[date, date] | None = None
    has_material: bool = False


def case_lacks(facts: CaseFacts) -> tuple[str, str] | None:
    """Return the field and the sentence for which a case is refused, None when it may be handed over."""
    checks = (
        (not facts.who.strip(), "who", "请写对象：哪个单位，或者哪个岗位。"),
        (
            not facts.failings,
            "failings",
            "问责要有“工作不落实”或者“责任不履行”等事实。得分低、排名靠后本身不是问责的理由，请选事实。",
        ),
        (not facts.grounds.strip(), "grounds", "请写清哪件事没有办、哪项责任没有履行。"),
        (
            not facts.by_accident and not facts.failings & ALONE,
            "by_accident",
            NO_ACCIDENT,
        ),
        (not facts.by_accident and not facts.has_material, "files", NO_MATERIAL),
        (facts.by_accident and not facts.accident.strip(), "accident", "请写是哪起事故。"),
        (facts.by_accident and facts.accident_on is None, "accident_on", "请填事故发生的日期。"),
        (facts.by_accident and not _is_within(facts), "accident_on", _outside(facts)),
        (
            facts.by_accident and not facts.is_responsible,
            "is_responsible",
            "调查没有认定为责任事故的，不能以事故为由问责。",
        ),
        (facts.by_accident and not facts.report.strip(), "report", "请写认定责任事故的调查报告或者批复的文号。"),
    )
    return next(((field, say) for bad, field, say in checks if bad), None)


def _is_within(facts: CaseFacts) -> bool:
    day, days = facts.accident_on, facts.days
    return day is not None and days is not None and days[0] <= day <= days[1]


def _outside(facts: CaseFacts) -> str:
    if facts.days is None:
        return "专项行动还没有起止日期，不能以事故为由问责。"
    first, last = (f"{one.year}年{one.month}月{one.day}日" for one in facts.days)
    return f"事故要发生在专项行动期间（{first}至{last}），不在这期间的不能按本次行动问责。请核对日期。"


def decision_lacks(*, organ: str, doc_number: str, decided_on: date | None, has_paper: bool) -> tuple[str, str] | None:
    """Return why a decision is not registered: it is the competent organ's, with its document."""
    checks = (
        (not organ.strip(), "organ", "请写作出决定的机关。"),
        (not doc_number.strip(), "doc_number", "请写决定的文号；没有文件的决定不登记。"),
        (decided_on is None, "decided_on", "请填决定的日期。"),
        (not has_paper, "files", "请上传决定文件。"),
    )
    return next(((field, say) for bad, field, say in checks if bad), None)
