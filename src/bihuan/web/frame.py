"""What every page's frame needs: navigation for this role, counts, search, bell, who."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache as once
from typing import Any, Final
from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property

from bihuan.desk import queries
from bihuan.desk.queries import Desk
from bihuan.kernel.actor import Actor
from bihuan.kernel.roles import Role
from bihuan.orgs import queries as orgs
from bihuan.trail.queries import unread_count
from bihuan.web.doors import may_open

TOWN: Final = frozenset({Role.SAFETY_OFFICE, Role.SAFETY_CHIEF, Role.COMMITTEE_CHAIR, Role.LEADER})
WATCHERS: Final = frozenset({Role.SUPERIOR, Role.SUPERVISION_GROUP})
LISTED: Final = TOWN | WATCHERS | {Role.DEPARTMENT}
GROUND: Final = frozenset({Role.DEPARTMENT, Role.VILLAGE, Role.INSPECTOR})
FIRM: Final = frozenset({Role.PRINCIPAL, Role.SAFETY_OFFICER})
AGENCY: Final = frozenset({Role.SERVICE_AGENCY})  # sees the enterprises its post covers
ADMINS: Final = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
WORKERS: Final = TOWN | WATCHERS | GROUND
SELF_REPORTING: Final = FIRM | {Role.SAFETY_OFFICE, Role.SAFETY_CHIEF, Role.VILLAGE}
SCREENS: Final = frozenset({Role.SAFETY_CHIEF, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
EVERYBODY: Final = frozenset(Role)
KEPT_S: Final = 300
COUNTED_S: Final = 30
BOTTOM_PLACES: Final = 4  # ui: bottom bar
TABS_OF: Final = (("hazards:judged", "standards:list"),)  # a page whose tab stands in another place
OF_CAMPAIGNS: Final = ("campaign", "supervision", "bulletins", "interviews")


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the navigation. key: names its count. url_name: not shown while no such page exists."""

    name: str
    icon: str
    url_name: str
    roles: frozenset[Role]
    group: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A place as this page shows it."""

    name: str
    icon: str
    href: str
    on: bool = False
    count: int = 0
    red: bool = False


# fmt: off
PLACES: Final = (
    Place("工作台",   "layout-dashboard",   "desk:workbench",        EVERYBODY,               0, "desk"),
    Place("专项行动", "flag-3",             "campaigns:list",        LISTED | {Role.VILLAGE}, 1, "campaigns"),
    Place("报表",     "file-spreadsheet",   "campaigns:returns",     LISTED | {Role.VILLAGE}, 1, "returns"),
    Place("隐患",     "alert-triangle",     "hazards:list",          WORKERS | FIRM | AGENCY, 1, "hazards"),
    Place("重大隐患", "alert-octagon",      "hazards:major",         WORKERS,                 1, "major"),
    Place("自查月报", "checklist",          "hazards:self_reports",  SELF_REPORTING,          1, "self_reports"),
    Place("举一反三", "search",             "hazards:same_kinds",    TOWN | GROUND,           1, "same_kind"),
    Place("上级交办", "file-import",        "intake:lists",          LISTED,                  1, "lists"),
    Place("企业",     "building-factory-2", "enterprises:list",      WORKERS | AGENCY,        2, "enterprises"),
    Place("统计",     "chart-bar",          "stats:dashboard",       WORKERS | FIRM,                 3),
    Place("文书",     "file-text",          "documents:list",        TOWN | GROUND,           3, "documents"),
    Place("标准库",   "books",              "standards:list",        WORKERS,                 4),
    Place("组织责任", "sitemap",            "orgs:units",            WORKERS | ADMINS,        4, "orgs"),
    Place("用户权限", "users",              "people:users",          frozenset({Role.SECURITY_ADMIN}), 5),
    Place("参数",     "adjustments",        "standards:parameters",  frozenset({Role.SYSTEM_ADMIN}), 5),
    Place("日历",     "calendar-event",     "standards:calendar",    frozenset({Role.SYSTEM_ADMIN}), 5),
    Place("大屏",     "device-desktop",     "orgs:screens",          SCREENS,                          5),
    Place("审计",     "shield-check",       "trail:audit",           frozenset({Role.AUDIT_ADMIN}),    5),
)
BOTTOM: Final[tuple[tuple[frozenset[Role], tuple[tuple[str, str, str, str], ...]], ...]] = (
    (FIRM,      (("待办", "checklist", "desk:workbench", "desk"), ("隐患", "alert-triangle", "hazards:list", "hazards"),
                 ("自报", "camera", "field:report", ""), ("本厂", "building-factory-2", "enterprises:mine", ""))),
    (EVERYBODY, (("待办", "checklist", "desk:workbench", "desk"), ("隐患", "alert-triangle", "hazards:list", "hazards"),
                 ("报隐患", "camera", "field:report", ""))),
)
LINKS: Final = (
    ("改密码", "password", "people:change_password"),
    ("我的消息", "bell", "desk:notices"),
    ("使用帮助", "help", "hazards:help"),
)
# fmt: on


@once
def address(url_name: str) -> str:
    """Return the address of a page without arguments, or "" while nobody has built it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def way_to(actor: Actor, url_name: str) -> str:
    """Return the address of a page for a button of this person; "" where they could not use it."""
    return address(url_name) if may_open(actor, url_name) else ""


