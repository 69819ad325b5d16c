"""Rows made and written in bulk: exactly what the ORM would have made and written."""

import gc
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import models

from bihuan.enterprises.models import Enterprise
from bihuan.hazards.models import Hazard, SameKindTask
from bihuan.intake.models import ColumnMemory, ImportDoubt, ImportFirm, ImportRow, SuperiorItem
from bihuan.kernel.ids import new_id
from bihuan.trail.bulk import PART, insert_many, many_rows, new_row
from bihuan.trail.models import Event

MADE = (Event, Hazard, SameKindTask, SuperiorItem, ImportRow, ImportDoubt, ImportFirm, Enterprise)
NOON = datetime(2018, 2, 14, 4, 0, tzinfo=UTC)


def _columns(row: models.Model) -> dict[str, object]:
    kept = {name: value for name, value in row.__dict__.items() if name != "_state"}
    return {name: value for name, value in kept.items() if not isinstance(value, UUID)}


@pytest.mark.parametrize("model", MADE)
def test_given_a_model_when_made_bare_then_it_has_the_columns_that_the_orm_gives_it(model: type[models.Model]) -> None:
    bare = new_row(model)

    assert _columns(bare) == _columns(model())
    assert set(bare.__dict__) == set(model().__dict__)
    assert bare._state.adding
    assert new_row(model).__dict__ != bare.__dict__ or bare.pk is None  # no id twice


def test_given_a_default_that_can_change_when_two_rows_are_made_then_they_do_not_share_it() -> None:
    one, other = new_row(SuperiorItem), new_row(SuperiorItem)

    one.extra["D"] = "x"

    assert other.extra == {}


def test_given_a_column_nobody_has_when_a_row_is_made_then_it_is_refused_by_name() -> None:
    with pytest.raises(TypeError, match="Event has no column colour"):
        new_row(Event, colour="red")


def _event(seq: int, **columns: object) -> Event:
    shared = {"chain": "platform", "at": NOON, "day": date(2018, 2, 14), "kind": "x", "say": "。", "actor_name": "我"}
    return new_row(Event, seq=seq, subject_type="x", subject_id=new_id(), prev_hash="", hash="", **shared | columns)


@pytest.mark.django_db
def test_given_equal_but_different_values_when_inserted_then_each_row_keeps_its_own() -> None:
    rows = [_event(1, after={"n": 1}), _event(2, after={"n": True}), _event(3, after={"n": 1.0})]

    insert_many(rows)

    kept = Event.objects.filter(chain="platform").order_by("seq").values_list("after", flat=True)
    assert [repr(one["n"]) for one in kept] == ["1", "True", "1.0"]


@pytest.mark.django_db
def test_given_more_rows_than_a_part_when_inserted_then_all_of_them_read_back_the_same() -> None:
    rows = [_event(seq, after={"n": seq}, level="major" if seq % 2 else "") for seq in range(1, PART + 3)]

    insert_many(rows)

    kept = list(Event.objects.filter(chain="platform").order_by("seq"))
    assert [_columns(one) for one in kept] == [_columns(one) for one in rows]


@pytest.mark.django_db
def test_given_keys_that_the_database_counts_up_when_inserted_then_it_counts_them() -> None:
    shared = {"town_id": new_id(), "organ": "区安委办", "chosen_by": "我", "chosen_at": NOON}

    insert_many([new_row(ColumnMemory, heading=heading, **shared) for heading in ("甲", "乙")])

    kept = list(ColumnMemory.objects.order_by("id").values_list("id", "heading"))
    assert [heading for _, heading in kept] == ["甲", "乙"]
    assert kept[1][0] == kept[0][0] + 1


def test_given_an_act_over_many_rows_when_it_fails_then_the_collector_runs_again() -> None:
    seen: list[bool] = []

    @many_rows()
    def act() -> None:
        seen.append(gc.isenabled())
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        act()

    assert (seen, gc.isenabled()) == ([False], True)
