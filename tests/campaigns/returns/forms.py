"""Five forms in the style of superiors, made as real workbooks: merged headings, sub-totals, notes, formulas.

Run as a program to write them anew: `python -m tests.campaigns.returns.forms`.
"""

from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

FOLDER: Final = Path(__file__).parent / "workbooks"
_THIN: Final = Side(style="thin")
_BOX: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def _new(title: str, name: str, last: str) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    sheet["A1"] = title
    sheet["A1"].font = Font(size=16, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.merge_cells(f"A1:{last}1")
    return book, sheet


def _boxed(sheet: Worksheet, area: str) -> None:
    for row in sheet[area]:
        for cell in row:
            cell.border = _BOX
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def weekly() -> Workbook:
    """A county's weekly: measures in rows by group, this week and so far side by side, sub-totals and a rate."""
    book, sheet = _new("全区冬季安全生产专项行动工作周报表", "周报", "F")
    sheet["A2"] = "填报单位（盖章）：                         填报时间：    年   月   日"
    sheet.merge_cells("A2:F2")
    heads = {"A3": "类别", "B3": "项目", "C3": "单位", "D3": "进展情况", "F3": "备注", "D4": "本周", "E4": "累计"}
    for place, text in heads.items():
        sheet[place] = text
    for area in ("A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4"):
        sheet.merge_cells(area)
    rows = (
        ("一、监督检查", "1.检查企业", "家次"),
        ("", "2.出动人员", "人次"),
        ("二、隐患排查治理", "3.发现一般隐患", "项"),
        ("", "4.发现重大隐患", "项"),
        ("", "小计", "项"),
        ("", "5.已整改一般隐患", "项"),
        ("", "6.已整改重大隐患", "项"),
        ("", "小计", "项"),
        ("", "7.重大隐患挂牌督办", "项"),
        ("", "8.投入整改资金", "万元"),
        ("三、执法惩戒", "9.立案", "起"),
        ("", "10.罚款", "万元"),
        ("", "11.责令停产停业", "家"),
    )
    for number, row in enumerate(rows, start=5):
        for column, text in enumerate(row, start=1):
            if text:
                sheet.cell(number, column, text)
    for area in ("A5:A6", "A7:A14", "A15:A17"):
        sheet.merge_cells(area)
    for column in "DE":
        sheet[f"{column}9"] = f"=SUM({column}7:{column}8)"
        sheet[f"{column}12"] = f"=SUM({column}10:{column}11)"
    _boxed(sheet, "A3:F17")
    sheet["A18"] = "填表人：            审核人：            联系电话："
    return book


def monthly() -> Workbook:
    """A city's monthly: sectors in rows with a total, levels in columns with two-level headings, so far this year."""
    book, sheet = _new("工矿商贸等行业领域事故隐患排查治理情况月报表（1-12月累计）", "月报", "M")
    sheet["A2"] = "报送单位：                    单位：项、家、万元"
    sheet.merge_cells("A2:M2")
    sheet["A3"], sheet["B3"] = "序号", "行业领域"
    sheet["C3"], sheet["F3"], sheet["I3"], sheet["L3"], sheet["M3"] = (
        "一般隐患",
        "重大隐患",
        "合计",
        "其中：挂牌督办（项）",
        "累计落实治理资金（万元）",
    )
    for column, text in zip("CDEFGHIJK", ("排查", "已整改", "整改率（%）") * 3, strict=True):
        sheet[f"{column}4"] = text
    for area in ("A3:A4", "B3:B4", "C3:E3", "F3:H3", "I3:K3", "L3:L4", "M3:M4"):
        sheet.merge_cells(area)
    names = ("合计", "机械", "轻工", "化工", "建筑施工", "消防")
    for number, name in enumerate(names, start=5):
        sheet[f"A{number}"] = number - 4
        sheet[f"B{number}"] = name
        for column, part, whole in (("E", "D", "C"), ("H", "G", "F"), ("K", "J", "I")):
            sheet[f"{column}{number}"] = f"=IF({whole}{number}=0,0,{part}{number}/{whole}{number})"
        for column, one, other in (("I", "C", "F"), ("J", "D", "G")):
            sheet[f"{column}{number}"] = f"={one}{number}+{other}{number}"
    _boxed(sheet, "A3:M10")
    sheet["A11"] = "单位负责人：          统计负责人：          填表人：          报出日期：    年  月  日"
    sheet.merge_cells("A11:M11")
    return book


def villages() -> Workbook:
    """A village-by-village table: total last, two groups of columns, a column for words, numbered columns."""
    book, sheet = _new("各村（社区）隐患整改进展统计表", "Sheet1", "J")
    sheet["A2"] = "统计截至时间："
    sheet["A3"], sheet["B3"], sheet["C3"], sheet["F3"], sheet["J3"] = "序号", "村（社区）", "本期", "累计", "备注"
    columns = ("发现隐患（项）", "其中：重大", "已整改", "发现隐患（项）", "已整改", "未整改", "整改率")
    for column, text in zip("CDEFGHI", columns, strict=True):
        sheet[f"{column}4"] = text
    for area in ("A3:A4", "B3:B4", "C3:E3", "F3:I3", "J3:J4"):
        sheet.merge_cells(area)
    for column, text in zip("ABCDEFGHIJ", ("甲", "乙", "1", "2", "3", "4", "5", "6", "7", "8"), strict=True):
        sheet[f"{column}5"] = text
    for number, name in enumerate(("东村", "西村"), start=6):
        sheet[f"A{number}"], sheet[f"B{number}"] = number - 5, name
    sheet["A8"] = "合计"
    sheet.merge_cells("A8:B8")
    for column in "CDEFGH":
        sheet[f"{column}8"] = f"=SUM({column}6:{column}7)"
    _boxed(sheet, "A3:J8")
    sheet["A9"] = "注：本表每周五12:00前报区安委办。"
    return book


def pairs() -> Workbook:
    """A district's weekly: this week and so far side by side under what is done, 其中 columns, total first."""
    book, sheet = _new("安全生产专项整治工作进展情况统计表（第    期）", "进展", "M")
    sheet["A2"] = "报送单位：（盖章）                              报送时间：    年    月    日"
    sheet.merge_cells("A2:M2")
    heads = {
        "A3": "单位",
        "B3": "排查隐患（项）",
        "F3": "整改情况（项）",
        "L3": "执法处罚",
        "B4": "本周",
        "D4": "截至本周",
        "F4": "本周",
        "H4": "截至本周",
        "J4": "未整改",
        "K4": "整改率（％）",
        "L4": "立案（起）",
        "M4": "罚款（万元）",
    }
    for place, text in heads.items():
        sheet[place] = text
    for column, text in zip("BCDEFGHI", ("总数", "其中：重大") * 2 + ("已整改", "其中：重大") * 2, strict=True):
        sheet[f"{column}5"] = text
    for area in ("A3:A5", "B3:E3", "F3:K3", "L3:M3", "B4:C4", "D4:E4", "F4:G4", "H4:I4"):
        sheet.merge_cells(area)
    for column in "JKLM":
        sheet.merge_cells(f"{column}4:{column}5")
    for row, name in enumerate(("全镇合计", "东村", "西村"), start=6):
        sheet[f"A{row}"] = name
        sheet[f"K{row}"] = f'=IF(D{row}=0,"—",H{row}/D{row})'
    _boxed(sheet, "A3:M8")
    sheet["A9"] = "说明：1.未整改＝截至本周排查数－截至本周整改数；2.本表每周五12时前报送。"
    sheet.merge_cells("A9:M9")
    sheet["A10"] = "填表人：                    审核人：                    联系电话："
    return book


def across() -> Workbook:
    """A city's table: villages down by district with sub-totals, sectors across by level, totals last on both sides."""
    book, sheet = _new("冬春季安全生产大检查分村分行业隐患排查整治情况表", "分行业", "N")
    sheet["A2"] = "填报单位：                                                  单位：项"
    sheet.merge_cells("A2:N2")
    sheet["A3"], sheet["B3"] = "片区", "村（社区）"
    sheet["C3"], sheet["G3"], sheet["K3"] = "机械行业", "轻工行业", "合    计"
    for start in "CGK":
        at = ord(start)
        sheet[f"{start}4"], sheet[f"{chr(at + 2)}4"] = "一般隐患", "重大隐患"
        for offset, text in enumerate(("累计排查", "累计整改") * 2):
            sheet[f"{chr(at + offset)}5"] = text
        for area in (f"{start}3:{chr(at + 3)}3", f"{start}4:{chr(at + 1)}4", f"{chr(at + 2)}4:{chr(at + 3)}4"):
            sheet.merge_cells(area)
    for row, (district, name) in enumerate(
        (("东片", "东村"), ("", "小计"), ("西片", "西村"), ("", "小计"), ("总    计", "")), start=6
    ):
        sheet[f"A{row}"], sheet[f"B{row}"] = district, name
    for area in ("A3:A5", "B3:B5", "A6:A7", "A8:A9", "A10:B10"):
        sheet.merge_cells(area)
    for column in "CDEFGHIJKLMN":
        sheet[f"{column}7"], sheet[f"{column}9"] = f"={column}6", f"={column}8"
        sheet[f"{column}10"] = f"={column}7+{column}9"
    _boxed(sheet, "A3:N10")
    sheet["A11"] = "注：1.本表为2018年1月1日以来的累计数。"
    sheet["A12"] = "2.重大隐患另附清单，逐项写明责任人和整改期限。"
    sheet.merge_cells("A12:N12")
    return book


MADE: Final = {
    "county-weekly.xlsx": weekly,
    "city-monthly.xlsx": monthly,
    "villages.xlsx": villages,
    "district-pairs.xlsx": pairs,
    "city-across.xlsx": across,
}

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, make in MADE.items():
        make().save(FOLDER / name)
