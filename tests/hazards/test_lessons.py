"""What a town's decisions teach the suggestion: proposals with their evidence, answered once; sureness only lowered."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.hazards.models import Hazard, LevelDecision
from bihuan.hazards.queries import brief_for
from bihuan.hazards.queries.advice import advice_on, heeding, suggested_for
from bihuan.hazards.queries.lessons import change_by, decided, proposals_for
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Criterion, Given
from bihuan.hazards.services import advance
from bihuan.hazards.services.teaching import accept_proposal, teach, turn_down_proposal
from bihuan.kernel.errors import NotAllowed, Outdated
from bihuan.standards import queries as standards
from bihuan.standards import services as standards_services
from bihuan.standards.queries.words import words_for
from bihuan.standards.rules.teaching import Lesson, Target
from bihuan.standards.services.words import end_word, words_subject
from bihuan.trail import queries as trail
from tests.hazards.stage import NOON, Stage, make_stage

pytestmark = pytest.mark.django_db
SPARK = Lesson(Target.CONCEPT, "火花探测", "亮子盒")
CLAUSE = Criterion("gongmao-2017", "一(一)9", "2017", "未按规范设置火花探测")
ONE, TWO = "木工砂光机吸尘支管亮子盒缺", "打磨区砂光机亮子盒缺"
KNOWN = "木工砂光机的吸尘管上没有装火花探测报警装置"


@pytest.fixture
def stage() -> Stage:
    standards_services.load_reference_data()
    return make_stage()


def decide(stage: Stage, words: str, *, major: bool = True) -> Hazard:
    """Report and confirm as the form does: with what it showed."""
    hazard = stage.report(part="", description=words)
    given = (
        Given(text="现场核实", level="major", criterion=CLAUSE) if major else Given(text="现场核实", level="general")
    )
    office = stage.by("office")
    advance(
        hazard_id=hazard.pk,
        act=Act.CONFIRM,
        given=replace(given, suggested=suggested_for(brief_for(office, hazard.pk), Act.CONFIRM, office, on=stage.day)),
        seen_version=hazard.version,
        actor=office,
        now=stage.at,
    )
    return hazard


def says(stage: Stage, words: str) -> str:
    """Return the level that is read; what is only like a labelled finding is not."""
    hazard = stage.report(part="", description=words)
    advice = advice_on(brief_for(stage.by("office"), hazard.pk))
    return "一般" if advice.by_likeness else advice.level


def test_given_two_findings_raised_by_people_when_learnt_from_then_their_word_is_proposed_with_both(
    stage: Stage,
) -> None:
    hazards = {decide(stage, ONE).pk, decide(stage, TWO).pk}
    decide(stage, "灭火器压力不足", major=False)

    found = proposals_for(stage.by("office"))

    assert [(one.lesson, one.clause, one.right, len(one.using)) for one, _ in found] == [(SPARK, "一(一)9", 2, 2)]
    assert {row.hazard_id for row in found[0][1]} == hazards


def test_given_a_proposal_when_accepted_then_the_next_finding_is_understood_and_its_evidence_is_kept(
    stage: Stage,
) -> None:
    hazards = {decide(stage, ONE).pk, decide(stage, TWO).pk}
    assert says(stage, "木工砂光机旁的亮子盒缺") == "一般"

    accept_proposal(lesson=SPARK, why="", actor=stage.by("office"), now=stage.at)

    kept = words_for(stage.by("office"))[0]
    assert says(stage, "木工砂光机旁的亮子盒缺") == "重大"
    assert (kept.learned, set(kept.evidence), kept.why) == (True, hazards, "从2条决定中学到")
    assert proposals_for(stage.by("office")) == []
    told = trail.events_of([words_subject("/32/04/13/101/")])[-1]
    assert (told.figures["decisions_better"], told.figures["decisions_worse"]) == (2, 0)
    end_word(word_id=kept.id, actor=stage.by("office"), now=stage.at)
    assert says(stage, "木工砂光机旁的亮子盒缺") == "一般"


def test_given_a_proposal_when_turned_down_then_it_is_not_made_again_until_reconsidered(stage: Stage) -> None:
    decide(stage, ONE)
    decide(stage, TWO)

    turn_down_proposal(lesson=SPARK, why="说法不固定", actor=stage.by("chief"), now=stage.at)

    refused = words_for(stage.by("office"))[0]
    assert SPARK not in [one.lesson for one, _ in proposals_for(stage.by("office"))]
    assert says(stage, ONE) == "一般"
    with pytest.raises(Outdated):
        accept_proposal(lesson=SPARK, why="", actor=stage.by("office"), now=stage.at)
    end_word(word_id=refused.id, actor=stage.by("office"), now=stage.at)
    assert SPARK in [one.lesson for one, _ in proposals_for(stage.by("office"))]


def test_given_somebody_else_when_they_teach_or_answer_then_they_are_refused(stage: Stage) -> None:
    decide(stage, ONE)
    decide(stage, TWO)

    for who in ("village_east", "boss", "inspector", "industry"):
        with pytest.raises(NotAllowed):
            teach(kind=Target.CONCEPT, target="火花探测", wordings="亮子盒", why="试", actor=stage.by(who), now=NOON)
        with pytest.raises(NotAllowed):
            accept_proposal(lesson=SPARK, why="", actor=stage.by(who), now=NOON)
        with pytest.raises(NotAllowed):
            turn_down_proposal(lesson=SPARK, why="", actor=stage.by(who), now=NOON)

    assert words_for(stage.by("office")) == []


def test_given_decisions_when_words_are_weighed_before_saving_then_nothing_is_written_and_the_change_is_told(
    stage: Stage,
) -> None:
    decide(stage, ONE)
    decide(stage, "砂光机吸尘管亮子盒备件缺", major=False)

    change = change_by(stage.by("office"), [SPARK])

    assert (change.decisions.cases, change.decisions.using) == (2, 2)
    assert (change.decisions.better, change.decisions.worse) == (1, 1)
    assert (change.samples.cases > 500, change.samples.using) == (True, 0)
    assert change.decided_by(change.decisions.turned[0].of.key).level == "general"
    assert words_for(stage.by("office")) == []


def test_given_a_hazard_decided_twice_when_learnt_from_then_only_the_last_decision_counts(stage: Stage) -> None:
    hazard = decide(stage, KNOWN)
    LevelDecision.objects.bulk_create(
        [
            LevelDecision(
                hazard_id=hazard.pk,
                town_id=hazard.town_id,
                act="approve_lowering",
                decided_on=stage.day,
                decided_by="主任",
                level="general",
                version="x",
            )
        ]
    )

    assert [one.level for one in decided(stage.by("office"))] == ["general"]


def test_given_another_village_when_it_looks_then_the_decisions_are_not_there(stage: Stage) -> None:
    decide(stage, ONE)

    assert decided(stage.by("village_west")) == []
    assert len(decided(stage.by("office"))) == 1


def test_given_one_or_many_decisions_when_read_then_the_queries_are_as_many(stage: Stage) -> None:
    counts = []
    for number in (1, 3):
        for _ in range(number):
            decide(stage, ONE)
        proposals_for(stage.by("office"))
        with CaptureQueriesContext(connection) as seen:
            proposals_for(stage.by("office"))
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 6


def test_law_l8_given_people_who_do_not_follow_when_a_clause_is_proposed_then_it_is_less_sure_and_never_another(
    stage: Stage,
) -> None:
    for _ in range(3):
        decide(stage, KNOWN, major=False)
    hazard = stage.report(part="", description=KNOWN)
    office = stage.by("office")
    plain = advice_on(brief_for(office, hazard.pk))

    shown = heeding(plain, office, town_id=hazard.town_id, path=hazard.path, on=stage.day)

    assert shown.confidence < plain.confidence
    assert shown.heeded is not None
    assert (shown.heeded.followed, shown.heeded.decided) == (0, 3)
    assert (shown.level, shown.deciding, shown.clauses) == (plain.level, plain.deciding, plain.clauses)
    boss = heeding(plain, stage.by("boss"), town_id=hazard.town_id, path=hazard.path, on=stage.day)
    assert (boss.confidence, boss.heeded) == (shown.confidence, None)


def test_law_l8_given_people_who_follow_or_a_town_that_switched_it_off_when_proposed_then_it_is_as_sure_as_it_was(
    stage: Stage,
) -> None:
    decide(stage, KNOWN)
    hazard = stage.report(part="", description=KNOWN)
    office = stage.by("office")
    plain = advice_on(brief_for(office, hazard.pk))
    asked = {"town_id": hazard.town_id, "path": hazard.path, "on": stage.day}

    followed = heeding(plain, office, **asked)
    decide(stage, KNOWN, major=False)
    standards_services.set_parameter(
        town_id=hazard.town_id,
        name="advice_heeds_town",
        value="0",
        valid_from=stage.day,
        source="镇安委会",
        actor=stage.by("chief"),
        now=stage.at,
    )

    assert followed.confidence == plain.confidence
    assert heeding(plain, office, **asked) == plain
    assert standards.parameter("advice_heeds_town", town_id=None, on=stage.day) == 1
