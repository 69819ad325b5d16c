"""The filters of the list of hazards: read from the address, offered as menus, said in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest, QueryDict

from bihuan.enterprises import queries as enterprises
from bihuan.hazards.rules.filters import Filters, Late, Tab
from bihuan.hazards.rules.states import (
    CATEGORY_NAMES,
    HOLDER_NAMES,
    LEVEL_NAMES,
    LISTING_NAMES,
    SOURCE_NAMES,
    STATE_NAMES,
    UNGRADED_NAME,
    State,
)
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind
from bihuan.standards.rules import SECTOR_NAMES
from bihuan.web.htmx import StaffRequest
from bihuan.web.links import with_changes, with_each
from bihuan.web.parts import Filter, Option
from bihuan.web.parts import Tab as CountTab
from bihuan.web.words import day_words

TAB_NAMES: Final[dict[Tab, str]] = {
    Tab.OPEN: "未销号",
    Tab.DONE: "已整改",
    Tab.COUNTED: "登记隐患",
    Tab.VALID: "发现隐患",
    Tab.ALL: "全部",
} | {Tab(state.value): name for state, name in STATE_NAMES.items()}
RARE_TABS: Final = frozenset(
    {Tab.TRANSFERRED, Tab.INVALID, Tab.DONE, Tab.COUNTED, Tab.VALID, Tab.ALL}
)  # come with a link
ASIDE_TABS: Final = (Tab.TRANSFERRED, Tab.INVALID)  # said beside the title
LATE_NAMES: Final[dict[Late, str]] = {
    Late.OVERDUE: "整改逾期",
    Late.ANY_CLOCK: "任一期限已过",
    Late.TODAY: "今天到期",
    Late.SOON: "三天内到期",
    Late.REVIEW: "复查逾期",
    Late.UNLISTED: "超时未挂牌",
}
LISTING_WORDS: Final = {"none": "未挂牌", "live": "挂牌中"} | {
    state.value: name for state, name in LISTING_NAMES.items()
}
LEVEL_WORDS: Final = {level.value: name for level, name in LEVEL_NAMES.items()} | {"none": UNGRADED_NAME}
FLAGS: Final = {
    "closed_late": "超期销号",
    "reopened": "反弹重开",
    "repeat": "重复隐患",
    "fixed_on_spot": "立行立改",
    "superior": "须上级认可",
    "self_closed": "企业自查",
    "firm_closed": "企业已注销",
}
DAYS: Final = {
    "found_from": "发现不早于",
    "found_to": "发现不晚于",
    "closed_from": "销号不早于",
    "closed_to": "销号不晚于",
}
IDS: Final = ("department", "enterprise", "superior_list")
TEXTS: Final = ("level", "path", "sector", "source", "category", "holder", "late", "listing")
DEPARTMENTS: Final = (UnitKind.DEPARTMENT, UnitKind.OFFICE)
KEPT_S: Final = 60
PRESETS: Final = (
    ("整改逾期", "late=overdue"),
    ("三天内到期", "late=soon"),
    ("今天要办", "late=today"),
    ("复查逾期", "late=review"),
    ("重大未挂牌", "level=major&listing=none"),
    ("须上级认可", "superior=1"),
    ("反弹重开", "reopened=1"),
)


def read(query: QueryDict) -> Filters:
    """Read the filters of an address; what cannot be read lets all through."""
    facts: dict[str, Any] = {name: query.get(name, "")[:64] for name in TEXTS}
    facts |= {name: _id(query.get(name, "")) for name in IDS}
    facts |= {name: _day(query.get(name, "")) for name in DAYS}
    facts |= {name: query.get(name) == "1" for name in FLAGS}
    tab = query.get("tab", "")
    return Filters(tab=Tab(tab) if tab in set(Tab) else Tab.OPEN, words=query.get("q", "")[:60].strip(), **facts)


def tabs(request: HttpRequest, filters: Filters, counts: Mapping[Tab, int], most: int) -> list[CountTab]:
    """Return the tabs of the list with their counts; rare ones only when they hold something or are open."""
    shown = [tab for tab in Tab if tab not in RARE_TABS or tab == filters.tab]
    return [
        CountTab(
            name=TAB_NAMES[tab],
            href=with_changes(request, tab="" if tab == Tab.OPEN else tab.value),
            count=counted(counts[tab], most) if tab in counts else None,
            on=filters.tab == tab,
            step=tab.value if tab.value in set(State) else "",
        )
        for tab in shown
    ]


def asides(request: HttpRequest, counts: Mapping[Tab, int], most: int) -> list[Option]:
    """Return what lies beside the open ones and the closed ones: transferred, invalid."""
    return [
        Option(f"{TAB_NAMES[tab]} {counted(counts[tab], most)} 项", with_changes(request, tab=tab.value))
        for tab in ASIDE_TABS
        if counts.get(tab)
    ]


def counted(count: int, most: int) -> int | str:
    """Return a bounded count as it is shown: 10000+ when there are more."""
    return f"{most}+" if count > most else count


@dataclass(frozen=True, slots=True)
class Menu:
    """A filter menu: the query value, its name, and its choices."""

    key: str
    name: str
    choices: Callable[[Actor], Sequence[tuple[str, str]]]


def _named(names: Mapping[Any, str]) -> Callable[[Actor], list[tuple[str, str]]]:
    return lambda _: [(str(key), name) for key, name in names.items() if str(key)]


def _units(viewer: Actor) -> list[tuple[str, str, str, str]]:
    """Return the town's villages, departments and offices as kind, id, path, name; kept a minute for the menus."""
    town_id = viewer.town_id
    if town_id is None:
        return []

    def ask() -> list[tuple[str, str, str, str]]:
        town = orgs.town(town_id)
        below = orgs.units_below(town.path, [UnitKind.VILLAGE, *DEPARTMENTS])
        return [(unit.kind.value, str(unit.id), unit.path, unit.short_name) for unit in below]

    return list(cache.get_or_set(f"menu-units:{town_id}", ask, KEPT_S) or [])


