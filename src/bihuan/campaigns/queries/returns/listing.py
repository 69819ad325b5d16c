"""The rows of a form's lists for one return, computed like its numbers: of its place, as of the end of its days."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final
from uuid import UUID

from bihuan.campaigns.models import AccountabilityCase, LedFirm, Problem, Return
from bihuan.campaigns.queries.indicators import values_by_place
from bihuan.campaigns.queries.returns.filling import Basis
from bihuan.campaigns.queries.values import Value, beyond
from bihuan.campaigns.rules.catalogue import ROOMS
from bihuan.campaigns.rules.returns.binding import WAITING
from bihuan.campaigns.rules.returns.computing import NOT_YOURS
from bihuan.campaigns.rules.returns.listed import LISTS, Listed, ListRow, ListSheet, filled, listed_of
from bihuan.campaigns.rules.supervision.accountability import FORM_NAMES, CaseForm
from bihuan.campaigns.rules.supervision.figures import BY_NAME, OF_NO_VILLAGE, OF_UNIT
from bihuan.campaigns.rules.supervision.states import CaseState
from bihuan.campaigns.rules.terms import Where
from bihuan.enterprises import queries as enterprises
from bihuan.hazards import queries as hazards
from bihuan.hazards.rules.states import STATE_NAMES, State
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of, end_of
from bihuan.kernel.errors import NotFound
from bihuan.kernel.paths import is_within
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind
from bihuan.standards.rules import SECTOR_NAMES
from bihuan.stats import queries as stats
from bihuan.stats.rules import Behind, Here, summands_of

HAZARD: Final = "hazards:show"
FIRM: Final = "enterprises:show"
TOWN_ONLY: Final = "全镇的报表才列"
WHOLE: Final = ""
OVER: Final = "-hazards.in.closed:still"


def lists_now(viewer: Actor, row: Return, basis: Basis) -> list[Listed]:
    """Return the lists of a return as they stand, in the order of the form; none for a form without any.

    Nothing is told to who sees the return but not the whole of its place.
    """
    asking = _Asking(viewer, row, basis)
    return [asking.listed(one) for one in LISTS.get(row.form.code, ())]


def lists_of(row: Return, number: int) -> list[Listed]:
    """Return the lists that an edition kept; none where there is no such edition. One query."""
    kept = row.editions.filter(number=number).values_list("lists", flat=True).first()
    return [listed_of(one) for one in kept or ()]


@dataclass
class _Asking:
    viewer: Actor
    row: Return
    basis: Basis

    def listed(self, sheet: ListSheet) -> Listed:
        """Return one list."""
        if sheet.waits:
            return filled(sheet, (), f"{WAITING}：{ROOMS.get(sheet.waits, sheet.waits)}")
        where = self.basis.where
        if where is None:
            return filled(sheet, ())
        try:
            stats.place_of(self.viewer, where.path, where.sectors)
        except NotFound:
            return filled(sheet, (), NOT_YOURS)
        if sheet.key == "held" and where.path != self.row.form.path:
            return filled(sheet, (), TOWN_ONLY)
        return filled(sheet, list(READERS[sheet.key](self, where)))

    @property
    def on(self) -> date:
        """The last day that is told."""
        return min(self.basis.until, self.basis.on)

    def behind(self, where: Where, measures: str) -> list[tuple[Behind, hazards.LedgerLine]]:
        """Return the hazards that a sum of measures counts at the end, each with what a ledger tells of it."""
        here = Here(where.path, where.sectors)
        asked = summands_of(measures)
        found = stats.rows_of_sum(self.viewer, asked, here, since=self.basis.since, until=self.on)
        lines = hazards.ledger_lines([one.subject_id for one in found])
        told = [(one, lines[one.subject_id]) for one in found if one.amount > 0]
        return sorted(told, key=lambda pair: (pair[1].found_on, pair[1].number))

    @cached_property
    def villages(self) -> Mapping[str, tuple[str, Where]]:
        """The villages of the place, by id: name and area."""
        where = self.basis.where
        town = orgs.units_below(self.row.form.path, (UnitKind.VILLAGE,))
        mine = [one for one in town if where is not None and is_within(one.path, where.path)]
        sectors = where.sectors if where is not None else ()
        return {str(one.id): (one.short_name or one.name, Where(one.path, sectors)) for one in mine}


def _progress(asking: _Asking, where: Where) -> Iterable[ListRow]:
    """Each village's figures of the campaign's range, as a brief tells them; of more than one village what lies in none
    of them, where there is such, and the whole, which is the number beside the list."""
    has_total = len(asking.villages) != 1 or where.path == asking.row.form.path
    since = min(asking.basis.cumulative_from, asking.on)
    found = values_by_place(
        asking.viewer,
        [BY_NAME[name] for name in OF_UNIT],
        {key: place for key, (_, place) in asking.villages.items()} | ({WHOLE: where} if has_total else {}),
        since=since,
        until=asking.on,
        on=asking.on,
        today=asking.basis.today,
        campaign_id=asking.basis.campaign_id,
    )
    for key, (name, _) in asking.villages.items():
        yield _of_place(name, found[key])
    if has_total:
        mine = [found[key] for key in asking.villages]
        rest = [beyond(whole, [one[at] for one in mine]) for at, whole in enumerate(found[WHOLE])]
        if any(one.numerator for one in rest):
            yield _of_place(OF_NO_VILLAGE, rest)
        yield _of_place("合计", found[WHOLE])


def _of_place(name: str, values: Sequence[Value]) -> ListRow:
    rows = next((one.numerator_rows for one in values if one.numerator_rows), ())
    link = rows[0] if len(rows) == 1 else None
    page, query = (link.page, dict(link.query)) if link is not None else ("", {})
    return ListRow((name, *(one.text for one in values)), page, (), query)


def _hazard(line: hazards.LedgerLine, *more: str) -> ListRow:
    first = (line.number, line.place_name, line.description, _day(line.found_on), _day(line.deadline))
    return ListRow((*first, *more), HAZARD, (str(line.id),))


def _listed(asking: _Asking, where: Where) -> Iterable[ListRow]:
    for _, line in asking.behind(where, "hazards.listed"):
        order = (line.listing_organ, line.listing_number, _day(line.listed_on), line.supervising_unit, line.leader)
        yield _hazard(line, *order)


def _unrectified(asking: _Asking, where: Where) -> Iterable[ListRow]:
    for one, line in asking.behind(where, "hazards.unrectified@major"):
        yield _hazard(line, line.party_name, STATE_NAMES[State(one.figures["state"])])


def _rectified(asking: _Asking, where: Where) -> Iterable[ListRow]:
    """What was not closed when the period began, and all that came since, each as it stood at its end."""
    for one, line in asking.behind(where, f"hazards.counted,{OVER}"):
        state = State(one.figures["state"])
        done = state in {State.RECTIFIED, State.AWAITING_SUPERIOR, State.CLOSED}
        rectified = _day(line.rectified_on) if done else ""
        closed = _day(line.closed_on) if state is State.CLOSED else ""
        yield _hazard(line, line.level, line.party_name, STATE_NAMES[state], rectified, closed)


def _stopped(asking: _Asking, where: Where) -> Iterable[ListRow]:
    for line in hazards.stopped_on(where.path, asking.on, where.sectors):
        cells = (line.place_name, line.number, line.description, _day(line.suspended_on), line.supervising_unit)
        yield ListRow(cells, HAZARD, (str(line.id),))


def _led(asking: _Asking, where: Where) -> Iterable[ListRow]:
    """The key problems on the register of the campaign, or of all the town's where the form is of none."""
    rows = Problem.objects.filter(town_id=asking.row.town_id, on__lte=asking.on).select_related("part")
    if asking.basis.campaign_id is not None:
        rows = rows.filter(campaign=asking.basis.campaign_id)
    for one in rows.order_by("due_on", "recorded_at", "id"):
        back = one.taken_back_at is not None and one.taken_back_at < end_of(asking.on)
        mine = where.path == asking.row.form.path or (one.part is not None and one.part.unit_id == asking.row.unit_id)
        if back or not mine or one.recorded_at >= end_of(asking.on):
            continue
        done = one.done_at is not None and one.done_at < end_of(asking.on)
        said = f"{_day(day_of(one.done_at))}已解决：{one.result}" if done and one.done_at else "正在办"
        unit = one.part.name if one.part is not None else ""
        cells = (one.problem, one.raised_by, unit, _day(one.on), _day(one.due_on), said)
        yield ListRow(cells, "campaigns:record", (str(one.campaign_id), "problem", str(one.pk)))


