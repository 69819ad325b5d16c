"""A table of enterprises: every problem by row and column, nothing written until all is good or set aside."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from bihuan.enterprises import queries, services
from bihuan.enterprises.models import Enterprise, EnterpriseImport
from bihuan.enterprises.rules.sheet import COLUMNS, column_letter
from bihuan.enterprises.services.workbook import BOUNDS
from bihuan.kernel.errors import NotFound, Outdated, Refusal
from bihuan.kernel.sheets import Bounds
from bihuan.trail.models import Event
from tests.town import NOON, SmallTown, make_town

pytestmark = pytest.mark.django_db
HEADER = [
    "企业名称",
    "统一社会信用代码",
    "所属村（社区）",
    "牵头行业",
    "安全特征",
    "从业人数",
    "年营业收入（万元）",
    "一人企业",
]
GOOD = ["示范镇东方木业有限公司", "91350100M000100Y43", "东村", "轻工", "粉尘涉爆、有限空间", 30, 500, "否"]


@pytest.fixture
def town() -> SmallTown:
    return make_town()


def workbook(*rows: list[Any], title: str = "企业名单") -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return buffer.getvalue()


def imported(town: SmallTown, content: bytes, aside: tuple[int, ...] = ()) -> list[Any]:
    return services.import_workbook(
        content=content, town_id=town.town.id, aside=aside, actor=town.actor("office"), now=NOON
    )


def problems(town: SmallTown, *rows: list[Any]) -> list[tuple[int, str, str]]:
    with pytest.raises(services.RowsLeft) as refused:
        imported(town, workbook(HEADER, *rows))
    assert list(Enterprise.objects.all()) == []
    return [(one.row, one.column, one.say.split("。")[0]) for one in refused.value.problems]


def test_given_a_good_table_when_imported_then_every_fact_is_on_file(town: SmallTown) -> None:
    content = workbook(["示范镇企业名单"], ["填报单位："], HEADER, GOOD, ["乙木业", "", "", "轻工", "", "", "", ""])

    made = imported(town, content)

    row = Enterprise.objects.get(name=GOOD[0])
    assert [one.name for one in made] == [GOOD[0], "乙木业"]
    assert (row.path, row.lead_sector, row.features) == (
        town.units["东村"].path,
        "light_industry",
        "|dust_explosive|confined_space|",
    )
    assert (row.staff, row.revenue_yuan, row.one_person) == (30, Decimal("5000000.00"), False)
    assert (made[1].path, made[1].code) == (town.town.path, "临00001")
    assert Event.objects.filter(kind="enterprise.registered").count() == 2


def test_given_bad_cells_when_imported_then_all_problems_come_at_once_by_row_and_column(town: SmallTown) -> None:
    found = problems(
        town,
        GOOD,
        ["", "", "东村", "轻工", "", "", "", ""],
        ["乙", "9135", "南村", "养猪", "会飞", "三十", "很多", "也许"],
        ["丙", "91350100M000100Y44", "东", "轻工", "", "", "", ""],
        ["丁", "11010519491231002X", "东村", "", "", -5, -1, ""],
    )

    assert [(row, column) for row, column, _ in found] == [
        (3, "A"),
        (4, "B"), (4, "C"), (4, "D"), (4, "E"), (4, "F"), (4, "G"), (4, "H"),
        (5, "B"), (5, "C"),
        (6, "B"), (6, "D"), (6, "F"), (6, "G"),
    ]  # fmt: skip
    assert found[1][2] == "统一社会信用代码应为 18 位，现在是 4 位"


def test_given_doubles_when_imported_then_both_the_table_and_the_file_are_looked_at(town: SmallTown) -> None:
    imported(town, workbook(HEADER, GOOD))

    with pytest.raises(services.RowsLeft) as refused:
        imported(town, workbook(HEADER, [GOOD[0], "", "", "轻工"], ["新", "", "", "轻工"], ["新", "", "", "轻工"]))

    assert [(one.row, one.column) for one in refused.value.problems] == [(2, "A"), (4, "A")]
    assert Enterprise.objects.count() == 1


def test_given_a_failing_check_when_the_licence_was_seen_then_the_row_goes_in(town: SmallTown) -> None:
    header = [*HEADER, "已核对营业执照"]

    [one] = imported(town, workbook(header, ["丙", "91350100M000100Y44", "东村", "轻工", "", "", "", "", "是"]))

    assert Enterprise.objects.get(pk=one.id).uscc_confirmed


def test_given_bad_rows_set_aside_when_imported_then_the_others_go_in(town: SmallTown) -> None:
    content = workbook(HEADER, GOOD, ["", "", "", ""], ["乙", "9135", "东村", "轻工"])

    made = imported(town, content, aside=(4,))

    assert [one.name for one in made] == [GOOD[0]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"not a table at all", "enterprises.not_excel"),
        (b"PK\x03\x04 broken", "enterprises.broken"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "enterprises.broken"),
        (b"PK\x03\x04" + b"0" * (21 * 1024 * 1024), "enterprises.too_large"),
    ],
)
def test_given_a_file_that_is_no_table_when_read_then_a_sentence_says_what_to_do(content: bytes, code: str) -> None:
    with pytest.raises(services.UnreadableWorkbook) as refused:
        services.read_workbook(content)

    assert refused.value.code == code
    assert "请" in refused.value.say


@pytest.mark.parametrize(
    ("bounds", "code"),
    [
        (replace(BOUNDS, gigabytes=0), "broken"),  # the process dies over it, the door stays open
        (replace(BOUNDS, seconds=0), "too_slow"),
        (replace(BOUNDS, sheets=0), "too_many_sheets"),
        (replace(BOUNDS, rows=0), "too_many_cells"),
    ],
)
def test_given_a_workbook_that_takes_too_much_when_read_then_the_process_of_its_own_ends_and_a_sentence_says_so(
    bounds: Bounds, code: str
) -> None:
    with pytest.raises(services.UnreadableWorkbook) as refused:
        services.read_workbook(workbook(HEADER, GOOD), bounds)

    assert refused.value.code == f"enterprises.{code}"
    assert "请" in refused.value.say


def test_given_a_zip_bomb_when_read_then_it_is_refused_unopened() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for at in range(8):
            packed.writestr(f"xl/{at}.xml", b"0" * (50 * 1024 * 1024))

    with pytest.raises(services.UnreadableWorkbook) as refused:
        services.read_workbook(buffer.getvalue())

    assert refused.value.code == "enterprises.bomb"


def test_given_no_header_when_read_then_the_template_is_named(town: SmallTown) -> None:
    with pytest.raises(services.RowsLeft) as refused:
        imported(town, workbook(["一", "二"], ["三", "四"]))

    assert "模板" in refused.value.problems[0].say


def test_given_the_template_when_filled_in_then_it_is_read_back(town: SmallTown) -> None:
    content = queries.template_for(town.town.id)

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    titles = [str(cell).rstrip("*") for cell in book.get_sheet_by_index(0).to_python()[0]]
    sheet = services.read_workbook(content)

    assert titles == [column.titles[0] for column in COLUMNS]
    assert dict(sheet.letters) == {column.key: column_letter(at) for at, column in enumerate(COLUMNS)}
    assert sheet.rows == ()


def test_given_a_draft_when_mended_and_set_aside_then_it_commits_once(town: SmallTown) -> None:
    office = town.actor("office")
    content = workbook(HEADER, GOOD, ["乙", "9135", "东村", "轻工"], ["丙", "", "南村", "轻工"])
    key = services.start_import(content=content, file_name="名单.xlsx", town_id=town.town.id, actor=office, now=NOON)
    with pytest.raises(services.RowsLeft):
        services.commit_import(import_id=key, seen_version=1, actor=office, now=NOON)

    services.mend_import(
        import_id=key,
        mends={(3, "uscc"): "", (3, "name"): "乙厂"},
        aside=[4, 99],
        seen_version=1,
        actor=office,
        now=NOON,
    )
    draft = queries.import_for(office, key)
    made = services.commit_import(import_id=key, seen_version=2, actor=office, now=NOON)

    assert (draft.left, draft.good, draft.aside) == ((), 2, frozenset({4}))
    assert sorted(one.name for one in made) == ["乙厂", GOOD[0]]
    assert EnterpriseImport.objects.get().rows == []
    with pytest.raises(Refusal):
        services.commit_import(import_id=key, seen_version=3, actor=office, now=NOON)


def test_given_a_draft_when_others_ask_or_an_old_page_comes_then_it_stays_as_it_is(town: SmallTown) -> None:
    office = town.actor("office")
    key = services.start_import(
        content=workbook(HEADER, GOOD), file_name="名单.xlsx", town_id=town.town.id, actor=office, now=NOON
    )

    with pytest.raises(NotFound):
        queries.import_for(town.actor("chief"), key)
    with pytest.raises(NotFound):
        services.commit_import(import_id=key, seen_version=1, actor=town.actor("chief"), now=NOON)
    with pytest.raises(Outdated):
        services.drop_import(import_id=key, seen_version=7, actor=office, now=NOON)

    assert list(Enterprise.objects.all()) == []
    assert queries.import_for(office, key).version == 1
