"""Files that are no lists, too large, locked or made to harm: each is refused with one clear sentence."""

import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from bihuan.intake.rows import understand
from bihuan.intake.rules.frame import Frame
from bihuan.intake.rules.headers import meaning_of
from bihuan.intake.workbook import Limits, read_book
from bihuan.kernel.errors import Refusal
from tests.intake.reading import CLOCK, TODAY, WORKBOOKS, read_rows

REFUSED = {
    "bomb.xlsx": "intake.zip_bomb",
    "cut-off.xlsx": "intake.broken_file",
    "empty.xlsx": "intake.empty_file",
    "encrypted.xlsx": "intake.encrypted",
    "far-cell.xlsx": "intake.too_many_cells",
    "no-table.docx": "intake.no_table",
    "noise.xls": "intake.wrong_type",
    "old-word.doc": "intake.wrong_type",
    "paper.pdf": "intake.wrong_type",
    "photos.zip": "intake.wrong_type",
    "picture.xlsx": "intake.wrong_type",
}


def test_given_the_folder_of_bad_workbooks_when_listed_then_each_has_its_answer() -> None:
    assert {file.name for file in (WORKBOOKS / "must_fail").iterdir()} == REFUSED.keys()


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_given_a_bad_file_when_read_then_it_is_refused_at_once_with_a_sentence(name: str) -> None:
    started = time.monotonic()

    with pytest.raises(Refusal) as refused:
        read_book(WORKBOOKS / "must_fail" / name)

    assert refused.value.code == REFUSED[name]
    assert refused.value.say.endswith("。")
    assert "请" in refused.value.say
    assert time.monotonic() - started < 5


def test_given_200_megabytes_when_read_then_it_is_refused_by_its_size(tmp_path: Path) -> None:
    large = tmp_path / "large.xlsx"
    with large.open("wb") as file:
        file.truncate(200 * 1024 * 1024)

    with pytest.raises(Refusal) as refused:
        read_book(large)

    assert refused.value.say == ("文件有 200 MB，最多 30 MB。请删去图片和无关的工作表，或分成几个文件再上传。")


def test_given_an_archive_whose_directory_lies_when_read_then_it_is_refused(tmp_path: Path) -> None:
    lying = tmp_path / "lying.xlsx"
    with zipfile.ZipFile(lying, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 5_000_000)
    data = lying.read_bytes().replace((5_000_000).to_bytes(4, "little"), (500).to_bytes(4, "little"))
    lying.write_bytes(data)

    with pytest.raises(Refusal) as refused:
        read_book(lying)

    assert refused.value.code == "intake.broken_file"


def test_given_more_rows_than_allowed_when_read_then_it_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    for number in range(40):
        book.active.append([number])
    book.save(tmp_path / "long.xlsx")

    with pytest.raises(Refusal) as refused:
        read_book(tmp_path / "long.xlsx", limits=Limits(rows=30))

    assert refused.value.code == "intake.too_many_cells"


def test_given_a_workbook_with_macros_when_read_then_they_are_said_not_to_have_run(tmp_path: Path) -> None:
    whole = tmp_path / "with-macros.xlsm"
    whole.write_bytes((WORKBOOKS / "must_pass" / "v9-major.xlsx").read_bytes())
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\x00")

    book = read_book(whole)

    assert [note.code for note in book.notes] == ["macros"]
    assert len(book.sheets) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_given_text_in_a_usual_encoding_when_read_then_its_cells_are_right(
    tmp_path: Path, encoding: str, sign: str
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(f"序号{sign}企业名称{sign}隐患描述\r\n1{sign}鑫喆厂{sign}无护栏\r\n".encode(encoding))

    book = read_book(file)

    assert book.sheets[0].grid == [["序号", "企业名称", "隐患描述"], ["1", "鑫喆厂", "无护栏"]]


def test_given_an_entity_bomb_when_read_then_it_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "entities.xlsx"
    with zipfile.ZipFile(WORKBOOKS / "must_pass" / "v9-major.xlsx") as good, zipfile.ZipFile(file, "w") as bad:
        for entry in good.infolist():
            body = good.read(entry)
            if entry.filename.startswith("xl/worksheets/"):
                body = body.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)
            bad.writestr(entry.filename, body)

    with pytest.raises(Refusal) as refused:
        read_book(file)

    assert refused.value.code == "intake.broken_file"


@pytest.mark.property
@given(data=st.data())
def test_given_a_damaged_file_when_read_then_it_is_read_or_refused_and_nothing_breaks(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    good = data.draw(st.sampled_from(("v8-old-excel.xls", "v9-major.xlsx", "v7-five-fixed.docx", "v1-lost-merges.csv")))
    content = bytearray((WORKBOOKS / "must_pass" / good).read_bytes())
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=12)):
        content[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)) | st.just(len(content)))
    damaged = tmp_path_factory.mktemp("damaged") / good
    damaged.write_bytes(content[:cut])

    answer = outcome(damaged)

    assert answer in {"read", "。"}


def outcome(file: Path) -> str:
    """Return "read", or the last sign of the sentence with which a file is refused."""
    try:
        understand(read_book(file), Frame(TODAY, CLOCK)).as_json()
    except Refusal as refusal:
        return refusal.say[-1]
    return "read"


def test_given_a_file_on_which_the_library_panics_when_read_then_only_the_reading_dies(tmp_path: Path) -> None:
    content = (WORKBOOKS / "must_pass" / "v8-old-excel.xls").read_bytes()
    (tmp_path / "cut.xls").write_bytes(content[:3679])  # the sectors named in its head lie beyond its end

    with pytest.raises(Refusal) as refused:
        read_book(tmp_path / "cut.xls")

    assert refused.value.code == "intake.broken_file"


