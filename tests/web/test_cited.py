"""Every item of every standard can be chosen in a form, and exactly that item is recorded."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from bihuan.hazards import queries
from bihuan.hazards.rules.acts import Act
from bihuan.standards.data import read_library
from bihuan.standards.rules import Criterion, Standard
from bihuan.web.hazards.choices import criteria
from bihuan.web.hazards.cited import CriterionField, by_clause, named_in, value_of, words_of
from tests.hazards.stage import Stage
from tests.web.conftest import Visit
from tests.web.test_loop import do

LIBRARY = read_library()


def day_of_force(standard: Standard) -> date:
    return standard.effective_on or standard.effective_until or date(2018, 1, 15)


def field_for(items: list[Criterion]) -> CriterionField:
    return CriterionField(choices=[(value_of(one), words_of(one)) for one in items], by_clause=by_clause(items))


@pytest.mark.parametrize("standard", LIBRARY.standards, ids=lambda one: one.id)
def test_given_every_item_of_a_standard_when_chosen_then_exactly_it_is_named(standard: Standard) -> None:
    on = day_of_force(standard)
    items = list(LIBRARY.of(LIBRARY.in_force(on)))
    field = field_for(items)

    mine = [one for one in items if one.standard_id == standard.id]
    named = [named_in(field.clean(value_of(one))) for one in mine]

    assert [LIBRARY.criterion(one.standard, one.clause, on=on) for one in named] == mine
    assert mine or all(one.standard_id != standard.id for one in LIBRARY.criteria)


def test_given_a_value_of_an_older_address_when_read_then_it_is_understood_where_it_names_one_item() -> None:
    items = list(LIBRARY.criteria)
    field, old = field_for(items), by_clause(items)

    alone = {key: values[0] for key, values in old.items() if len(values) == 1}
    shared = [key for key, values in old.items() if len(values) > 1]

    assert {key: field.clean(key) for key in alone} == alone
    assert {key: field.prepare_value(key) for key in alone} == alone
    assert "general-2008|第三条" in shared
    for key in shared:
        with pytest.raises(ValidationError, match="有几项"):
            field.clean(key)


@pytest.mark.django_db
def test_given_two_items_under_one_clause_when_the_second_is_chosen_then_the_second_is_recorded(
    stage: Stage, enter: Visit
) -> None:
    hazard, office = stage.report(), enter("office")
    second = [one for one in LIBRARY.criteria if (one.standard_id, one.clause) == ("general-2008", "第三条")][1]
    form = office.get(reverse("hazards:act", args=[hazard.pk, "confirm"])).content.decode()

    done = do(office, hazard, Act.CONFIRM, level="major", criterion=value_of(second), text="停产才能整改")

    assert f'value="{value_of(second)}"' in form
    assert done.status_code == 303, done.content.decode()[-2000:]
    hazard.refresh_from_db()
    assert (hazard.criterion_clause, hazard.criterion_text) == ("第三条", second.text)


@pytest.mark.django_db
def test_given_the_form_of_a_hazard_when_opened_then_no_two_items_share_a_value(stage: Stage) -> None:
    groups = criteria(queries.brief_for(stage.by("office"), stage.report().pk))

    values = [value for name, group in groups if name != "按描述可能对得上的" for value, _ in group]

    assert len(values) == len(set(values)) > 100
