"""Tables of figures by village or town, sector and source; each number carries the filter that lists its rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bihuan.desk import queries as desk
from bihuan.enterprises import queries as enterprises
from bihuan.hazards.rules.states import SOURCE_NAMES, UNGRADED_NAME
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.orgs import queries as orgs
from bihuan.standards.rules import SECTOR_NAMES
from bihuan.stats import queries as stats
from bihuan.stats.queries import Figures, Place
from bihuan.stats.rules import NO_SECTOR_NAME, NOTHING, rate_text
from bihuan.web.stats.opened import Opened

MAJOR: Final = "major"
LATE: Final = "hazards.overdue"
MOST_LINES: Final = 15  # of the towns below a county, of enterprises
MOST_FIRMS: Final = 200  # where a viewer sees more, a table of single enterprises says nothing
RANKED: Final = frozenset({"path", "enterprise"})  # those with most overdue come first: they are what is looked for


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its measure, and at which level ("" for all)."""

    name: str
    measure: str
    level: str = ""
    red: bool = False


COLUMNS: Final = (
    Column("登记", "hazards.counted"),
    Column("未销号", "hazards.open"),
    Column("整改逾期", "hazards.overdue", red=True),
    Column("复查逾期", "hazards.review_overdue", red=True),
    Column("重大未销号", "hazards.open", MAJOR),
    Column("已整改", "hazards.rectified"),
    Column("已销号", "hazards.in.closed"),
)
OPEN_AT, LATE_AT = 1, 2  # of the columns
Door = Callable[[str, str], str]
BUT: Final = {"path": "but", "sector": "but_sector"}  # how the rows in none of the lines are asked for
RESTS: Final = {"sector": NO_SECTOR_NAME}
LEVELS: Final = {"major": "重大", "general": "一般"}
NAMES: Final = tuple(dict.fromkeys(column.measure for column in COLUMNS))


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table. href: opens its rows; "" for a zero."""

    value: int
    href: str = ""
    red: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: cells, and the rate of rectification in words (R0.5: over zero it is —)."""

    name: str
    cells: Sequence[Cell]
    rate: str

    @property
    def open(self) -> int:
        """How many are open."""
        return self.cells[OPEN_AT].value

    @property
    def late(self) -> int:
        """How many are overdue."""
        return self.cells[LATE_AT].value


