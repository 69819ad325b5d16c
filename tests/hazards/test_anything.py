"""Random acts by random people on random hazards: no law is ever broken, and every count equals a recount."""
# ruff: noqa: E501 -- tables of names

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.hazards import services
from bihuan.hazards.measures import COUNTING
from bihuan.hazards.models import Hazard, Invalidation, LevelChange, Listing, Reinspection, Round, Transfer
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Companion, Given, OrderTerms, ReportParts
from bihuan.hazards.rules.states import LIVE_LISTING, FileRole, ListingLevel, Source, State
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.stats import queries as stats
from bihuan.stats import services as stats_services
from bihuan.stats.models import Cube, CubeLate
from bihuan.trail.models import Event
from bihuan.trail.rules import FileKind
from tests.hazards.stage import CLAUSE, FIVE, SIX, Stage

pytestmark = pytest.mark.django_db
PEOPLE = (
    "chair",
    "leader",
    "chief",
    "office",
    "inspector",
    "industry",
    "village_east",
    "superior",
    "group",
    "boss",
    "safety",
)
ORDERED = {"assigned", "rectifying", "rectified", "awaiting_superior", "closed"}
SOURCES = (Source.SELF_CHECK, Source.DEPARTMENT, Source.SUPERIOR)
MAY_MOVE_DEADLINE = {
    "hazard.assign",
    "hazard.reopen",
    "hazard.grant_extension",
    "hazard.adopt_deadline",
    "hazard.fix_on_spot",
}
LACKING = (
    "text",
    "files",
    "acting_for",
    "criterion",
    "deadline",
    "arrangements",
    "interim",
    "companions",
    "signed_by",
    "plan",
)


@st.composite
def plays(draw: st.DrawFn) -> list[tuple[int, str, str, int, str]]:
    """Draw a play: which hazard, what is tried ("" the next act, "*" any), by whom ("" a likely one), days, what lacks."""
    one = st.tuples(
        st.integers(min_value=0, max_value=1),
        st.sampled_from(["", "", "", *[str(act) for act in Act if act != Act.REPORT]]),
        st.sampled_from(["", "", *PEOPLE]),
        st.sampled_from([0, 0, 0, 1, 3, 12]),
        st.sampled_from(["", "", "", *LACKING]),
    )
    return draw(st.lists(one, min_size=8, max_size=40))


