"""The list of enterprises as a workbook."""

import io
from collections.abc import Iterable

import xlsxwriter

from bihuan.enterprises.queries import FirmRow
from bihuan.enterprises.rules.facts import STATE_NAMES
from bihuan.enterprises.rules.sizes import SIZE_NAMES
from bihuan.web.enterprises.words import feature_names, sector_name

COLUMNS = (
    ("企业名称", 34), ("统一社会信用代码", 22), ("镇", 10), ("村（社区）", 14), ("牵头行业", 14), ("其他行业", 16),
    ("安全特征", 28), ("主管部门", 14), ("挂钩领导", 14), ("责任缺口", 22), ("规模", 8), ("从业人数", 10),
    ("地址", 32), ("联系人", 10), ("联系电话", 16), ("状态", 8),
)  # fmt: skip


def write_list(rows: Iterable[FirmRow]) -> bytes:
    """Write the rows as .xlsx; texts stay texts, so that a name beginning with = is no formula."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("企业名单")
        head = book.add_format({"bold": True, "bg_color": "#e9f0fa", "border": 1})
        for at, (title, width) in enumerate(COLUMNS):
            page.set_column(at, at, width)
            page.write_string(0, at, title, head)
        page.freeze_panes(1, 1)
        for number, row in enumerate(rows, start=1):
            for at, cell in enumerate(_cells(row)):
                if isinstance(cell, int):
                    page.write_number(number, at, cell)
                else:
                    page.write_string(number, at, cell)
    return buffer.getvalue()


def _cells(row: FirmRow) -> list[str | int]:
    firm, answering = row.firm, row.responsible
    return [
        firm.name,
        firm.code,
        row.town_name,
        firm.village,
        sector_name(firm.lead_sector),
        "、".join(sector_name(code) for code in firm.sectors[1:]),
        "、".join(feature_names(firm.features)),
        answering.department.short_name if answering and answering.department else "",
        answering.leader.title if answering and answering.leader else "",
        answering.say if answering else "",
        SIZE_NAMES[row.size] if row.size else "",
        row.staff if row.staff is not None else "",
        firm.address,
        row.contact_name,
        row.contact_phone,
        STATE_NAMES[firm.state],
    ]
