"""A number is typed once for a unit and its days, on whatever form; each level is asked what it can know (R9.8)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bihuan.campaigns.models import Return, ReturnForm
from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.rules.returns.binding import Binding, Source
from bihuan.campaigns.rules.returns.computing import Filled, filled_of
from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.campaigns.rules.returns.items import item_cells
from bihuan.campaigns.rules.returns.meaning import meaning_of
from bihuan.campaigns.services import returns as services
from bihuan.kernel.errors import Refusal
from bihuan.orgs.models import Holding, User
from bihuan.trail.models import Event
from tests.campaigns.returns.stage import FIRST, FRIDAY, ReturnStage, adopted
from tests.campaigns.returns.tables import table, uploaded

GROUPS, PEOPLE, VISITS, VISITS_SO_FAR, CASES, FINE = "D4", "D5", "D6", "E6", "D16", "D20"  # of F1
OF_F4 = {GROUPS: "D4", VISITS: "D5", VISITS_SO_FAR: "E5", CASES: "D13", FINE: "D17"}
LAST, NEXT_FRIDAY = (date(2018, 1, 19), date(2018, 1, 25)), date(2018, 1, 26)


@pytest.fixture
def two(stage: ReturnStage) -> tuple[Return, Return]:
    """The town's returns of one week on F1 and on F4, both being filled."""
    forms = [adopted(stage, "镇", code=code) for code in ("F1", "F4")]
    stage.on(FRIDAY)
    one, other = (stage.begin(form, *FIRST) for form in forms)
    return one, other


def cell(slot: tuple[str, ...], column: tuple[str, ...] = ("本期",)) -> Slot:
    return Slot("D4", 0, 4, 4, slot, column)


def asked(*slots: Slot) -> list[Any]:
    bindings = {one.address: Binding(Source.TYPED) for one in slots}
    said = {one.address: meaning_of(one) for one in slots}
    found = item_cells(slots, bindings, said, since=FIRST[0], until=FIRST[1], cumulative_from=None)
    return [*found]


@pytest.mark.parametrize(
    ("one", "other", "of"),
    [
        (("监督检查", "检查组", "个"), ("派出检查组（个）",), "same"),
        (("执法惩戒", "责令停产停业", "家"), ("停产停业整顿企业（家）",), "same"),
        (("执法惩戒", "罚款", "万元"), ("处罚罚款（元）",), "same"),
        (("监督检查", "检查企业", "家次"), ("检查企业（家）",), "other"),
        (("执法惩戒", "关闭取缔", "家"), ("关闭（家）",), "other"),
        (("培训", "参加人数", "人"), ("演练", "参加人数", "人"), "other"),
        (("宣传", "发放资料", "份"), ("宣传", "发放资料", "份"), "same"),
    ],
)
def test_given_two_headings_when_read_then_they_ask_for_the_same_only_where_item_and_unit_are_the_same(
    one: tuple[str, ...], other: tuple[str, ...], of: str
) -> None:
    assert (asked(cell(one)) == asked(cell(other))) is (of == "same")


def test_given_one_item_of_other_days_when_read_then_it_is_another_number() -> None:
    heads = ("监督检查", "检查组", "个")

    assert asked(cell(heads)) != asked(cell(heads, ("累计",)))
    assert asked(cell(heads), Slot("E4", 0, 4, 5, heads, ("本周",))) == []  # asked twice in one form: by neither


@pytest.mark.django_db
def test_given_what_was_typed_in_one_form_when_another_asks_for_the_same_then_it_is_there_with_its_reason(
    stage: ReturnStage, two: tuple[Return, Return]
) -> None:
    weekly, summary = two
    was_open = {slot.address for slot in stage.see(summary).still_open}
    stage.do("type_cells", weekly, cells={GROUPS: "4", VISITS: "12", CASES: "1", FINE: "2.5"}, reason="安监办台账")

    view = stage.see(summary)

    told = {one: view.cells[OF_F4[one]].filled for one in (GROUPS, VISITS, CASES, FINE)}
    assert {one: filled.text for one, filled in told.items()} == {GROUPS: "4", VISITS: "12", CASES: "1", FINE: "2.5"}
    assert {(one.typed, one.typed_by, one.taken) for one in told.values()} == {
        ("安监办台账", stage.loop.by("office").name, "专项行动进展情况周报表")
    }
    assert told[VISITS].taken_from == f"{weekly.pk}?cell={VISITS}"
    assert was_open - {slot.address for slot in view.still_open} == {OF_F4[one] for one in told}
    sent = stage.do("send_return", stage.type_the_rest(summary, amount="20"), remark="示安监罚〔2018〕3号")
    assert sent.figures[OF_F4[VISITS]]["taken"] == "专项行动进展情况周报表"


