"""Makes the workbooks of tests/workbooks that are not real lists: `python -m tests.intake.make_workbooks`.

Each layout is invented; what it must be read as is written by hand in tests/intake/test_layouts.py.
The old .xls needs the package xlwt, which nothing else here does; it is skipped where that is missing.
"""

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).resolve().parent.parent / "workbooks"
PASS = HERE / "must_pass"
FAIL = HERE / "must_fail"


def _sheet(rows: list[list[Any]], merged: str = "", title: str = "Sheet1") -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for area in merged.split():
        sheet.merge_cells(area)
    return book, sheet


def _save(name: str, rows: list[list[Any]], merged: str = "", title: str = "Sheet1") -> None:
    book, _ = _sheet(rows, merged, title)
    book.save(PASS / f"{name}.xlsx")


def v1_lost_merges() -> None:
    """A town ledger saved as .csv: two header lines, merges gone, GB 18030."""
    lines = [
        "某某镇交通运输领域安全检查台账（2018年1月）,,,,,,,,",
        "检查日期,被检查单位,存在的安全隐患,整改,,,责任人,销号时间,备注",
        ",,,措施,时限,到位时间,,,",
        "2018.1.8,南门客运站,候车室灭火器缺2具,补齐,2018.1.12,1.11,站长,2018.1.12,",
        ",,出口指示灯不亮,更换,三日内,已更换,站长,,",
        '1.9,北河渡口,"1.救生衣不足；2.未公示定员",整改,立即,,船主,,"第一行\n第二行"',
        "合计,,3条,,,,,,",
    ]
    (PASS / "v1-lost-merges.csv").write_bytes("\r\n".join(lines).encode("gb18030"))


def v3_penalties() -> None:
    """An inspection ledger with penalties in 万元."""
    head = "是否上级重点关注 单位名称 隐患描述 违反法规条款 整改措施 整改时限 整改进展 整改验收时间 验收人员"
    head += " 是否销号 是否处罚 处罚形式 罚款金额（万元） 处罚文书编号 台账来源 责任部门/责任人 备注"
    rows = [
        head.split(),
        [
            "是",
            "城东化工厂",
            "反应釜温度联锁摘除",
            "安全生产法第三十三条",
            "恢复联锁",
            date(2018, 3, 1),
            "已整改",
            date(2018, 2, 20),
            "李某",
            "是",
            "是",
            "罚款",
            2,
            "（苏）安监罚[2018] 3 号",
            "市级督查",
            "安监办/王某",
            None,
        ],
        [
            "否",
            "城西木器厂",
            "除尘管积尘",
            None,
            "清扫",
            "3月上旬",
            "正在整改",
            None,
            None,
            "否",
            "否",
            "/",
            "/",
            None,
            "镇级检查",
            "安监办／赵某",
            "跟踪",
        ],
    ]
    _save("v3-penalties", rows)


def v4_grid() -> None:
    """Supervision by grid, one section for each village, ticks and crosses."""
    head = ["序号", "督导日期", "县(区)", "社区", "单位名称", "网格", "网格员", "督导人员", "存在问题", "是否整改"]
    head += ["整改责任单位", "整改责任人", "整改确认日期", "备注"]
    rows = [
        ["2018年网格督导问题清单"],
        head,
        ["东湖社区"],
        [
            1,
            "1月5日",
            "某区",
            None,
            "好又多超市",
            "第一网格",
            "网格员甲",
            "督导员",
            "货架堵住出口",
            "√",
            None,
            "店长",
            "1月6日",
            None,
        ],
        [2, "1月5日", "某区", None, "老王五金店", "第一网格", "网格员甲", "督导员", "二楼住人", "×", None, "店主"],
        ["西湖社区"],
        [
            3,
            "12月28日",
            "某区",
            None,
            "和平旅馆",
            "第二网格",
            "网格员乙",
            "督导员",
            "应急灯坏3盏",
            "√",
            None,
            "经理",
            "1.20",
            "回头看",
        ],
        ["填报人：张某", None, None, "审核人：李某"],
    ]
    _save("v4-grid", rows, "A1:N1 A3:N3 A6:N6")


