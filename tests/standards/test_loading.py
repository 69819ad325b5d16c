"""What loading a file would change, who may, where it holds and until when."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.kernel.actor import Actor, HeldRole
from bihuan.kernel.errors import NotAllowed
from bihuan.kernel.roles import Role
from bihuan.standards.data import read_library
from bihuan.standards.rules import ChangeKind
from bihuan.standards.rules.loading import (
    LoadAct,
    Loaded,
    LoadKind,
    OnShelf,
    Preview,
    applying_at,
    areas_of,
    dated,
    must_reach,
    previewed,
    with_loaded,
)
from tests.standards.local import COUNTY, NEXT_TOWN, STANDARD, TOWN, book, read

TODAY = date(2018, 1, 10)
NEXT = "320413101-shop-2019"


def preview(made: dict[str, Any], *, current: Loaded | None = None, earlier: Loaded | None = None) -> Preview:
    own = tuple(one.standard.id for one in (current, earlier) if one)
    return previewed(
        read(made, own=own), current=current, earlier=earlier, revision=1, packaged=read_library(), today=TODAY
    )


def test_given_a_file_of_a_new_standard_when_looked_at_then_every_item_is_new_and_none_decides_by_itself() -> None:
    found = preview(book())

    assert found.kind is LoadKind.NEW
    assert {kind: count for kind, count in found.counts.items() if count} == {ChangeKind.ADDED: 2}
    assert {one.decides for one in found.lines} == {"没有判定条件：按说法相近提示，由人判断"}
    assert found.from_when == "2018-01-05起发现的隐患用它判定，装入以前发现、还没有定级的也可以引用；已经定级的不变。"


def test_given_a_standard_that_begins_later_when_looked_at_then_the_day_from_which_it_counts_is_said() -> None:
    found = preview(book(effective_on="2018-03-01"))

    assert found.from_when == "2018-03-01起发现的隐患用它判定；那以前发现的，照那时有效的标准。"


def test_given_a_corrected_file_when_looked_at_then_items_go_by_their_ids_and_words_are_marked() -> None:
    made = book(issuer="示范镇政府")
    made["criteria"][0]["text"] = "彩钢板仓库里给电动车充电。"
    made["criteria"][1]["cues"] = []

    found = preview(made, current=read(book()))

    first, second = found.lines
    assert found.kind is LoadKind.CORRECTION
    assert [one.name for one in found.facts] == ["发布单位"]
    assert "".join(part for part, gone in first.change.before if gone) == "三轮"
    assert (first.also, second.also) == ((), ("常见说法",))
    assert found.touched == ("一(一)", "一(二)")


def test_given_a_new_version_when_looked_at_then_items_are_paired_by_wording_and_what_goes_is_told() -> None:
    made = book(id=NEXT, supersedes=STANDARD, effective_on="2019-01-01")
    made["criteria"] = made["criteria"][:1]
    made["official_counts"] = {"total": 1}
    made["criteria"][0]["text"] += "夜间充电的除外。"

    found = preview(made, earlier=read(book()))

    assert found.kind is LoadKind.NEXT
    assert [one.change.kind for one in found.lines] == [ChangeKind.CHANGED, ChangeKind.DROPPED]
    assert found.touched == ("一(一)", "一(二)")


def test_given_the_very_same_file_written_otherwise_when_looked_at_then_nothing_changes() -> None:
    made = dict(reversed(book().items()))

    found = preview(made, current=read(book()))

    assert found.kind is LoadKind.SAME
    assert {one.change.kind for one in found.lines} == {ChangeKind.SAME}


def test_given_an_item_like_a_national_one_when_looked_at_then_the_national_one_stands_beside_it() -> None:
    made = book()
    made["criteria"][0]["text"] = next(i.text for i in read_library().criteria if i.id == "gongmao-2017-dust-09")

    found = preview(made)

    assert [one.alike.id if one.alike else "" for one in found.lines] == ["gongmao-2017-dust-09", ""]


def shelf(*rows: tuple[str, str, str | None, date | None], area: str = TOWN) -> list[OnShelf]:
    """Return standards: id, first day, what it supersedes, from when it is withdrawn."""
    ids = tuple(one[0] for one in rows)
    return [
        OnShelf(read(book(id=one, effective_on=begins, supersedes=earlier), area=area, own=ids), 1, withdrawn)
        for one, begins, earlier, withdrawn in rows
    ]


def ends(rows: list[OnShelf]) -> list[str]:
    return [str(one.standard.effective_until or "") for one in dated(rows)]


def test_given_versions_and_withdrawals_when_dated_then_each_ends_on_its_day() -> None:
    follows, gone = (NEXT, "2019-01-01", STANDARD), date(2018, 6, 1)

    assert ends(shelf((STANDARD, "2018-01-05", None, None))) == [""]
    assert ends(shelf((STANDARD, "2018-01-05", None, None), (*follows, None))) == ["2018-12-31", ""]
    assert ends(shelf((STANDARD, "2018-01-05", None, gone))) == ["2018-05-31"]
    assert ends(shelf((STANDARD, "2018-01-05", None, None), (*follows, gone))) == ["", "2018-05-31"]
    assert ends(shelf((STANDARD, "2018-01-05", None, None), (*follows, date(2019, 6, 1)))) == [
        "2018-12-31",
        "2019-05-31",
    ]


@settings(deadline=None, max_examples=60)
@given(
    st.integers(-400, 400),
    st.none() | st.integers(-400, 400),
    st.none() | st.integers(-400, 400),
    st.integers(-500, 500),
)
def test_given_any_days_when_two_versions_follow_then_at_most_one_is_in_force_and_never_out_of_its_time(
    second: int, first_gone: int | None, second_gone: int | None, day: int
) -> None:
    begin = date(2020, 1, 1)

    def later(days: int | None) -> date | None:
        return None if days is None else begin + timedelta(days=days)

    rows = shelf(
        (STANDARD, begin.isoformat(), None, later(first_gone)),
        (NEXT, str(later(second)), STANDARD, later(second_gone)),
    )
    on = begin + timedelta(days=day)

    in_force = [one.standard.id for one in dated(rows) if one.standard.holds_on(on)]

    assert len(in_force) <= 1 or second <= 0  # a successor that begins no later leaves no day to the earlier one
    assert not in_force or on >= min(begin, begin + timedelta(days=second))
    assert STANDARD not in in_force or first_gone is None or day < first_gone
    assert NEXT not in in_force or second_gone is None or day < second_gone


def test_given_a_town_and_a_county_when_a_path_is_asked_then_only_what_lies_above_it_applies() -> None:
    mine, theirs = read(book()), read(book(prefix="320413102-"), area=NEXT_TOWN)
    countys = read(book(prefix="320413-"), area=COUNTY)
    known = (mine, theirs, countys)

    assert applying_at(f"{TOWN}203/", known) == (mine, countys)
    assert applying_at(NEXT_TOWN, known) == (theirs, countys)
    assert applying_at(COUNTY, known) == (countys,)
    assert applying_at("", known) == ()
    assert with_loaded(read_library(), ()) is read_library()
    assert set(read_library().criteria) < set(with_loaded(read_library(), known).criteria)


def person(role: Role, path: str) -> Actor:
    return Actor(user_id=None, name="某人", roles=(HeldRole(role, path),))


DECIDE = {Role.SAFETY_CHIEF, Role.SUPERIOR}  # by what is judged is no setting of the system (ADR 26)
AT_TOWN = {  # who may for the own town; the operator aside
    LoadAct.CHECK: DECIDE | {Role.SAFETY_OFFICE},
    LoadAct.LOAD: DECIDE,
    LoadAct.PROPOSE: {Role.SAFETY_OFFICE, Role.SAFETY_CHIEF, Role.SUPERIOR},
    LoadAct.APPROVE: set[Role](),  # the unit above does
    LoadAct.WITHDRAW: DECIDE,
    LoadAct.RESTORE: DECIDE,
    LoadAct.GIVE_BACK: {Role.SAFETY_CHIEF, Role.SUPERIOR},
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("act", list(LoadAct))
def test_given_any_role_when_an_act_is_asked_then_the_table_and_the_area_decide(role: Role, act: LoadAct) -> None:
    somebody = person(role, TOWN)

    if role in AT_TOWN[act] or (role is Role.SYSTEM and act is not LoadAct.PROPOSE):
        must_reach(somebody, act, TOWN)
    else:
        with pytest.raises(NotAllowed):
            must_reach(somebody, act, TOWN)
    if act is not LoadAct.APPROVE:
        assert areas_of(somebody, act) == ((TOWN,) if role in AT_TOWN[act] else ())


@pytest.mark.parametrize("role", list(Role))
def test_given_a_national_list_to_be_replaced_when_asked_who_approves_then_it_is_the_county_or_the_operator(
    role: Role,
) -> None:
    above = person(role, COUNTY)

    if role in {Role.SUPERIOR, Role.SYSTEM}:
        must_reach(above, LoadAct.APPROVE, TOWN)
    else:
        with pytest.raises(NotAllowed):
            must_reach(above, LoadAct.APPROVE, TOWN)


@pytest.mark.parametrize("area", [COUNTY, NEXT_TOWN, f"{TOWN}203/", "/", ""])
def test_given_the_head_of_a_towns_office_when_another_area_is_named_then_it_is_refused(area: str) -> None:
    with pytest.raises(NotAllowed):
        must_reach(person(Role.SAFETY_CHIEF, TOWN), LoadAct.LOAD, area)