@pytest.mark.django_db
def test_given_a_correction_in_one_form_when_the_others_are_opened_then_open_ones_follow_and_sent_ones_say_so(
    stage: ReturnStage, two: tuple[Return, Return]
) -> None:
    weekly, summary = two
    stage.do("type_cells", weekly, cells={VISITS: "12"}, reason="台账")
    sent = stage.do("send_return", stage.type_the_rest(weekly, amount="20"), remark="示安监罚〔2018〕3号")
    stage.on(FRIDAY, 10)
    stage.do("type_cells", summary, cells={OF_F4[VISITS]: "14"}, reason="漏了两家")

    seen, edition = stage.see(sent), sent.editions.get()

    one = seen.cells[VISITS]
    assert (one.filled.text, one.now) == ("12", "14")
    assert one.later is not None
    assert (one.later.typed, one.later.taken) == ("漏了两家", "安全生产大检查情况汇总表")
    assert edition.figures[VISITS]["amount"] == "12"
    locked = stage.do("lock_return", stage.do("check_return", sent, "chief"))
    assert (locked.figures[VISITS]["amount"], stage.see(locked).cells[VISITS].filled.text) == ("12", "12")
    stage.do("correct_return", locked, "chief", reason="检查企业漏了两家")
    opened = stage.see(locked).cells[VISITS]
    assert (opened.filled.text, opened.filled.was, opened.changed_from) == ("14", "12", "12")
    stage.on(FRIDAY, 11)
    stage.do("type_cells", locked, cells={VISITS: "15"}, reason="又核对了一遍")
    assert stage.texts(summary)[OF_F4[VISITS]] == "15"


@pytest.mark.django_db
def test_given_a_superior_who_counts_otherwise_when_typed_for_this_form_alone_then_the_other_keeps_its_own(
    stage: ReturnStage, two: tuple[Return, Return]
) -> None:
    weekly, summary = two
    stage.do("type_cells", weekly, cells={VISITS: "12"}, reason="台账")
    stage.on(FRIDAY, 10)

    stage.do("type_cells", summary, cells={OF_F4[VISITS]: "9"}, reason="上级只算规模以上", alone=True)

    assert (stage.texts(weekly)[VISITS], stage.texts(summary)[OF_F4[VISITS]]) == ("12", "9")
    stage.on(FRIDAY, 11)
    stage.do("type_cells", weekly, cells={VISITS: "13"}, reason="又去了一家")
    assert stage.texts(summary)[OF_F4[VISITS]] == "9"


@pytest.mark.django_db
def test_given_a_superiors_form_in_other_units_and_by_village_when_opened_then_nothing_known_is_asked_again(
    stage: ReturnStage,
) -> None:
    weekly = adopted(stage, "镇", "东村")
    rows = uploaded(stage, table(("东村", "西村"), ("出动检查人员（人次）", "处罚罚款（元）")))
    one = uploaded(stage, table(("全镇",), ("出动检查人员（人次）", "处罚罚款（元）")))
    forms = [stage.use(form) for form in (rows, one)]
    stage.on(FRIDAY)
    east = stage.begin(weekly, *FIRST, unit="东村", who="village_east")
    stage.do("type_cells", east, "village_east", cells={PEOPLE: "6"}, reason="签到表")
    stage.do("send_return", stage.type_the_rest(east, "village_east", "9"), "village_east")
    stage.do("type_cells", stage.begin(weekly, *FIRST), cells={FINE: "2.5", PEOPLE: "10"}, reason="台账")

    by_village, whole = (stage.begin(form, *FIRST) for form in forms)

    texts = stage.texts(whole)
    assert sorted(texts.values()) == ["16", "25000"]
    told = stage.see(by_village)
    [there] = [one for one in told.cells.values() if "东村" in one.slot.label and "人员" in one.slot.label]
    assert (there.filled.text, there.units[0].return_id) == ("6", east.pk)
    assert len(told.still_open) == 3  # 西村's two, and the fine of 东村


@pytest.mark.django_db
def test_given_numbers_so_far_on_one_form_when_another_is_begun_in_the_middle_then_they_go_on(
    stage: ReturnStage,
) -> None:
    weekly = adopted(stage, "镇")
    stage.on(FRIDAY)
    row = stage.do("type_cells", stage.begin(weekly, *FIRST), cells={VISITS: "12", VISITS_SO_FAR: "30"}, reason="台账")
    stage.do("send_return", stage.type_the_rest(row))
    summary = adopted(stage, "镇", code="F4")
    stage.on(NEXT_FRIDAY)
    stage.do("type_cells", stage.begin(weekly, *LAST), cells={VISITS: "5"}, reason="台账")

    view = stage.see(stage.begin(summary, *LAST))

    so_far = view.cells[OF_F4[VISITS_SO_FAR]].filled
    assert (so_far.text, so_far.summed) == ("35", "2018年1月12日至1月18日的累计 30、本期 5")


