"""What the platform knows, a form of ours counts: plans, arrangements, orders of the province, led visits, 问责."""

from datetime import date

import pytest

from bihuan.campaigns import services
from bihuan.campaigns.rules.returns.builtin import BUILT_IN, laid_out
from bihuan.campaigns.rules.returns.computing import NOT_YOURS
from bihuan.campaigns.services import supervision
from bihuan.hazards.models import Round
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import ListingLevel
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.indicators import Question
from bihuan.stats import queries as stats
from tests.campaigns.returns.stage import ReturnStage, adopted
from tests.campaigns.returns.test_own_part import seen
from tests.campaigns.supervised import at, make_supervised

pytestmark = pytest.mark.django_db
JANUARY = (date(2018, 1, 1), date(2018, 1, 31))
FIVE_OF_PLAN = ("goals", "funds", "organ", "time", "safety")


def test_given_major_hazards_when_the_monthly_forms_are_filled_then_plans_and_arrangements_are_counted(
    stage: ReturnStage,
) -> None:
    forms = {code: adopted(stage, code=code) for code in ("F2", "F3")}
    loop = stage.loop
    loop.listed()
    loop.major()
    loop.do(
        loop.major(), Act.RECORD_LISTING, "office",
        order=loop.external_terms(level=ListingLevel.PROVINCE, organ="省安委会"), on=loop.day,
        files=loop.paper("office"),
    )  # fmt: skip
    stage.on(date(2018, 2, 2))

    rows = {code: stage.begin(form, *JANUARY) for code, form in forms.items()}
    monthly, governing = stage.see(rows["F2"]), stage.see(rows["F3"])

    of_machinery = {
        binding.name: cell.filled.text
        for cell in monthly.cells.values()
        if (binding := cell.binding).name.startswith("hazards.found") and binding.sectors == ("machinery",)
    }
    assert of_machinery["hazards.found_planned"] == of_machinery["hazards.found_five"] == "1"
    assert (of_machinery["hazards.found_listed"], of_machinery["hazards.found_province"]) == ("2", "1")
    standing = {cell.binding.name: cell for cell in governing.cells.values()}
    assert standing["hazards.open"].filled.text == "3"
    assert [standing[f"hazards.open_{one}"].filled.text for one in ("planned", *FIVE_OF_PLAN)] == ["1"] * 6
    assert stage.proved(standing["hazards.open_planned"]) == 1
    assert not governing.still_open


def test_given_what_happened_later_when_an_earlier_day_is_asked_then_it_is_as_it_stood(stage: ReturnStage) -> None:
    loop = stage.loop
    row = loop.do(
        loop.do(loop.major(), Act.PROPOSE_LISTING, "office", text="提请挂牌"), Act.LIST, "chair", **loop.order_given()
    )
    first = loop.day
    stage.on(date(2018, 1, 17))
    row = loop.order(row, days=20)
    Round.objects.filter(hazard=row).update(funds="")
    stage.on(date(2018, 1, 18))
    accepted = loop.accepted()

    def told(name: str, on: date) -> tuple[int, int]:
        asked = Question(loop.town.town.path, date(2018, 1, 1), on)
        answer = stats.answer(PLATFORM, name, asked)
        assert answer is not None
        return answer.amount, len(stats.lines_behind(PLATFORM, name, asked))

    assert [told("hazards.open_planned", on) for on in (first, date(2018, 1, 17), loop.day)] == [(0, 0), (0, 0), (1, 1)]
    assert told("hazards.found_planned", loop.day) == (1, 1)
    assert accepted.listing_state != "listed"


def test_given_a_campaign_when_its_weekly_is_filled_then_led_inspections_and_accountability_are_counted() -> None:
    run = make_supervised()
    firm = run.works()
    services.register_led_visit(
        on=run.now.date(), post_id=run.town.posts["chair"], firms=[firm], companions="安监办", record_no="检001",
        nothing_found=True, **run.said("office"),
    )  # fmt: skip
    for who in ("东村分管负责人", "东村"):
        supervision.register_decision(
            case_id=run.handed_over(facts={"who": who}),
            seen_version=1,
            form="admonition",
            facts={"organ": "镇纪委", "doc_number": f"示纪〔2018〕{len(who)}号"},
            decided_on=run.now.date(),
            files=[run.paper("chief")],
            **run.said("chief"),
        )
    run.now = at(1, 11)

    town, village = (
        {
            name: (cell.filled.text, cell.filled.typed, cell.filled.why)
            for cell in seen(run, unit, "office").cells.values()
            for name in ("带队", "问责")
            if name in cell.slot.label and "本期" in cell.slot.label
        }
        for unit in ("镇", "东村")
    )

    assert town == {"带队": ("1", "", ""), "问责": ("1", "", "")}
    assert village == {"带队": ("—", "", NOT_YOURS), "问责": ("—", "", NOT_YOURS)}


def test_given_our_forms_when_laid_out_then_nothing_waits_for_the_room_of_campaigns() -> None:
    waits = {room for form in BUILT_IN for one in laid_out(form, {})[1].values() for room in one.waits}
    typed = [item for form in BUILT_IN for item in form.items if item.spec == "~"]

    assert waits == {"inspections", "enforcement"}
    assert [item.name for item in typed] == ["宣传典型", "领导督办责任事项"]
