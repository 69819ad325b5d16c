"""Who sees which returns and may do what; what is owed and late; forms bound by choosing."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.campaigns.models import ReturnForm
from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.rules.returns.binding import Binding, PeriodKind, Source
from bihuan.campaigns.services import returns as services
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.errors import NotAllowed, NotFound, Refusal
from bihuan.kernel.indicators import Question
from bihuan.stats import queries as stats
from bihuan.trail.models import Event
from tests.campaigns.returns.stage import FIRST, FRIDAY, ReturnStage, adopted, begun
from tests.town import make_town

pytestmark = pytest.mark.django_db


SEES = {
    "office": {"镇", "东村", "西村", "经发办"},
    "chief": {"镇", "东村", "西村", "经发办"},
    "chair": {"镇", "东村", "西村", "经发办"},
    "village_east": {"东村"},
    "village_west": {"西村"},
    "industry": {"经发办"},
    "construction": set(),
    "leader": {"东村"},
    "superior": set(),
    "system_admin": set(),
    "audit_admin": set(),
    "agency": set(),
}


@pytest.mark.parametrize("who", SEES)
def test_given_a_role_when_returns_are_opened_then_only_its_own_are_there(who: str, stage: ReturnStage) -> None:
    form = adopted(stage, "镇", "东村", "西村", "经发办")
    stage.on(FRIDAY)
    rows = {unit: stage.begin(form, *FIRST, unit=unit) for unit in ("镇", "东村", "西村", "经发办")}
    viewer = stage.loop.by(who)

    seen = set()
    for unit, row in rows.items():
        try:
            queries.return_for(viewer, row.pk, today=stage.loop.day)
            seen.add(unit)
        except NotFound:
            continue

    assert seen == SEES[who]
    listed = {line.unit_name for line in queries.owed_for(viewer, now=stage.loop.at)}
    told = (
        {"镇"} if who == "superior" else seen
    )  # that the town owes it is told above; the return not before it is checked
    assert listed == {{"镇": "示范镇"}.get(unit, unit) for unit in told}


def test_given_a_superior_when_a_return_is_checked_then_it_is_seen_and_not_before(stage: ReturnStage) -> None:
    row = stage.sent(begun(stage, "镇", "office"), "office", "各单位下午补报")
    superior = stage.loop.by("superior")
    with pytest.raises(NotFound):
        queries.return_for(superior, row.pk, today=stage.loop.day)

    stage.do("check_return", row, "chief")

    view = queries.return_for(superior, row.pk, today=stage.loop.day)
    assert view.acts == []
    assert {one.return_id for one in view.units} == {None}  # the units' own are the town's


def test_given_another_town_when_it_asks_then_there_is_nothing(stage: ReturnStage) -> None:
    row = begun(stage)
    neighbour = make_town(code="320413102000", name="邻镇").actor("chief", stage.loop.day)

    for ask in (
        lambda: queries.return_for(neighbour, row.pk, today=stage.loop.day),
        lambda: queries.form_for(neighbour, row.form_id),
        lambda: services.check_return(return_id=row.pk, seen_version=1, actor=neighbour, now=stage.loop.at),
    ):
        with pytest.raises(NotFound):
            ask()
    assert queries.owed_for(neighbour, now=stage.loop.at) == []


def test_given_a_village_when_it_fills_for_another_then_it_is_refused_and_the_office_fills_in_its_name(
    stage: ReturnStage,
) -> None:
    form = adopted(stage, "东村", "西村")
    stage.on(FRIDAY)
    with pytest.raises(NotAllowed, match="不由您的单位填报"):
        stage.begin(form, *FIRST, unit="东村", who="village_west")

    row = stage.begin(form, *FIRST, unit="东村", who="office")

    assert Event.objects.get(kind="return.begun", subject_id=row.pk).acting_for == "东村"
    assert stage.begin(form, *FIRST, unit="东村", who="village_east").pk == row.pk


def test_given_a_department_when_it_fills_then_its_figures_are_those_of_its_sectors(stage: ReturnStage) -> None:
    form = adopted(stage, "经发办", "建设办", code="F2")
    stage.loop.closed()
    stage.loop.confirmed(enterprise_id=stage.west_firm)
    stage.on(date(2018, 2, 1))
    month = (date(2018, 1, 1), date(2018, 1, 31))

    industry = stage.texts(stage.begin(form, *month, unit="经发办"))
    construction = stage.texts(stage.begin(form, *month, unit="建设办"))

    lines = {"机械": "C8", "轻工": "C9", "合计": "C15"}
    assert {name: industry[cell] for name, cell in lines.items()} == {"机械": "1", "轻工": "1", "合计": "2"}
    assert {construction[cell] for cell in lines.values()} == {"—"}


def test_given_what_is_owed_when_weeks_pass_then_late_and_missing_are_counted_as_of_any_day(
    stage: ReturnStage,
) -> None:
    form = adopted(stage, "镇", "东村", "西村")
    town = stage.loop.town.town.path
    stage.on(FRIDAY)
    stage.sent(stage.begin(form, *FIRST, unit="东村", who="village_east"), "village_east")
    stage.on(FRIDAY, 13)
    stage.sent(stage.begin(form, *FIRST, unit="西村", who="village_west"), "village_west")
    stage.on(date(2018, 1, 26), 18)

    def told(until: date, path: str = town) -> tuple[int, int]:
        asked = Question(path, date(2018, 1, 1), until)
        found = stats.answers(PLATFORM, ["campaigns.returns_due", "campaigns.returns_on_time"], asked)
        return tuple(one.amount for one in found.values() if one is not None)  # type: ignore[return-value] # -- a pair

    assert told(date(2018, 1, 18)) == (0, 0)
    assert told(FRIDAY) == (3, 1)
    assert told(date(2018, 1, 26)) == (6, 1)
    assert told(date(2018, 1, 26), stage.loop.town.units["东村"].path) == (2, 1)
    lines = queries.owed_for(stage.loop.by("office"), now=stage.loop.at)
    by_unit = {(line.unit_name, line.period.until): (line.is_late, line.is_missing) for line in lines}
    assert by_unit["东村", FIRST[1]] == (False, False)
    assert by_unit["西村", FIRST[1]] == (True, False)
    assert by_unit["示范镇", FIRST[1]] == (True, True)
    assert by_unit["东村", date(2018, 1, 25)] == (True, True)


def test_given_an_ower_that_is_replaced_when_counted_then_what_was_owed_before_stays_owed(stage: ReturnStage) -> None:
    form = adopted(stage, "东村")
    stage.on(date(2018, 1, 22))
    services.name_owers(
        form_id=form.pk,
        seen_version=form.version,
        unit_ids=[stage.unit("西村")],
        actor=stage.loop.by("office"),
        now=stage.loop.at,
    )
    asked = {
        name: Question(stage.loop.town.units[name].path, date(2018, 1, 1), date(2018, 1, 31))
        for name in ("东村", "西村")
    }

    due = {name: stats.answers(PLATFORM, ["campaigns.returns_due"], one) for name, one in asked.items()}

    assert {name: one["campaigns.returns_due"].amount for name, one in due.items()} == {"东村": 1, "西村": 1}  # type: ignore[union-attr] # -- asked without sectors


def test_given_a_form_when_cells_are_bound_by_choosing_then_a_whole_column_keeps_each_rows_place(
    stage: ReturnStage,
) -> None:
    form = stage.upload("villages.xlsx")
    chosen = Binding(Source.MEASURE, name="hazards.open", period=PeriodKind.AS_OF, unit_id=str(stage.unit("东村")))

    done = services.bind_like(
        form_id=form.pk,
        seen_version=1,
        address="C6",
        binding=chosen,
        along="column",
        actor=stage.loop.by("office"),
        now=stage.loop.at,
    )

    view = queries.form_for(stage.loop.by("office"), form.pk)
    assert (set(done.cells), done.left) == ({"C6", "C7", "C8"}, {})
    assert done.said == "这一列定了 3 格：C6、C7、C8。"
    assert {view.bindings[cell].unit_id for cell in ("C6", "C7")} == {str(stage.unit("东村")), str(stage.unit("西村"))}
    assert (view.bindings["C8"].name, view.bindings["C8"].unit_id) == ("hazards.open", "")
    again = stage.upload("villages.xlsx")
    other = queries.form_for(stage.loop.by("office"), again.pk).bindings["C7"]
    assert other.name == "hazards.found_fact"  # remembered from forms in use only
    stage.use(ReturnForm.objects.get(pk=form.pk))
    third = stage.upload("villages.xlsx")
    assert queries.form_for(stage.loop.by("office"), third.pk).bindings["C7"].name == "hazards.open"


@pytest.mark.parametrize(
    ("address", "binding", "say"),
    [
        ("Z9", Binding(Source.TYPED), "没有这一格"),
        ("C6", Binding(Source.MEASURE, name="no.such"), "没有这个统计口径"),
        ("C6", Binding(Source.SUM, cells=("Z9",)), "由哪几格"),
        ("C6", Binding(Source.RATE, cells=("C7",)), "分子和分母"),
        ("F6", Binding(Source.SUM, cells=("H6",)), "绕回这一格"),
    ],
)
def test_given_a_binding_that_cannot_be_when_chosen_then_the_sentence_says_why(
    address: str, binding: Binding, say: str, stage: ReturnStage
) -> None:
    form = stage.upload("villages.xlsx")

    with pytest.raises(Refusal, match=say):
        services.bind_cells(
            form_id=form.pk,
            seen_version=1,
            cells={address: binding},
            actor=stage.loop.by("office"),
            now=stage.loop.at,
        )


def test_given_unbound_cells_when_a_form_is_used_then_they_are_named(stage: ReturnStage) -> None:
    form = stage.upload("villages.xlsx")
    services.bind_cells(
        form_id=form.pk, seen_version=1, cells={"C6": None}, actor=stage.loop.by("office"), now=stage.loop.at
    )
    form.refresh_from_db()

    with pytest.raises(Refusal, match=r"还有 1 格没有定取什么数：东村·本期·发现隐患\(项\)（C6）"):
        stage.use(form)


def test_given_somebody_else_when_a_form_is_changed_then_only_the_office_may(stage: ReturnStage) -> None:
    form = adopted(stage, "东村")

    for who in ("village_east", "chair"):
        with pytest.raises(NotAllowed):
            services.retire_form(
                form_id=form.pk, seen_version=2, reason="不用了", actor=stage.loop.by(who), now=stage.loop.at
            )
    with pytest.raises(NotAllowed):
        services.adopt_form(code="F2", actor=stage.loop.by("village_east"), now=stage.loop.at)


def test_given_more_returns_when_listed_then_the_queries_stay_the_same(stage: ReturnStage) -> None:
    form = adopted(stage, "东村", "西村")
    stage.on(FRIDAY)
    office = stage.loop.by("office")

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            queries.owed_for(office, now=stage.loop.at)
        return len(caught)

    one = asked()
    for unit in ("东村", "西村"):
        stage.begin(form, *FIRST, unit=unit)
    stage.on(FRIDAY + timedelta(days=14))

    assert asked() == one == 2


def test_given_money_when_shown_then_it_is_in_myriads_and_exact(stage: ReturnStage) -> None:
    row = begun(stage, "镇", "office")
    form = queries.form_for(stage.loop.by("office"), row.form_id)
    services.bind_cells(
        form_id=form.id,
        seen_version=form.version,
        cells={"D8": Binding(Source.MEASURE, name="hazards.money", amount="万元")},
        actor=stage.loop.by("office"),
        now=stage.loop.at,
    )

    cell = stage.see(row).cells["D8"]

    assert cell.filled.amount == Decimal("0.03")
    assert cell.filled.text == "0.03"


def test_given_a_daily_return_when_set_up_after_its_hour_then_it_is_owed_from_the_next_day_everywhere(
    stage: ReturnStage,
) -> None:
    stage.on(FRIDAY, 17)
    form_id = services.start_form(
        title="火情日报",
        due="每天16:00",
        unit_ids=[stage.unit("东村")],
        actor=stage.loop.by("office"),
        now=stage.loop.at,
    )
    east, town = stage.loop.by("village_east"), stage.loop.town.town.path
    tomorrow = FRIDAY + timedelta(days=1)

    [line] = queries.owed_for(east, now=stage.loop.at)

    assert (line.period.since, line.is_missing) == (FRIDAY, False)  # the next one, of today, due tomorrow
    assert queries.due_by_unit(Question(town, FRIDAY, FRIDAY)) == {}
    stage.begin(ReturnForm.objects.get(pk=form_id), FRIDAY, FRIDAY, unit="东村", who="village_east")
    stage.on(tomorrow, 17)
    [missing] = [one for one in queries.owed_for(east, now=stage.loop.at) if one.is_missing]
    [due] = queries.due_by_unit(Question(town, FRIDAY, tomorrow))[stage.unit("东村")]
    assert missing.period == due.period


def test_given_a_daily_return_of_the_day_itself_when_begun_then_it_speaks_of_that_day_and_can_be_sent_on_it(
    stage: ReturnStage,
) -> None:
    stage.on(FRIDAY)
    services.start_form(
        title="当日火情",
        due="每天17:00报当天的",
        unit_ids=[stage.unit("东村")],
        actor=stage.loop.by("office"),
        now=stage.loop.at,
    )
    form = ReturnForm.objects.get()
    [line] = queries.owed_for(stage.loop.by("village_east"), now=stage.loop.at)

    row = stage.sent(stage.begin(form, FRIDAY, FRIDAY, unit="东村", who="village_east"), "village_east")

    assert (line.period.since, line.period.until) == (FRIDAY, FRIDAY)
    assert row.first_sent_at is not None
    assert row.first_sent_at < row.due_at