def town_name(town_id: UUID) -> str:
    """Return a town's name; kept for a while, since names hardly change and every page shows it."""
    return str(cache.get_or_set(f"town-name:{town_id}", lambda: orgs.town(town_id).name, KEPT_S))


def counts_key(user_id: UUID | None) -> str:
    """Return where the counts of one person are kept; whoever acts drops them (`CountsMiddleware`)."""
    return f"counts:{user_id}"


def keep_counts(actor: Actor, desk: Desk) -> dict[str, tuple[int, bool]]:
    """Return and keep the counts of the navigation: what waits for this person, by the place where it is done.

    隐患: for who verifies reports the new ones, for everybody else those whose next act is theirs.
    """
    by_what, by_room = desk.by_what, Counter[str]()
    for what, count in by_what.items():
        by_room[what.partition(".")[0]] += count
    majors = by_what.get("major_late", 0)
    counts = {
        "desk": (desk.total, False),
        "hazards": (by_what.get("new_hazards", by_what.get("own_hazards", 0)), False),
        "major": (majors, majors > 0),
        "same_kind": (by_what.get("same_kind.reply", 0), False),
        "self_reports": (by_room["self_report"], False),
        "lists": (by_room["intake"], False),
        "enterprises": (by_room["enterprise"], False),
        "orgs": (by_room["orgs"], False),
        "returns": (by_room["returns"], False),
        "campaigns": (sum(by_room[room] for room in OF_CAMPAIGNS), False),
    }
    cache.set(counts_key(actor.user_id), counts, COUNTED_S)
    return counts


