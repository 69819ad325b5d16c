"""The plan page: each clause with its figures, their trend, who lacks what, and its tasks, as of any day."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from bihuan.campaigns.models import Campaign, CampaignUnit, Clause
from bihuan.campaigns.queries.clause_lines import figures_of, line_of, links_of, task_counts
from bihuan.campaigns.queries.dates import changes_of, stand_on
from bihuan.campaigns.queries.figures import Book, book_on
from bihuan.campaigns.queries.finding import FIRMS, WHOLE, is_whole, names_of, own_parts_of, places_of, row_for, view_of
from bihuan.campaigns.queries.indicators import values_by_place
from bihuan.campaigns.queries.trends import trends_of, week_ends
from bihuan.campaigns.queries.values import Value
from bihuan.campaigns.rules.drafting import PlanState
from bihuan.campaigns.rules.grounding import grounds_in_words
from bihuan.campaigns.rules.life import units_of_actor
from bihuan.campaigns.rules.lines import (
    ChangeLine,
    ClauseLine,
    FigureLine,
    PlacePick,
    PlanView,
    Short,
    TaskCount,
)
from bihuan.campaigns.rules.standing import Days, Standing, past_its_day, standing_of, with_tasks
from bihuan.campaigns.rules.terms import Indicator, Kind, State, Where
from bihuan.campaigns.rules.units import Side
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of, end_of
from bihuan.kernel.errors import NotFound
from bihuan.kernel.indicators import Kept
from bihuan.stats import queries as stats

HERE: Final = "here"
LATE: Final = (Standing.BEHIND, Standing.DUE_TODAY)


def plan_of(
    viewer: Actor,
    campaign_id: UUID,
    *,
    on: date,
    today: date,
    of: str = "",
    section: str = "",
    at: datetime | None = None,
) -> PlanView:
    """Return the plan page of a campaign that the viewer sees, as `plan_of_row` does. Raises NotFound."""
    return plan_of_row(viewer, row_for(viewer, campaign_id), on=on, today=today, of=of, section=section, at=at)


def plan_of_row(
    viewer: Actor,
    row: Campaign,
    *,
    on: date,
    today: date,
    of: str = "",
    section: str = "",
    at: datetime | None = None,
    kept: Kept | None = None,
) -> PlanView:
    """Return the plan page as of the end of a day. of: the place (`PlacePick.key`), by default the first one seen.

    at: the instant, while that day is not over. section: only its clauses are shown (`WHOLE`: all); by default those of
    the section in which most is behind. kept: of who asks for several places at once. Raises NotFound.
    """
    units = list(row.units.order_by("sort_no"))
    asking = asking_of(viewer, row, units, on=on, today=today, of=of, at=at, kept=kept)
    if asking is None:
        raise NotFound("campaigns.no_place", "您的岗位看不到这个专项行动的数字。请联系镇安监办。")
    clauses = asking.clauses
    chosen = not section  # by what is behind
    section = section or asking.most_behind()
    shown = [clause for clause in clauses if section in {WHOLE, chapter_of(clause.section)}]
    asking.look_closer(shown)
    asking.changes = changes_of(clauses, before=end_of(on))
    own = own_parts_of(viewer, units)
    parts = asking.book.here if is_whole(viewer, row.path) else []  # what other units have set up is theirs
    return PlanView(
        campaign=view_of(row),
        on=on,
        place=asking.place,
        places=asking.places,
        clauses=[asking.line(clause) for clause in shown],
        sections=chapters_of(row, clauses),
        section=section,
        chosen=chosen,
        counts=Counter(map(asking.standing, clauses)),
        measured=sum(map(asking.is_measured, clauses)),
        own_parts=names_of(own),
        to_sign=own[0].version if own and own[0].received_at is None else None,
        units=len(parts),
        set_up=sum(one.body and one.leader for one in parts),
        plans=sum(one.plan == PlanState.ACCEPTED for one in parts),
    )


def own_part(viewer: Actor, campaign_id: UUID) -> UUID | None:
    """Return the viewer's own part in a campaign, None without one: where those are led who see none of its figures."""
    row = row_for(viewer, campaign_id)
    units = units_of_actor(viewer)
    return row.units.filter(unit_id__in=units).order_by("sort_no").values_list("pk", flat=True).first()


def asking_of(
    viewer: Actor,
    row: Campaign,
    units: Sequence[CampaignUnit],
    *,
    on: date,
    today: date,
    of: str = "",
    at: datetime | None = None,
    kept: Kept | None = None,
) -> "Plan | None":
    """Return a plan with all its figures at one place looked up; None where the viewer sees none of its places."""
    kept = Kept(at) if kept is None else kept
    places = places_of(viewer, row, units, on, kept)
    place = next((one for one in places if one.key == of), None) or (places[0] if places and not of else None)
    if place is None:
        return None
    book = book_on(row, on, kept)
    book.shelf.units = list(units)
    clauses = list(row.clauses.in_text())
    stand_on(row, clauses, on)
    asking = Plan(viewer, row, on, today, place, places, clauses, book)
    asking.look_up()
    return asking


