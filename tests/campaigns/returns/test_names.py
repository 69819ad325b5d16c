"""Names in headings: units and sectors however they are written, and words that nobody knows, which never mean all."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.queries.returns.finding import bindings_of
from bihuan.campaigns.rules.returns.binding import Binding, PeriodKind, Source
from bihuan.campaigns.rules.returns.grid import Slot, plain
from bihuan.campaigns.rules.returns.names import Names, Place, named_in
from bihuan.campaigns.rules.returns.suggest import suggest
from bihuan.campaigns.rules.units import Participant, Side
from bihuan.campaigns.services import returns as services
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.trail.models import Event
from tests.campaigns.returns.stage import FIRST, FRIDAY, ReturnStage
from tests.campaigns.returns.tables import table, uploaded

UNITS = (
    Participant(UUID(int=1), "东村村民委员会", "东村", Side.VILLAGE),
    Participant(UUID(int=2), "示范镇集镇社区居民委员会", "集镇社区", Side.VILLAGE),
    Participant(UUID(int=3), "经济发展办公室", "经发办", Side.DEPARTMENT),
    Participant(UUID(int=4), "李庄村村民委员会", "李庄村", Side.VILLAGE),
    Participant(UUID(int=5), "市场监督管理局示范分局", "市监分局", Side.DEPARTMENT),
    Participant(UUID(int=6), "示范派出所", "派出所", Side.DEPARTMENT),
    Participant(UUID(int=7), "安监办", "安监办", Side.OFFICE),
)
NAMES = Names(UNITS)
EAST = str(UUID(int=1))
TRADE = (
    "building_materials",
    "commerce",
    "light_industry",
    "machinery",
    "metallurgy",
    "nonferrous",
    "textile",
    "tobacco",
)


def read(text: str) -> list[Place | None]:
    """Return the places that a heading names, None for a word that nobody knows."""
    return [place for _, place in named_in(plain(text), NAMES)]


@pytest.mark.parametrize(
    ("unit", "forms"),
    [
        (1, "东村 东　村 东村村 东村村委会 东村村民委员会 东村行政村 示范镇东村 东村发现隐患数"),
        (2, "集镇社区 集镇 集镇居委会 集镇社区居委会 集镇社区居民委员会 示范镇集镇社区"),
        (3, "经发办 镇经发办 经济发展办 经济发展办公室"),
        (5, "市监分局 市场监管分局 市场监督管理局 市场监管局"),
        (6, "派出所 示范派出所 镇派出所"),
    ],
)
def test_given_a_unit_when_a_heading_names_it_in_any_written_form_then_it_is_known(unit: int, forms: str) -> None:
    assert {form: read(form) for form in forms.split(" ")} == {
        form: [Place(str(UUID(int=unit)))] for form in forms.split(" ")
    }


@pytest.mark.parametrize(
    ("sectors", "forms"),
    [
        (("fire_crowded",), "消防（人员密集场所） 消防(人员密集场所) 消防 消防领域 人员密集场所 消防/人员密集"),
        (("machinery",), "机械 机械行业 机械制造 机械制造业 机械企业 机械行业发现隐患"),
        (("hazardous_chemicals",), "危险化学品 危化品 危险化学品（危化品） 危化 危险化学品企业"),
        (("metallurgy", "nonferrous"), "冶金、有色 冶金有色 冶金和有色行业"),
        (TRADE, "工贸 工贸行业 冶金等工贸行业"),
        (("road_transport",), "道路交通 道路运输 道路交通运输"),
        (("road_transport", "water_transport"), "交通 交通运输 交通运输行业"),
        (("civil_explosives",), "民爆 民用爆炸物品 民爆物品"),
        (("other",), "其他 其它 其他行业领域"),
    ],
)
def test_given_a_sector_when_a_heading_names_it_in_any_written_form_then_it_is_known(
    sectors: tuple[str, ...], forms: str
) -> None:
    assert {form: read(form) for form in forms.split(" ")} == {
        form: [Place(sectors=sectors)] for form in forms.split(" ")
    }


@pytest.mark.parametrize(
    "text",
    "发现一般隐患 生产经营单位 重大隐患挂牌督办 投入整改资金 村（社区） 各村 单位 项 逾期未整改 "
    "累计落实治理资金 本周整改 占比 "
    "隐患排查治理 截至目前尚未整改 总整改率 行业领域 领导带队检查 上月结转 行业主管部门".split(" "),
)
def test_given_a_heading_that_names_nobody_when_read_then_no_word_of_it_is_asked_about(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("学校", ["消防（人员密集场所）"]),
        ("文化旅游", ["消防（人员密集场所）", "商贸"]),
        ("李家庄村", ["李庄村"]),
        ("东社区", ["东村"]),
        ("新村", []),
        ("安全村", []),
        ("安监办", []),
    ],
)
def test_given_a_word_that_nobody_bears_when_read_then_it_is_unknown_and_the_nearest_are_offered(
    word: str, near: list[str]
) -> None:
    assert read(word) == [None]
    assert [one.name for one in NAMES.near(word)] == near


def of(form: Any) -> dict[str, Binding]:
    """Return the bindings of a form."""
    form.refresh_from_db()
    return bindings_of(form)


@pytest.mark.django_db
def test_given_unknown_rows_and_columns_when_a_form_is_read_then_their_cells_are_open_and_none_counts_the_town(
    stage: ReturnStage,
) -> None:
    names = ("学校", "李家庄村", "消防(人员密集场所)", "合计")
    form = uploaded(stage, table(names, ("发现隐患", "已整改", "整改率", "涉氨制冷隐患数")))

    view = queries.form_for(stage.loop.by("office"), form.pk)

    bound = of(form)
    assert {one.address for one in view.unbound} == {"B3", "C3", "E3", "B4", "C4", "E4", "E5"}
    assert (bound["B5"].sectors, bound["B6"].cells) == (("fire_crowded",), ("B3", "B4", "B5"))
    assert [(one.word, one.line, one.cells, [near.name for near in one.near]) for one in view.unread] == [
        ("学校", "行", ("B3", "C3", "E3"), ["消防（人员密集场所）"]),
        ("涉氨制冷", "列", ("E3", "E4", "E5"), ["商贸", "轻工"]),
        ("李家庄村", "行", ("B4", "C4", "E4"), []),
    ]
    with pytest.raises(Refusal, match="还有 7 格没有定取什么数：学校·发现隐患（B3）"):
        stage.use(form)


@pytest.mark.django_db
def test_given_a_word_when_a_person_says_what_it_means_then_its_whole_line_is_bound_and_other_forms_know_it(
    stage: ReturnStage,
) -> None:
    form = uploaded(stage, table(("学校", "文化旅游", "机械"), ("发现隐患", "已整改", "整改率")))
    act = {"form_id": form.pk, "actor": stage.loop.by("office"), "now": stage.loop.at}

    fire = Place(sectors=("fire_crowded",))
    done = services.name_word(seen_version=1, word="学校", how=services.How.PLACE, place=fire, **act)
    with pytest.raises(NotFound):
        services.name_word(seen_version=2, word="学校", how=services.How.WHOLE, **act)
    with pytest.raises(Refusal, match="请选“文化旅游”是哪个单位或行业"):
        services.name_word(seen_version=2, word="文化旅游", how=services.How.PLACE, place=Place("x"), **act)
    services.name_word(seen_version=2, word="文化旅游", how=services.How.TYPED, **act)
    form.refresh_from_db()
    again = stage.use(form)
    other = uploaded(stage, table(("学校", "轻工"), ("排查隐患", "已销号")))

    bound = of(again)
    by = stage.loop.by("office").name
    assert done == 2
    assert (bound["B3"].sectors, bound["C3"].sectors, bound["B3"].chosen_by) == (("fire_crowded",),) * 2 + (by,)
    assert (bound["B4"].source, bound["D3"].cells) == (Source.TYPED, ("C3", "B3"))
    assert of(other)["B3"].sectors == ("fire_crowded",)
    told = Event.objects.filter(kind="return_form.named").order_by("seq").values_list("say", flat=True)
    assert [one.partition("：")[2] for one in told] == [
        "“学校”定了是谁，2 格随之定好",
        "“文化旅游”手填，2 格随之定好",
    ]


@pytest.mark.django_db
def test_given_a_named_row_when_a_person_binds_it_without_a_place_then_it_must_be_said_that_the_whole_is_meant(
    stage: ReturnStage,
) -> None:
    form = uploaded(stage, table(("学校", "东村"), ("发现隐患",), corner="单位"))
    everything = Binding(Source.MEASURE, name="hazards.found_fact")
    act = {"form_id": form.pk, "actor": stage.loop.by("office"), "now": stage.loop.at}

    for cell, word in (("B3", "学校"), ("B4", "东村")):
        with pytest.raises(Refusal, match=f"写着“{word}”，现在取的却是全部的数"):
            services.bind_cells(seen_version=1, cells={cell: everything}, **act)
    confirmed = Binding(Source.MEASURE, name="hazards.found_fact", whole=True)
    services.bind_cells(seen_version=1, cells={"B3": confirmed}, **act)

    assert (of(form)["B3"].whole, of(form)["B3"].sectors, of(form)["B4"].whole) == (True, (), False)


@pytest.mark.django_db
def test_given_a_form_bound_before_names_were_asked_about_when_sent_then_it_waits_until_a_person_confirms(
    stage: ReturnStage,
) -> None:
    form = uploaded(stage, table(("学校", "机械"), ("发现隐患",)))
    silent = Binding(Source.MEASURE, name="hazards.found_fact", period=PeriodKind.THIS)
    form.bindings |= {"B3": silent.kept()}
    form.state, form.in_use_on = "in_use", stage.loop.day
    form.save()
    services.name_owers(
        form_id=form.pk,
        seen_version=1,
        unit_ids=[stage.unit("镇")],
        actor=stage.loop.by("office"),
        now=stage.loop.at,
    )
    stage.loop.confirmed(found_on=date(2018, 1, 13))
    stage.on(FRIDAY)
    row = stage.begin(form, *FIRST)

    [doubt] = stage.see(row).doubts
    with pytest.raises(Refusal, match="没有人确认过"):
        stage.do("send_return", row, remark="已经核对")
    services.bind_cells(
        form_id=form.pk,
        seen_version=2,
        cells={"B3": Binding(Source.MEASURE, name="hazards.found_fact", whole=True)},
        actor=stage.loop.by("office"),
        now=stage.loop.at,
    )

    assert (doubt.cells, doubt.firm) == (("B3",), True)
    assert stage.do("send_return", row).state == "submitted"


@pytest.mark.django_db
def test_given_rest_among_sectors_when_suggested_then_it_is_what_the_other_rows_do_not_name(stage: ReturnStage) -> None:
    sectors = uploaded(stage, table(("机械", "轻工", "其他"), ("发现隐患",)))
    villages = uploaded(stage, table(("东村", "其他"), ("发现隐患",), corner="村"))

    rest = of(sectors)["B5"].sectors

    assert {"machinery", "light_industry"}.isdisjoint(rest)
    assert (len(rest), "other" in rest, "" in rest) == (22, True, True)  # "": what has no sector
    assert "B4" not in of(villages)


@pytest.mark.django_db
def test_given_a_form_of_sectors_when_its_page_is_shown_then_each_cell_says_in_what_it_differs(
    stage: ReturnStage, settings: Any
) -> None:
    settings.BIHUAN_DEMO_DAY = stage.loop.day.isoformat()
    form = uploaded(stage, table(("机械", "东村", "学校"), ("本期发现一般隐患", "累计已整改")))
    office = stage.loop.town.client("office")

    before = office.get(reverse("campaigns:return_form", args=[form.pk])).content.decode()
    pressed = office.post(
        reverse("campaigns:name_word", args=[form.pk]), {"word": "学校", "to": "sector:fire_crowded", "seen_version": 1}
    )
    after = office.get(reverse("campaigns:return_form", args=[form.pk])).content.decode()

    assert "发现隐患<small>机械 · 一般 · 本期</small>" in before
    assert "<small>东村 · 一般 · 本期</small>" in before
    assert "待定<small>“学校”认不出</small>" in before
    assert "这一行“<b>学校</b>”认不出" in before
    assert 'value="sector:fire_crowded">消防（人员密集场所）' in before
    assert pressed.status_code == 303
    assert "<small>消防（人员密集场所） · 累计</small>" in after
    assert "认不出" not in after


@pytest.mark.parametrize(
    ("head", "name", "level"),
    [
        ("新排查隐患数", "hazards.found_fact", ""),
        ("新查出隐患（项）", "hazards.found_fact", ""),
        ("应整改数", "hazards.found_fact", ""),
        ("未定级隐患", "hazards.found_fact", "ungraded"),
        ("逾期未改", "hazards.overdue", ""),
        ("超期未改数", "hazards.overdue", ""),
        ("未改数", "hazards.unrectified", ""),
        ("待整改", "hazards.unrectified", ""),
        ("已改数", "hazards.rectified", ""),
        ("整改完成数", "hazards.rectified", ""),
        ("边查边改", "hazards.on_spot", ""),
    ],
)
def test_given_the_words_of_the_field_when_read_then_none_is_taken_for_a_name_and_each_counts_what_it_says(
    head: str, name: str, level: str
) -> None:
    slot = Slot("B3", 0, 3, 2, ("东村",), (head,))

    found = suggest([slot], UNITS).get("B3")

    assert found is not None
    assert (found.name, found.level, found.unit_id) == (name, level, EAST)


@pytest.mark.parametrize("head", ["按期整改率", "逾期率", "及时整改率"])
def test_given_a_share_of_something_else_when_read_then_it_is_asked_and_never_taken_for_the_rate(head: str) -> None:
    slots = [
        Slot(f"{chr(66 + at)}3", 0, 3, 2 + at, ("东村",), (one,)) for at, one in enumerate(("发现隐患", "已整改", head))
    ]

    assert "D3" not in suggest(slots, UNITS)


@pytest.mark.parametrize("word", ["新东村", "东新村", "东村头", "东材"])
def test_given_a_name_close_to_a_units_when_read_then_the_unit_is_offered_and_never_taken(word: str) -> None:
    slot = Slot("B3", 0, 3, 2, (word,), ("发现隐患",))

    assert "B3" not in suggest([slot], UNITS)
    assert any(one.place.unit_id == EAST for one in Names(UNITS).near(word))
