"""The invented season keeps the laws: it is played by the acts, and every count equals a recount."""

from collections import Counter
from random import Random

import pytest

from bihuan.cli.demo.cast import Plan, make_cast
from bihuan.cli.demo.choosing import Found
from bihuan.cli.demo.commons import COMMONS, play_commons
from bihuan.cli.demo.licences import play_licences
from bihuan.cli.demo.season import FIRST_DAY, LAST_DAY, LAST_MOMENT, LOOKED, Season
from bihuan.cli.demo.stops import play_stops
from bihuan.cli.demo.superior import LATE_VILLAGES, SILENT_VILLAGES, play_lists
from bihuan.cli.demo.texts import OTHERS, WORKS, findings, majors
from bihuan.cli.demo.troupe import OFFICE, troupe_of
from bihuan.documents.models import PaperKind, PaperRecord
from bihuan.hazards import queries as hazards
from bihuan.hazards.models import Hazard, LicenceProposal, Resumption
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.calendar import day_of
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import PostKind
from bihuan.standards import services as standards
from bihuan.standards.rules import Feature
from bihuan.stats import queries as stats
from bihuan.trail.models import Event, EvidenceFile, Notice


@pytest.mark.django_db
def test_given_the_findings_of_the_demo_when_read_then_each_is_of_places_or_features_that_there_are() -> None:
    standards.load_reference_data()
    words = {word for one in (*findings(), *majors()) for word in one.only}

    assert words <= {WORKS, OTHERS, *Feature}
    assert all(one.only for one in majors())


@pytest.mark.django_db
@pytest.mark.one_database
def test_given_a_town_when_what_is_found_is_drawn_then_no_enterprise_has_the_same_again_and_again() -> None:
    standards.load_reference_data()
    firms = troupe_of(make_cast(Plan(firms=60, with_doors=False)).town.id, day=FIRST_DAY).firms
    found, dice = Found(), Random(5)

    majors_drawn = [found.major(firms, dice) for _ in range(20)]
    first = firms[0]
    can = [one for one in findings() if one.fits(first)]
    generals = [found.general(first, dice).description for _ in can]

    assert all(one.fits(firm) for firm, one in majors_drawn)
    able = {firm.id for firm in firms if any(one.fits(firm) for one in majors())}
    each = Counter(firm.id for firm, _ in majors_drawn)
    assert len(able) > 8
    assert max(each.values()) - min(each[one] for one in able) <= 1  # each has its turn
    assert max(Counter((firm.id, one.description) for firm, one in majors_drawn).values()) == 1
    assert max(Counter(generals).values()) <= 2
    assert len(set(generals)) >= len(can) - 2  # some do come back


@pytest.mark.django_db
@pytest.mark.parametrize("weekly", [pytest.param(False, marks=pytest.mark.one_database), True])
def test_given_a_drawn_season_when_played_then_each_hazard_has_its_events_and_each_figure_its_rows(
    weekly: bool,  # noqa: FBT001 -- a parameter of the test
) -> None:
    standards.load_reference_data()
    cast = make_cast(Plan(firms=40, with_doors=False))
    season = Season(troupe_of(cast.town.id, day=FIRST_DAY), Random(7), weekly=weekly)

    acts = season.play(season.lives(120))

    states = Counter(Hazard.objects.values_list("state", flat=True))
    assert acts == Event.objects.filter(kind__regex=r"^(hazard|listing)\.").count()
    town = stats.place_of_unit(PLATFORM, cast.town.path)
    names = [f"hazards.in.{state}" for state in states]
    figures = stats.figures(town, [*names, "hazards.all", "hazards.overdue"], until=LAST_DAY)
    assert {state: figures.total(f"hazards.in.{state}") for state in states} == dict(states)
    firms, known = (
        {one.id: one for one in season.troupe.firms},
        {one.description: one for one in (*findings(), *majors())},
    )
    found = [(firms[row.enterprise_id], known[row.description]) for row in Hazard.objects.all()]
    assert [(firm.name, one.description) for firm, one in found if not one.fits(firm)] == []  # no dust at a song hall
    assert max(Counter((firm.name, one.description) for firm, one in found if one.criterion).values()) == 1
    assert figures.total("hazards.all") == Hazard.objects.count()
    named = set(Hazard.objects.exclude(supervisor_post_id=None).values_list("supervisor_post_id", flat=True))
    assert PostKind.ADMIN not in {post.kind for post in orgs.posts(named, LAST_DAY).values()}  # R10.13
    assert figures.total("hazards.overdue") == Hazard.objects.all().overdue_on(LAST_DAY).count()
    seen_late = Event.objects.filter(kind="hazard.check_expired").exists()
    by_villages = Event.objects.filter(kind="hazard.pass", role="village").exists()
    assert (seen_late, by_villages) == (not weekly, not weekly)  # R3.16, R3.15