def _departments(viewer: Actor) -> list[tuple[str, str]]:
    return [(unit_id, name) for kind, unit_id, _, name in _units(viewer) if kind != UnitKind.VILLAGE]


def _places(viewer: Actor) -> list[tuple[str, str]]:
    if viewer.town_id is not None:
        return [(path, name) for kind, _, path, name in _units(viewer) if kind == UnitKind.VILLAGE]
    roots = viewer.scope.paths

    def ask() -> list[tuple[str, str]]:
        return [named for root in roots for named in orgs.town_names_below(root)]

    return list(cache.get_or_set(f"menu-towns:{','.join(roots)}", ask, KEPT_S) or [])


MENUS: Final = (
    Menu("level", "级别", _named(LEVEL_WORDS)),
    Menu("path", "村（社区）", _places),
    Menu("department", "监管部门", _departments),
    Menu("source", "来源", _named(SOURCE_NAMES)),
    Menu("sector", "行业", _named(SECTOR_NAMES)),
    Menu("late", "期限", _named(LATE_NAMES)),
    Menu("holder", "下一步", _named(HOLDER_NAMES)),
)
SAID: Final[dict[str, tuple[str, Mapping[str, str]]]] = {
    "category": ("类型", {str(key): name for key, name in CATEGORY_NAMES.items()}),
    "listing": ("挂牌", LISTING_WORDS),
}


def menus(request: StaffRequest, filters: Filters) -> list[Filter]:
    """Return the menus, and a chip with a cross for everything that narrows the list now."""
    shown = [_menu(request, menu, str(getattr(filters, menu.key) or "")) for menu in MENUS]
    shown = [one for one in shown if one.chosen or len(one.options) > 1]
    return [*(one for one in shown if one.chosen), *_set(request, filters), *(one for one in shown if not one.chosen)]


def _menu(request: StaffRequest, menu: Menu, chosen: str) -> Filter:
    choices = menu.choices(request.actor)
    hrefs = with_each(request, menu.key, [key for key, _ in choices])
    name = "镇" if menu.key == "path" and request.actor.town_id is None else menu.name
    return Filter(
        name=name,
        options=[Option(words, href) for (_, words), href in zip(choices, hrefs, strict=True)],
        chosen=dict(choices).get(chosen, "所选单位") if chosen else "",
        clear=with_changes(request, **{menu.key: ""}),
        key=menu.key,
    )


def _set(request: StaffRequest, filters: Filters) -> list[Filter]:
    """Return chips for what no menu offers: it came with a link from a figure or a page."""
    said: list[tuple[str, str, str]] = []
    for key, (name, words) in SAID.items():
        value = getattr(filters, key)
        if value:
            said.append((key, name, words.get(value, "其他")))
    said += [(key, "只看", name) for key, name in FLAGS.items() if getattr(filters, key)]
    said += [(key, name, day_words(getattr(filters, key))) for key, name in DAYS.items() if getattr(filters, key)]
    if filters.enterprise:
        said.append(("enterprise", "企业", _firm_name(request.actor, filters.enterprise)))
    if filters.superior_list:
        said.append(("superior_list", "上级清单", "所选一份"))
    return [Filter(name, chosen=words, clear=with_changes(request, **{key: ""})) for key, name, words in said]


def _firm_name(viewer: Actor, firm_id: UUID) -> str:
    try:
        return enterprises.firm_for(viewer, firm_id).short_name
    except NotFound:
        return "不在管辖范围"


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