@dataclass(frozen=True, slots=True)
class Group:
    """What a table is broken down by: a filter key of the list, and its values with names and cube places."""

    title: str
    key: str
    places: Mapping[str, Place]
    names: Mapping[str, str]
    rest: str = ""  # the name of what lies in none of them, where that can be


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it shows. more: lines left out below. is_whole: its lines and those left out add up to the sum."""

    title: str
    rows: Sequence[Row]
    more: int
    is_whole: bool = True


def table(group: Group, whole: Figures, opened: Opened, *, most: int | None = MOST_LINES) -> Table:
    """Return the lines of a table that hold anything, under one query; two where not all fit. most: None for all.

    Where there are more places, those with most overdue are shown. The last line is what of the whole lies in none of
    those shown, so that the lines add up to the sum.
    """
    shown, more = group.places, 0
    if most is not None and len(shown) > most and group.key in RANKED:
        pressed = desk.most_overdue(shown, until=opened.on, most=most)
        shown, more = {value: shown[value] for value in pressed}, len(shown) - most
    found = stats.by_place(shown, NAMES, until=opened.on)
    rows = [
        row_of(group.names[value], found[value], door_of(opened, {group.key: value}))
        for value in shown
        if any(_value(column, found[value]) for column in COLUMNS)
    ]
    if group.key in RANKED:
        rows.sort(key=lambda row: (-row.late, -row.open))
    if group.rest:
        name = f"其余 {more} 行及{group.rest}" if more else group.rest
        rows += _rest(name, whole, [found[value] for value in shown], opened, {BUT[group.key]: ",".join(shown)})
    return Table(group.title, rows, more, is_whole=group.key != "enterprise")  # some lie at no enterprise


def by_level(figures: Figures, opened: Opened) -> Table:
    """Return the lines of general, major and not yet graded ones of figures that are already there; no query."""
    parts = {level: Figures(_at_level(figures, level)) for level in LEVELS}
    rows = [row_of(name, parts[level], door_of(opened, {"level": level})) for level, name in LEVELS.items()]
    rest = figures.less(parts.values())

    def door(measure: str, level: str) -> str:
        return opened.counted(",".join([measure, *(f"-{measure}@{one}" for one in LEVELS)]))

    if any(_value(column, rest) for column in COLUMNS):
        rows.append(row_of(UNGRADED_NAME, rest, door))
    return Table("按级别", rows, 0)


def _at_level(figures: Figures, level: str) -> dict[tuple[str, str], int]:
    return {cell: amount for cell, amount in figures.amounts.items() if cell[1] == level}


def _rest(name: str, whole: Figures, parts: Sequence[Figures], opened: Opened, without: Mapping[str, str]) -> list[Row]:
    """Return the line of what lies in none of the parts, if there is any."""
    rest = whole.less(parts)

    def door(measure: str, level: str) -> str:
        return opened.counted(measure, {**without, "level": level})

    return [row_of(name, rest, door)] if any(_value(column, rest) for column in COLUMNS) else []


def door_of(opened: Opened, where: Mapping[str, str]) -> Door:
    """Return what opens the rows of a line, which lie there."""

    def opening(measure: str, level: str) -> str:
        return opened.rows(measure, {**where, "level": level} if level else where)

    return opening


def whole_row(figures: Figures, opened: Opened) -> Row:
    """Return the line of the sum."""
    return row_of("合计", figures, door_of(opened, {}))


def row_of(name: str, figures: Figures, door: Door) -> Row:
    """Return one line of figures. door: opens the rows of a measure at a level ("" all)."""
    cells = [_cell(column, figures, door) for column in COLUMNS]
    counted, rectified = figures.total("hazards.counted"), figures.total("hazards.rectified")
    rate = rate_text(rectified, counted)
    return Row(name, cells, rate if rate == NOTHING else f"{rate}%")


def _cell(column: Column, figures: Figures, door: Door) -> Cell:
    value = _value(column, figures)
    return Cell(value, door(column.measure, column.level) if value else "", red=column.red and value > 0)


def _value(column: Column, figures: Figures) -> int:
    return figures.of(column.measure, column.level) if column.level else figures.total(column.measure)


def groups(viewer: Actor) -> list[Group]:
    """Return the tables that this viewer may see whole: by place, by sector, by source, by single enterprise."""
    root = _root(viewer)
    made = [_by_place(viewer, root)]
    if not root:
        made.append(_of_own_sectors(viewer))
    if not made[0].places or viewer.scope.enterprises:
        made.append(_by_firm(viewer))
    if root:
        made += [
            _of_names(
                viewer, "按行业", "sector", SECTOR_NAMES, lambda code: stats.place_of_sectors(viewer, root, [code])
            ),
            _of_names(viewer, "按来源", "source", SOURCE_NAMES, lambda code: stats.place_of_source(viewer, root, code)),
        ]
    return [group for group in made if group.places]


def _of_names(viewer: Actor, title: str, key: str, names: Mapping[Any, str], place: Callable[[str], Place]) -> Group:
    """Return a line for each name; none where the cube does not keep them, such as one source in a village."""
    places = {str(code): place(code) for code in names}
    kept = places if all(one.is_kept for one in places.values()) else {}
    return Group(title, key, kept, {str(code): name for code, name in names.items()}, RESTS.get(key, ""))


def _of_own_sectors(viewer: Actor) -> Group:
    """Return the sectors that a department regulates; each number opens those of one sector."""
    places = {
        str(sector): stats.place_of_sectors(viewer, part.path, [sector])
        for part in viewer.scope.sectors
        for sector in part.sectors
    }
    return Group("按行业", "sector", places, {str(code): name for code, name in SECTOR_NAMES.items()}, "其他")


def _by_firm(viewer: Actor) -> Group:
    """Return the single enterprises that a viewer sees, where they are few enough to be looked at one by one."""
    firms = enterprises.few_seen(viewer, most=MOST_FIRMS)
    firms = firms if len(firms) > 1 else {}
    places = stats.places_of_firms(viewer, {pk: (one.path, one.sector) for pk, one in firms.items()})
    names = {str(pk): one.name for pk, one in firms.items()}
    return Group("按企业", "enterprise", {str(pk): place for pk, place in places.items()}, names)


def _by_place(viewer: Actor, root: str) -> Group:
    if viewer.town_id is None:
        below = [named for root in viewer.scope.paths for named in orgs.town_names_below(root)]
    else:
        below = [(unit.path, unit.short_name) for unit in orgs.areas_of(viewer.town_id)[1:]]
    places: dict[str, Place] = {}
    for path, _ in below:
        try:
            places[path] = stats.place_of_unit(viewer, path)
        except NotFound:  # outside the viewer's area: not a line of their table
            continue
    if list(places) == [root]:  # all that the viewer sees: the line would repeat the sum
        places = {}
    title = "按镇" if viewer.town_id is None else "按村（社区）"
    return Group(title, "path", places, dict(below), "其他（不属于以上各行）")


def _root(viewer: Actor) -> str:
    """Return the one subtree that a viewer sees whole, or ""."""
    return viewer.scope.paths[0] if len(viewer.scope.paths) == 1 else ""
