"""The figures of a closed campaign stand still on its page; a correction makes a new edition, with its event."""

from datetime import timedelta
from typing import Any

import pytest

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign, FrozenEdition, FrozenPlace, Problem, Study
from bihuan.campaigns.queries.frozen import is_own
from bihuan.campaigns.rules.catalogue import BY_KEY
from bihuan.campaigns.rules.freezing import as_counted, corrected, figures_from, kept_of
from bihuan.campaigns.rules.lines import PlanView
from bihuan.campaigns.rules.registers import RecordKind
from bihuan.campaigns.rules.standing import Standing
from bihuan.campaigns.services.archiving import correct_frozen
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Outdated
from bihuan.trail.models import Event
from tests.campaigns.running import Running, at, day, live
from tests.campaigns.stage import CampaignStage

CLOSED = at(2, 10, 10)
LATER = at(2, 14)
KEY = "r68.units_studied"


@pytest.fixture
def run(stage: CampaignStage) -> Running:
    """A campaign after seven weeks, closed at ten in the morning."""
    made = live(stage)
    services.close_campaign(
        campaign_id=made.row.pk,
        seen_version=made.row.version,
        summary="查了 40 家",
        actor=made.by("chief", CLOSED),
        now=CLOSED,
    )
    made.row.refresh_from_db()
    return made


def page(run: Running, who: str = "office", on: Any = None, **asked: str) -> PlanView:
    return queries.page_of(
        run.by(who, LATER), run.row.pk, on=on or day_of(CLOSED), today=day_of(LATER), section=queries.WHOLE, **asked
    )


def texts(view: PlanView) -> dict[str, list[str]]:
    return {line.label: [one.text for one in line.figures] for line in view.clauses}


def take_back(run: Running, study: Study) -> None:
    services.take_back(
        campaign_id=run.row.pk,
        kind=RecordKind.STUDY,
        record_id=study.pk,
        seen_version=study.version,
        why="登错了村",
        actor=run.by("office", LATER),
        now=LATER,
    )


def test_given_a_closed_campaign_when_its_page_is_opened_then_it_is_what_was_kept_of_it_place_by_place(
    run: Running,
) -> None:
    recounted = {
        one.key: queries.plan_of(
            run.by("office", LATER), run.row.pk, on=day_of(CLOSED), today=day_of(LATER), of=one.key, section="all"
        )
        for one in page(run).places
    }

    for key, was in recounted.items():
        view = page(run, of=key)
        assert view.frozen is not None
        assert (view.frozen.number, view.frozen.why, view.counts) == (1, "", was.counts)
        assert view.clauses == was.clauses
        assert (view.units, view.plans, view.measured) == (was.units, was.plans, was.measured)
    assert FrozenPlace.objects.count() == len(recounted) == 5


def test_given_a_closed_campaign_when_rows_change_behind_its_back_then_the_page_and_its_counts_do_not(
    run: Running,
) -> None:
    before = page(run)
    run.row.tasks.update(state="not_started", done_at=None)
    run.row.clauses.first().figures.all().delete()
    Study.objects.update(unit_head=False)

    assert page(run).clauses == before.clauses
    assert page(run).counts == before.counts


def test_given_a_village_when_it_opens_a_closed_campaign_then_it_gets_its_own_figures_that_were_kept(
    run: Running,
) -> None:
    mine = page(run, "village_east")

    assert [one.name for one in mine.places] == ["东村"]
    assert (mine.units, mine.set_up, mine.plans) == (0, 0, 0)
    assert mine.frozen is not None
    assert texts(mine) == texts(page(run, of=mine.place.key)) != texts(page(run))


def test_given_a_closing_campaign_when_a_record_is_taken_back_then_a_new_edition_tells_what_changed_and_why(
    run: Running,
) -> None:
    clause = run.stage.clause(run.row, "警示教育")
    before = page(run)
    study = Study.objects.get(kind="warning")

    take_back(run, study)

    after, event = page(run), Event.objects.get(kind="campaign.figures_corrected")
    last = FrozenEdition.objects.latest("number")
    run.row.refresh_from_db()
    moved = {label for label, said in texts(after).items() if said != texts(before)[label]}
    assert clause.label in moved
    assert after.frozen is not None
    assert (after.frozen.number, after.frozen.why) == (2, "撤回一条学习培训：登错了村")
    assert (event.reason, event.after["edition"]) == (last.why, 2)
    assert {label for place, label, *_ in last.changed if place == "全镇"} == moved
    assert event.after["changed_count"] == len(last.changed)
    assert [one["standing"] for one in run.row.frozen["clauses"]] == [line.standing for line in after.clauses]
    assert run.row.frozen["summary"] == "查了 40 家"
    mine = page(run, "village_west")
    assert mine.frozen is not None
    assert (mine.frozen.number, mine.frozen.why) == (2, "")


