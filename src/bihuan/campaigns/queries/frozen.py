"""The plan page of a closed campaign, from the figures that were frozen; and the freezing of them (R9.15)."""

from collections import Counter
from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from bihuan.campaigns.models import Campaign, CampaignUnit, Clause, FrozenEdition, FrozenPlace
from bihuan.campaigns.queries.behind import rows_then
from bihuan.campaigns.queries.clause_lines import figures_of, line_of, links_of
from bihuan.campaigns.queries.dates import changes_of
from bihuan.campaigns.queries.figures import NAMES
from bihuan.campaigns.queries.finding import (
    WHOLE,
    is_whole,
    issuer_of,
    names_of,
    own_parts_of,
    places_of,
    row_for,
    view_of,
)
from bihuan.campaigns.queries.plan import chapter_of, chapters_of, plan_of_row
from bihuan.campaigns.rules.catalogue import BY_KEY
from bihuan.campaigns.rules.freezing import Kept as Content
from bihuan.campaigns.rules.freezing import as_counted, figures_from, kept_of, most_behind, tasks_from
from bihuan.campaigns.rules.lines import ChangeLine, ClauseLine, FigureLine, FrozenNote, PlacePick, PlanView
from bihuan.campaigns.rules.standing import Standing
from bihuan.campaigns.rules.terms import Where
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound
from bihuan.kernel.indicators import Kept
from bihuan.trail import queries as trail

CLOSING: Final = "campaign.closing"
TOMORROW: Final = timedelta(days=1)


class PlaceKept(NamedTuple):
    """The figures of one place, as they are kept."""

    key: str
    name: str
    content: dict[str, Any]


def frozen_now(row: Campaign, *, on: date) -> list[PlaceKept]:
    """Return the figures of every place of a campaign as of a day; what is not in the cube leads to dated rows only."""
    reader = issuer_of(row)
    kept = Kept()  # the rows of the campaign are read once for all places
    places = places_of(reader, row, list(row.units.order_by("sort_no")), on, kept)
    return [PlaceKept(one.key, one.name, kept_of(_whole_page(reader, row, one.key, on, kept))) for one in places]


def _whole_page(reader: Actor, row: Campaign, key: str, on: date, kept: Kept) -> PlanView:
    return plan_of_row(reader, row, of=key, on=on, today=on + TOMORROW, section=WHOLE, kept=kept)


def is_own(key: str) -> bool:
    """Tell whether a figure counts what the campaign itself registered."""
    return key in BY_KEY and bool(BY_KEY[key].names() & NAMES.keys())


def page_of(
    viewer: Actor,
    campaign_id: UUID,
    *,
    on: date,
    today: date,
    of: str = "",
    section: str = "",
    at: datetime | None = None,
) -> PlanView:
    """Return the plan page as of a day; from the day of its closing on, the figures that were frozen then.

    of, section, at: as for `plan_of`. Five queries of what is frozen. Raises NotFound.
    """
    row = row_for(viewer, campaign_id)
    if row.closed_at is None or on < day_of(row.closed_at):
        return plan_of_row(viewer, row, on=on, today=today, of=of, section=section, at=at)
    on = day_of(row.closed_at)
    units = list(row.units.order_by("sort_no"))
    places = places_of(viewer, row, units, on)
    place = next((one for one in places if one.key == of), None) or (places[0] if places and not of else None)
    if place is None:
        raise NotFound("campaigns.no_place", "您的岗位看不到这个专项行动的数字。请联系镇安监办。")
    rows = FrozenPlace.objects.filter(edition__campaign=row, key=place.key).select_related("edition")
    kept = rows.order_by("-edition__number").first()
    if kept is not None:
        note = note_of(kept.edition, is_known=is_whole(viewer, row.path))
        return _view(viewer, row, units, place, places, kept.content, section, note)
    if place.key == WHOLE and row.frozen:  # closed before every place was kept
        content = {"units": 0, "set_up": 0, "plans": 0} | row.frozen
        note = FrozenNote(1, row.closed_at, "", "")
        return _view(viewer, row, units, place, places, content, section, note)
    return plan_of_row(viewer, row, on=on, today=today, of=of, section=section)