def _held(asking: _Asking, where: Where) -> Iterable[ListRow]:
    """Decisions of the competent organ in the days so far; whose they are stands in the register alone."""
    rows = AccountabilityCase.objects.filter(town_id=asking.row.town_id, state=CaseState.DECIDED)
    rows = rows.filter(decided_on__range=(asking.basis.cumulative_from, asking.on), decided_at__lt=end_of(asking.on))
    if asking.basis.campaign_id is not None:
        rows = rows.filter(campaign=asking.basis.campaign_id)
    for one in rows.select_related("part").order_by("decided_on", "id"):
        unit = one.part.name if one.part is not None else ""
        yield ListRow((unit, FORM_NAMES[CaseForm(one.form)], one.organ, one.doc_number, _day(one.decided_on)))


def _visits(asking: _Asking, where: Where) -> Iterable[ListRow]:
    """Led inspections as they are registered, one row for each enterprise and day."""
    rows = LedFirm.objects.filter(visit__town_id=asking.row.town_id, on__range=(asking.basis.since, asking.on))
    if asking.basis.campaign_id is not None:
        rows = rows.filter(visit__campaign=asking.basis.campaign_id)
    by_visit: dict[tuple[UUID, date], list[LedFirm]] = {}
    for one in rows.select_related("visit").order_by("on", "name", "id"):
        back = one.visit.taken_back_at
        if back is None or back >= end_of(asking.on):
            by_visit.setdefault((one.enterprise_id, one.on), []).append(one)
    firms = enterprises.firms({firm_id for firm_id, _ in by_visit})
    found = hazards.found_by_day([*firms], since=asking.basis.since, until=asking.on)
    for (firm_id, on), visits in by_visit.items():
        firm = firms.get(firm_id)
        if firm is None or not is_within(firm.path, where.path):
            continue
        if where.sectors and firm.lead_sector not in where.sectors:
            continue
        there = found.get((firm_id, on), hazards.FoundThere())
        led = "、".join(dict.fromkeys(one.visit.leader for one in visits))
        cells = (firm.name, firm.code, _sector(firm.lead_sector), _day(on), str(len(visits)), "专项", led)
        numbers = (str(there.general), str(there.major), str(there.listed))
        yield ListRow((*cells, "", "", "", "", *numbers, *[""] * 8), FIRM, (str(firm_id),))


def _sector(code: str) -> str:
    return next((name for one, name in SECTOR_NAMES.items() if str(one) == code), "")


def _day(on: date | None) -> str:
    return on.isoformat() if on is not None else ""


READERS: Final[Mapping[str, Callable[[_Asking, Where], Iterable[ListRow]]]] = {
    "progress": _progress,
    "listed": _listed,
    "unrectified": _unrectified,
    "stopped": _stopped,
    "rectified": _rectified,
    "led": _led,
    "held": _held,
    "visits": _visits,
}
