"""What is put back is what the services made: the same rows, a sound trail, nothing shared between two tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

import pytest
from django.apps import apps
from django.db import transaction

from bihuan.trail import queries as trail
from tests import kept
from tests.hazards.stage import Stage, make_stage
from tests.town import make_town

pytestmark = pytest.mark.django_db


@contextmanager
def undone() -> Iterator[None]:
    """Undo what is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def everything() -> dict[str, list[dict[str, object]]]:
    """Return every row of every table, as Django reads it."""
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in apps.get_models()}


def made_and_undone(monkeypatch: pytest.MonkeyPatch) -> tuple[Stage, dict[str, list[dict[str, object]]]]:
    """Let the services make the stage although a test before this may have kept it, and undo it."""
    monkeypatch.setattr(kept, "_kept", {})
    with undone():
        stage, rows = make_stage(), everything()
    return stage, rows


def test_given_a_stage_that_the_services_made_when_put_back_then_rows_and_answer_are_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage, rows = made_and_undone(monkeypatch)
    assert everything() != rows

    again = make_stage()

    assert (again, everything()) == (stage, rows)
    assert not trail.verify().findings
    assert again.closed().state == "closed"
    assert not trail.verify().findings


def test_given_a_test_that_changed_its_town_when_the_next_asks_then_it_gets_the_first_state(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage, _ = made_and_undone(monkeypatch)
    first = deepcopy(stage)
    with undone():
        changed = make_stage()
        changed.later(3)
        changed.colleague("东村", "新人")

    assert make_stage() == first


def test_given_a_database_with_another_town_when_one_is_asked_for_then_the_services_make_it() -> None:
    with undone():
        kept_one = make_town()

    neighbour = make_town(code="320413102000", name="邻镇")
    town = make_town()

    assert town.town.id != kept_one.town.id
    assert town.town.county_id == neighbour.town.county_id