def note_of(one: FrozenEdition, *, is_known: bool) -> FrozenNote:
    """Return which edition is shown. is_known: whether the viewer may know why it was corrected."""
    return FrozenNote(one.number, one.at, one.by, one.why if is_known else "")


def _view(
    viewer: Actor,
    row: Campaign,
    units: Sequence[CampaignUnit],
    place: PlacePick,
    places: Sequence[PlacePick],
    kept: Content,
    section: str,
    note: FrozenNote,
) -> PlanView:
    clauses = list(row.clauses.in_text())
    lines = list(Opened(row, place.where).lines(clauses, kept).values())
    chosen = not section  # by what is behind
    section = section or most_behind(lines, chapter_of, otherwise=WHOLE)
    whole = is_whole(viewer, row.path)
    assert row.closed_at is not None  # noqa: S101 -- only closed campaigns are frozen
    return PlanView(
        campaign=view_of(row),
        on=day_of(row.closed_at),
        place=place,
        places=places,
        clauses=[line for line in lines if section in {WHOLE, chapter_of(line.section)}],
        sections=chapters_of(row, clauses),
        section=section,
        chosen=chosen,
        counts=Counter(line.standing for line in lines),
        measured=sum(any(one.numerator is not None for one in line.figures) for line in lines),
        own_parts=names_of(own_parts_of(viewer, units)),
        units=kept["units"] if whole else 0,
        set_up=kept["set_up"] if whole else 0,
        plans=kept["plans"] if whole else 0,
        frozen=note,
    )


def _before_closing(row: Campaign) -> int:
    """Return the place in the trail before the closing, of campaigns whose figures were counted as they were closed."""
    return next((one.seq - 1 for one in trail.events_of([row.pk], kinds=[CLOSING])), 0)


class Opened:
    """Leads the kept figures of a place to the rows that they counted, as known at the hour of closing.

    Those of the cube are told by the trail up to the place that was counted, so that the rows come to the figure
    whatever has happened since, later that day too. The others keep the dated addresses that they were frozen with.
    """

    def __init__(self, row: Campaign, where: Where) -> None:
        self.row, self.where = row, where
        self.indicators = {one.key: one for of_clause in figures_of(row).values() for one in of_clause}
        self.upto = str((row.frozen or {}).get("upto") or _before_closing(row) or "")

    def at(self, where: Where) -> "Opened":
        """Return the same for another place."""
        other = copy(self)
        other.where = where
        return other

    def lines(self, clauses: Sequence[Clause], kept: Content) -> dict[UUID, ClauseLine]:
        """Return the clauses as they were kept."""
        found = {one["label"]: one for one in kept["clauses"]}
        changes = changes_of(clauses)
        return {
            one.pk: self._line(one, found[one.label], changes.get(one.pk, ())) for one in clauses if one.label in found
        }

    def _line(self, clause: Clause, kept: Content, changes: Sequence[ChangeLine]) -> ClauseLine:
        figures = [self.figure(one) for one in figures_from(kept)]
        return line_of(clause, Standing(kept["standing"]), figures, tasks_from(kept), changes)

    def figure(self, one: FigureLine) -> FigureLine:
        """Return a figure with the addresses of its rows."""
        indicator = self.indicators.get(one.key) or BY_KEY.get(one.key)
        if indicator is None or not indicator.names() or one.numerator is None or self.row.closed_at is None:
            return one
        rows = rows_then(
            as_counted(indicator, one.meanings),
            self.where,
            [one.numerator, one.denominator],
            since=self.row.starts_on or day_of(self.row.made_at),
            until=self.row.ends_on or day_of(self.row.closed_at),
            on=day_of(self.row.closed_at),
            upto=self.upto,
        )
        if rows is None:
            return one
        above, *below = (links_of(each) for each in rows)
        return replace(one, numerator_rows=above, denominator_rows=below[0] if below else ())
