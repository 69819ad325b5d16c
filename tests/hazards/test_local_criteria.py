"""A standard that a town uploaded, as the basis of a hazard: where it can be cited, and what a change of it touches."""

from datetime import timedelta
from typing import Any

import pytest

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.models import Enterprise
from bihuan.hazards import queries
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Criterion
from bihuan.hazards.rules.states import State
from bihuan.kernel.errors import Refusal
from bihuan.standards import queries as standards
from bihuan.standards import services as standards_services
from bihuan.standards.data.writing import as_yaml
from bihuan.standards.rules import Feature, Sector, applies
from bihuan.standards.rules.loading import Area
from bihuan.standards.services import loading
from bihuan.web.hazards import choices
from tests.hazards.stage import Stage, make_stage
from tests.standards.local import STANDARD, TOWN, book, read, text

pytestmark = pytest.mark.django_db
LOCAL = Criterion(STANDARD, "一(一)")
WORDS = "东侧彩钢板仓库内给电动三轮车充电"


@pytest.fixture
def stage(db: None) -> Stage:
    made = make_stage()
    standards_services.load_reference_data()
    load(made)
    return made


def load(stage: Stage, made: str = "", path: str = TOWN) -> None:
    town = stage.town.town
    area = Area(path, town.id, town.name, town.id)
    loading.load_standard(text=made or text(), area=area, why="x", actor=stage.by("chief"), now=stage.at)


def cited(stage: Stage, criterion: Criterion = LOCAL) -> Hazard:
    hazard = stage.report(description=WORDS)
    return stage.do(hazard, Act.CONFIRM, "office", level="major", criterion=criterion, text="仓库里充电")


def test_given_a_local_clause_when_cited_then_its_words_and_version_are_kept_on_the_hazard(stage: Stage) -> None:
    row = cited(stage)

    assert (row.criterion_standard, row.criterion_clause) == (STANDARD, "一(一)")
    assert row.criterion_version == "示范镇安委〔2018〕1号"
    assert row.criterion_text == "彩钢板仓库里给电动三轮车充电。"


def test_given_a_hazard_like_a_local_clause_when_its_form_opens_then_the_clause_is_the_first_to_cite(
    stage: Stage,
) -> None:
    view = queries.brief_for(stage.by("office"), stage.report(description=WORDS).pk)

    groups = choices.criteria(view)

    assert groups[0] == (
        "按描述可能对得上的",
        [(f"{STANDARD}|{STANDARD}-01", "一(一)　彩钢板仓库里给电动三轮车充电。")],
    )
    assert "示范镇仓储场所重大隐患判定标准" in [name for name, _ in groups]


@pytest.mark.parametrize("clause", ["九", "320413102-shop-2018|一(一)"])
def test_given_a_clause_that_does_not_apply_here_when_cited_then_it_is_refused(clause: str, stage: Stage) -> None:
    standard, _, last = clause.rpartition("|")

    with pytest.raises(Refusal):
        cited(stage, Criterion(standard or STANDARD, last))

    assert set(Hazard.objects.values_list("state", flat=True)) == {State.REPORTED}


def test_given_a_withdrawn_standard_when_what_was_found_before_is_decided_then_it_can_still_be_cited(
    stage: Stage,
) -> None:
    hazard = stage.report(description=WORDS)
    facts = {"standard_id": STANDARD, "seen_version": 1, "since": stage.day + timedelta(days=1), "why": "x"}
    loading.withdraw_standard(**facts, actor=stage.by("chief"), now=stage.at)
    stage.later(2)

    row = stage.do(hazard, Act.CONFIRM, "office", level="major", criterion=LOCAL, text="仓库里充电")

    assert row.criterion_standard == STANDARD
    with pytest.raises(Refusal):
        cited(stage)


def test_given_a_corrected_standard_when_the_hazard_is_seen_again_then_its_basis_is_as_it_was_decided(
    stage: Stage,
) -> None:
    row = cited(stage)
    made = book()
    made["criteria"][0]["text"] = "仓库里给车充电。"

    load(stage, as_yaml(made))

    row.refresh_from_db()
    assert row.criterion_text == "彩钢板仓库里给电动三轮车充电。"
    assert standards.criterion(STANDARD, "一(一)").text == "仓库里给车充电。"