class CountsMiddleware:
    """Drops the counts of whoever has just acted, so that their next page counts anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        actor: Actor | None = getattr(request, "actor", None)
        if request.method == "POST" and actor is not None and actor.user_id is not None:
            cache.delete(counts_key(actor.user_id))
        return response


def unit_name(unit_id: UUID) -> str:
    """Return a unit's short name, kept like a town's."""

    def ask() -> str:
        unit = orgs.units([unit_id]).get(unit_id)
        return unit.short_name if unit else ""

    return str(cache.get_or_set(f"unit-name:{unit_id}", ask, KEPT_S))


class Frame:
    """The frame of one page; everything is computed only when a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.actor: Actor | None = getattr(request, "actor", None)

    @property
    def known(self) -> bool:
        """Whether somebody has logged in."""
        return self.actor is not None and self.actor.user_id is not None

    @property
    def home(self) -> str:
        """Where the brand leads."""
        return address("desk:workbench") if self.known else "/"

    @property
    def place_name(self) -> str:
        """The town or the unit that this person works in."""
        if self.actor is None:
            return ""
        return town_name(self.actor.town_id) if self.actor.town_id else self.actor.unit_name

    @property
    def find(self) -> str:
        """The address of the global search."""
        return address("desk:find") if self.known else ""

    @property
    def sought(self) -> str:
        """The words looked for, on the page of answers only."""
        return self.request.GET.get("q", "") if self.request.path == self.find else ""

    @property
    def who(self) -> str:
        """Who has logged in, by unit and post."""
        actor = self.actor
        if actor is None or not self.known:
            return ""
        unit = unit_name(actor.unit_id) if actor.unit_id and actor.enterprise_id is None else ""
        title = actor.post_title or actor.name
        return title if title.startswith(unit) else f"{unit} {title}"

    @property
    def who_note(self) -> str:
        """Name and unit, under the post."""
        return f"{self.actor.name} · {self.actor.unit_name}" if self.actor else ""

    @property
    def bell_href(self) -> str:
        """Where the bell leads."""
        return address("desk:notices")

    @property
    def log_out(self) -> str:
        """The address that logs out."""
        return address("people:log_out")

    @cached_property
    def counts(self) -> Mapping[str, tuple[int, bool]]:
        """How many things wait behind each place, and whether any of them is late; kept for half a minute."""
        if self.actor is None or not self.known:
            return {}
        actor = self.actor
        now: datetime = self.request.now  # type: ignore[attr-defined] # -- put there with the actor
        found: dict[str, tuple[int, bool]] | None = cache.get(counts_key(actor.user_id))
        return found if found is not None else keep_counts(actor, queries.waiting(actor, now=now, first_n=1))

    @cached_property
    def bell(self) -> int:
        """How many notices are unread."""
        return unread_count(self.actor) if self.actor and self.known else 0

    @property
    def links(self) -> list[Shown]:
        """The links of the who menu."""
        return [Shown(name, icon, address(url)) for name, icon, url in LINKS if address(url)]

    @cached_property
    def groups(self) -> list[list[Shown]]:
        """The left navigation: only pages that exist and that this role has."""
        if not self.known or self.actor is None:
            return []
        held = set(self.actor.role_names)
        mine = [place for place in PLACES if place.roles & held and address(place.url_name)]
        shown = self._light([(place, self._show(place.name, place.icon, place.url_name, place.key)) for place in mine])
        return [group for number in range(6) if (group := [one for place, one in shown if place.group == number])]

    @cached_property
    def more(self) -> list[Shown]:
        """The pages of the navigation that the bottom bar of a phone has no place for, behind its last button."""
        shown = {one.href for one in self.bottom}
        rest = [one for group in self.groups for one in group if one.href not in shown]
        return rest if len(self.bottom) < BOTTOM_PLACES else []

    @cached_property
    def bottom(self) -> list[Shown]:
        """The bottom bar of a phone."""
        if not self.known or self.actor is None:
            return []
        held = set(self.actor.role_names)
        places = next(places for roles, places in BOTTOM if roles & held or roles is EVERYBODY)
        made = [self._show(name, icon, url, key) for name, icon, url, key in places if way_to(self.actor, url)]
        return [replace(one, on=one.href == self.request.path) for one in made[:BOTTOM_PLACES]]

    def _show(self, name: str, icon: str, url_name: str, key: str) -> Shown:
        count, late = self.counts.get(key, (0, False))
        return Shown(name=name, icon=icon, href=address(url_name), count=count, red=late)

    def _light(self, shown: Sequence[tuple[Place, Shown]]) -> list[tuple[Place, Shown]]:
        """Mark the place whose address is the longest beginning of this page's."""
        path = self.request.path
        path = next((address(place) for page, place in TABS_OF if path == address(page)), path)
        fits = [one.href for _, one in shown if path == one.href or (one.href != "/" and path.startswith(one.href))]
        best = max(fits, key=len, default="")
        return [(place, replace(one, on=bool(best) and one.href == best)) for place, one in shown]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's context."""
    return {"frame": Frame(request)}
