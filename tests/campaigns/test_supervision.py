"""Supervision rounds as they are held, who sees what, what is counted, and what waits (R9.9)."""

from datetime import date

import pytest

from bihuan.campaigns import queries
from bihuan.campaigns.models import Finding, SupervisionRound
from bihuan.campaigns.queries import supervision as asking
from bihuan.campaigns.services import supervision
from bihuan.hazards.models import Hazard
from bihuan.kernel.errors import NotAllowed, NotFound, Outdated, Refusal
from bihuan.trail.models import Event, Notice
from tests.campaigns.supervised import TOWN_WIDE, Supervised, at, make_supervised

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(db: None) -> Supervised:
    return make_supervised()


def test_given_a_covert_round_when_planned_then_its_unit_sees_and_hears_nothing_until_it_is_fed_back(
    run: Supervised,
) -> None:
    told = Notice.objects.count()
    one = run.planned(method="covert")

    assert run.sees(lambda who: asking.round_for(who, run.row.pk, one.pk)) == TOWN_WIDE
    assert asking.rounds_of(run.by("village_east"), run.row.pk) == []
    assert Notice.objects.count() == told
    assert not Event.objects.filter(kind="campaign.round_planned", path=run.town.units["东村"].path).exists()

    found = run.fed_back()
    assert run.sees(lambda who: asking.round_for(who, run.row.pk, found.round_id)) == TOWN_WIDE | {"village_east"}
    assert Notice.objects.count() > told


def test_given_an_open_round_when_planned_then_its_unit_is_told_and_another_unit_is_not(run: Supervised) -> None:
    one = run.planned(method="open")

    assert run.sees(lambda who: asking.round_for(who, run.row.pk, one.pk)) == TOWN_WIDE | {"village_east"}
    assert Notice.objects.filter(url_name="campaigns:round").exists()


def test_given_problems_when_noted_then_the_units_and_the_enterprises_stay_apart(run: Supervised) -> None:
    one = run.held()
    unit = run.noted(one)
    firm = run.noted(one, "除尘管道破损", firm=True)
    hazards = Hazard.objects.count()

    with pytest.raises(Refusal, match="不能报整改"):
        supervision.answer_finding(finding_id=firm.pk, seen_version=1, reason="好", **run.said("office"))
    with pytest.raises(Refusal, match="不登记为隐患"):
        supervision.enter_finding(finding_id=unit.pk, seen_version=1, **run.said("office"))
    with pytest.raises(Refusal, match="哪家企业"):
        supervision.note_finding(
            round_id=one.pk,
            seen_version=run.again(one).version,
            new=supervision.NewFinding("firm", "没有写企业"),
            **run.said("office"),
        )
    run_one = run.again(one)
    supervision.feed_back(round_id=one.pk, seen_version=run_one.version, **run.said("office"))

    assert Hazard.objects.count() == hazards  # nothing becomes a hazard by itself
    assert (run.again(unit).state, run.again(firm).state) == ("asked", "noted")
    assert [one.side for one in asking.round_for(run.by("village_east"), run.row.pk, one.pk).findings] == ["unit"]
    made = supervision.enter_finding(finding_id=firm.pk, seen_version=1, **run.said("office"))
    hazard = Hazard.objects.get(pk=made)
    assert (hazard.source, hazard.source_type, hazard.source_id) == ("covert", "supervision", firm.pk)
    assert (hazard.campaign_id, hazard.enterprise_id, hazard.found_on) == (run.row.pk, run.firm, run.now.date())
    with pytest.raises(Refusal):
        supervision.enter_finding(finding_id=firm.pk, seen_version=2, **run.said("office"))


def test_given_a_hazard_that_is_known_when_an_enterprises_problem_is_linked_then_no_second_one_is_made(
    run: Supervised,
) -> None:
    one = run.held()
    first = run.noted(one, "除尘管道破损", firm=True)
    known = supervision.enter_finding(finding_id=first.pk, seen_version=1, **run.said("office"))
    second = run.noted(one, "同一处管道破损", firm=True)
    third = run.noted(one, "门口杂乱", firm=True)

    supervision.enter_finding(finding_id=second.pk, seen_version=1, hazard_id=known, **run.said("office"))
    supervision.set_finding_aside(finding_id=third.pk, seen_version=1, reason="不构成隐患", **run.said("office"))

    assert Hazard.objects.count() == 1
    assert run.again(second).hazard_id == known
    assert run.again(third).state == "aside"


def test_given_a_round_when_it_goes_its_way_then_it_closes_after_the_last_problem_is_confirmed(run: Supervised) -> None:
    found = run.fed_back(by=date(2018, 1, 10))
    with pytest.raises(Refusal, match="没有确认整改"):
        supervision.close_round(round_id=found.round_id, seen_version=5, **run.said("office"))
    with pytest.raises((NotAllowed, NotFound)):
        run.answer(found, "village_west")
    run.answer(found)
    run.review(found, accepted=False, reason="台账没有责任人")
    run.now = at(1, 9)
    run.answer(found)
    run.review(found)

    one = run.again(found.round)
    supervision.close_round(round_id=one.pk, seen_version=one.version, **run.said("office"))

    assert run.again(one).state == "closed"
    assert run.again(one).number == 1
    kinds = Event.objects.filter(kind__startswith="campaign.").order_by("seq").values_list("kind", flat=True)
    assert [kind.partition(".")[2] for kind in kinds][-9:] == [
        "round_planned",
        "round_held",
        "finding_noted",
        "round_fed_back",
        "finding_answered",
        "finding_sent_back",
        "finding_answered",
        "finding_confirmed",
        "round_closed",
    ]