@settings(max_examples=settings().max_examples // 2, suppress_health_check=list(HealthCheck), deadline=None)
@given(play=plays(), source=st.sampled_from(SOURCES), level=st.sampled_from(["general", "major"]))
def test_given_random_people_when_they_do_random_acts_then_no_law_breaks(
    stage: Stage, play: list[tuple[int, str, str, int, str]], source: Source, level: str
) -> None:
    who = "safety" if source == Source.SELF_CHECK else "office"
    if not stage.licence:
        stage.license()
    hazards = [stage.report(who, source=source), stage.report("inspector")]
    told: dict[date, dict[str, int]] = {}
    for which, act, person, days, lack in play:
        if days:
            told[stage.day] = _told(stage, stage.day)
        stage.later(days)
        _try(stage, hazards[which], act, person, lack, level)
    for hazard in hazards:
        check_laws(Hazard.objects.get(pk=hazard.pk))
    check_counts(stage)
    assert {day: _told(stage, day) for day in told} == told  # as of a day is what was said at its end


def _told(stage: Stage, day: date) -> dict[str, int]:
    """Return every figure of the town as of a day, and those by the day of the fact also of its last days."""
    names, town = [one.name for one in COUNTING.measures], stats.place_of_unit(PLATFORM, stage.town.town.path)
    figures = stats.figures(town, names, until=day)
    by_fact = [one.name for one in COUNTING.measures if one.by_fact]
    lately = stats.figures(town, by_fact, since=day - timedelta(days=2), until=day)
    of_levels = {f"{name} {level}": figures.of(name, level) for name in by_fact for level in ("", "general", "major")}
    return (
        {name: figures.total(name) for name in names}
        | {f"{name} lately": lately.total(name) for name in by_fact}
        | of_levels
    )


def _try(stage: Stage, hazard: Hazard, act: str, person: str, lack: str, level: str) -> None:
    """Try one act; a refused one must leave row and trail as they were."""
    row = Hazard.objects.get(pk=hazard.pk)
    wanted = Act(act or row.next_act or "remind")
    candidates = (person,) if person else ("office", "safety", "chair", "superior", "chief", "boss", "industry")
    for who in candidates:
        before = as_it_is(row)
        given_now = bring(stage, who, row, wanted, level)
        if lack:
            given_now = replace(given_now, **{lack: getattr(Given(), lack)})
        try:
            services.advance(hazard_id=row.pk, act=wanted, given=given_now, actor=stage.by(who), now=stage.at)
        except Refusal:
            assert as_it_is(row) == before
        else:
            return


def as_it_is(row: Hazard) -> tuple[dict[str, object], int]:
    """Return a hazard's columns and how many events it has."""
    return Hazard.objects.filter(pk=row.pk).values().get(), Event.objects.filter(subject_id=row.pk).count()


def bring(stage: Stage, who: str, row: Hazard, act: Act, level: str) -> Given:
    """Return all that an act could ask for."""
    if who not in stage.drawer:
        roles = (FileRole.BEFORE, FileRole.AFTER, FileRole.SITE)
        stage.drawer[who] = stage.proof(who, *roles) + stage.proof(who, FileRole.PAPER, kind=FileKind.DOCUMENT)
    return Given(
        text="理由",
        files=stage.drawer[who],
        on=stage.day,
        acting_for="" if who in {"boss", "safety", "superior"} else "对方",
        level=level,
        criterion=CLAUSE,
        deadline=max(stage.day, row.deadline or stage.day) + timedelta(days=7),
        deadline_kind="plan" if row.level == "major" else "days",
        supervisor_post_id=stage.town.posts["industry"],
        arrangements=FIVE,
        interim="停用",
        signed_by="厂长",
        companions=(Companion("专家", "市安全生产专家库"),),
        on_site=True,
        organ="区住建局",
        order=OrderTerms(
            level=ListingLevel.TOWN,
            organ="镇安委会",
            number="1号",
            demands="限期",
            supervising_unit="经发办",
            closing_organ="镇安委会",
            enterprise_person="厂长",
            supervisor="经发办主任",
            leader="副镇长",
        ),
        plan=SIX,
        report=ReportParts("现状", "危害", "方案"),
        percent=10,
        evaluation="自评",
        evaluated_by="own",
        evaluator="高工二人",
        visited_on=stage.day,
        visited_by="区安监局二人",
        licence=stage.licence,
        licence_suspended=True,
        repeat_of=row.pk,
    )


def check_laws(row: Hazard) -> None:
    """Look at a hazard as an auditor would: rows and trail only, never the table."""
    events = list(Event.objects.filter(subject_id=row.pk).order_by("seq"))
    rounds = list(Round.objects.filter(hazard=row).order_by("number"))
    assert len(events) == row.version  # L12
    assert [event.figures["state_from"] for event in events[1:]] == [event.figures["state"] for event in events[:-1]]
    assert [one.number for one in rounds] == list(range(1, row.round + 1))  # L9
    assert all(one.result for one in rounds[:-1] if one.opened_by == Act.FAIL)
    _check_deadlines(row, events)
    _check_level(row)
    for place, event in enumerate(events):
        _check_move(row, events[: place + 1], event)
    if row.state in {State.CLOSED, State.INVALID} and row.suspended_on is not None:
        stopped = [event.kind for event in events if event.kind in {"hazard.suspend", "hazard.resume"}]
        assert stopped[-1] == "hazard.resume"  # R3.28
    if row.state == State.INVALID:
        done = Invalidation.objects.get(hazard=row, approved=True)
        assert done.asked_by_id != done.answered_by_id  # L10


def _check_deadlines(row: Hazard, events: list[Event]) -> None:
    moved = {event.kind for event in events if event.figures["deadline"] != event.figures["deadline_from"]}
    assert moved <= MAY_MOVE_DEADLINE  # L6
    firsts = [event.figures["deadline"] for event in events if event.figures["deadline"]]
    assert (row.first_deadline.isoformat() if row.first_deadline else None) == (firsts[0] if firsts else None)
    for event in events:
        if event.kind == "hazard.ask_extension":
            assert event.day <= date.fromisoformat(event.figures["deadline"])


def _check_level(row: Hazard) -> None:
    if row.level == "major":
        assert row.criterion_clause or row.whole_judgement  # R3.2
    for change in LevelChange.objects.filter(hazard=row, new_level="general", approved=True):
        assert change.asked_by_id != change.answered_by_id  # L8
    if row.countersigned_by_id is not None:
        assert row.countersigned_by_id != row.graded_by_id


def _check_move(row: Hazard, until: list[Event], event: Event) -> None:
    entered = event.figures["state"] if event.figures["state"] != event.figures["state_from"] else ""
    major = event.level == "major"
    if entered == State.RECTIFIED and major:
        assert event.figures["listing_from"] in LIVE_LISTING  # L4
    if entered == State.RECTIFIED:
        assert event.evidence  # L3
    if entered in {State.CLOSED, State.AWAITING_SUPERIOR} and major:
        assert event.figures["listing"] == "delisted"  # L4
    if entered == State.CLOSED:
        _check_closing(row, until, event)


def _check_closing(row: Hazard, until: list[Event], event: Event) -> None:
    assert event.reason  # L3: an opinion
    assert Reinspection.objects.filter(hazard=row, at=event.at, passed=True, verifier_id=event.actor_id).exists()
    if event.figures["superior"]:
        assert event.kind == "hazard.superior_accept"  # L11
    fixed = [one for one in until if one.kind in {"hazard.hand_in", "hazard.fix_on_spot"}]
    assert event.actor_id not in {one.actor_id for one in fixed}  # L2
    if event.role in {"principal", "safety_officer"}:
        assert event.figures["self_found"]
        assert event.level == "general"  # L2
    assert any(one.evidence for one in fixed)


def check_counts(stage: Stage) -> None:
    """Cubes equal rows, today."""
    rows = list(Hazard.objects.filter(town_id=stage.town.town.id))
    place = stats.place_of_unit(PLATFORM, stage.town.town.path)
    names = [*(f"hazards.in.{state}" for state in State), "hazards.open", "hazards.overdue", "hazards.listed"]
    figures = stats.figures(place, names, until=stage.day)
    by_state = Counter(row.state for row in rows)

    assert {state: figures.total(f"hazards.in.{state}") for state in State} == {s: by_state[s] for s in State}
    assert figures.total("hazards.open") == sum(row.is_open for row in rows)
    assert figures.total("hazards.overdue") == Hazard.objects.overdue_on(stage.day).count()
    assert figures.total("hazards.listed") == Listing.objects.filter(is_main=True, state__in=LIVE_LISTING).count()
    recounted = recount(stage, rows)
    marked = stats.figures(place, list(recounted), until=stage.day)
    assert {name: marked.total(name) for name in recounted} == recounted
    check_rebuilt()


def recount(stage: Stage, rows: list[Hazard]) -> dict[str, int]:
    """Count from rows and trail what the cube keeps beside the states, without the marks."""
    ordered = [row for row in rows if row.state in ORDERED]
    counted = [row for row in rows if row.state not in {State.TRANSFERRED, State.INVALID}]
    superior = [row for row in rows if row.needs_superior]
    at_once = {row.pk for row in rows if row.fixed_on_spot or row.deadline_kind == "same_day"}
    closings = Event.objects.filter(figures__state="closed").exclude(figures__state_from="closed")
    days = {event.pk: (event.day - date.fromisoformat(event.figures["found_on"])).days for event in closings}
    return {
        "hazards.ordered": len(ordered),
        "hazards.immediate": sum(row.pk in at_once for row in ordered),
        "hazards.arranged": sum(row.arranged and row.pk not in at_once for row in ordered),
        "hazards.uncited": sum(row.is_major and not row.criterion_clause for row in counted),
        "hazards.repeat": sum(row.repeat_of_id is not None for row in counted),
        "hazards.listed_late": sum(_listed_late(stage, row) for row in rows),
        "hazards.superior_done": sum(row.state in {"rectified", "awaiting_superior", "closed"} for row in superior),
        "hazards.superior_closed": sum(row.state == State.CLOSED for row in superior),
        "hazards.superior_overdue": sum(bool(row.is_running and row.deadline < stage.day) for row in superior),
        "hazards.self_found": sum(row.self_found for row in counted),
        "hazards.graded_late": sum(_graded_late(stage, row) for row in counted),
        "hazards.transferred": Transfer.objects.count(),
        "hazards.transfer_answered": Transfer.objects.exclude(replied_on=None, returned_at=None).count(),
        "hazards.days_to_close": sum(days.values()),
    }


def _graded_late(stage: Stage, row: Hazard) -> bool:
    confirmed = Event.objects.filter(subject_id=row.pk, kind="hazard.confirm").first()
    due = stage.calendar.add_working_days(day_of(row.reported_at), stage.terms.confirm_wd)
    return confirmed is not None and confirmed.day > due


def _listed_late(stage: Stage, row: Hazard) -> bool:
    """Look at the order that listed it first in this life; a higher body's later one changes nothing."""
    if row.listing_state not in {*LIVE_LISTING, "delisted"}:
        return False
    events = Event.objects.filter(subject_id=row.pk).order_by("seq")
    since, listed = None, None
    for event in events:
        if event.level == "major" and event.kind in {"hazard.confirm", "hazard.raise_level"}:
            since = since if event.figures["level_from"] == "major" else event.day
        if event.figures["listing"] in LIVE_LISTING and event.figures["listing_from"] not in LIVE_LISTING:
            listed = event.day if event.figures["listing_from"] != "delisted" else listed
        if event.figures["listing_from"] == "delisted" and not event.figures["listing"]:
            since = event.day
    assert since is not None
    assert listed is not None
    return listed > stage.calendar.add_working_days(since, stage.terms.listing_red_wd)


def check_rebuilt() -> None:
    """A rebuild from the trail gives the same cells (L12)."""
    cells = ("key", "measure", "level", "grain", "on", "amount")
    before = sorted(Cube.objects.exclude(amount=0).values_list(*cells))
    late = sorted(CubeLate.objects.exclude(amount=0).values_list())
    stats_services.rebuild()
    assert sorted(Cube.objects.exclude(amount=0).values_list(*cells)) == before
    assert sorted(CubeLate.objects.exclude(amount=0).values_list()) == late


def test_given_a_listing_when_its_summary_is_recounted_then_the_row_says_the_same(stage: Stage) -> None:
    for make in (stage.listed, stage.accepted, stage.delisted):
        row = make()
        main = Listing.objects.get(hazard=row, is_main=True)
        assert (row.listing_id, row.listing_state) == (main.pk, main.state)
