"""Units, posts, people and responsibilities from a workbook: columns, rows, checks by row and column, and the plan."""

from collections.abc import Mapping, Sequence
from typing import Any

from bihuan.orgs.rules.sheet.checks import check_areas, check_posts, check_sectors, check_units
from bihuan.orgs.rules.sheet.plan import AreaLine, Known, PostLine, SectorLine, TownPlan, UnitLine
from bihuan.orgs.rules.sheet.tables import TABLES, Column, RowProblem, Table, read_table

__all__ = [
    "TABLES",
    "AreaLine",
    "Column",
    "Known",
    "PostLine",
    "RowProblem",
    "SectorLine",
    "Table",
    "TownPlan",
    "UnitLine",
    "check_workbook",
    "read_table",
]


def check_workbook(sheets: Mapping[str, Sequence[Sequence[Any]]], known: Known) -> TownPlan:
    """Read every table of a workbook and check every row; `problems` of the plan holds all of them at once.

    sheets: cells by sheet name, each from the first row on. A sheet with no table of ours is passed over.
    """
    tables = [table for name, cells in sheets.items() if (table := read_table(name, cells)) is not None]
    problems: list[RowProblem] = []
    units = check_units([table for table in tables if table.key == "units"], known, problems)
    posts = check_posts([table for table in tables if table.key == "posts"], known, units, problems)
    sectors = check_sectors([table for table in tables if table.key == "sectors"], known, units, problems)
    areas = check_areas([table for table in tables if table.key == "areas"], known, units, posts, problems)
    if not tables:
        say = "文件里没有认得出的表。请用模板填写，表头不要改。"
        problems.append(RowProblem("", 1, "", "", say))
    return TownPlan(tuple(units), tuple(posts), tuple(sectors), tuple(areas), tuple(problems))