def test_given_an_old_page_when_acted_on_then_it_is_refused_and_nothing_is_written(run: Supervised) -> None:
    one = run.planned()
    events = Event.objects.count()

    with pytest.raises(Outdated):
        supervision.cancel_round(round_id=one.pk, seen_version=9, reason="改期", **run.said("office"))
    with pytest.raises(Refusal, match="理由"):
        supervision.cancel_round(round_id=one.pk, seen_version=1, reason=" ", **run.said("office"))
    with pytest.raises(NotAllowed):
        supervision.cancel_round(round_id=one.pk, seen_version=1, reason="改期", **run.said("inspector"))

    assert Event.objects.count() == events
    assert run.again(one).state == "planned"


def test_given_rounds_when_counted_then_each_figure_is_as_built_and_past_days_keep_theirs(run: Supervised) -> None:
    run.now = at(1, 3)
    run.planned("西村", method="open", on=date(2018, 1, 20))
    found = run.fed_back(by=date(2018, 1, 10))
    run.fed_back("经发办", by=date(2018, 1, 8), method="open")
    run.now = at(1, 9)
    run.answer(found)
    run.now = at(1, 12)
    run.review(found)

    assert run.figure("supervision.rounds") == (2, 2)
    assert run.figure("supervision.rounds", on=date(2018, 1, 20)) == (2, 3)
    assert run.figure("supervision.covert") == (1, 2)
    assert run.figure("supervision.units") == (2, 5)
    assert run.figure("supervision.closed") == (1, 2)  # answered in time, confirmed later; the other never
    assert run.figure("supervision.closed", on=date(2018, 1, 11)) == (0, 2)
    assert run.figure("supervision.rounds", on=date(2018, 1, 2)) == (0, 0)
    assert run.figure("supervision.units", unit="东村") == (1, 1)
    assert run.figure("supervision.rounds", on=date(2018, 1, 20), unit="西村") == (0, 1)
    rows = run.rows("campaigns.findings_due")
    assert sorted(one.who for one in rows) == ["东村", "经发办"]


def test_given_a_covert_round_when_it_is_not_fed_back_then_only_the_whole_town_counts_it(run: Supervised) -> None:
    names = ("supervision_planned", "supervision_rounds", "covert_rounds", "units_supervised")
    path, days = run.town.units["东村"].path, {"since": date(2017, 12, 20), "until": date(2018, 1, 31)}

    def told() -> list[int]:
        who = run.by("village_east")
        return [len(queries.rows_of(who, run.row.pk, f"campaigns.{name}", path=path, **days)) for name in names]

    run.planned(on=date(2018, 1, 20))
    found = run.noted(run.held())
    assert told() == [0, 0, 0, 0]
    assert run.figure("supervision.rounds", on=date(2018, 1, 20), unit="东村") == (0, 0)
    assert run.figure("supervision.rounds", on=date(2018, 1, 20)) == (1, 2)
    run.planned(method="open", on=date(2018, 1, 21))
    assert told() == [1, 0, 0, 0]

    one = run.again(found.round)
    supervision.feed_back(round_id=one.pk, seen_version=one.version, **run.said("office"))

    assert told() == [2, 1, 1, 1]  # the one of 20 January is still to come
    assert run.figure("supervision.rounds", on=date(2018, 1, 4), unit="东村") == (0, 0)


def test_given_what_is_owed_when_each_looks_then_it_waits_for_whom_it_concerns(run: Supervised) -> None:
    found = run.fed_back(by=date(2018, 1, 10))
    one = run.asked("东村")

    def waits(who: str) -> list[str]:
        return sorted(row.what for row in asking.waiting_for(run.by(who), now=run.now).rows)

    assert waits("village_east") == ["bulletins.reply", "supervision.correct"]
    assert waits("village_west") == []
    assert waits("office") == []
    run.answer(found)
    run.about(supervision.reply, one, "东村", "village_east", reason="没有意见")
    assert waits("office") == ["supervision.confirm"]
    assert waits("village_east") == []
    run.about(supervision.hear, one, "东村", "chief", stays=True, reason="没有异议")
    one = run.again(one)
    supervision.issue_bulletin(bulletin_id=one.pk, seen_version=one.version, **run.said("chief"))
    assert waits("village_east") == ["bulletins.correct"]
    run.about(supervision.answer_circular, one, "东村", "village_east", reason="已改")
    assert waits("office") == ["bulletins.confirm", "supervision.confirm"]
    assert (Finding.objects.count(), SupervisionRound.objects.count()) == (1, 1)
