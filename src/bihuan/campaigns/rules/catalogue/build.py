"""Short ways to write down an indicator, so that the catalogue reads as a table."""

from typing import Any, Final

from bihuan.campaigns.rules.terms import Indicator, Kind, Part, Per, Span, Target, Term

STILL: Final = ":still"
U, S, F, C = (Per.UNIT,), (Per.SECTOR,), (Per.FIELD,), (Per.CATEGORY,)
US = (Per.UNIT, Per.SECTOR)

# A campaign's own hazards (section 13: period = the campaign): those that were not over when it began, and all that
# came later. What was closed before is taken away; what is open belongs to it, however old.
HAZARDS: Final = "开始时没有销号的和以后登记的隐患，除去已移送和不成立"
MAJORS: Final = "开始时没有销号的和以后确认的重大隐患，除去已移送和不成立"


def of(meaning: str, *names: str, span: Span = Span.ASKED) -> Term:
    """Return a term. names: `room.thing`, `room.thing@level` for one level, `-room.thing` for what is taken away,
    `room.thing:still` for what stood so when the period began and has ever since."""
    return Term(meaning, tuple(_part(name) for name in names), span)


def _part(name: str) -> Part:
    bare, _, level = name.removeprefix("-").removesuffix(STILL).partition("@")
    return Part(bare, level, -1 if name.startswith("-") else 1, name.endswith(STILL))


def rate(key: str, title: str, clauses: str, part: Term, whole: Term, **more: Any) -> Indicator:
    """Return a rate: part of whole. clauses: ids separated by spaces."""
    return _made(key, title, clauses, Kind.RATE, part, whole, **more)


def count(key: str, title: str, clauses: str, what: Term, *, unit: str, **more: Any) -> Indicator:
    """Return a plain count."""
    return _made(key, title, clauses, Kind.COUNT, what, None, unit=unit, **more)


def times(key: str, title: str, clauses: str, one: Term, other: Term, **more: Any) -> Indicator:
    """Return how many times the other one is."""
    return _made(key, title, clauses, Kind.TIMES, one, other, **more)


def decline(key: str, title: str, clauses: str, now: Term, before: Term, **more: Any) -> Indicator:
    """Return by how much it fell since before."""
    return _made(key, title, clauses, Kind.DECLINE, now, before, **more)


def yes_no(key: str, title: str, clauses: str, what: Term, of: Term | None = None, **more: Any) -> Indicator:
    """Return whether there is one. of: what calls for one; nothing to say while there is none of it."""
    return _made(key, title, clauses, Kind.YES_NO, what, of, **more)


def mean(key: str, title: str, clauses: str, total: Term, over: Term, *, unit: str, **more: Any) -> Indicator:
    """Return a mean."""
    return _made(key, title, clauses, Kind.MEAN, total, over, unit=unit, **more)


def not_by_data(key: str, title: str, clauses: str, *, why: str, source: str = "") -> Indicator:
    """Return what no data can say, with the reason."""
    return Indicator(key, title, tuple(clauses.split()), Kind.RATE, None, source=source, why_not=why)


def _made(
    key: str,
    title: str,
    clauses: str,
    kind: Kind,
    numerator: Term,
    denominator: Term | None,
    *,
    per: tuple[Per, ...] = U,
    target: str = "",
    own: bool = False,
    source: str = "",
    unit: str = "",
    sectors: tuple[str, ...] = (),
    if_nothing: str = "",
) -> Indicator:
    return Indicator(
        key=key,
        title=title,
        clauses=tuple(clauses.split()),
        kind=kind,
        numerator=numerator,
        denominator=denominator,
        per=per,
        target=Target(target, own=own) if target else None,
        source=source,
        unit=unit,
        sectors=sectors,
        if_nothing=if_nothing,
    )
