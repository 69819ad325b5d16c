"""Read a standard from a workbook into the plain data of the schema, with the cell of every value."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bihuan.standards.data.uploads import BadUpload, Written
from bihuan.standards.data.workbooks.cells import (
    OddCell,
    Spot,
    Tables,
    day_in,
    lines_in,
    read_tables,
    text_in,
    words_in,
)
from bihuan.standards.data.workbooks.columns import (
    COUNT_SHEET,
    GAP_SHEET,
    HEAD,
    HEAD_SHEET,
    ITEM_SHEET,
    NAMES,
    RULE_SHEET,
    SPOKEN,
    TABLES,
    Column,
    Holds,
)
from bihuan.standards.rules.books import Fault, Place
from bihuan.standards.rules.loading.counting import NUMBER, PROCEDURE

NO_TABLES: Final = "没有“标准”和“条目”两张表。请下载 Excel 模板，照着填。"
SEARCHED: Final = 10  # rows in which the titles of a table are looked for
_WORD: Final = re.compile(
    r"(?<![A-Za-z0-9_-])(" + "|".join(sorted(SPOKEN, key=len, reverse=True)) + r")(?![A-Za-z0-9_-])"
)
_YES: Final[Mapping[str, bool | None]] = {"": None, "是": True, "否": False, "√": True, "对": True, "不是": False}


def read_workbook(content: bytes) -> Written:
    """Return what a workbook says, as a file of the schema holds it. Raises BadUpload where it cannot be read."""
    tables = read_tables(content)
    if HEAD_SHEET not in tables.of or ITEM_SHEET not in tables.of:
        raise BadUpload((NO_TABLES,))
    reading = Reading(tables)
    facts = reading.facts(HEAD_SHEET, HEAD, head_place)
    book = _standard(facts)
    for name, columns in TABLES:
        reading.table(name, columns, needed=name == ITEM_SHEET)
    items = reading.rows(ITEM_SHEET)
    ids = _ids(items, book["standard"]["id"])
    book["criteria"] = [_item(row.values, one) for row, one in zip(items, ids, strict=True)]
    if rules := reading.rows(RULE_SHEET):
        book["general_rules"] = [_rule(row) for row in rules]
    if (counts := reading.rows(COUNT_SHEET)) or facts["exclusions"]:
        book[PROCEDURE] = _counting(counts, facts["exclusions"] or ())
    if gaps := reading.rows(GAP_SHEET):
        book["unreconstructed"] = [dict(row.values) for row in gaps]
    return Written(book, reading.lines, names=reading.names, faults=tuple(reading.faults), spoken=spoken)


def spoken(say: str) -> str:
    """Return a sentence about a file in the words of the workbook."""
    said = say.replace("写成 null", "空着").replace("写 null", "空着").replace("写 []", "空着")
    return _WORD.sub(lambda found: SPOKEN[found[1]], said)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is filled in. spots: the cell of each value."""

    spot: Spot
    values: Mapping[str, Any]
    spots: Mapping[str, Spot]


