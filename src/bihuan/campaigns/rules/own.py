"""Own indicators from a form, without code: which records, which filters of their list, counted or as a rate, where.

A filter is taken only where some measure counts exactly the rows that it lists, so that the figure is right for any
unit and any past day. Nothing is evaluated: the form names measures by their filters, or is refused with a sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bihuan.campaigns.rules.own_target import is_target
from bihuan.campaigns.rules.terms import ALL, Indicator, Kind, Only, Part, Per, Target, Term
from bihuan.hazards.rules.states import SOURCE_NAMES, Source
from bihuan.standards.rules import SECTOR_NAMES, Sector

LONGEST: Final = 40  # characters of a title
LONGEST_WORDS: Final = 20  # of what a hazard is described by
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
    """A measure that a form can choose. filters: of the list page, level apart. levels: those it can be narrowed to;
    one without any is not told by source either. lies: in which states of their subjects its rows lie, None unknown.
    is_whole: whether it counts all of these."""

    name: str
    title: str
    records: Records
    period: Period
    filters: frozenset[tuple[str, str]]
    levels: frozenset[str] = frozenset()
    lies: frozenset[str] | None = None
    is_whole: bool = False


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
    level, wanted = dict(choice.filters).get("level", ""), _wanted(choice)
    for one in offers:
        if (one.records, one.period, one.filters) == (choice.records, choice.period, wanted):
            return one.name, level
    return "", level


def _wanted(choice: Choice) -> frozenset[tuple[str, str]]:
    """Return the filters of a side, level apart. Forms kept from before say of what was found that transferred ones are
    listed too."""
    said = frozenset((name, value) for name, value in choice.filters if name != "level" and value)
    was = ("tab", "valid")
    return said - {was} | {("tab", "counted")} if choice.period == Period.FOUND and was in said else said


@dataclass(frozen=True, slots=True)
class OwnForm:
    """What a person filled in. whole: the denominator of a rate. sectors, only: what both sides are narrowed to; place:
    the name of the unit among it. target: as `own_target` writes it, "" for none. part_of: the own indicator of which a
    count is declared a part (rules.own_among), "" for none."""

    title: str
    kind: str
    part: Choice
    whole: Choice | None = None
    unit: str = "项"
    sectors: tuple[str, ...] = ()
    only: Only = ALL
    place: str = ""
    target: str = ""
    part_of: str = ""


def own_indicator(form: OwnForm, offers: Sequence[Offer], *, key: str) -> Indicator | str:
    """Return the indicator that a form describes, or the sentence that refuses it. key: given by the caller."""
    refused = _refused(form)
    if refused:
        return refused
    numerator = _term(form.part, offers, form)
    denominator = _term(form.whole, offers, form) if form.whole is not None else None
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
        target=Target(form.target, own=True) if form.target else None,
        source="自定",
        unit="" if denominator is not None else form.unit,
        sectors=tuple(one for one in Sector if one in form.sectors),
        only=form.only._replace(words=form.only.words.strip()),
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
    return _too_narrow(form)


def _too_narrow(form: OwnForm) -> str:
    """Return why what a form is narrowed to cannot be asked, "" where it can."""
    if not set(form.sectors) <= set(Sector):
        return "请从名单里选行业。"
    if form.only.source not in {"", *Source}:
        return "请从名单里选来源。"
    if len(form.only.words.strip()) > LONGEST_WORDS:
        return f"关键词不超过 {LONGEST_WORDS} 个字。"
    if form.target and not is_target(form.target, is_rate=form.kind == Kind.RATE):
        return "请写目标的数：比率是 0 到 100，计数是整数。"
    return ""


def narrowed_words(form: OwnForm) -> tuple[str, ...]:
    """Return what a form is narrowed to, in words."""
    sectors = "、".join(SECTOR_NAMES[one] for one in Sector if one in form.sectors)
    source = SOURCE_NAMES[Source(form.only.source)] if form.only.source else ""
    words = f"情况里有“{form.only.words.strip()}”" if form.only.words.strip() else ""
    return tuple(filter(None, (form.place, sectors, source, words)))


def above_whole(form: OwnForm, offers: Sequence[Offer]) -> str:
    """Return the doubt about a rate whose numerator can count what its denominator does not, "" without one."""
    if form.whole is None:
        return ""
    by_name = {one.name: one for one in offers}
    (name, level), (over_name, over_level) = offer_of(form.part, offers), offer_of(form.whole, offers)
    if (
        name not in by_name
        or over_name not in by_name
        or is_inside(by_name[name], by_name[over_name], level, over_level)
    ):
        return ""
    part, whole = by_name[name].title, by_name[over_name].title
    return (
        f"“{part}”{_in_brackets(level)}不都在“{whole}”{_in_brackets(over_level)}里，算出来可能超过 100%。"
        "请看分子、分母是不是选反了。"
    )


def _in_brackets(level: str) -> str:
    return f"（{_LEVELS[level]}）" if level in _LEVELS else ""


def is_inside(part: Offer, whole: Offer, level: str, over_level: str) -> bool:
    """Tell whether all that one measure counts at a level is counted by another at its level."""
    if (part.records, whole.records) == (Records.SELF_REPORTS, Records.ENTERPRISES):
        return True
    is_major = part.records == Records.LISTINGS  # only major ones are listed
    if over_level not in {"", "major" if is_major else level}:
        return False
    if part.name == whole.name:
        return True
    if part.records == Records.LISTINGS and whole.records == Records.LISTINGS:
        return whole.filters == frozenset({("tab", "all"), ("listing", "ever")})
    if is_major:
        return whole.filters in {frozenset({("tab", "all")}), frozenset({("tab", "counted")})}
    return whole.is_whole and whole.lies is not None and part.lies is not None and part.lies <= whole.lies


def _term(choice: Choice, offers: Sequence[Offer], form: OwnForm) -> Term | str:
    """Find the one measure that counts what the choice lists."""
    if choice.records not in set(Records):
        return "请选要统计的记录：" + "、".join(RECORD_NAMES.values()) + "。"
    if choice.period not in set(Period):
        return "请选日期口径：" + "、".join(PERIOD_NAMES.values()) + "。"
    names = [name for name, _ in choice.filters]
    if len(set(names)) != len(names):
        return "同一个筛选条件选了两次，请去掉一个。"
    level = dict(choice.filters).get("level", "")
    wanted = _wanted(choice)
    same = [one for one in offers if one.records == choice.records and one.period == choice.period]
    for offer in same:
        if offer.filters == wanted and (not level or level in offer.levels):
            if not offer.levels and (form.only.source or (form.only.words.strip() and offer.lies is None)):
                return f"“{offer.title}”不分来源和情况，请去掉来源和关键词。"
            words = [*([_LEVELS[level]] if level else []), *narrowed_words(form)]
            return Term(offer.title + (f"（{'，'.join(words)}）" if words else ""), (Part(offer.name, level),))
    shown = "、".join(one.title for one in same[:SHOWN])
    if not shown:
        records, period = RECORD_NAMES[Records(choice.records)], PERIOD_NAMES[Period(choice.period)]
        return f"“{records}”不能按“{period}”统计，请换一个口径。"
    return f"这样筛选的数没有逐日记录，说不出过去某一天是多少。可以选：{shown}{'等' * (len(same) > SHOWN)}。"


_LEVELS: Final = {"general": "一般", "major": "重大"}
