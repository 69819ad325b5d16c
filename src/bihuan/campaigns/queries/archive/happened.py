"""The events of a campaign that belong into its package: those about what whoever sees the whole town may see."""

from collections.abc import Iterator, Mapping
from typing import Final

from bihuan.campaigns.models import Campaign, Finding
from bihuan.campaigns.queries.archive.cases import cases_of
from bihuan.campaigns.queries.archive.supervised import bulletins_of, interviews_of, rounds_of
from bihuan.campaigns.rules.closing import Table, moment
from bihuan.trail.rules import EventLine

ARCHIVED: Final = ("campaign.archived", "campaign.archiving")
EVENT_HEAD: Final = ("时间", "办理人", "岗位", "办了什么", "理由", "代谁", "哈希")
# What an event of such a kind is about; it is told where all of that may be seen. Nobody sees who was exempted.
ABOUT: Final[Mapping[str, str]] = {
    "campaign.bulletin_": "bulletin",
    "campaign.case_": "case",
    "campaign.finding_": "finding",
    "campaign.interview_": "interview",
    "campaign.round_": "round",
    "campaign.unit_exempted": "exemption",
}


def events_table(row: Campaign, events: list[EventLine], *, inner: bool = False) -> Table:
    """Return the events as a table. inner: those of cases and covert rounds too."""
    rows = [
        (
            moment(one.at),
            one.actor_name,
            f"{one.actor_unit} {one.actor_post}".strip(),
            one.say,
            one.reason,
            one.acting_for,
            one.hash,
        )
        for one in _told(row, events, inner=inner)
    ]
    return Table("events.csv", "全部留痕", EVENT_HEAD, rows)


def _told(row: Campaign, events: list[EventLine], *, inner: bool) -> Iterator[EventLine]:
    rounds, cases = rounds_of(row, inner=inner), cases_of(row) if inner else []
    seen = {
        "bulletin": {str(one.pk) for one in bulletins_of(row)},
        "case": {str(one.pk) for one in cases},
        "exemption": set[str](),
        "finding": {str(pk) for pk in Finding.objects.filter(round__in=rounds).values_list("pk", flat=True)},
        "interview": {str(one.pk) for one in interviews_of(row)},
        "round": {str(one.pk) for one in rounds},
    }
    for one in events:
        about = next((name for start, name in ABOUT.items() if one.kind.startswith(start)), "")
        if one.kind not in ARCHIVED and (not about or _names(one, about, seen[about])):
            yield one


def _names(one: EventLine, about: str, seen: set[str]) -> bool:
    """Tell whether an event names what it is about, and all of it may be seen."""
    said = one.after.get(f"{about}s", one.after.get(about, ()))
    named = {said} if isinstance(said, str) else set(said) if isinstance(said, list) else set()
    return bool(named) and named <= seen
