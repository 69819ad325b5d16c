"""The catalogue as a campaign uses it: how many clauses are measured, by whose rows, and what each indicator means."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from bihuan.campaigns.models import Campaign, Clause, ClauseFigure
from bihuan.campaigns.queries.behind import Rows
from bihuan.campaigns.queries.finding import places_of, row_for
from bihuan.campaigns.queries.indicators import known_names, values_of
from bihuan.campaigns.queries.offered import offers
from bihuan.campaigns.rules.catalogue import BY_KEY, CATALOGUE, rooms_of
from bihuan.campaigns.rules.covered import cover_of
from bihuan.campaigns.rules.lines import RowsLink
from bihuan.campaigns.rules.own import OwnForm, own_indicator
from bihuan.campaigns.rules.own_among import OwnLine, in_order, own_lines, parts_of, wholes_for
from bihuan.campaigns.rules.own_kept import edition_of, form_of
from bihuan.campaigns.rules.shown import (
    Catalogued,
    ClauseUse,
    FigureNow,
    IndicatorLine,
    IndicatorView,
    OwnBeside,
    OwnEdition,
    PartLine,
    RoomLine,
)
from bihuan.campaigns.rules.terms import Indicator, Part, State
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound
from bihuan.stats import queries as stats


class _Used(NamedTuple):
    """What the clauses of a campaign are measured by. known: what is measured today."""

    known: frozenset[str]
    clauses: list[ClauseUse]
    own: dict[str, Indicator]
    standing: list[OwnLine]
    by_key: dict[str, list[ClauseUse]]


def catalogued(viewer: Actor, campaign_id: UUID) -> Catalogued:
    """Return the whole catalogue with what of it a campaign uses, and how its clauses are covered. Three queries."""
    row = row_for(viewer, campaign_id)
    used = _used(row)
    lines = [_line(one, used) for one in CATALOGUE]
    own = [
        replace(_line(used.own[one.key], used), part_of=whole.form.title if whole is not None else "")
        for one, whole in in_order([one for one in used.standing if one.key in used.own])
    ]
    return Catalogued(
        lines=lines,
        own=own,
        clauses=used.clauses,
        covers=Counter(one.cover for one in used.clauses),
        figures=Counter(one.state for one in (*lines, *own)),
        rooms=_rooms([*lines, *own]),
    )


def clauses_of(viewer: Actor, campaign_id: UUID) -> Sequence[ClauseUse]:
    """Return the clauses of a campaign that stand, in the order of the text, with what each is measured by."""
    return _used(row_for(viewer, campaign_id)).clauses


def indicator_for(viewer: Actor, campaign_id: UUID, key: str, *, today: date) -> IndicatorView:
    """Return one indicator as a campaign uses it, with its figure at the first place that the viewer sees.

    Raises NotFound for a key that neither the catalogue nor the campaign has.
    """
    row = row_for(viewer, campaign_id)
    used = _used(row)
    indicator = BY_KEY.get(key) or used.own.get(key)
    if indicator is None:
        raise NotFound("campaigns.no_indicator", "没有找到这个指标。请从“指标”页重新打开。")
    kept = _kept(row, key) if key in used.own else None
    whole, parts = _among(viewer, row, used, key, today) if kept is not None else (None, ())
    return IndicatorView(
        line=_line(indicator, used),
        terms=[(term.meaning, [_part(part) for part in term.parts]) for term in indicator.terms()],
        now=figure_now(viewer, row, indicator, today=today),
        editions=_editions(row, kept) if kept is not None else (),
        form=form_of(kept.own or {}) if kept is not None else None,
        clause_id=kept.clause_id if kept is not None else None,
        whole=whole,
        parts=parts,
    )


def own_lines_of(row: Campaign) -> list[OwnLine]:
    """Return the own indicators of a campaign that count today. One query."""
    rows = ClauseFigure.objects.filter(campaign=row, dropped=False, own__isnull=False).order_by(
        "clause_id", "place", "key"
    )
    return own_lines((pk, key, own or {}) for pk, key, own in rows.values_list("pk", "key", "own"))


def own_wholes(viewer: Actor, campaign_id: UUID, *, key: str = "") -> list[OwnLine]:
    """Return the own counts of a campaign of which an indicator can be declared a part. key: of it, "" of a new one."""
    standing = own_lines_of(row_for(viewer, campaign_id))
    line = next((one.line for one in standing if one.key == key), "")
    return wholes_for(line, standing)


def beside(viewer: Actor, row: Campaign, others: Sequence[OwnLine], today: date) -> list[OwnBeside]:
    """Return own indicators with their figures, to stand beside another."""
    found = []
    for one in others:
        made = own_of(one.key, one.form)
        now = figure_now(viewer, row, made, today=today) if isinstance(made, Indicator) else None
        found.append(OwnBeside(one.key, one.form.title, now.numerator if now is not None else None))
    return found


def _among(
    viewer: Actor, row: Campaign, used: "_Used", key: str, today: date
) -> tuple[OwnBeside | None, list[OwnBeside]]:
    """Return of which an own indicator is a part, and its parts, each with its figure."""
    mine = next(one for one in used.standing if one.key == key)
    wholes = beside(viewer, row, [one for one in used.standing if one.line == mine.form.part_of], today)
    return next(iter(wholes), None), beside(viewer, row, parts_of(mine.line, used.standing), today)


def own_of(key: str, form: OwnForm) -> Indicator | str:
    """Return the indicator that a form describes, or the sentence that refuses it."""
    return own_indicator(form, offers(), key=key)


def figure_now(viewer: Actor, row: Campaign, indicator: Indicator, *, today: date) -> FigureNow | None:
    """Return an indicator at the first place of the campaign that the viewer sees; None where there is none."""
    places = places_of(viewer, row, list(row.units.order_by("sort_no")), today)
    if not places:
        return None
    since, until = row.starts_on or day_of(row.made_at), row.ends_on or today
    (value,) = values_of(
        viewer, [indicator], places[0].where, since=since, until=until, on=today, today=today, campaign_id=row.pk
    )
    return FigureNow(
        place=places[0].name,
        on=min(today, until),
        text=value.text,
        numerator=value.numerator,
        denominator=value.denominator,
        why=value.why,
        numerator_rows=_links(value.numerator_rows),
        denominator_rows=_links(value.denominator_rows),
    )


def _links(rows: Sequence[Rows]) -> list[RowsLink]:
    return [RowsLink(one.page, one.query, one.amount, one.sign) for one in rows]


def _used(row: Campaign) -> _Used:
    known = known_names()
    own: dict[str, Indicator] = {}
    figures: defaultdict[UUID, list[Indicator]] = defaultdict(list)
    rows = ClauseFigure.objects.filter(campaign=row, dropped=False).order_by("clause_id", "place", "key")
    kept = list(rows.values_list("clause_id", "pk", "key", "own"))
    for clause_id, _, key, form in kept:
        made = BY_KEY.get(key) if form is None else own_of(key, form_of(form))
        if isinstance(made, Indicator):
            figures[clause_id].append(made)
            own |= {} if form is None else {key: made}
    by_key: defaultdict[str, list[ClauseUse]] = defaultdict(list)
    clauses = []
    for clause in row.clauses.in_text():
        use = _use(clause, figures[clause.pk], {one.key: one.state(known) for one in figures[clause.pk]})
        clauses.append(use)
        for one in figures[clause.pk]:
            by_key[one.key].append(use)
    return _Used(known, clauses, own, own_lines((pk, key, own) for _, pk, key, own in kept if own is not None), by_key)


def _use(clause: Clause, figures: Sequence[Indicator], states: Mapping[str, State]) -> ClauseUse:
    said = [one.why_not for one in figures if one.why_not]
    return ClauseUse(
        id=clause.pk,
        label=clause.label,
        section=clause.section,
        text=clause.text,
        cover=cover_of(states.values(), declared=bool(clause.not_by_data)),
        why=clause.not_by_data or "；".join(said),
        titles=[one.title for one in figures],
    )


def _line(indicator: Indicator, used: _Used) -> IndicatorLine:
    return IndicatorLine(
        indicator=indicator,
        state=indicator.state(used.known),
        rooms=rooms_of(indicator.names()),
        waits=() if indicator.why_not else rooms_of(indicator.missing(used.known)),
        uses=used.by_key.get(indicator.key, ()),
    )


def _rooms(lines: Sequence[IndicatorLine]) -> list[RoomLine]:
    """Count by room; a figure of two rooms counts at both, and waits only for those that are not there."""
    measured, waiting = Counter[str](), Counter[str]()
    clauses: defaultdict[str, set[UUID]] = defaultdict(set)
    for line in lines:
        measured.update(line.rooms if line.state is State.MEASURED else ())
        waiting.update(line.waits)
        for room in line.waits or line.rooms:
            clauses[room] |= {one.id for one in line.uses}
    found = [RoomLine(room, measured[room], waiting[room], len(clauses[room])) for room in {*measured, *waiting}]
    return sorted(found, key=lambda one: (-one.measured, -one.waiting, one.room))


def _part(part: Part) -> PartLine:
    room = part.name.partition(".")[0]
    measure, asked = stats.measures().get(part.name), stats.asked_figures().get(part.name)
    if measure is not None:
        return PartLine(part.sign, measure.title, measure.meaning, part.level, room)
    if asked is not None:
        return PartLine(part.sign, asked.title, asked.meaning, part.level, room)
    return PartLine(part.sign, "", "", part.level, room)


def _kept(row: Campaign, key: str) -> ClauseFigure:
    return ClauseFigure.objects.get(campaign=row, key=key, own__isnull=False)


def _editions(row: Campaign, now: ClauseFigure) -> list[OwnEdition]:
    """Return the editions of an own indicator, the newest first. One query."""
    rows = ClauseFigure.objects.filter(campaign=row, clause_id=now.clause_id, own__isnull=False)
    by_key = {one.key: one for one in rows}
    found, at = [], by_key.get(now.key)
    while at is not None:
        own = at.own or {}
        edition = OwnEdition(
            at.key, own["title"], edition_of(own), at.confirmed_by, at.confirmed_at, own.get("why", "")
        )
        found.append(edition)
        at = by_key.get(own.get("was", ""))
    return found
