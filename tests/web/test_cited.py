"""Every item of every standard can be chosen in a form, and exactly that item is recorded."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from bihuan.hazards import queries
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Criterion as Named
from bihuan.hazards.rules.states import Source
from bihuan.kernel.errors import Refusal
from bihuan.standards.data import read_library
from bihuan.standards.rules import Criterion, Standard
from bihuan.web.hazards.choices import criteria, needs
from bihuan.web.hazards.cited import CriterionField, Need, by_clause, named_in, value_of
from tests.hazards.stage import Stage
from tests.web.conftest import Visit
from tests.web.test_loop import do

LIBRARY = read_library()


def day_of_force(standard: Standard) -> date:
    return standard.effective_on or standard.effective_until or date(2018, 1, 15)


def field_for(items: list[Criterion]) -> CriterionField:
    return CriterionField(choices=[(value_of(one), one.clause) for one in items], by_clause=by_clause(items))


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

    done = do(office, hazard, Act.CONFIRM, level="major", criterion=value_of(second), text="停产才能整改", checked="on")

    assert f'value="{value_of(second)}"' in form
    assert done.status_code == 303, done.content.decode()[-2000:]
    hazard.refresh_from_db()
    assert (hazard.criterion_clause, hazard.criterion_text) == ("第三条", second.text)


@pytest.mark.django_db
def test_given_the_form_of_a_hazard_when_opened_then_no_two_items_share_a_value(stage: Stage) -> None:
    groups = criteria(queries.brief_for(stage.by("office"), stage.report().pk))

    values = [value for name, group in groups if name != "按描述可能对得上的" for value, _ in group]

    assert len(values) == len(set(values)) > 100


FIRE = next(one for one in LIBRARY.criteria if one.id == "fire-2006-c-7")
DIRECT = next(one for one in LIBRARY.criteria if one.id == "fire-2006-d-1")


@pytest.mark.django_db
@pytest.mark.parametrize("item", [FIRE, DIRECT], ids=lambda one: one.id)
def test_given_a_clause_of_fire_when_taken_for_major_then_the_fire_authoritys_paper_is_asked_for(
    item: Criterion, stage: Stage, enter: Visit
) -> None:
    hazard, office = stage.report(), enter("office")
    given = {"level": "major", "criterion": value_of(item), "text": "现场查见"}
    form = office.get(reverse("hazards:act", args=[hazard.pk, "confirm"])).content.decode()

    alone = do(office, hazard, Act.CONFIRM, **given)
    ticked = do(office, hazard, Act.CONFIRM, **given, checked="on")
    hazard.refresh_from_db()
    before = hazard.state
    papered = do(office, hazard, Act.CONFIRM, **given, fire_organ="区消防大队", fire_number="消判〔2018〕3号")

    assert re.search(rf'<option value="{re.escape(value_of(item))}" data-needs="fire">', form)
    assert (alone.status_code, ticked.status_code, before) == (422, 422, "reported")
    assert "疑似重大火灾隐患办“移送”" in alone.content.decode()
    assert papered.status_code == 303, papered.content.decode()[-2000:]
    hazard.refresh_from_db()
    assert (hazard.level, hazard.level_reason) == ("major", "现场查见\n依据区消防大队消判〔2018〕3号")


@pytest.mark.django_db
@pytest.mark.parametrize("act", [Act.CONFIRM, Act.RAISE_LEVEL])
def test_given_an_open_ended_clause_when_taken_for_major_then_a_person_says_that_it_was_checked(
    act: Act, stage: Stage
) -> None:
    hazard = stage.report() if act is Act.CONFIRM else stage.confirmed()
    named = Named("general-2008", "general-2008-01")

    with pytest.raises(Refusal, match="由人核对过"):
        stage.do(hazard, act, "office", level="major", criterion=named, text="全厂停产")
    row = stage.do(hazard, act, "office", level="major", criterion=named, text="全厂停产", checked=True)

    assert (row.level, row.criterion_clause) == ("major", "第三条")
    assert "由人核对：该条只有概括定义" in row.level_reason


@pytest.mark.django_db
def test_given_the_clauses_of_a_form_when_listed_then_each_says_what_it_asks_for_and_on_a_superiors_paper_none_does(
    stage: Stage,
) -> None:
    own, handed = stage.report(), stage.report("office", source=Source.SUPERIOR, superior_organ="区安委办")
    open_ended = next(one for one in LIBRARY.criteria if one.id == "general-2008-01")
    plain = next(one for one in LIBRARY.criteria if one.id == "gongmao-2017-dust-01")

    by_value, none = (needs(queries.brief_for(stage.by("office"), one.pk)) for one in (own, handed))

    wanted = {value_of(FIRE): Need.FIRE, value_of(DIRECT): Need.FIRE, value_of(open_ended): Need.PERSON}
    assert {value: by_value.get(value) for value in (*wanted, value_of(plain))} == {**wanted, value_of(plain): None}
    assert none == {}


@pytest.mark.django_db
def test_given_a_superiors_item_when_it_says_major_then_its_paper_is_the_basis(stage: Stage) -> None:
    hazard = stage.report("office", source=Source.SUPERIOR, superior_organ="区安委办")

    row = stage.do(
        hazard, Act.CONFIRM, "office", level="major", criterion=Named("fire-2006", FIRE.id), text="区清单列为重大"
    )

    assert (row.level, row.criterion_text) == ("major", FIRE.text)