def touched(stage: Stage, who: str = "office", **facts: Any) -> tuple[int, int, int]:
    asked = {"path": TOWN, "standard_id": STANDARD, "clauses": ["一(一)"], "since": stage.day, "until": None}
    found = queries.basis_touched(stage.by(who), **(asked | facts))
    return found.citing, found.reworded, found.undecided


def test_given_open_hazards_when_a_change_is_looked_at_then_those_it_touches_are_counted_for_who_sees_them(
    stage: Stage,
) -> None:
    cited(stage)
    stage.report()
    stage.report(found_on=stage.day - timedelta(days=8))

    assert touched(stage) == (1, 1, 1)
    assert touched(stage, clauses=["二"]) == (1, 0, 1)
    assert touched(stage, standard_id="") == (0, 0, 1)
    assert touched(stage, since=stage.day - timedelta(days=8)) == (1, 1, 2)
    assert touched(stage, until=stage.day - timedelta(days=1)) == (1, 1, 0)
    assert touched(stage, "system_admin") == (0, 0, 0)
    assert touched(stage, path="/32/04/13/102/") == (0, 0, 0)


@pytest.mark.parametrize(
    ("sectors", "features"),
    [
        (["通用"], []),
        (["烟花爆竹"], []),
        (["机械"], []),
        (["工贸"], ["粉尘涉爆"]),
        (["特种设备"], []),
        (["工贸"], ["有限空间", "液氨制冷"]),
    ],
)
def test_given_enterprises_when_those_it_concerns_are_counted_then_the_count_agrees_with_each_file(
    sectors: list[str], features: list[str], stage: Stage
) -> None:
    made = book()
    for item in made["criteria"]:
        item["applies_to"] = {"sectors": sectors, "features": features}
    loaded = read(made)
    office = stage.by("office")

    some, every = enterprises.concerned(office, path=TOWN, items=loaded.criteria)

    firms = enterprises.firms(Enterprise.objects.values_list("pk", flat=True)).values()
    wanted = [
        any(
            applies(item, sectors=[Sector(x) for x in firm.sectors], features=[Feature(x) for x in firm.features])
            for item in loaded.criteria
        )
        for firm in firms
    ]
    assert (some, every) == (sum(wanted), len(wanted))
    assert enterprises.concerned(stage.by("system_admin"), path=TOWN, items=loaded.criteria) == (0, 0)


def test_given_a_packaged_list_that_was_replaced_when_hazards_are_decided_then_each_rests_on_that_of_its_day(
    stage: Stage,
) -> None:
    national = Criterion("gongmao-2017", "一(一)9")
    judged, older = cited(stage, national), stage.report(description=WORDS)
    made = book(id="320413101-gongmao-2018", supersedes="gongmao-2017", effective_on="2018-01-20")
    town = stage.town.town
    loading.load_standard(
        text=as_yaml(made),
        area=Area(TOWN, town.id, town.name, town.id),
        why="x",
        unmatched=True,
        actor=stage.by("office"),
        now=stage.at,
    )
    facts = {"standard_id": "320413101-gongmao-2018", "seen_version": 1, "why": "看过"}
    loading.approve_standard(**facts, unmatched=True, actor=stage.by("superior"), now=stage.at)
    stage.later(10)

    stage.do(older, Act.CONFIRM, "office", level="major", criterion=national, text="砂光机没有探测")
    with pytest.raises(Refusal) as refused:
        cited(stage, national)
    successor = cited(stage, Criterion("320413101-gongmao-2018", "一(一)"))

    judged.refresh_from_db()
    assert (judged.criterion_standard, judged.level) == ("gongmao-2017", "major")
    assert successor.criterion_standard == "320413101-gongmao-2018"
    assert "由《示范镇仓储场所重大隐患判定标准》" in str(refused.value)
