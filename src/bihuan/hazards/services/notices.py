"""Who hears of an act: whoever did not do it and must know it (the bell; what waits is the workbench's business)."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act, event_kind
from bihuan.hazards.rules.deadlines import is_warned
from bihuan.hazards.services.change import Change
from bihuan.hazards.services.telling import SUBJECT
from bihuan.kernel.roles import Role
from bihuan.orgs import queries as orgs
from bihuan.trail.rules import Telling


class Hears(StrEnum):
    """Somebody by their part in a hazard."""

    PARTY = "party"
    SUPERVISOR = "supervisor"
    ASKER = "asker"
    LEADERS = "leaders"  # of a major hazard, from the warning on (R3.20)


_BOTH: Final = (Hears.PARTY, Hears.SUPERVISOR)
HEARS: Final[Mapping[Act, tuple[Hears, ...]]] = {
    Act.ASSIGN: _BOTH,
    Act.REOPEN: _BOTH,
    Act.FAIL: _BOTH,
    Act.CHECK_EXPIRED: _BOTH,
    Act.FAIL_ACCEPTANCE: _BOTH,
    Act.SUPERIOR_REFUSE: _BOTH,
    Act.REMIND: (*_BOTH, Hears.LEADERS),
    Act.LIST: _BOTH,
    Act.RECORD_LISTING: _BOTH,
    Act.RAISE_LEVEL: _BOTH,
    Act.SUSPEND: _BOTH,
    Act.RESUME: _BOTH,
    Act.PROPOSE_LICENCE_SUSPENSION: _BOTH,
    Act.RECORD_LICENCE_ANSWER: _BOTH,
    Act.APPLY_RESUMPTION: (Hears.SUPERVISOR,),
    Act.REFUSE_RESUMPTION: (*_BOTH, Hears.ASKER),
    Act.HAND_IN: (Hears.SUPERVISOR,),
    Act.REASSIGN: (Hears.SUPERVISOR,),
    Act.ADOPT_DEADLINE: _BOTH,
    Act.GRANT_EXTENSION: (Hears.ASKER, Hears.SUPERVISOR),
    Act.REFUSE_EXTENSION: (Hears.ASKER,),
    Act.APPROVE_LOWERING: (Hears.ASKER, Hears.SUPERVISOR),
    Act.REFUSE_LOWERING: (Hears.ASKER,),
    Act.APPROVE_INVALID: (Hears.ASKER,),
    Act.REFUSE_INVALID: (Hears.ASKER,),
}


def tellings(changes: Sequence[Change]) -> list[Telling]:
    """Return one telling per hazard to the posts and users that must hear of it.

    At most two queries for all, and a few more for each town whose leaders hear of it.
    """
    hears = HEARS.get(changes[0].act, ()) if changes else ()
    if not hears:
        return []
    posts = _party_posts(changes) if Hears.PARTY in hears else {}
    warned = [one.row for one in changes if Hears.LEADERS in hears and is_warned(one.row.level, one.given.escalation)]
    led = leader_posts(warned, on=changes[0].today) if warned else {}
    told = []
    for change in changes:
        to_posts = {*posts.get(change.row.pk, ()), *led.get(change.row.pk, ())}
        if Hears.SUPERVISOR in hears and change.row.supervisor_post_id is not None:
            to_posts.add(change.row.supervisor_post_id)
        asker = getattr(change.side_row, "asked_by_id", None) if Hears.ASKER in hears else None
        to_users = {asker} - {None, change.actor.user_id}
        to_posts -= {change.actor.post_id}
        if to_posts or to_users:
            told.append(_telling(change, sorted(to_posts), [one for one in to_users if one is not None]))
    return told


def leader_posts(rows: Sequence[Hazard], *, on: date) -> dict[UUID, set[UUID]]:
    """Return the posts of each hazard's attached leader and of the head of the leading group (R3.20), by hazard."""
    found: dict[UUID, set[UUID]] = {}
    for town_id in {row.town_id for row in rows}:
        heads = {post.id for post in orgs.posts_with_role(town_id, Role.COMMITTEE_CHAIR, on=on)}
        attached = orgs.leaders(town_id, on)
        for row in rows:
            if row.town_id == town_id:
                leader = attached.of(path=row.path, enterprise_id=row.enterprise_id)
                found[row.pk] = heads | ({leader.id} if leader is not None else set())
    return found


def _telling(change: Change, posts: Sequence[UUID], users: Sequence[UUID]) -> Telling:
    row = change.row
    return Telling(
        say=f"{row.place_name} {row.number}：{change.say or change.title()}",
        kind=event_kind(change.act),
        posts=tuple(posts),
        users=tuple(users),
        town_id=row.town_id,
        subject_type=SUBJECT,
        subject_id=row.pk,
        url_name="hazards:show",
        url_args=(str(row.pk),),
    )


def _party_posts(changes: Sequence[Change]) -> dict[UUID, list[UUID]]:
    today = changes[0].today
    firms = {change.row.enterprise_id for change in changes if change.row.enterprise_id is not None}
    units = {
        change.row.party_unit_id
        for change in changes
        if change.row.enterprise_id is None and change.row.party_unit_id is not None
    }
    by_firm = orgs.posts_of_enterprises(firms, today) if firms else {}
    of_units = orgs.posts_of_units(units, today) if units else []
    found: dict[UUID, list[UUID]] = {}
    for change in changes:
        row = change.row
        if row.enterprise_id is not None:
            found[row.pk] = [post.id for post in by_firm.get(row.enterprise_id, ())]
        else:
            found[row.pk] = [post.id for post in of_units if post.unit.id == row.party_unit_id]
    return found