def test_given_a_correction_when_the_figures_are_counted_again_then_they_are_those_of_the_new_edition(
    run: Running,
) -> None:
    take_back(run, Study.objects.get(kind="warning"))

    on, today = day_of(CLOSED), day_of(LATER)
    again = queries.plan_of(run.by("office", LATER), run.row.pk, on=on, today=today, section=queries.WHOLE)
    past = queries.plan_of(
        run.by("office", LATER), run.row.pk, on=on - timedelta(days=1), today=today, section=queries.WHOLE
    )
    assert texts(again) == texts(page(run))
    assert texts(past) != texts(again)  # of the days before, the record was part


def test_given_two_corrections_at_the_same_moment_when_written_then_the_second_looks_again(run: Running) -> None:
    stale = Campaign.objects.get(pk=run.row.pk)
    take_back(run, Study.objects.get(kind="warning"))

    with pytest.raises(Outdated):
        correct_frozen(stale, why="同时更正", actor=run.by("office", LATER), now=LATER)

    assert FrozenEdition.objects.count() == 2


def test_given_a_correction_that_moves_no_figure_when_made_then_there_is_no_new_edition(run: Running) -> None:
    problem = Problem.objects.get(problem="出租房集中")  # no clause of this plan counts key problems

    services.take_back(
        campaign_id=run.row.pk,
        kind=RecordKind.PROBLEM,
        record_id=problem.pk,
        seen_version=problem.version,
        why="重复登记",
        actor=run.by("office", LATER),
        now=LATER,
    )

    assert FrozenEdition.objects.count() == 1
    assert not Event.objects.filter(kind="campaign.figures_corrected").exists()


def test_given_a_campaign_closed_before_places_were_kept_when_opened_then_the_whole_is_what_was_frozen(
    run: Running,
) -> None:
    before = page(run)
    FrozenPlace.objects.all().delete()
    old = {name: run.row.frozen[name] for name in ("on", "summary", "counts", "open_hazards")}
    fields = ("key", "title", "text", "numerator", "denominator", "meanings", "waits")
    old["clauses"] = [
        {
            **{name: one[name] for name in ("label", "text", "parties", "standing", "tasks")},
            "figures": [{name: figure[name] for name in fields} for figure in one["figures"]],
        }
        for one in run.row.frozen["clauses"]
    ]
    Campaign.objects.filter(pk=run.row.pk).update(frozen=old)
    run.row.tasks.update(state="not_started", done_at=None)

    assert texts(page(run)) == texts(before)
    assert page(run).counts == before.counts
    assert page(run, "village_east").frozen is None


def test_given_a_day_before_the_closing_when_asked_for_then_it_is_counted_as_of_that_day(run: Running) -> None:
    view = page(run, on=day(1, 5))

    assert (view.on, view.frozen) == (day(1, 5), None)


def test_given_what_is_kept_when_read_back_then_no_figure_has_lost_anything(run: Running) -> None:
    on, today = day_of(CLOSED), day_of(LATER)
    view = queries.plan_of(run.by("office", LATER), run.row.pk, on=on, today=today, section=queries.WHOLE)

    kept = kept_of(view)

    assert [figures_from(one) for one in kept["clauses"]] == [tuple(line.figures) for line in view.clauses]


def test_given_figures_of_other_rooms_when_corrected_then_they_stand_as_they_were_at_the_hour_of_closing() -> None:
    def clause(studied: str, hazards: str) -> dict[str, Any]:
        own = {"key": "campaigns", "title": "参加学习", "text": studied, "standing": "reached" if studied else "behind"}
        other = {"key": "hazards", "title": "整改率", "text": hazards, "standing": "reached"}
        return {"label": "一-1", "standing": "reached", "tasks": [0, 0, 0], "figures": [own, other]}

    kept, changed = corrected(
        {"clauses": [clause("3", "80%")], "units": 5}, {"clauses": [clause("", "90%")]}, lambda key: key == "campaigns"
    )

    assert [one["text"] for one in kept["clauses"][0]["figures"]] == ["", "80%"]
    assert (kept["clauses"][0]["standing"], kept["counts"], kept["units"]) == ("behind", {"behind": 1}, 5)
    assert changed == [["一-1", "参加学习", "3", ""]]


def test_given_the_catalogue_when_asked_whose_a_figure_is_then_hazards_are_not_the_campaigns_own() -> None:
    assert is_own("r68.no_such") is False
    assert Standing.BEHIND in set(Standing)


def test_given_a_figure_kept_before_campaigns_had_ranges_when_its_rows_are_opened_then_they_are_those_it_counted() -> (
    None
):
    now = BY_KEY["hazards.closed"]
    before = as_counted(now, ("已销号的隐患", "登记的隐患，除去已移送和不成立"))

    assert [[part.name for part in term.parts] for term in before.terms()] == [
        ["hazards.in.closed"],
        ["hazards.counted"],
    ]
    assert as_counted(now, tuple(term.meaning for term in now.terms())) == now