@pytest.mark.django_db
def test_given_the_stops_of_the_demo_when_played_then_one_waits_one_is_refused_and_one_works_again() -> None:
    standards.load_reference_data()
    cast = make_cast(Plan(firms=30, with_doors=False))

    play_stops(Season(troupe_of(cast.town.id, day=FIRST_DAY), Random(3)), 5)

    rows = Hazard.objects.exclude(suspended_on=None).order_by("state", "next_act")
    assert [(row.state, row.next_act, row.resumed_on is None) for row in rows] == [
        ("closed", "", False),
        ("rectified", "apply_resumption", True),
        ("rectified", "resume", True),
    ]
    assert list(Resumption.objects.order_by("asked_at").values_list("agreed", flat=True).distinct()).count(None) == 1
    assert Resumption.objects.get(agreed=False).sanction == "penalty"


@pytest.mark.django_db
def test_given_the_public_places_of_the_demo_when_played_then_each_lies_with_its_unit_and_waits_there() -> None:
    standards.load_reference_data()
    cast = make_cast(Plan(firms=30, with_doors=False))

    play_commons(Season(troupe_of(cast.town.id, day=FIRST_DAY), Random(3)), 5)

    rows = Hazard.objects.exclude(place_kind="enterprise")
    units = cast.units
    assert Counter(rows.values_list("place_kind", flat=True)) == {"public_place": 6, "unit": 2}
    assert {row.party_unit_id for row in rows} == {units[one.unit].id for one in COMMONS}
    assert {row.path for row in rows} == {units[one.unit].path for one in COMMONS}
    states = {"reported", "confirmed", "assigned", "rectifying", "rectified", "closed"}
    assert set(rows.values_list("state", flat=True)) == states
    assert rows.overdue_on(LAST_DAY).count() == 1
    assert not Event.objects.filter(kind="hazard.accept", say__contains="代").exists()
    worker, neighbour = cast.actor("西岗村 网格员"), cast.actor("前庄村 网格员")
    assert rows.visible_to(worker).count() == 2
    assert not rows.visible_to(neighbour).exists()
    waiting = [row.subject_id for row in hazards.waiting_for(worker, now=LAST_MOMENT).rows]
    assert rows.get(place_name="文化广场").pk in waiting


@pytest.mark.django_db
def test_given_listed_units_of_the_demo_when_licences_are_played_then_one_suspension_is_proposed() -> None:
    standards.load_reference_data()
    cast = make_cast(Plan(firms=30, with_doors=False))
    season = Season(troupe_of(cast.town.id, day=FIRST_DAY), Random(4))
    season.play([life for life in season.lives(600) if life.finding.criterion is not None])

    holders = play_licences(season, 5)

    assert holders == 2
    assert LicenceProposal.objects.get().suspended is None


@pytest.mark.one_database
@pytest.mark.django_db
def test_given_the_superiors_lists_when_played_then_every_item_has_answers_and_two_villages_owe_theirs() -> None:
    standards.load_reference_data()
    cast = make_cast(Plan(firms=30, with_doors=False))
    season = Season(troupe_of(cast.town.id, day=FIRST_DAY), Random(11))

    play_lists(season)

    items = Hazard.objects.filter(source="superior")
    assert items.count() == 48
    assert items.filter(state__in=["awaiting_superior", "closed"]).exists()
    assert not items.filter(same_kind_replies=0).exists()
    office = season.troupe.by(OFFICE)
    tasks = hazards.same_kind_tasks(office, today=LAST_DAY, size=200).lines
    replies = [(task, one) for task in tasks for one in hazards.same_kind_for(office, task.id, today=LAST_DAY).replies]
    owing = {one.unit.short_name for _, one in replies if one.replied_at is None}
    late = {one.unit.short_name for task, one in replies if one.replied_at and day_of(one.replied_at) > task.due_on}
    assert (len(owing), len(late)) == (SILENT_VILLAGES, LATE_VILLAGES)
    assert len({one.unit.short_name for _, one in replies}) > SILENT_VILLAGES + LATE_VILLAGES + 5  # most answer in time


@pytest.mark.one_database
@pytest.mark.django_db
def test_given_a_drawn_season_when_played_then_orders_carry_papers_and_doubts_are_rare() -> None:
    standards.load_reference_data()
    cast = make_cast(Plan(firms=40, with_doors=False))
    season = Season(troupe_of(cast.town.id, day=FIRST_DAY), Random(7))

    season.play(season.lives(200))
    season.read_bells()

    photos = EvidenceFile.objects.filter(kind="photo")
    doubted = [one for one in photos if any("相似" in note or "又用了一次" in note for note in one.doubts)]
    assert len(doubted) <= photos.count() / 40
    orders = Event.objects.filter(kind="hazard.assign").count()
    assert PaperRecord.objects.filter(kind=PaperKind.RECTIFICATION_NOTICE).count() > orders / 4
    old = Notice.objects.filter(told_at__lt=LAST_MOMENT - LOOKED)
    assert old.filter(read_at=None).count() < old.count() / 20
