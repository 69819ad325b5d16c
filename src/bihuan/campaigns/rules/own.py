"""Own indicators from a form, without code: which records, which filters of their list, counted or as a rate.

A filter is taken only where some measure counts exactly the rows that it lists, so that the figure is right for any
unit and any past day. Nothing is evaluated: the form names measures by their filters, or is refused with a sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bihuan.campaigns.rules.terms import Indicator, Kind, Part, Per, Term

LONGEST: Final = 40  # characters of a title
SHOWN: Final = 8  # of the choices that a refusal names


class Records(StrEnum):
    """What is counted."""

    HAZARDS = "hazards"
    LISTINGS = "listings"
    SELF_REPORTS = "self_reports"
    ENTERPRISES = "enterprises"


RECORD_NAMES: Final[dict[Records, str]] = {
    Records.HAZARDS: "隐患",
    Records.LISTINGS: "挂牌督办",
    Records.SELF_REPORTS: "企业自报",
    Records.ENTERPRISES: "企业",
}


class Period(StrEnum):
    """By what a record falls into the period: how it stands at its end, the day it was found, the day it was closed."""

    STANDING = "standing"
    FOUND = "found"
    CLOSED = "closed"


PERIOD_NAMES: Final[dict[Period, str]] = {
    Period.STANDING: "期末的状态",
    Period.FOUND: "发现日期",
    Period.CLOSED: "销号日期",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A measure that a form can choose. filters: of the list page, level apart. levels: those it can be narrowed to."""

    name: str
    title: str
    records: Records
    period: Period
    filters: frozenset[tuple[str, str]]
    levels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Choice:
    """One side of the form. filters: as in the address of the list page."""

    records: str
    filters: tuple[tuple[str, str], ...] = ()
    period: str = Period.STANDING


def choice_of(offer: Offer, level: str = "") -> Choice:
    """Return the side of a form that chooses an offer, narrowed to a level where one is given."""
    filters = tuple(sorted(offer.filters)) + ((("level", level),) if level else ())
    return Choice(offer.records, filters, offer.period)


def offer_of(choice: Choice, offers: Sequence[Offer]) -> tuple[str, str]:
    """Return the name of the offer that a side chooses, and its level; "" for one that is offered no more."""
    level = dict(choice.filters).get("level", "")
    wanted = frozenset((name, value) for name, value in choice.filters if name != "level" and value)
    for one in offers:
        if (one.records, one.period, one.filters) == (choice.records, choice.period, wanted):
            return one.name, level
    return "", level


@dataclass(frozen=True, slots=True)
class OwnForm:
    """What a person filled in. whole: the denominator of a rate."""

    title: str
    kind: str
    part: Choice
    whole: Choice | None = None
    unit: str = "项"


def own_indicator(form: OwnForm, offers: Sequence[Offer], *, key: str) -> Indicator | str:
    """Return the indicator that a form describes, or the sentence that refuses it. key: given by the caller."""
    refused = _refused(form)
    if refused:
        return refused
    numerator = _term(form.part, offers)
    denominator = _term(form.whole, offers) if form.whole is not None else None
    for side, found in (("分子", numerator), ("分母", denominator)):
        if isinstance(found, str):
            return f"{side}：{found}" if form.whole is not None else found
    assert isinstance(numerator, Term)  # noqa: S101 -- refused above
    assert not isinstance(denominator, str)  # noqa: S101 -- refused above
    return Indicator(
        key=key,
        title=form.title.strip(),
        clauses=(),
        kind=Kind(form.kind),
        numerator=numerator,
        denominator=denominator,
        per=(Per.UNIT, Per.SECTOR),
        source="自定",
        unit="" if denominator is not None else form.unit,
    )


def _refused(form: OwnForm) -> str:
    title = form.title.strip()
    if not title or len(title) > LONGEST:
        return f"请写指标名称，不超过 {LONGEST} 个字。"
    if form.kind not in {Kind.COUNT, Kind.RATE}:
        return "请选计数或比率。"
    if form.kind == Kind.RATE and form.whole is None:
        return "比率要有分母：请选拿什么作整体。"
    if form.kind == Kind.COUNT and form.whole is not None:
        return "计数没有分母。要算比率，请改选“比率”。"
    if form.whole is not None and form.whole.period != form.part.period:
        return "分子和分母要按同一个日期口径，请改成一样。"
    return ""


def _term(choice: Choice, offers: Sequence[Offer]) -> Term | str:
    """Find the one measure that counts what the choice lists."""
    if choice.records not in set(Records):
        return "请选要统计的记录：" + "、".join(RECORD_NAMES.values()) + "。"
    if choice.period not in set(Period):
        return "请选日期口径：" + "、".join(PERIOD_NAMES.values()) + "。"
    names = [name for name, _ in choice.filters]
    if len(set(names)) != len(names):
        return "同一个筛选条件选了两次，请去掉一个。"
    level = dict(choice.filters).get("level", "")
    wanted = frozenset((name, value) for name, value in choice.filters if name != "level" and value)
    same = [one for one in offers if one.records == choice.records and one.period == choice.period]
    for offer in same:
        if offer.filters == wanted and (not level or level in offer.levels):
            meaning = offer.title + (f"（{_LEVELS[level]}）" if level else "")
            return Term(meaning, (Part(offer.name, level),))
    shown = "、".join(one.title for one in same[:SHOWN])
    if not shown:
        records, period = RECORD_NAMES[Records(choice.records)], PERIOD_NAMES[Period(choice.period)]
        return f"“{records}”不能按“{period}”统计，请换一个口径。"
    return f"这样筛选的数没有逐日记录，说不出过去某一天是多少。可以选：{shown}{'等' * (len(same) > SHOWN)}。"


_LEVELS: Final = {"general": "一般", "major": "重大"}