def v5_summary() -> None:
    """A summary of towns: only counts."""
    head = "所在镇 企业数 镇级/村级隐患数 检查发现隐患数 整改隐患数 未整改隐患数 整改率 重大隐患数 完成重大隐患数"
    head += " 重大隐患整改率 整改资金（万元） 现场检查记录（份） 责令限期整改指令书（份） 强制措施决定书 整改复查意见书"
    rows = [
        ["安全生产大检查汇总表"],
        head.split(),
        ["甲镇", 120, 30, 300, 280, 20, 0.933, 3, 2, 0.667, 45.5, 100, 60, 2, 58],
        ["乙镇", 80, 10, 150, 150, 0, 1, 0, 0, None, 12, 50, 30, 0, 30],
        ["合计", 200, 40, 450, 430, 20, 0.956, 3, 2, 0.667, 57.5, 150, 90, 2, 88],
    ]
    _save("v5-summary", rows, "A1:O1")


def v6_own_ledger() -> None:
    """An enterprise's own ledger: its name stands only in the title."""
    head = "隐患编号 隐患描述 隐患位置 隐患级别 发现日期 发现人 所属部门 整改责任人 整改期限 当前状态 整改完成日期"
    head += " 复查结果 复查日期 复查人 复查意见"
    rows = [
        ["常青机械有限公司隐患排查治理台账（2019年度）"],
        head.split(),
        [
            "YH-001",
            "砂轮机无防护罩",
            "机加工车间",
            "一般隐患",
            "2019-03-02",
            "安全员",
            "机加工",
            "班长",
            "2019-03-05",
            "已完成",
            "2019-03-04",
            "合格",
            "2019-03-05",
            "安全科长",
            "同意销号",
        ],
        ["YH-002", "天车限位失灵", "装配车间", "较大", "3.8", "安全员", "装配", "班长", "长期坚持", "整改中"],
        [
            "YH-003",
            "煤气报警器未接入",
            "加热炉",
            "重大事故隐患",
            "3.9",
            "安全员",
            "热处理",
            "主任",
            "3月底前",
            "未开始",
        ],
    ]
    _save("v6-own-ledger", rows, "A1:O1")