def test_given_a_workbook_that_takes_too_long_when_read_then_the_reading_is_stopped() -> None:
    with pytest.raises(Refusal) as refused:
        read_book(WORKBOOKS / "must_pass" / "v9-major.xlsx", limits=Limits(seconds=0))

    assert refused.value.code == "intake.too_slow"


def test_given_no_heading_at_all_when_read_then_the_sheet_is_named_and_a_row_can_be_pointed_at() -> None:
    rows = (["甲", "乙", "丙"], ["厂名", "毛病", "啥时改"], ["东厂", "无护栏无警示", "2018-02-01"])

    unknown = read_rows(*rows)
    pointed = read_rows(*rows, header_rows={"表": 2}, memory={"厂名": "enterprise_name"})

    assert ([sheet.kind for sheet in unknown.sheets], unknown.items) == (["unknown"], [])
    assert [doubt.code for doubt in unknown.doubts] == ["no_header"]
    assert [item.source_row for item in pointed.items] == [3]


def test_given_every_word_of_the_rule_book_when_read_as_heading_then_it_is_its_field() -> None:
    rows = {
        "seq_no": "序号 编号 NO.",
        "source_organ": "交办单位 检查单位 督查单位 检查部门 检查组 来源 隐患来源 问题来源 台账来源",
        "source_doc_no": "交办文号 文号 文书编号 督办文号",
        "found_on": "检查日期 检查时间 发现日期 发现时间 督导日期 督查时间 排查时间",
        "enterprise_name": "企业名称 单位名称 被检查单位 受检单位 被检查单位名称 隐患单位 场所名称",
        "uscc": "统一社会信用代码 社会信用代码 信用代码",
        "village": "所属村 村(社区) 所在村 属地 所属网格 板块 所在镇",
        "address": "地址 单位地址 隐患位置 地点 部位 隐患部位",
        "industry": "行业 行业类别 行业领域 所属行业",
        "description": "隐患描述 隐患内容 隐患明细 存在问题 问题描述 问题隐患 存在的安全隐患 主要问题 检查发现问题",
        "level": "隐患等级 隐患级别 等级 性质",
        "criteria": "判定依据 依据 违反法规条款 违反条款",
        "measures": "整改措施 整改要求 治理措施 整改建议 整改意见",
        "funds": "整改资金 治理资金 投入资金(万元)",
        "deadline": "整改时限 整改期限 完成时限 限期 整改完成时限 要求完成时间 计划完成时间",
        "resp_unit": "责任单位 整改责任单位 整改单位",
        "resp_person": "责任人 整改责任人 企业负责人 整改负责人",
        "phone": "联系电话 联系方式 手机",
        "supervisor": "监管责任人 整改监管责任人 监管人 包保责任人 督办人",
        "supervisor_dept": "监管责任部门 监管部门 牵头部门 督办单位",
        "hanging_leader": "挂钩领导 包保领导 责任领导 分管领导",
        "status": "整改情况 整改进展 整改进度 完成情况 是否整改 当前状态 整改落实情况",
        "rectified_on": "整改完成时间 完成时间 整改到位时间 整改完成日期 整改确认日期",
        "reviewer": "复查人 验收人 验收人员",
        "reviewed_on": "复查时间 复查日期 验收时间 整改验收时间",
        "review_result": "复查结果 复查情况 复查意见",
        "closed": "是否销号 是否闭环 是否销案",
        "closed_on": "销号时间 闭环时间 销案日期",
        "fine": "罚款 罚款金额 处罚金额(万元)",
        "unfinished_reason": "未完成原因 未整改原因",
        "same_kind": "举一反三情况",
        "remark": "备注 说明",
    }

    read = {name: str(meaning_of((name,)).field) for words in rows.values() for name in words.split()}

    assert read == {name: field for field, words in rows.items() for name in words.split()}


def _partly_hidden(path: Path, *, name: str = "清单 <一>&二") -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = name
    sheet.append(["序号", "企业名称", "隐患描述", "整改时限", "备注"])
    for number in range(1, 16):
        sheet.append([number, f"第{number}厂", f"第{number}处无护栏", "2018-02-28", "x"])
    for row in (3, *range(6, 8), 40):  # the last holds nothing
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["E"].hidden = True
    sheet.column_dimensions["H"].hidden = True  # holds nothing
    seen = book.create_sheet("都看得见")
    seen.append(["序号", "企业名称", "隐患描述"])
    seen.append([1, "甲厂", "乱堆"])
    book.save(path)
    return path


def test_given_hidden_rows_and_columns_when_read_then_they_are_read_and_said(tmp_path: Path) -> None:
    file = _partly_hidden(tmp_path / "hidden.xlsx")

    found = understand(read_book(file), Frame(today=TODAY, clock=CLOCK))

    notes = [doubt for doubt in found.doubts if doubt.code.startswith("hidden")]
    assert [(one.code, one.sheet, one.source_row, one.rows, one.column) for one in notes] == [
        ("hidden_rows", "清单 <一>&二", 3, (6, 7), ""),
        ("hidden_columns", "清单 <一>&二", 0, (), "E"),
    ]
    assert [one.say for one in notes] == [
        "工作表“清单 <一>&二”有 3 行是隐藏的或被筛选掉的（第 3、6、7 行），照样读了。不该入账的请移出。",
        "工作表“清单 <一>&二”的 E 列是隐藏的，照样读了，请核对。",
    ]
    assert len(found.items) == 16
