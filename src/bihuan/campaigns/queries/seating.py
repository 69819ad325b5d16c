"""The seats of the leading group as a plan names them, before anybody is seated (R9.2)."""

import re
from datetime import datetime
from typing import Final

from bihuan.campaigns.models import Campaign, GroupSeat

_PERSON: Final = re.compile(r"[（(]([一-龥·]{2,6})[）)]$")  # 镇长（孔某）


def seats_of(row: Campaign, *, now: datetime) -> list[GroupSeat]:
    """Return the seats that the plan names, none written yet; a person it names outright fills his, the others wait for
    the office."""
    places = [
        (title, named) for title, names in (row.group or {}).get("posts", {}).items() for named in (names or [""])
    ]
    longest_title = GroupSeat._meta.get_field("title").max_length
    longest_named = GroupSeat._meta.get_field("named").max_length
    return [
        GroupSeat(
            campaign=row,
            title=title[:longest_title],
            named=named[:longest_named],
            holder=found[1] if (found := _PERSON.search(named)) else "",
            sort_no=number,
            made_at=now,
        )
        for number, (title, named) in enumerate(places)
    ]
