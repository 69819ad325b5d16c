"""A packaged list gets its successor by upload: proposed by one, approved by another, for one area, by the day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bihuan.kernel.actor import PLATFORM, Actor
from bihuan.kernel.errors import NotAllowed, NotFound, Outdated
from bihuan.standards import queries, services
from bihuan.standards.data import read_library
from bihuan.standards.data.uploads import BadUpload
from bihuan.standards.data.writing import as_yaml
from bihuan.standards.models import LoadedStandard
from bihuan.standards.queries import loading as asked
from bihuan.standards.rules import BadValue, ChangeKind
from bihuan.standards.rules.criteria import UnknownCriterion
from bihuan.standards.rules.loading import Area, LoadKind, concerns, effects, previewed, with_loaded
from bihuan.standards.services import loading
from bihuan.trail import queries as trail
from tests.standards.local import COUNTY, NEXT_TOWN, TOWN, book, read
from tests.standards.replacing import (
    BEGINS,
    CLAUSE,
    FACTS,
    NATIONAL,
    STANDARD,
    approve,
    holding,
    propose,
    successor,
    told,
)
from tests.town import DAY, NOON, SmallTown, make_town


@pytest.fixture
def town(db: None) -> SmallTown:
    services.load_reference_data()
    return make_town()


def test_given_a_successor_when_proposed_then_it_waits_and_nothing_changes_until_another_person_approves(
    town: SmallTown,
) -> None:
    found = propose(town)

    assert (found.kind, found.replaces and found.replaces.id) == (LoadKind.REPLACES, NATIONAL)
    assert (holding(), asked.loaded_for(town.actor("chief"))) == ({NATIONAL}, [])
    readers = ("office", "chief", "superior", "system_admin", "village_east", "industry", "inspector", "leader")
    assert [key for key in readers if asked.proposed_for(town.actor(key))] == list(readers[:3])
    waits = {
        key: asked.waiting_for(town.actor(key), now=NOON) for key in ("chief", "system_admin", "office", "superior")
    }
    assert {key: one.total for key, one in waits.items()} == {
        "chief": 0,
        "system_admin": 0,
        "office": 0,
        "superior": 1,
    }
    assert (waits["superior"].rows[0].url_name, waits["superior"].rows[0].url_args) == ("standards:answer", (STANDARD,))

    approve(town)

    assert (holding(), holding(on=BEGINS - timedelta(days=1))) == ({STANDARD}, {NATIONAL})
    assert (holding(NEXT_TOWN), holding("")) == ({NATIONAL}, {NATIONAL})
    assert asked.proposed_for(town.actor("chief")) == []
    line = asked.loaded_line_for(town.actor("chief"), STANDARD)
    assert (line.loaded_by, line.approved_by) == (town.actor("office").name, town.actor("superior").name)
    assert told() == ["standard.proposed", "standard.approved"]


def test_given_a_replaced_list_when_cited_then_the_day_of_finding_decides_and_the_refusal_names_the_successor(
    town: SmallTown,
) -> None:
    propose(town)
    approve(town)
    there, everywhere = queries.library(TOWN), queries.whole_library()

    before = there.criterion(NATIONAL, CLAUSE, on=BEGINS - timedelta(days=1))
    with pytest.raises(UnknownCriterion) as refused:
        there.criterion(NATIONAL, CLAUSE, on=DAY)

    assert before.clause == CLAUSE
    assert "自2018-01-10起在这里由《工贸重大隐患判定标准（新版）》" in refused.value.say
    assert everywhere.criterion(NATIONAL, CLAUSE, on=DAY).clause == CLAUSE  # what other towns decided by stays citable
    assert there.standard(NATIONAL).superseded_by == STANDARD


def test_given_who_reads_when_a_town_replaced_a_list_then_it_is_replaced_for_that_town_alone(town: SmallTown) -> None:
    propose(town)
    approve(town)

    def reads(actor: Actor) -> bool:
        return queries.library_for(actor).standard(NATIONAL).holds_on(DAY)

    assert (reads(town.actor("village_east")), reads(town.actor("superior"))) == (False, True)


def test_law_l8_given_who_proposed_when_they_approve_themselves_then_it_is_refused(town: SmallTown) -> None:
    made = successor(id="320413-gongmao-2018", prefix="320413-")
    area = Area(COUNTY, town.town.county_id or town.town.id, "金城区")
    propose(town, "superior", text=made, area=area)

    assert asked.waiting_for(town.actor("superior"), now=NOON).total == 0  # it waits for somebody else
    with pytest.raises(NotAllowed) as refused:
        approve(town, "superior", standard_id="320413-gongmao-2018")

    assert "两个人" in refused.value.say
    assert holding() == {NATIONAL}


@pytest.mark.parametrize("key", ["system_admin", "security_admin", "audit_admin", "village_east", "industry"])
def test_given_who_keeps_the_system_when_a_national_list_is_to_be_replaced_then_they_may_not(
    key: str, town: SmallTown
) -> None:
    with pytest.raises(NotAllowed):
        propose(town, key)

    assert LoadedStandard.objects.count() == 0


@pytest.mark.parametrize(("proposer", "approver"), [("office", "chief"), ("chief", "office")])
def test_given_two_people_of_one_town_when_they_replace_a_national_list_then_the_unit_above_is_asked(
    proposer: str, approver: str, town: SmallTown
) -> None:
    propose(town, proposer)

    with pytest.raises(NotAllowed) as refused:
        approve(town, approver)

    assert "区安委办或者再上级批准" in refused.value.say
    assert (holding(), told()) == ({NATIONAL}, ["standard.proposed"])


def test_given_nobody_above_on_the_platform_when_the_operator_approves_then_only_on_a_paper(town: SmallTown) -> None:
    propose(town)

    with pytest.raises(BadValue, match="文号"):
        approve(town, actor=PLATFORM, why=" ")
    with pytest.raises(NotAllowed):
        propose(town, actor=PLATFORM, text=successor(source_note="改过"))
    approve(town, actor=PLATFORM, why="区安委办〔2018〕5号")

    assert holding() == {STANDARD}
    assert trail.events_of([loading.loaded_subject(STANDARD)])[-1].reason == "区安委办〔2018〕5号"


def test_given_a_day_that_is_past_when_a_list_would_be_replaced_from_it_then_it_is_refused(town: SmallTown) -> None:
    yesterday = DAY - timedelta(days=1)

    with pytest.raises(BadValue) as refused:
        propose(town, text=successor(effective_on=yesterday.isoformat()))
    propose(town)
    with pytest.raises(BadValue):
        approve(town, now=NOON + timedelta(days=1))

    assert "已经发现的隐患要按当时的标准判定" in refused.value.say
    assert (holding(), holding(on=DAY + timedelta(days=1))) == ({NATIONAL}, {NATIONAL})


def test_given_items_without_a_counterpart_when_looked_at_then_it_says_how_many_clauses_would_end(
    town: SmallTown,
) -> None:
    found = propose(town)

    every = len([one for one in read_library().criteria if one.standard_id == NATIONAL])
    ends = found.counts[ChangeKind.DROPPED]
    assert 0 < ends <= every
    assert any(f"{every}条里有{ends}条在上传的文件里没有对应的条目" in one for one in effects(found, None))


def test_given_the_database_when_one_person_would_stand_for_both_then_it_refuses(town: SmallTown) -> None:
    propose(town)
    row = LoadedStandard.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        LoadedStandard.objects.update(approved_by_id=row.loaded_by_id)


@pytest.mark.parametrize(
    "key", ["office", "chief", "system_admin", "inspector", "leader", "village_east", "industry", "group"]
)
def test_given_who_may_not_when_they_approve_then_it_is_refused(key: str, town: SmallTown) -> None:
    propose(town, "chief")

    with pytest.raises((NotAllowed, NotFound)):
        approve(town, key)

    assert (holding(), told()) == ({NATIONAL}, ["standard.proposed"])


def test_given_another_town_when_it_looks_then_nothing_waits_there(town: SmallTown) -> None:
    propose(town)
    stranger = make_town(code="320413102000", name="邻镇").actor("chief")

    with pytest.raises(NotFound):
        approve(town, actor=stranger)

    assert asked.proposed_for(stranger) == []


def test_given_an_older_page_or_a_second_answer_when_sent_then_it_is_refused(town: SmallTown) -> None:
    propose(town)
    propose(town, text=successor(source_note="改了说明"))

    with pytest.raises(Outdated):
        approve(town, seen_version=1)
    approve(town, seen_version=2)
    with pytest.raises(NotFound):
        approve(town, seen_version=3)

    assert told() == ["standard.proposed", "standard.proposed", "standard.approved"]


def test_given_the_same_proposal_twice_when_sent_then_it_waits_once(town: SmallTown) -> None:
    propose(town)
    propose(town, "chief")

    assert (LoadedStandard.objects.count(), told()) == (1, ["standard.proposed"])


def test_given_a_proposal_when_turned_down_or_taken_back_then_it_stays_on_record_and_can_be_made_anew(
    town: SmallTown,
) -> None:
    facts = {"standard_id": STANDARD, "now": NOON}
    propose(town)
    with pytest.raises(BadValue):
        loading.refuse_standard(seen_version=1, why=" ", actor=town.actor("superior"), **facts)
    loading.refuse_standard(seen_version=1, why="条号抄错了", actor=town.actor("superior"), **facts)
    propose(town, text=successor(source_note="改过"))
    loading.refuse_standard(seen_version=2, why="再核对", actor=town.actor("office"), **facts)

    assert (holding(), asked.proposed_for(town.actor("chief"))) == ({NATIONAL}, [])
    assert LoadedStandard.objects.count() == 2
    assert told() == ["standard.proposed", "standard.refused"] * 2
    with pytest.raises(UnknownCriterion):
        queries.criterion(STANDARD, "一(一)")


def test_given_a_successor_when_withdrawn_then_the_packaged_list_holds_again_from_that_day_and_restoring_ends_it(
    town: SmallTown,
) -> None:
    propose(town)
    approve(town)
    later = DAY + timedelta(days=10)
    facts = {"standard_id": STANDARD, "actor": town.actor("chief"), "now": NOON}

    loading.withdraw_standard(seen_version=2, since=later, why="发现条文有误", **facts)
    days = [holding(on=one) for one in (BEGINS - timedelta(days=1), DAY, later - timedelta(days=1), later)]
    with pytest.raises(NotAllowed):
        loading.restore_standard(seen_version=3, why="核对无误", **facts)  # it would end the national list again
    with pytest.raises(NotAllowed):
        loading.withdraw_standard(
            seen_version=3, since=later, why="x", **(facts | {"actor": town.actor("system_admin")})
        )
    loading.restore_standard(seen_version=3, why="核对无误", **(facts | {"actor": town.actor("superior")}))

    assert days == [{NATIONAL}, {STANDARD}, {STANDARD}, {NATIONAL}]
    assert holding(on=later) == {STANDARD}


def test_given_a_correction_when_proposed_then_the_earlier_text_holds_until_it_is_approved(town: SmallTown) -> None:
    propose(town)
    approve(town)

    found = propose(town, text=successor(title="更正过的新版"))
    between = queries.library(TOWN).standard(STANDARD).title
    approve(town, seen_version=found.revision + 1)

    assert found.kind is LoadKind.CORRECTION
    assert (between, queries.library(TOWN).standard(STANDARD).title) == (FACTS["title"], "更正过的新版")


def test_given_a_correction_that_no_longer_replaces_when_sent_then_a_second_person_is_needed_too(
    town: SmallTown,
) -> None:
    propose(town)
    approve(town)

    found = propose(town, text=successor(supersedes=None))

    assert (found.replaces and found.replaces.id, holding()) == (NATIONAL, {STANDARD})
    approve(town, seen_version=found.revision + 1)
    assert holding() == {NATIONAL, STANDARD}


def test_given_the_next_version_when_it_follows_then_the_packaged_list_stays_replaced_and_two_are_needed(
    town: SmallTown,
) -> None:
    propose(town)
    approve(town)
    later = DAY + timedelta(days=30)
    following = successor(id="320413101-gongmao-2019", supersedes=STANDARD, effective_on=later.isoformat())

    found = propose(town, text=following)
    approve(town, standard_id="320413101-gongmao-2019", seen_version=found.revision + 1)

    assert found.replaces is not None
    assert (holding(on=later - timedelta(days=1)), holding(on=later)) == ({STANDARD}, set())
    assert queries.library(TOWN).standard("320413101-gongmao-2019").holds_on(later)


def test_given_the_county_when_it_replaces_a_list_then_all_its_towns_have_it_and_the_county_reads_it(
    town: SmallTown,
) -> None:
    made = successor(id="320413-gongmao-2018", prefix="320413-")
    area = Area(COUNTY, town.town.county_id or town.town.id, "金城区")
    propose(town, "superior", text=made, area=area)
    chief = town.actor("chief")

    with pytest.raises(NotFound):
        approve(town, standard_id="320413-gongmao-2018", actor=chief)  # a draft of the county is not read in its towns
    with pytest.raises(NotAllowed):
        approve(town, "superior", standard_id="320413-gongmao-2018")

    assert holding() == {NATIONAL}


FAULTS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"supersedes": "general-2008"}, "不能代替"),
    ({"sector": "消防"}, "属于“工贸”"),
    ({"effective_on": "2017-01-01"}, "不能更早施行"),
    ({"effective_on": "2023-06-01"}, "只用到2023-05-14为止"),
    ({"id": NATIONAL}, "条文不能改"),
)


@pytest.mark.parametrize(("head", "says"), FAULTS)
def test_given_a_file_that_cannot_take_the_place_when_read_then_it_says_why(head: dict[str, Any], says: str) -> None:
    with pytest.raises(BadUpload) as refused:
        read(as_yaml(book(**(FACTS | head))))

    assert any(says in one for one in refused.value.problems), refused.value.problems


def test_given_an_empty_reconstruction_when_its_full_text_comes_then_it_may_begin_on_the_same_day() -> None:
    full = book(id="320413101-fire-2025", supersedes="fire-2025", sector="消防", effective_on="2025-11-01")

    known = with_loaded(read_library(), [read(full)])

    assert not known.standard("fire-2025").holds_on(date(2026, 1, 1))
    assert known.standard("320413101-fire-2025").holds_on(date(2026, 1, 1))


def test_given_a_list_of_fire_when_looked_at_then_it_says_that_nothing_is_counted_and_which_items_stand_alone() -> None:
    facts = {"id": "320413101-fire-2025", "sector": "消防", "effective_on": "2025-11-01"}
    made = book(**facts)
    made["criteria"][0]["ask"] = ["安全出口锁着吗？"]
    packaged = read_library()
    plain, of_fire = (
        previewed(read(one), current=None, earlier=None, revision=0, packaged=packaged, today=DAY)
        for one in (book(), made)
    )

    said = [one for one in effects(of_fire, None) if "综合判定" in one]

    assert len(said) == 1
    assert "系统不计数，够不够数由人判断" in said[0]
    assert "有1条写了判定条件或问题，单独一条成立就提示疑似" in said[0]
    assert not any("综合判定" in one for one in effects(plain, None))


def test_given_a_release_that_brings_the_successor_when_its_day_comes_then_the_upload_in_its_place_has_ended() -> None:
    known = with_loaded(read_library(), [read(book(**FACTS))])

    upload, day = known.standard(STANDARD), date(2023, 5, 15)
    assert (upload.holds_on(day - timedelta(days=1)), upload.holds_on(day)) == (True, False)
    assert known.standard("gongmao-2023").holds_on(day)


def test_given_a_file_for_every_sector_when_said_whom_it_concerns_then_one_word_says_it() -> None:
    some = book()
    for item, sector in zip(some["criteria"], ("机械", "纺织"), strict=True):
        item["applies_to"] = {"sectors": [sector], "features": []}

    assert concerns(read(book())) == ("各行业",)
    assert concerns(read(some)) == ("机械", "纺织")
