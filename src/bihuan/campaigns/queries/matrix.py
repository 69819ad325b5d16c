"""Units × clauses: how each clause stands at each unit that takes part, as of any day."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from bihuan.campaigns.models import Campaign, CampaignUnit, Clause, FrozenPlace
from bihuan.campaigns.queries.clause_lines import task_counts
from bihuan.campaigns.queries.finding import FIRMS, WHOLE, is_whole, names_of, own_parts_of, places_of, row_for, view_of
from bihuan.campaigns.queries.frozen import Opened, note_of
from bihuan.campaigns.queries.indicators import NOT_BY_SECTOR
from bihuan.campaigns.queries.plan import Plan, asking_of, chapter_of, chapters_of
from bihuan.campaigns.queries.values import Value
from bihuan.campaigns.rules.freezing import most_behind
from bihuan.campaigns.rules.lines import ClauseLine, FrozenNote, PlacePick
from bihuan.campaigns.rules.matrix import MatrixColumn, MatrixRow, MatrixView, behind_by
from bihuan.campaigns.rules.terms import Indicator, State, Where
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound
from bihuan.kernel.indicators import Kept
from bihuan.stats import queries as stats

NO_PLACE: Final = "您的岗位看不到这个专项行动的数字。请联系镇安监办。"
Lines = Mapping[str, Mapping[UUID, ClauseLine]]


def matrix_of(
    viewer: Actor, campaign_id: UUID, *, on: date, today: date, section: str = "", at: datetime | None = None
) -> MatrixView:
    """Return how every clause stands at every unit whose figures the viewer may see, as of the end of a day.

    Each cell is what the plan page of that unit says. Units that have no figures of their own (an office, a department
    that leads no sector) show their tasks and what the campaign itself counts of them. at, section: as for `plan_of`.
    A fixed number of queries, whatever the number of units and clauses. Raises NotFound.
    """
    row = row_for(viewer, campaign_id)
    units = list(row.units.order_by("sort_no"))
    if row.closed_at is not None and on >= day_of(row.closed_at):
        on = day_of(row.closed_at)
        places = places_of(viewer, row, units, on)
        kept = _kept(row, places)
        if kept is not None:
            lines, clauses, note = kept
            return _view(viewer, row, units, places, clauses, lines, section, on, note)
    asking = asking_of(viewer, row, units, on=on, today=today, at=at, kept=Kept(at))
    if asking is None:
        raise NotFound("campaigns.no_place", NO_PLACE)
    lines = _counted(asking, units)
    return _view(viewer, row, units, asking.places, asking.clauses, lines, section, on, None)


def _counted(asking: Plan, units: Sequence[CampaignUnit]) -> Lines:
    """Return the clauses at every place, counted together: the first place that the viewer sees among them."""
    wanted = asking.indicators(asking.clauses)
    places = {one.key: one for one in asking.places if one.key != asking.place.key}
    values = asking.values_at(wanted, places)
    found = {asking.place.key: asking}
    for key, pick in places.items():
        found[key] = _at(asking, pick, values[key])
    without = _without_figures(asking, units)
    own = [one for one in wanted if _is_campaigns(one)]
    values = asking.values_at(own, without)
    for key, pick in without.items():
        told = {one.indicator.key: one for one in values[key]}
        found[key] = _at(asking, pick, [told.get(one.key, _untold(one)) for one in wanted])
    return {key: {clause.pk: plan.line(clause) for clause in asking.clauses} for key, plan in found.items()}


def _at(asking: Plan, pick: PlacePick, values: Sequence[Value]) -> Plan:
    """Return the same plan at another place, with figures that were looked up."""
    unit_id = None if pick.key in {WHOLE, FIRMS} else UUID(pick.key)
    return replace(
        asking,
        place=pick,
        values={one.indicator.key: one for one in values},
        by_unit={},
        trends={},
        tasks=task_counts(asking.book, asking.on, unit_id) if unit_id else asking.tasks,
        standings={},
    )


def _without_figures(asking: Plan, units: Sequence[CampaignUnit]) -> dict[str, PlacePick]:
    """Return the units that are no place of the plan page; only who sees all of the town sees their tasks."""
    if asking.place.key != WHOLE:
        return {}
    known = {one.key for one in asking.places}
    rest = [one for one in units if str(one.pk) not in known]
    return {str(one.pk): PlacePick(str(one.pk), one.name, Where(one.path)) for one in rest}


def _is_campaigns(indicator: Indicator) -> bool:
    asked = stats.asked_figures()
    return bool(indicator.names()) and all(name in asked and asked[name].of_campaign for name in indicator.names())


def _untold(indicator: Indicator) -> Value:
    return Value(indicator, State.MEASURED, why=NOT_BY_SECTOR)


def _kept(row: Campaign, places: Sequence[PlacePick]) -> tuple[Lines, Sequence[Clause], FrozenNote] | None:
    """Return what was frozen of these places when the campaign was closed; None where not all of them were kept."""
    found = FrozenPlace.objects.filter(edition__campaign=row, key__in=[one.key for one in places])
    newest = {one.key: one for one in found.select_related("edition").order_by("edition__number")}
    if not places or len(newest) != len(places):
        return None
    clauses = list(row.clauses.in_text())
    opened = Opened(row, places[0].where)
    lines = {one.key: opened.at(one.where).lines(clauses, newest[one.key].content) for one in places}
    return lines, clauses, note_of(newest[places[0].key].edition, is_known=places[0].key == WHOLE)


def _view(
    viewer: Actor,
    row: Campaign,
    units: Sequence[CampaignUnit],
    places: Sequence[PlacePick],
    clauses: Sequence[Clause],
    lines: Lines,
    section: str,
    on: date,
    note: FrozenNote | None,
) -> MatrixView:
    first = places[0]
    kept = [one for one in clauses if one.pk in lines[first.key]]
    names = {one.key: one.name for one in places}
    by_unit = {str(one.pk): one for one in units}
    keys = [key for key in (*by_unit, FIRMS) if key in lines]
    cells = [{key: lines[key][one.pk] for key in keys if one.pk in lines[key]} for one in kept]
    behind = behind_by(cells, keys)
    columns = [_column(key, by_unit.get(key), names, behind[key]) for key in keys]
    whole = [lines[first.key][one.pk] for one in kept]
    return MatrixView(
        campaign=view_of(row),
        on=on,
        place_name=first.name,
        columns=columns,
        rows=[
            MatrixRow(line, by_key, frozenset(key for key in keys if _is_meant(clause, by_unit.get(key))))
            for clause, line, by_key in zip(kept, whole, cells, strict=True)
        ],
        sections=chapters_of(row, kept),
        section=section or most_behind(whole, chapter_of, otherwise=WHOLE),
        own_parts=names_of(own_parts_of(viewer, units)),
        frozen=note if note is None or is_whole(viewer, row.path) else replace(note, why=""),
    )


def _column(key: str, unit: CampaignUnit | None, names: Mapping[str, str], behind: int) -> MatrixColumn:
    if unit is None:
        return MatrixColumn(key, names[key], "", None, is_place=True, behind=behind)
    return MatrixColumn(key, unit.name, unit.side, unit.pk, is_place=key in names, behind=behind)


def _is_meant(clause: Clause, unit: CampaignUnit | None) -> bool:
    return unit is not None and str(unit.unit_id) in clause.units
