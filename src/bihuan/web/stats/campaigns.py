"""The campaigns that run: clauses reached and behind at the viewer's place, each a link into the plan page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from bihuan.campaigns import queries
from bihuan.campaigns.queries import Standings
from bihuan.campaigns.rules.lines import ClauseLine
from bihuan.campaigns.rules.standing import GROUP_NAMES, GROUPS, STANDING_NAMES, Group
from bihuan.kernel.actor import Actor
from bihuan.web.parts import Part, Stack

SHOWN: Final = 5
LONG: Final = 44
TONES: Final = {
    Group.REACHED: "a",
    Group.UNDER_WAY: "c",
    Group.BEHIND: "x",
}  # the groups of the plan page, as named there


@dataclass(frozen=True, slots=True)
class Late:
    """A clause that is behind. why: its worst figure in words."""

    label: str
    text: str
    standing: str
    why: str
    href: str


@dataclass(frozen=True, slots=True)
class Board:
    """A campaign on the dashboard. title: the answer. left: days, None without an end. more: clauses not named."""

    title: str
    name: str
    place: str
    href: str
    left: int | None
    stack: Stack
    late: Sequence[Late]
    more: int


def boards(viewer: Actor, *, on: date, today: date) -> list[Board]:
    """Return the campaigns that ran on a day and that the viewer may open."""
    return [_board(one, on, today) for one in queries.standings_for(viewer, on=on, today=today)]


def _board(one: Standings, on: date, today: date) -> Board:
    day = {} if on == today else {"on": on.isoformat()}

    def href(**asked: Any) -> str:
        return f"{reverse('campaigns:show', args=[one.id])}?{urlencode({'of': one.place_key, **day, **asked})}"

    amounts = {group: sum(one.counts.get(kind, 0) for kind in kinds) for group, kinds in GROUPS.items()}
    behind, reached = amounts[Group.BEHIND], amounts[Group.REACHED]
    title = (
        f"{behind} 条落后，{reached} 条达标，共 {one.clauses} 条"
        if behind
        else f"没有条款落后，{reached} 条达标，共 {one.clauses} 条"
    )
    parts = [
        Part(GROUP_NAMES[group], amount, TONES.get(group, "e"), href(only=group.value))
        for group, amount in amounts.items()
    ]
    return Board(
        title=title,
        name=one.title,
        place=one.place_name,
        href=href(),
        left=max((one.ends_on - on).days, 0) if one.ends_on else None,
        stack=Stack([part for part in parts if part.value]),
        late=[_late(line, href(section=_top(line.section))) for line in one.late[:SHOWN]],
        more=max(len(one.late) - SHOWN, 0),
    )


def _late(line: ClauseLine, href: str) -> Late:
    worst = next((one for one in line.figures if one.standing is line.standing), None)
    why = f"{worst.title} {worst.text}" if worst else f"{line.tasks.late} 件任务逾期" if line.tasks.late else ""
    text = line.text if len(line.text) <= LONG else f"{line.text[:LONG]}…"
    return Late(line.label, text, STANDING_NAMES[line.standing], why, href)


def _top(section: str) -> str:
    head, mark, _ = section.partition(")")
    return head + mark