# ---- what is asked of each level ----
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("unit", "who", "asked_of"), [("东村", "village_east", set()), ("经发办", "industry", {"约谈"})]
)
def test_given_a_unit_without_enforcers_when_it_opens_a_return_then_no_enforcement_figure_is_asked_of_it(
    unit: str, who: str, asked_of: set[str], stage: ReturnStage
) -> None:
    form = adopted(stage, "镇", unit)
    stage.on(FRIDAY)
    row = stage.begin(form, *FIRST, unit=unit, who=who)
    events = Event.objects.count()

    view = stage.see(row, who)

    assert {slot.row_heads[1] for slot in view.still_open if slot.row_heads[0] != "监督检查"} == asked_of
    assert (view.cells[CASES].filled.text, view.cells[CASES].is_unasked) == ("—", True)
    with pytest.raises(Refusal, match=r"立案.*不归本单位。由镇安监办或者有权办的部门填"):
        stage.do("type_cells", row, who, cells={CASES: "1"}, reason="台账")
    assert Event.objects.count() == events
    assert stage.do("send_return", stage.type_the_rest(row, who), who).state == "submitted"
    town = {slot.label for slot in stage.see(stage.begin(form, *FIRST)).still_open}
    assert any("立案" in one for one in town)


@pytest.mark.django_db
def test_given_a_department_with_a_certified_officer_when_it_opens_a_return_then_it_is_asked_and_the_town_adds_up(
    stage: ReturnStage,
) -> None:
    holder = Holding.objects.filter(post__unit_id=stage.unit("经发办"), to_on=None).first()
    assert holder is not None
    User.objects.filter(pk=holder.user_id).update(certificate="苏D-0001")
    form = adopted(stage, "镇", "经发办", "东村")
    stage.on(FRIDAY)
    row = stage.begin(form, *FIRST, unit="经发办", who="industry")

    row = stage.do("type_cells", row, "industry", cells={CASES: "2"}, reason="案卷")
    stage.do("send_return", stage.type_the_rest(row, "industry", "9"), "industry", remark="示安监罚〔2018〕3号")

    cell = stage.see(stage.begin(form, *FIRST)).cells[CASES]
    assert (cell.filled.text, cell.filled.summed) == ("2", "经发办 2")
    assert [one.said for one in cell.units] == ["2"]  # 东村 has none, and is not waited for


# ---- returns of a plan's duties ----
def started(stage: ReturnStage, *units: str, due: str = "每周五", code: str = "F1") -> ReturnForm:
    """A return as one press on a plan's duty starts it."""
    form_id = services.start_form(
        title="排查进展情况", due=due, unit_ids=[stage.unit(one) for one in units], code=code,
        actor=stage.loop.by("office"), now=stage.loop.at,
    )  # fmt: skip
    return ReturnForm.objects.get(pk=form_id)


@pytest.mark.django_db
@pytest.mark.parametrize(("due", "days"), [("每周五", FIRST), ("每周四16:00", (date(2018, 1, 11), date(2018, 1, 17)))])
def test_given_a_plans_own_return_when_villages_send_it_then_the_towns_weekly_adds_it_up_and_says_who_lacks(
    due: str, days: tuple[date, date], stage: ReturnStage
) -> None:
    duty = started(stage, "东村", "西村", due=due)
    weekly = adopted(stage, "镇")
    stage.on(FRIDAY)
    row = stage.begin(weekly, *FIRST)
    east = stage.begin(duty, *days, unit="东村", who="village_east")
    stage.do("type_cells", east, "village_east", cells={VISITS: "5", VISITS_SO_FAR: "5"}, reason="村里台账")
    east = stage.do("send_return", stage.type_the_rest(east, "village_east"), "village_east")

    view = stage.see(row)

    own_days = "" if days == FIRST else "（2018年1月11日至1月17日）"
    assert (view.cells[VISITS].filled.text, view.cells[VISITS].filled.summed) == ("5", f"东村{own_days} 5")
    told = [(one.return_id, one.said) for one in view.cells[VISITS].units]
    assert told == [(east.pk, "5"), (None, "还没有报")]
    lacking = [one.say for one in view.doubts if one.rule == "R9.7"]
    assert len(lacking) == 1
    assert lacking[0].startswith(f"西村的“排查进展情况”{own_days}这一期还没有报")
    assert [one.said for one in view.units] == ["已报", "还没有报"]
    assert [one.unit_name for one in queries.return_for(stage.loop.by("chair"), row.pk, today=stage.loop.day).units]


@pytest.mark.django_db
def test_given_villages_that_owe_two_forms_with_one_item_when_the_town_adds_up_then_each_counts_once(
    stage: ReturnStage,
) -> None:
    duty, weekly = started(stage, "东村"), adopted(stage, "镇", "东村")
    stage.on(FRIDAY)
    for form in (duty, weekly):
        east = stage.begin(form, *FIRST, unit="东村", who="village_east")
        if form == duty:
            stage.do("type_cells", east, "village_east", cells={VISITS: "5"}, reason="村里台账")
        stage.do("send_return", stage.type_the_rest(east, "village_east", "9"), "village_east")

    assert stage.see(stage.begin(weekly, *FIRST)).cells[VISITS].filled.summed == "东村 5"


def test_given_a_number_that_was_taken_over_when_kept_and_read_again_then_it_is_the_same() -> None:
    one = Filled(Decimal(3), typed="台账", at="2018-01-19T01:00", alone=True, taken="周报", taken_from="x?c", was="2")

    assert filled_of(one.kept()) == one