def chapter_of(section: str) -> str:
    """Return the part of a section's name that is a tab: 三(二) of 三(二)1."""
    head, mark, _ = section.partition(")")
    return head + mark


def chapters_of(row: Campaign, clauses: Sequence[Clause]) -> list[tuple[str, str, int]]:
    """Return the tabs of a plan page: name, heading, how many clauses."""
    titles = {one["section"]: one["text"] for one in row.headings}
    counts = Counter(chapter_of(clause.section) for clause in clauses)
    return [(name, titles.get(name, ""), count) for name, count in counts.items()]


@dataclass
class Plan:
    """One plan page: everything looked up once, then put together clause by clause."""

    viewer: Actor
    row: Campaign
    on: date
    today: date
    place: PlacePick
    places: Sequence[PlacePick]
    clauses: Sequence[Clause]
    book: Book
    figures: dict[UUID, list[Indicator]] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    by_unit: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    trends: Mapping[str, Sequence[tuple[int, int | None]]] = field(default_factory=dict)
    tasks: Mapping[UUID, TaskCount] = field(default_factory=dict)
    standings: dict[UUID, Standing] = field(default_factory=dict)
    changes: Mapping[UUID, Sequence[ChangeLine]] = field(default_factory=dict)

    @property
    def villages(self) -> list[PlacePick]:
        """The places whose figures are those of a unit with all below it."""
        return [one for one in self.places if one.where.sectors == ()]

    def look_up(self) -> None:
        """Ask for all figures here, and for the tasks."""
        self.figures = figures_of(self.row)
        wanted = self.indicators(self.clauses)
        self.values = {one.indicator.key: one for one in self.values_at(wanted, {HERE: self.place})[HERE]}
        if self.place.key != FIRMS:  # an enterprise has no tasks
            unit_id = None if self.place.key == WHOLE else UUID(self.place.key)
            self.tasks = task_counts(self.book, self.on, unit_id)

    def look_closer(self, clauses: Sequence[Clause]) -> None:
        """Ask for the figures of the clauses that are shown by unit and by week."""
        shown = self.indicators(clauses)
        self._look_at_units(shown)
        ends = week_ends(since=self._since(), on=min(self.on, self._until()))
        self.trends = trends_of(
            self.viewer, shown, self.place.where, since=self._since(), ends=ends, kept=self.book.kept
        )

    def most_behind(self) -> str:
        """Return the section in which most is behind, or else that with most figures; the first of several."""
        late, told = Counter[str](), Counter[str]()
        for clause in self.clauses:
            name = chapter_of(clause.section)
            late[name] += self.standing(clause) in LATE
            told[name] += self.is_measured(clause)
        return max(late, key=lambda name: (late[name], told[name]), default=WHOLE)

    def indicators(self, clauses: Sequence[Clause]) -> list[Indicator]:
        """Return what these clauses are measured by, each once."""
        found = {one.key: one for clause in clauses for one in self.figures.get(clause.pk, ())}
        return list(found.values())

    def _look_at_units(self, shown: Sequence[Indicator]) -> None:
        """Ask by village for what the cube holds, and for what a room counts of each place by itself."""
        asked = stats.asked_figures()
        own = {name for name, one in asked.items() if one.adds_up and not one.of_campaign}
        by_place = [one for one in shown if one.names() and one.names() <= stats.measures().keys() | own]
        if self.place.key != WHOLE or not by_place:
            return
        units = {one.key: one for one in self.villages if one.key != WHOLE}
        found = self.values_at(by_place, units, has_rows=False)
        self.by_unit = {
            one.key: {key: values[number] for key, values in found.items()} for number, one in enumerate(by_place)
        }

    def values_at(
        self, found: Sequence[Indicator], places: Mapping[str, PlacePick], *, has_rows: bool = True
    ) -> dict[str, list[Value]]:
        """Return indicators of several places, by key, in the campaign's own days. has_rows: with what proves each."""
        wheres = {key: one.where for key, one in places.items()}
        days = {"since": self._since(), "until": self._until(), "on": self.on}
        today = self.today if has_rows else None
        row, kept = self.row, self.book.kept
        return values_by_place(self.viewer, found, wheres, **days, today=today, campaign_id=row.pk, kept=kept)

    def _since(self) -> date:
        return self.row.starts_on or day_of(self.row.made_at)

    def _until(self) -> date:
        return self.row.ends_on or self.today

    def standing(self, clause: Clause) -> Standing:
        """Tell how a clause stands: as its worst figure does, and as its tasks do."""
        if clause.pk not in self.standings:
            found = list(self._standings(clause).values())
            self.standings[clause.pk] = _standing(clause, found, self.tasks.get(clause.pk, TaskCount()))
        return self.standings[clause.pk]

    def _standings(self, clause: Clause) -> dict[str, Standing]:
        """Tell how the figures of a clause stand, by key; for all units together also where its own day has passed."""
        figures = self.figures.get(clause.pk, ())
        is_past = self.place.key == WHOLE and clause.due_on is not None and self.on > clause.due_on
        found = past_its_day(
            (self._standing(one, clause) for one in figures),
            is_past=is_past,
            tasks=self.tasks.get(clause.pk, TaskCount()).total,
        )
        return {one.key: standing for one, standing in zip(figures, found, strict=True)}

    def _standing(self, indicator: Indicator, clause: Clause) -> Standing:
        value = self.values[indicator.key]
        issued_on = day_of(self.row.issued_at) if self.row.issued_at else None
        days = Days(self._since(), self._until(), self.on, clause.due_on, issued_on)
        return standing_of(indicator, value.state, value.numerator, value.denominator, days)

    def is_measured(self, clause: Clause) -> bool:
        """Tell whether any figure of a clause has a number."""
        return any(self.values[one.key].numerator is not None for one in self.figures.get(clause.pk, ()))

    def line(self, clause: Clause) -> ClauseLine:
        """Put a clause together."""
        stand = self._standings(clause)
        figures = [self._figure(one, stand[one.key]) for one in self.figures.get(clause.pk, ())]
        tasks = self.tasks.get(clause.pk, TaskCount())
        return line_of(clause, self.standing(clause), figures, tasks, self.changes.get(clause.pk, ()))

    def _figure(self, indicator: Indicator, standing: Standing) -> FigureLine:
        value = self.values[indicator.key]
        shorts = self._shorts(indicator)
        return FigureLine(
            key=indicator.key,
            title=indicator.title,
            text=value.text,
            numerator=value.numerator,
            denominator=value.denominator,
            unit=indicator.unit,
            target=indicator.target.text if indicator.target else "",
            own_target=bool(indicator.target and indicator.target.own),
            standing=standing,
            why=value.why,
            waits=value.waits,
            meanings=tuple(term.meaning for term in indicator.terms()),
            source=grounds_in_words(indicator.source),
            numerator_rows=links_of(value.numerator_rows),
            denominator_rows=links_of(value.denominator_rows),
            trend=tuple(_level(indicator, *pair) for pair in self.trends.get(indicator.key, ())),
            lacking=_lacking(indicator, value),
            shorts=shorts,
        )

    def _shorts(self, indicator: Indicator) -> tuple[Short, ...]:
        """Return the units that lack something of a figure, those that lack most first; what no unit lacks, though
        something is lacking, is the town's own and waits for its office."""
        value = self.values[indicator.key]
        lacking = _lacking(indicator, value) if self.place.key == WHOLE else 0
        if not lacking:
            return ()
        found = self._shared_out(value) if value.denominator_by else self._by_village(indicator)
        office = [] if found else [one for one in self.book.shelf.units if one.side == Side.OFFICE][:1]
        return found or tuple(Short(one.name, lacking, Where(one.path)) for one in office)

    def _by_village(self, indicator: Indicator) -> tuple[Short, ...]:
        waits_for = self.values[indicator.key].waits_for
        if waits_for:
            return self._named(waits_for)
        names = {one.key: one for one in self.villages}
        found = [
            Short(names[key].name, lacking, names[key].where)
            for key, value in self.by_unit.get(indicator.key, {}).items()
            if (lacking := _lacking(indicator, value) or 0) > 0
        ]
        return tuple(sorted(found, key=lambda one: -one.amount))

    def _shared_out(self, value: Value) -> tuple[Short, ...]:
        """Return the same where the room itself says whose the rows are; departments are among them."""
        left = {name: whole - value.numerator_by.get(name, 0) for name, whole in value.denominator_by.items()}
        return self._named(left)

    def _named(self, amounts: Mapping[str, int]) -> tuple[Short, ...]:
        places = {one.name: one.where for one in self.places}
        found = [
            Short(name, amount, places.get(name, self.place.where)) for name, amount in amounts.items() if amount > 0
        ]
        return tuple(sorted(found, key=lambda one: -one.amount))


def _standing(clause: Clause, figures: Sequence[Standing], tasks: TaskCount) -> Standing:
    if not figures and not tasks.total and clause.not_by_data:
        return Standing.BY_PAPERS
    return with_tasks(figures, total=tasks.total, done=tasks.done, late=tasks.late, coming=tasks.coming)


def _lacking(indicator: Indicator, value: Value) -> int | None:
    """Return how many are lacking to the target, None where that cannot be said."""
    if indicator.target is None or value.state is not State.MEASURED or value.numerator is None:
        return None
    if indicator.target.text == "0":
        return value.numerator
    if indicator.kind is Kind.RATE and indicator.target.text == "100%" and value.denominator is not None:
        return max(value.denominator - value.numerator, 0)
    return None


def _level(indicator: Indicator, numerator: int, denominator: int | None) -> float:
    if indicator.denominator is None:
        return float(numerator)
    return numerator / denominator if denominator else 0.0
