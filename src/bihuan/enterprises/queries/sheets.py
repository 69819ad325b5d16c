"""Tables of enterprises: the template, what checks compare with, and a person's unfinished import."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import xlsxwriter

from bihuan.enterprises.models import EnterpriseImport
from bihuan.enterprises.queries.matching import index_of
from bihuan.enterprises.rules.facts import ImportState
from bihuan.enterprises.rules.sheet import COLUMNS, Checked, Known, Row, RowProblem, Sheet, check_rows
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind
from bihuan.standards.rules import FEATURE_NAMES, FEATURE_WORDS, SECTOR_NAMES, SECTOR_WORDS


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """A person's import: what was read, what is wrong with it now, and which rows are set aside."""

    id: UUID
    file_name: str
    state: ImportState
    version: int
    sheet: Sheet
    checked: Checked
    aside: frozenset[int]
    registered: int
    offered: Mapping[str, Sequence[str]]

    @property
    def left(self) -> tuple[RowProblem, ...]:
        """The problems of rows that are not set aside."""
        return tuple(problem for problem in self.checked.problems if problem.row not in self.aside)

    @property
    def good(self) -> int:
        """How many rows would be registered now."""
        return len(set(self.checked.entries) - self.aside)


def sheet_known(town_id: UUID) -> Known:
    """Return what the checks of a table compare with: villages, sectors, features, names on file."""
    town = orgs.town(town_id)
    villages: dict[str, str] = {}
    for unit in orgs.units_below(town.path, [UnitKind.VILLAGE]):
        villages |= {unit.short_name: unit.path, unit.name: unit.path}
    single = {word: next(iter(sectors)) for word, sectors in SECTOR_WORDS.items() if len(sectors) == 1}
    return Known(
        town_path=town.path,
        villages=villages,
        sectors={name: str(sector) for sector, name in SECTOR_NAMES.items()} | {w: str(s) for w, s in single.items()},
        features={word: str(feature) for word, feature in FEATURE_WORDS.items()},
        index=index_of(town_id),
        offered={
            "village": short_names(villages),
            "lead_sector": list(SECTOR_NAMES.values()),
            "features": list(FEATURE_NAMES.values()),
        },
    )


def import_for(viewer: Actor, import_id: UUID) -> ImportDraft:
    """Return a person's own import, checked against the town as it is now. Raises NotFound."""
    row = EnterpriseImport.objects.owned_by(viewer).filter(pk=import_id).first()
    if row is None:
        raise NotFound("enterprises.import_not_found", "没有找到这次导入，或者不是您上传的。请重新上传。")
    sheet = sheet_of(row)
    state = ImportState(row.state)
    aside = frozenset(row.aside)
    kept = Sheet(sheet.letters, tuple(one for one in sheet.rows if one.number not in aside), sheet.problems)
    known = sheet_known(row.town_id)
    checked = check_rows(kept, known) if state is ImportState.DRAFT else Checked({}, ())
    return ImportDraft(row.pk, row.file_name, state, row.version, sheet, checked, aside, row.registered, known.offered)


def sheet_of(row: EnterpriseImport) -> Sheet:
    """Return an import's rows as they were read and mended."""
    return Sheet(
        letters=row.letters,
        rows=tuple(Row(one["row"], one["cells"]) for one in row.rows),
        problems=tuple(RowProblem(*one) for one in row.problems),
    )


def template_for(town_id: UUID) -> bytes:
    """Return the workbook to fill in: our columns with hints, and lists of what may be chosen."""
    known = sheet_known(town_id)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page, lists = book.add_worksheet("企业名单"), book.add_worksheet("可选的词")
        head = book.add_format({"bold": True, "bg_color": "#e9f0fa", "border": 1, "text_wrap": True})
        hint = book.add_format({"font_color": "#5d6779", "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@"})
        for at, column in enumerate(COLUMNS):
            page.set_column(at, at, column.width, text if column.key in {"uscc", "contact_phone"} else None)
            page.write_string(0, at, column.titles[0] + ("*" if column.is_needed else ""), head)
            page.write_string(1, at, column.hint, hint)
        page.set_row(1, 48)
        page.freeze_panes(2, 1)
        keys = [column.key for column in COLUMNS]
        for at, (key, words) in enumerate(known.offered.items()):
            lists.set_column(at, at, 22)
            lists.write_string(0, at, COLUMNS[keys.index(key)].titles[0], head)
            lists.write_column(1, at, words)
            if key != "features" and words:
                letter = "ABC"[at]
                source = f"=可选的词!${letter}$2:${letter}${len(words) + 1}"
                page.data_validation(2, keys.index(key), 5000, keys.index(key), {"validate": "list", "source": source})
    return buffer.getvalue()


def short_names(villages: Mapping[str, str]) -> list[str]:
    """Return one name for each village, the shorter one. villages: path by every name."""
    names: dict[str, str] = {}
    for name, path in villages.items():
        if path not in names or len(name) < len(names[path]):
            names[path] = name
    return list(names.values())