def v7_five_fixed() -> None:
    """The 五定 table in a Word file, with merged cells."""
    document = Document()
    document.add_paragraph("关于印发隐患“五定”表的通知")
    document.add_paragraph("被检查单位：永兴铸造厂    检查日期：2018年3月6日")
    head = ["序号", "隐患内容", "整改责任人", "整改措施", "整改完成时间", "整改完成人（整改资金）", "整改验收人"]
    body = [
        ["1", "中频炉冷却水无断水报警", "车间主任", "加装报警", "3月20日", "电工", "安全科"],
        ["2", "①吊具无检验合格证；②钢丝绳断丝", "车间主任", "送检并更换", "3月25日", "行车工", "安全科"],
        ["3", "炉前坑有积水", "车间主任", "抽排", "3月8日", "炉前工", "安全科"],
    ]
    table = document.add_table(rows=1 + len(body), cols=len(head))
    for row, cells in enumerate([head, *body]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    for row in (2, 3):
        table.cell(row, 2).text = ""
    table.cell(1, 2).merge(table.cell(3, 2))
    document.save(str(PASS / "v7-five-fixed.docx"))


def v8_old_excel() -> None:
    """A superior's list as .xls: two sheets with data, one empty, real dates."""
    import xlwt  # only this one file needs it

    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    head = "序号 交办日期 交办单位 交办文号 检查组 企业名称 所属镇（村） 隐患（问题）描述 隐患等级 整改时限"
    head += " 整改完成情况 完成时间 是否销号"
    for name, firm in (("第一组", "海天食品有限公司"), ("第二组", "大江纺织有限公司")):
        sheet = book.add_sheet(name)
        sheet.write_merge(0, 0, 0, 12, "2021年全市安全生产督查交办清单")
        for column, text in enumerate(head.split()):
            sheet.write(1, column, text)
        for row in (2, 3):
            sheet.write(row, 0, row - 1)
            sheet.write(row, 1, date(2021, 12, 20), day)
            sheet.write(row, 2, "市安委办")
            sheet.write(row, 3, "常安办【2021】 018 号")
            sheet.write(row, 4, name)
            sheet.write(row, 6, "河口村")
        sheet.write_merge(2, 3, 5, 5, firm)
        sheet.write(2, 7, "配电柜前堆物")
        sheet.write(3, 7, "消防泵不能自动启动")
        sheet.write(2, 8, "一般")
        sheet.write(3, 8, "重大")
        sheet.write(2, 9, "元旦前")
        sheet.write(3, 9, "1月20日前")
        sheet.write(2, 10, "已闭环")
        sheet.write(3, 10, "整改中，已采购")
        sheet.write(2, 11, date(2021, 12, 28), day)
        sheet.write(2, 12, "已销号")
    book.add_sheet("Sheet3")
    book.save(str(PASS / "v8-old-excel.xls"))


def v9_major() -> None:
    """Major hazards of a month."""
    rows = [
        ["重大事故隐患挂牌督办情况月报表"],
        ["上报月份", "单位名称", "内容", "地址", "挂牌督办级别", "是否销号", "销号时间"],
        ["2018年2月", "新华造纸厂", "污水站未审批进入有限空间作业", "工业路8号", "市级", "是", "2.26"],
        ["2018年2月", "光明冷库", "氨压缩机房无泄漏报警", "冷库路1号", "县级", "否", None],
    ]
    _save("v9-major", rows, "A1:G1")


def unseen_words() -> None:
    """Words that no variant has, units and stars in the headings, a numbering row, a blank form at the end."""
    head = [
        "*项次",
        "查出问题时间",
        "受查企业（全称）",
        "企业所在村（居）",
        "查出的主要隐患及问题",
        "隐患等级（一般/重大）",
    ]
    head += [
        "整改时限\n(月/日)",
        "是否整改到位",
        "实际完成整改日期",
        "整改责任人及电话",
        "拟处罚金额（元）",
        "现场照片",
    ]
    rows = [
        ["××镇2018年复工前检查问题一览表"],
        ["制表单位：某某镇", None, None, None, None, None, None, "制表日期：2018-02-26"],
        head,
        list(range(1, 13)),
        [
            1,
            "2/24",
            "宏达塑业有限公司",
            "上河村",
            "注塑机安全门联锁短接",
            "一般",
            "3/1",
            "已到位",
            "2/27",
            "周某 13812345678",
            "2,000",
            "见附件1",
        ],
        [
            2,
            "2/25",
            "双喜烟花店",
            "下河村",
            "与居民住宅设在同一建筑",
            "重大",
            "复工前",
            "未到位",
            None,
            "吴某 0519-82345678",
            None,
            "见附件2",
        ],
        [3, None, None, None, None, None, None, None, None, None, None, None],
        ["注：本表每周五前报送。"],
    ]
    _save("unseen-words", rows, "A1:L1")


def sections() -> None:
    """Sections named by enterprise, the header repeated, subtotals, ticks for level and status."""
    head = ["序号", "检查时间", "隐患内容", "隐患等级", None, "整改情况", None, "整改期限"]
    low = [None, None, None, "一般", "重大", "已整改", "未整改", None]
    rows = [
        ["2018年一季度检查情况"],
        head,
        low,
        ["一、新星化工有限公司"],
        [1, "2018-01-10", "罐区围堰破损", "√", None, "√", None, "2018-01-20"],
        [2, "2018-01-10", "可燃气体报警器停用", None, "√", None, "√", "2018-01-31"],
        ["小计", None, "2条"],
        ["二、利民木业加工厂"],
        head,
        low,
        [1, "2018-01-11", "砂光机旁积尘厚", "√", None, None, "√", "一周内"],
        ["小计", None, "1条"],
        ["总 计", None, "3条"],
    ]
    merged = "A1:H1 D2:E2 F2:G2 A2:A3 B2:B3 C2:C3 H2:H3 A4:H4 A8:H8 D9:E9 F9:G9 A9:A10 B9:B10 C9:C10 H9:H10"
    _save("sections", rows, merged)


def group_headings() -> None:
    """Group headings over the names, three levels, and a description merged over two lines."""
    top = ["基本情况", None, None, "隐患情况", None, None, "整改情况", None, None, None]
    middle = ["序号", "企业", None, "问题描述", "性质", "依据", "期限", "完成", None, "复查"]
    low = [None, "名称", "地址", None, None, None, None, "日期", "情况", "时间"]
    rows = [
        top,
        middle,
        low,
        [
            1,
            "丰收粮库",
            "粮库路2号",
            "熏蒸作业无警戒",
            "一般",
            "操作规程",
            "2018-05-10",
            "2018-05-08",
            "完成",
            "2018-05-09",
        ],
        [None, None, None, None, None, "现场公示", None, None, None, None],
        [2, "五洲电器厂", "电器路9号", "喷漆房用普通灯具", "重大", None, "五一前", None, "50%", None],
    ]
    merged = "A1:C1 D1:F1 G1:J1 B2:C2 H2:I2 A2:A3 D2:D3 E2:E3 F2:F3 G2:G3"
    merged += " A4:A5 B4:B5 C4:C5 D4:D5 E4:E5 G4:G5 H4:H5 I4:I5 J4:J5"
    _save("group-headings", rows, merged, "5月")


def page_as_excel() -> None:
    """A page that a system exported as .xls."""
    page = """<html><head><meta charset="utf-8"></head><body><table border="1">
    <tr><td colspan="5">隐患交办单</td></tr>
    <tr><th>编号</th><th>检查对象</th><th>检查日期</th><th>存在的问题</th><th>办理情况</th></tr>
    <tr><td>1</td><td rowspan="2">四海酒店</td><td>2022-06-01</td><td>厨房燃气软管老化</td><td>已更换，6月3日</td></tr>
    <tr><td>2</td><td>2022-06-01</td><td>疏散门上锁</td><td>尚未整改</td></tr></table></body></html>"""
    (PASS / "page-as-excel.xls").write_text(page, encoding="utf-8")


def hard_cells() -> None:
    """Days in 1899 and 2999, a day that does not exist, control characters, a cell of 12,000 characters, blanks."""
    head = ["序号", "检查日期", "企业名称", "隐患描述", "整改期限", "整改情况", "完成时间"]
    rows = [
        head,
        [1, "1899-12-31", "甲厂", "无护栏", "2018-02-30", "未整改", None],
        [2, date(2018, 1, 5), "乙厂", "隐患" * 6000, "2999-01-01", "未整改", None],
        [3, date(2018, 1, 5), "丙厂", "有\u200b看不见的字", "2018-02-01", "已整改", 2.1],
        [4, date(2018, 1, 5), None, "没有企业", "2018-02-01", "已整改", 43140],
        [5, date(2018, 1, 5), "丁厂", None, "2018-02-01", "已整改", "2018.1.8"],
        [6, date(2018, 1, 5), "戊厂", "未发现隐患", None, None, None],
        [7, date(2018, 1, 5), "己厂", "=HYPERLINK(1)", "两会前", "厂长出差", None],
    ]
    book, sheet = _sheet(rows)
    sheet["A9"] = 8
    sheet["B9"] = date(2018, 1, 5)
    sheet["C9"] = "庚厂"
    sheet["D9"] = '=CONCATENATE("没","算过")'
    hidden = book.create_sheet("旧数据")
    hidden.append(head)
    hidden.sheet_state = "hidden"
    sheet["D8"].data_type = "s"
    book.save(PASS / "hard-cells.xlsx")


def refused() -> None:
    """Files that must be refused, each with its own sentence."""
    (FAIL / "picture.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (FAIL / "paper.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    (FAIL / "empty.xlsx").write_bytes(b"")
    (FAIL / "encrypted.xlsx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    )
    (FAIL / "old-word.doc").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(512)
    )
    (FAIL / "noise.xls").write_bytes(bytes(range(256)) * 8)
    with zipfile.ZipFile(FAIL / "photos.zip", "w") as archive:
        archive.writestr("1.jpg", b"\xff\xd8\xff")
    whole = (PASS / "v9-major.xlsx").read_bytes()
    (FAIL / "cut-off.xlsx").write_bytes(whole[: len(whole) // 2])
    _bomb(whole)
    _far_cell()
    document = Document()
    document.add_paragraph("只有文字，没有表格。")
    document.save(str(FAIL / "no-table.docx"))


def _bomb(whole: bytes) -> None:
    (FAIL / "bomb.xlsx").write_bytes(whole)
    with zipfile.ZipFile(FAIL / "bomb.xlsx", "a", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/media/filling.xml", b"0" * 90_000_000)


def _far_cell() -> None:
    book, sheet = _sheet([["序号", "企业名称", "隐患描述"], [1, "甲厂", "无护栏"]])
    sheet["XFD1048576"] = "远"
    book.save(FAIL / "far-cell.xlsx")


def main() -> None:
    """Make them all."""
    v1_lost_merges()
    v3_penalties()
    v4_grid()
    v5_summary()
    v6_own_ledger()
    v7_five_fixed()
    v9_major()
    unseen_words()
    sections()
    group_headings()
    page_as_excel()
    hard_cells()
    refused()
    try:
        v8_old_excel()
    except ImportError:
        print("v8-old-excel.xls is left as it is: xlwt is not installed")  # noqa: T201 -- a tool of the tests


if __name__ == "__main__":
    main()