@dataclass(slots=True)
class Reading:
    """What has been read so far. lines: an ordinal for each place of the book; names: the cell of each ordinal."""

    tables: Tables
    faults: list[Fault] = field(default_factory=list)
    lines: dict[Place, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    _rows: dict[str, list[Row]] = field(default_factory=dict)

    def rows(self, sheet: str) -> Sequence[Row]:
        """Return the rows of a table that was read."""
        return self._rows.get(sheet, ())

    def told(self) -> tuple[str, ...]:
        """Say what could not be read, in the order of the cells."""
        return Written({}, self.lines, names=self.names).told(self.faults)

    def mark(self, where: Place, spot: Spot | None) -> None:
        """Remember in which cell a place of the book stands."""
        if spot is not None:
            self.lines[where] = number = len(self.names) + 1
            self.names[number] = spot.name

    def facts(self, sheet: str, columns: Sequence[Column], place: Callable[[str], Place]) -> dict[str, Any]:
        """Read a sheet of names and values; what is not there is None. place: where the book keeps a fact."""
        known = {one.title: one for one in columns}
        found: dict[str, Any] = {one.key: None for one in columns}
        for number in range(1, len(self.tables.of[sheet]) + 1):
            label, spot = _titled(self.tables, Spot(sheet, number, 1)), Spot(sheet, number, 2)
            column = known.get(label)
            if column is not None:
                where = place(column.key)
                self.mark(where, spot)
                found[column.key] = self.value(column, spot, where)
            elif label and label != "项目":
                say = f"不认识“{label[:20]}”。请用模板里的名称，或删去这一行。"
                self.fault((label,), Spot(sheet, number, 1), say)
        return found

    def table(self, sheet: str, columns: Sequence[Column], *, needed: bool) -> None:
        """Read the rows of a table by the titles of its columns. needed: whether the table must be there."""
        top = self._top(sheet, columns)
        if not top:
            if needed:
                wanted = "、".join(f"“{one.title}”" for one in columns if one.must)
                self.faults.append(Fault((), f"“{sheet}”表里找不到{wanted}这些列的标题。请下载模板，照着填。"))
            return
        placed = dict(self._placed(sheet, columns, top))
        self._rows[sheet] = []
        for number in range(top + 1, len(self.tables.of[sheet]) + 1):
            spots = {one.key: Spot(sheet, number, column) for column, one in placed.items()}
            if any(self.tables.at(spot) != "" for spot in spots.values()) and not self._is_hint(spots, placed):
                self._rows[sheet].append(self._row(sheet, number, placed, spots))

    def _top(self, sheet: str, columns: Sequence[Column]) -> int:
        wanted = {one.title for one in columns if one.must}
        for number, row in enumerate(self.tables.of.get(sheet, ())[:SEARCHED], start=1):
            titles = {_titled(self.tables, Spot(sheet, number, column)) for column in range(1, len(row) + 1)}
            if wanted & titles and len({one.title for one in columns} & titles) > 1:
                return number
        return 0

    def _placed(self, sheet: str, columns: Sequence[Column], top: int) -> Iterator[tuple[int, Column]]:
        known, seen = {one.title: one for one in columns}, set()
        for column in range(1, len(self.tables.of[sheet][top - 1]) + 1):
            spot = Spot(sheet, top, column)
            title = _titled(self.tables, spot)
            if title in seen:
                self.fault((sheet, title), spot, f"“{title}”这一列有两个。请留下一个。")
            elif title in known:
                yield column, known[title]
            elif title:
                self.fault((sheet, title), spot, f"不认识“{title[:20]}”这一列。请用模板里的标题，或删去这一列。")
            seen.add(title)
        for one in columns:
            if one.must and one.title not in seen:
                self.fault((sheet, one.title), Spot(sheet, top, 1), f"少了“{one.title}”这一列。请照模板补上。")

    def _is_hint(self, spots: Mapping[str, Spot], placed: Mapping[int, Column]) -> bool:
        hints = {one.key: one.hint for one in placed.values()}
        return all(str(self.tables.at(spot)).strip() in {"", hints[key]} for key, spot in spots.items())

    def _row(self, sheet: str, number: int, placed: Mapping[int, Column], spots: Mapping[str, Spot]) -> Row:
        place = len(self._rows[sheet])
        top, spot = table_place(sheet, place), Spot(sheet, number, 1)
        self.mark(top, spot)
        values = {}
        for one in placed.values():
            where = value_place(top, one.key)
            self.mark(where, spots[one.key])
            values[one.key] = self.value(one, spots[one.key], where)
        return Row(spot, values, spots)

    def value(self, one: Column, spot: Spot, where: Place) -> Any:
        """Read a cell; an odd one is told and read as empty."""
        try:
            return _READ[one.holds](self.tables, spot, one)
        except OddCell as odd:
            self.fault(where, spot, f"“{one.title}”{odd}")
            empty = _EMPTY.get(one.holds, "")
            return list(empty) if isinstance(empty, tuple) else empty

    def fault(self, where: Place, spot: Spot, say: str) -> None:
        """Note what is wrong with a cell."""
        if where not in self.lines:
            self.mark(where, spot)
        self.faults.append(Fault(where, say))


def _standard(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the head of a book from the facts of its first sheet."""
    standard = {key: facts[key] for key in facts if key not in _OUTSIDE}
    for key in ("id", "title", "issuer", "sector", "confidence", "document_number", "source_note"):
        standard[key] = standard[key] or ""
    standard["supersedes"] = standard["supersedes"] or None
    failing = {} if facts["failing_counts"] is None else {"failing_counts": facts["failing_counts"]}
    return {
        "standard": {**standard, "superseded_by": None},
        "official_counts": {"total": facts["official_counts"]},
        "effective_until": facts["effective_until"],
        **failing,
    }


def _item(given: Mapping[str, Any], item_id: str) -> dict[str, Any]:
    """Return an item of the book."""
    made: dict[str, Any] = {
        "id": item_id,
        "clause": given.get("clause", ""),
        "group": given.get("group", ""),
        "applies_to": {"sectors": given.get("sectors", []), "features": given.get("features", [])},
        "text": given.get("text", ""),
        "confidence": given.get("confidence") or "",
    }
    made |= {key: given.get(key, []) for key in ("objects", "cues", "counter_cues")}
    more = ("conditions", "ask", "open_ended", "refers_to", "kind", "completeness", "note")
    return made | {key: given[key] for key in more if given.get(key)}


def _ids(rows: Sequence[Row], standard_id: str) -> list[str]:
    """Return the id of each item; one without gets the next free one."""
    taken = {row.values.get("id") for row in rows}
    found = []
    for number, row in enumerate(rows, start=1):
        wanted = row.values.get("id") or f"{standard_id}-{number:02d}"
        while wanted in taken and not row.values.get("id"):
            wanted += "a"
        found.append(wanted)
    return found


def _rule(row: Row) -> dict[str, Any]:
    """Return a general rule of the book."""
    return {key: value for key, value in row.values.items() if value or key in {"id", "text"}}


def _counting(rows: Sequence[Row], exclusions: Sequence[str]) -> dict[str, Any]:
    """Return how elements are counted, as the book holds it."""
    rules = [{"clause": "", "place_types": [], "elements": [], NUMBER: None, **row.values} for row in rows]
    return {"exclusions": list(exclusions), "rules": rules}


def head_place(key: str) -> Place:
    """Return where the book keeps a fact of the standard as a whole."""
    if key == "exclusions":
        return (PROCEDURE, key)
    return (key,) if key in _OUTSIDE else ("standard", key)


def table_place(sheet: str, place: int) -> Place:
    """Return where the book keeps a row of a table."""
    names = {ITEM_SHEET: "criteria", RULE_SHEET: "general_rules", GAP_SHEET: "unreconstructed"}
    return (PROCEDURE, "rules", place) if sheet == COUNT_SHEET else (names.get(sheet, sheet), place)


def value_place(row: Place, key: str) -> Place:
    """Return where the book keeps a value of a row."""
    return (*row, "applies_to", key) if key in {"sectors", "features"} else (*row, key)


def _titled(tables: Tables, spot: Spot) -> str:
    return re.sub(r"[\s*＊]", "", str(tables.at(spot)))


def _yes(tables: Tables, spot: Spot, _: Column) -> bool | None:
    text = text_in(tables, spot)
    if text not in _YES:
        raise OddCell(f"写作“{text[:20]}”，只能写“是”或“否”，也可以空着。")
    return _YES[text]


def _number(tables: Tables, spot: Spot, _: Column) -> int | None:
    text = text_in(tables, spot)
    if text and not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise OddCell(f"写作“{text[:20]}”，要写一个整数，不知道的空着。")
    return int(text) if text else None


def _named(tables: Tables, spot: Spot, one: Column) -> str:
    text = text_in(tables, spot)
    names = {name: key for key, name in NAMES[one.key].items()}
    if text and text not in names:
        raise OddCell(f"写作“{text[:20]}”，只能写{'、'.join(f'“{name}”' for name in names)}。")
    return names.get(text, "")


_OUTSIDE: Final = frozenset({"official_counts", "effective_until", "failing_counts", "exclusions"})
_EMPTY: Final[Mapping[Holds, Any]] = {
    Holds.DAY: None,
    Holds.YES: None,
    Holds.NUMBER: None,
    Holds.LINES: (),
    Holds.WORDS: (),
}
_READ: Final[Mapping[Holds, Callable[[Tables, Spot, Column], Any]]] = {
    Holds.TEXT: lambda tables, spot, _: text_in(tables, spot),
    Holds.DAY: lambda tables, spot, _: day_in(tables, spot) or None,
    Holds.LINES: lambda tables, spot, _: lines_in(text_in(tables, spot)),
    Holds.WORDS: lambda tables, spot, _: words_in(text_in(tables, spot)),
    Holds.YES: _yes,
    Holds.NUMBER: _number,
    Holds.NAMED: _named,
}
