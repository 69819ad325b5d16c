"""The kinds of papers: titles, dated prefixes, series, and what each form prints (R4.8-R4.10, rules 4.1, R3.25)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from bihuan.kernel.in_force import Dated, in_force
from bihuan.kernel.roles import Role


class PaperKind(StrEnum):
    """The papers of the loop."""

    RECTIFICATION_NOTICE = "rectification_notice"
    RECTIFICATION_ORDER = "rectification_order"
    HAZARD_NOTICE = "hazard_notice"
    LISTING_NOTICE = "listing_notice"
    REVIEW_OPINION = "review_opinion"
    DELISTING_NOTICE = "delisting_notice"
    REMINDER_LETTER = "reminder_letter"


class PaperState(StrEnum):
    """A paper is in force or void; its number stays with it (R4.10)."""

    ISSUED = "issued"
    VOID = "void"


MAY_VOID: Final[frozenset[Role]] = frozenset({Role.SAFETY_CHIEF, Role.COMMITTEE_CHAIR, Role.SYSTEM})
PAPER_STATE_NAMES: Final[dict[PaperState, str]] = {PaperState.ISSUED: "已发出", PaperState.VOID: "作废"}


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of paper: its title and the characters in its number by day.

    case: one of the papers of a case, which share one serial (R4.8). version: of the template, kept with each paper.
    """

    title: str
    prefixes: tuple[Dated[str], ...]
    case: bool = False
    version: str = "2018-1"


REFORM: Final = date(2019, 1, 1)


def _reformed(rest: str) -> tuple[Dated[str], ...]:
    """Return 安监… before and 应急… after the institutional reform (R4.9; the day is [from memory])."""
    return (
        Dated(f"安监{rest}", valid_to=date(2018, 12, 31), source="R4.9 机构改革前"),
        Dated(f"应急{rest}", valid_from=REFORM, source="R4.9 机构改革后"),
    )


def _always(prefix: str) -> tuple[Dated[str], ...]:
    return (Dated(prefix, source="系统建议的代字"),)


# A table is read by column, so the formatter leaves it alone.
# fmt: off
FORMS: Final[Mapping[PaperKind, Form]] = MappingProxyType({
    PaperKind.RECTIFICATION_NOTICE: Form("整改通知书",         _reformed("整改"), case=True),
    PaperKind.RECTIFICATION_ORDER:  Form("责令限期整改指令书", _reformed("责改"), case=True),
    PaperKind.REVIEW_OPINION:       Form("整改复查意见书",     _reformed("复查"), case=True),
    PaperKind.HAZARD_NOTICE:        Form("隐患告知单",         _always("隐患告知")),
    PaperKind.LISTING_NOTICE:       Form("挂牌督办通知书",     _always("安委督办")),
    PaperKind.DELISTING_NOTICE:     Form("摘牌通知书",         _always("安委摘牌")),
    PaperKind.REMINDER_LETTER:      Form("督办函",             _always("安委督函")),
})
# fmt: on
PAPER_NAMES: Final[dict[PaperKind, str]] = {kind: form.title for kind, form in FORMS.items()}


def prefix_on(kind: PaperKind, day: date) -> str:
    """Return a kind's prefix by the day of issue (R4.9)."""
    return in_force(FORMS[kind].prefixes, on=day)


def series_of(kind: PaperKind, *, organ: str, prefix: str) -> str:
    """Return the name of the gapless series that a paper draws from (R4.10)."""
    return f"case:{organ}" if FORMS[kind].case else f"paper:{organ}:{prefix}"


