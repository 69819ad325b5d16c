"""A town's own words on record: who may, for whom they hold, taken back with one press, read again by every process."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bihuan.kernel.errors import NotAllowed, NotFound, Outdated
from bihuan.standards import queries
from bihuan.standards.data.judging import judging_version
from bihuan.standards.models import OwnWord
from bihuan.standards.queries import words as kept
from bihuan.standards.queries.words import words_for
from bihuan.standards.rules.determine import Enterprise
from bihuan.standards.rules.teaching import BadWord, Lesson, Target
from bihuan.standards.services.words import add_words, end_word, refuse_proposal, words_subject
from bihuan.trail import queries as trail
from tests.town import NOON, SmallTown, make_town

pytestmark = pytest.mark.django_db
DAY = date(2018, 1, 10)
SENTENCE = "砂光机吸尘管上没装亮子盒"
JOINER = Enterprise("木质家具", ("工贸",), ("粉尘涉爆",))
SPARK = Lesson(Target.CONCEPT, "火花探测", "亮子盒")
HERE, THERE = "/32/04/13/101/", "/32/04/13/102/"


@pytest.fixture
def town() -> SmallTown:
    return make_town()


def add(town: SmallTown, who: str = "office", wordings: str = "亮子盒") -> None:
    add_words(
        kind=Target.CONCEPT,
        target="火花探测",
        wordings=wordings,
        why="本地木器厂这么叫",
        actor=town.actor(who),
        now=NOON,
    )


def level(path: str) -> str:
    """Return the level that is read; what is only like a labelled finding is not."""
    advice = queries.advise(SENTENCE, DAY, JOINER, path=path)
    return "一般" if advice.by_likeness else advice.level


def standing(town: SmallTown) -> UUID:
    return next(one.id for one in words_for(town.actor("office")) if one.ended_at is None)


def test_given_a_towns_word_when_added_then_it_holds_there_and_nowhere_else(town: SmallTown) -> None:
    assert level(HERE) == "一般"

    add(town)

    assert [level(path) for path in (HERE, f"{HERE}200/", THERE, "")] == ["重大", "重大", "一般", "一般"]
    assert queries.advise(SENTENCE, DAY, JOINER, path=HERE).own_words == (SPARK,)
    assert queries.advise("灭火器压力不足", DAY, JOINER, path=HERE).own_words == ()


def test_given_a_word_of_the_county_when_added_then_all_its_towns_know_it_and_see_whose_it_is(town: SmallTown) -> None:
    add(town, "superior")

    assert [level(path) for path in (HERE, THERE, "/32/04/14/101/")] == ["重大", "重大", "一般"]
    assert [(one.unit_name, one.path) for one in words_for(town.actor("office"))] == [("区安委办", "/32/04/13/")]
    with pytest.raises(BadWord, match="区安委办已经加过"):
        add(town)
    with pytest.raises(NotAllowed, match="由他们停用"):
        end_word(word_id=standing(town), actor=town.actor("office"), now=NOON)


def test_given_another_town_when_it_looks_then_the_word_is_neither_seen_nor_ended(town: SmallTown) -> None:
    add(town)
    other = make_town("320413102000", "邻镇")

    assert words_for(other.actor("office")) == []
    with pytest.raises(NotFound):
        end_word(word_id=standing(town), actor=other.actor("office"), now=NOON)


@pytest.mark.parametrize("who", ["village_east", "industry", "inspector", "leader", "system_admin", "agency", "group"])
def test_given_somebody_else_when_they_add_or_end_then_they_are_refused_and_nothing_is_written(
    who: str, town: SmallTown
) -> None:
    add(town)
    before = list(OwnWord.objects.values())

    with pytest.raises(NotAllowed, match="安监办"):
        add(town, who, "火子盒")
    with pytest.raises(NotAllowed):
        end_word(word_id=standing(town), actor=town.actor(who), now=NOON)
    with pytest.raises(NotAllowed):
        refuse_proposal(lesson=SPARK, evidence=(), why="不是", actor=town.actor(who), now=NOON)

    assert list(OwnWord.objects.values()) == before


def test_given_several_words_when_one_is_wrong_then_none_is_added(town: SmallTown) -> None:
    add(town)

    with pytest.raises(BadWord):
        add(town, wordings="火子盒、灰")
    with pytest.raises(BadWord, match="已经加过"):
        add(town, wordings="火子盒、亮子盒")
    with pytest.raises(BadWord, match="为什么"):
        add_words(
            kind=Target.CONCEPT, target="火花探测", wordings="火子盒", why=" ", actor=town.actor("office"), now=NOON
        )

    assert list(OwnWord.objects.values_list("wording", flat=True)) == ["亮子盒"]


def test_given_a_word_when_ended_then_the_proposal_is_as_before_and_the_record_stays_dated(town: SmallTown) -> None:
    add(town)

    end_word(word_id=standing(town), why="和别的东西混", actor=town.actor("chief"), now=NOON + timedelta(days=1))

    ended = words_for(town.actor("office"))[0]
    assert level(HERE) == "一般"
    assert (ended.ended_at, ended.ended_why) == (NOON + timedelta(days=1), "和别的东西混")
    assert ended.ended_by == town.actor("chief").name
    with pytest.raises(Outdated):
        end_word(word_id=ended.id, actor=town.actor("office"), now=NOON)
    add(town)
    assert level(HERE) == "重大"
    assert len(words_for(town.actor("office"))) == 2


def test_given_each_step_when_done_then_an_event_tells_it_with_the_words_and_their_version(town: SmallTown) -> None:
    add(town)
    end_word(word_id=standing(town), actor=town.actor("office"), now=NOON)
    refuse_proposal(lesson=SPARK, evidence=(), why="不是一回事", actor=town.actor("office"), now=NOON)
    end_word(word_id=standing(town), actor=town.actor("office"), now=NOON)

    told = trail.events_of([words_subject(HERE)])

    assert [one.kind for one in told] == ["words.added", "words.ended", "words.refused", "words.reconsidered"]
    assert told[0].say == "提示用词加了：亮子盒 = 火花探测"
    assert told[0].figures["words"] == [["concept", "火花探测", "亮子盒"]]
    assert told[0].figures["version"] != told[1].figures["version"] == judging_version()


def test_given_a_proposal_turned_down_when_the_word_is_added_all_the_same_then_the_refusal_ends(
    town: SmallTown,
) -> None:
    refuse_proposal(lesson=SPARK, evidence=[UUID(int=7)], why="不是", actor=town.actor("office"), now=NOON)
    assert level(HERE) == "一般"

    add(town)

    rows = {one.refused: one for one in words_for(town.actor("office"))}
    assert (rows[True].ended_why, rows[True].evidence) == ("改为采用", (UUID(int=7),))
    assert rows[False].ended_at is None
    assert level(HERE) == "重大"


def test_given_another_process_when_it_adds_a_word_then_the_next_question_here_knows_it(town: SmallTown) -> None:
    level(HERE)
    before = dict(kept._kept)
    add(town)
    kept._kept.clear()
    kept._kept.update(before)

    assert level(HERE) == "重大"


def test_given_a_word_rolled_back_when_asked_then_it_is_not_known(town: SmallTown) -> None:
    with transaction.atomic():
        add(town)
        within = level(HERE)
        transaction.set_rollback(True)

    assert within == "重大"
    assert level(HERE) == "一般"


def test_given_words_in_a_town_when_asked_again_then_one_query_is_enough(town: SmallTown) -> None:
    add(town)
    add(town, "superior", "火子盒")
    level(HERE)

    with CaptureQueriesContext(connection) as seen:
        level(HERE)

    assert len(seen) == 1


def test_given_an_own_word_when_somebody_deletes_it_or_rewrites_an_ended_one_then_the_database_refuses(
    town: SmallTown,
) -> None:
    add(town)
    end_word(word_id=standing(town), actor=town.actor("office"), now=NOON)

    for wrong in (
        lambda: OwnWord.objects.all().delete(),
        lambda: OwnWord.objects.update(ended_at=None),
        lambda: OwnWord.objects.update(wording="别的"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()


def test_given_suggestions_with_and_without_own_words_when_versions_are_compared_then_they_differ(
    town: SmallTown,
) -> None:
    packaged = queries.advise(SENTENCE, DAY, JOINER, path=HERE).version
    add(town)
    taught = queries.advise(SENTENCE, DAY, JOINER, path=HERE).version
    end_word(word_id=standing(town), actor=town.actor("office"), now=NOON)

    assert packaged == judging_version()
    assert len(taught) == len(packaged)
    assert taught != packaged == queries.advise(SENTENCE, DAY, JOINER, path=HERE).version
