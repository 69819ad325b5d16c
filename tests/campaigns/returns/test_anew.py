"""A form in use tells which cells would be suggested otherwise today; one press takes them, what was sent stays."""

from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse

from bihuan.campaigns.models import Return, ReturnForm
from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.queries.returns.finding import bindings_of
from bihuan.campaigns.rules.returns.binding import Binding, Source
from bihuan.campaigns.services import returns as services
from bihuan.kernel.errors import NotAllowed, NotFound
from bihuan.trail.models import Event
from tests.campaigns.returns.stage import FIRST, FRIDAY, ReturnStage, adopted
from tests.campaigns.returns.tables import table, uploaded

pytestmark = pytest.mark.django_db


def of_old(form: ReturnForm, changed: dict[str, Binding]) -> ReturnForm:
    """Bind cells as they were once suggested."""
    kept = bindings_of(form) | changed
    ReturnForm.objects.filter(pk=form.pk).update(bindings={one: binding.kept() for one, binding in kept.items()})
    form.refresh_from_db()
    return form


@pytest.fixture
def old(stage: ReturnStage) -> ReturnForm:
    """A form whose 其他 leaves out what has no sector, and whose 待整改 counts what is rectified."""
    content = table(("机械", "其他行业", "合计"), ("发现隐患", "待整改", "已整改"))
    form = stage.use(uploaded(stage, content))
    bindings = bindings_of(form)
    other = bindings["B4"]
    return of_old(
        form,
        {
            "B4": replace(other, sectors=tuple(one for one in other.sectors if one)),
            "C3": replace(bindings["C3"], name="hazards.rectified"),
            "D3": replace(bindings["D3"], name="hazards.in.closed", chosen_by="安监办主任"),
        },
    )


def seen(stage: ReturnStage, form: ReturnForm, who: str = "office") -> Any:
    """Return the form's page as somebody sees it."""
    viewer = stage.loop.by(who)
    return queries.with_anew(viewer, queries.form_for(viewer, form.pk))


def test_given_a_form_in_use_when_suggestions_got_better_then_its_page_tells_which_and_one_press_takes_them(
    stage: ReturnStage, old: ReturnForm, settings: Any
) -> None:
    settings.BIHUAN_DEMO_DAY = stage.loop.day.isoformat()
    office, address = stage.loop.town.client("office"), reverse("campaigns:return_form", args=[old.pk])
    stage.loop.closed()
    stage.on(FRIDAY)
    settings.BIHUAN_DEMO_DAY = FRIDAY.isoformat()
    row = stage.sent(stage.begin(old, *FIRST), remark="核对过")
    before = Return.objects.values("figures", "edition", "state").get(pk=row.pk)

    page = office.get(address).content.decode()
    pressed = office.post(
        reverse("campaigns:bind_anew", args=[old.pk]), {"cell": ["B4", "C3"], "seen_version": old.version}
    )

    assert set(seen(stage, old).anew) == set()
    assert "有新建议的 2 格" in page
    assert "未定行业" in page
    assert pressed.status_code == 303
    old.refresh_from_db()
    bindings = bindings_of(old)
    assert ("" in bindings["B4"].sectors, bindings["C3"].name) == (True, "hazards.unrectified")
    assert (bindings["D3"].name, bindings["D3"].chosen_by) == ("hazards.in.closed", "安监办主任")  # a person's own
    assert Return.objects.values("figures", "edition", "state").get(pk=row.pk) == before
    assert "有新建议的" not in office.get(address).content.decode()
    told = Event.objects.filter(subject_id=old.pk, kind="return_form.bound").latest("seq")
    assert set(told.after) == {"B4", "C3"}


def test_given_a_cell_that_nobody_suggests_any_more_when_told_then_it_is_asked_and_stays(stage: ReturnStage) -> None:
    form = uploaded(stage, table(("机械",), ("发现隐患", "已整改", "按期整改率")))
    form = stage.use(of_old(form, {"D3": Binding(Source.RATE, cells=("C3", "B3"))}))

    assert seen(stage, form).anew == {"D3": None}
    with pytest.raises(NotFound):
        services.bind_anew(
            form_id=form.pk, seen_version=form.version, cells=["D3"], actor=stage.loop.by("office"), now=stage.loop.at
        )


def test_given_others_when_they_ask_or_press_then_they_are_told_nothing_and_refused(
    stage: ReturnStage, old: ReturnForm
) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        services.bind_anew(
            form_id=old.pk, seen_version=1, cells=["B4"], actor=stage.loop.by("village_east"), now=stage.loop.at
        )
    with pytest.raises(NotFound):
        services.bind_anew(
            form_id=old.pk, seen_version=1, cells=["D3"], actor=stage.loop.by("office"), now=stage.loop.at
        )
    assert seen(stage, old, "chair").anew == {}


def test_given_a_form_of_ours_as_it_was_declared_before_when_seen_then_what_is_declared_otherwise_is_told(
    stage: ReturnStage,
) -> None:
    form = adopted(stage)
    assert (seen(stage, form).anew, seen(stage, form).is_older) == ({}, False)
    form = of_old(form, {"D8": Binding(Source.MEASURE, name="hazards.counted")})

    anew = seen(stage, form).anew

    assert {address: one.name for address, one in anew.items() if one} == {"D8": "hazards.found_fact"}