# What each form prints, by key of `PaperDraft.fields`: the Chinese name, and whether the form is void without it.
# Dates are ISO text. problems: [{"text", "level", "deadline", "clause"}], level 重大 or 一般.
# officers: [{"name", "cert_no"}]. items: [{"text", "opinion", "passed"}]. earlier: {"title", "doc_no", "issued_on"}.
# hazards: [{"number", "unit", "text", "deadline", "days_late"}]. suspended, is_main: true or false.
# Any other key is kept in the snapshot and not printed.
_ISSUER: Final = {"organ_name": True}
_UNIT: Final = {"unit": True, "address": False, "principal": False, "principal_post": False, "phone": False}
FIELDS: Final[Mapping[PaperKind, Mapping[str, bool]]] = MappingProxyType(
    {
        PaperKind.RECTIFICATION_NOTICE: {
            **_ISSUER,
            "unit": True,
            "address": False,
            "found_on": False,
            "problems": True,
            "demands": False,
            "interim_measures": False,
            "contact": False,
            "phone": False,
        },
        PaperKind.RECTIFICATION_ORDER: {
            **_ISSUER,
            **_UNIT,
            "problems": True,
            "demands": False,
            "interim_measures": False,
            "review_government": False,
            "review_organ": False,
            "court": False,
            "officers": True,
            "power_basis": False,
            "entrusting_organ": False,
        },
        PaperKind.HAZARD_NOTICE: {
            **_ISSUER,
            "unit": True,
            "address": False,
            "found_on": False,
            "problems": True,
            "advice": False,
            "finders": False,
        },
        PaperKind.LISTING_NOTICE: {
            **_ISSUER,
            "unit": True,
            "listed_on": True,
            "listing_level": True,
            "listing_organ": True,
            "supervising_unit": False,
            "closing_unit": True,
            "hazard": True,
            "criterion": True,
            "demands": False,
            "deadline": True,
            "unit_person": False,
            "supervisor": False,
            "leader": False,
            "suspended": False,
            "is_main": False,
        },
        PaperKind.REVIEW_OPINION: {
            **_ISSUER,
            **_UNIT,
            "earlier": False,
            "reviewed_on": False,
            "items": True,
            "conclusion": True,
            "unit_signed": False,
            "officers": False,
        },
        PaperKind.DELISTING_NOTICE: {
            **_ISSUER,
            "unit": True,
            "listing_no": True,
            "listed_on": False,
            "hazard": True,
            "accepted_on": False,
            "acceptance": False,
            "delisted_on": True,
            "note": False,
        },
        PaperKind.REMINDER_LETTER: {
            **_ISSUER,
            "to": True,
            "hazards": True,
            "demands": False,
            "reply_by": False,
            "liability": False,
        },
    }
)
FIELD_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "organ_name": "发文机关",
        "unit": "单位名称",
        "address": "地址",
        "principal": "法定代表人（负责人）",
        "principal_post": "职务",
        "phone": "联系电话",
        "found_on": "发现日期",
        "problems": "存在问题",
        "interim_measures": "整改期间的安全措施",
        "contact": "联系人",
        "review_government": "复议机关（人民政府）",
        "review_organ": "复议机关（上级部门）",
        "court": "人民法院",
        "officers": "执法人员",
        "power_basis": "执法权依据",
        "entrusting_organ": "委托机关",
        "advice": "整改建议",
        "finders": "巡查人员",
        "listed_on": "挂牌日期",
        "listing_level": "挂牌级别",
        "listing_organ": "挂牌单位",
        "supervising_unit": "督办单位",
        "closing_unit": "销号单位",
        "hazard": "隐患内容",
        "criterion": "判定依据",
        "demands": "整改（督办）要求",
        "deadline": "整改期限",
        "unit_person": "企业责任人",
        "supervisor": "监管责任人",
        "leader": "挂钩领导",
        "suspended": "是否停产停业",
        "is_main": "是否主挂牌",
        "earlier": "前一份文书",
        "reviewed_on": "复查日期",
        "items": "逐项意见",
        "conclusion": "复查意见",
        "unit_signed": "被复查单位签字",
        "listing_no": "督办文号",
        "accepted_on": "验收日期",
        "acceptance": "验收情况",
        "delisted_on": "销案日期",
        "note": "销案说明",
        "to": "主送",
        "hazards": "逾期隐患",
        "reply_by": "回复期限",
        "liability": "法律责任提示",
    }
)


def missing_fields(kind: PaperKind, fields: Mapping[str, Any]) -> list[str]:
    """Return the Chinese names of what a form must say and does not, in the order of the form."""
    return [FIELD_NAMES[key] for key, must in FIELDS[kind].items() if must and not fields.get(key)]
