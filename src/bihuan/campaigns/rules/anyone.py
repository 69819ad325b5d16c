"""Whom a ban is for that names nobody else: 未经批准，任何人不得进入."""

import re
from typing import Final

from bihuan.campaigns.rules.names import Party

ANYONE: Final = re.compile(
    r"任何(?:单位|个人|人员|人|企业|部门|场所|施工现场)(?:、组织(?:和|或|及)个人)?(?=不得|不准|不许|均不|都不|一律不)"
)


def anyone(folded: str) -> list[Party]:
    """Return whom a ban without any other subject is for: 未经批准，任何人不得进入."""
    first = next(ANYONE.finditer(folded), None)
    if first is None:
        return []
    pieces = re.finditer("[^、和或及]+", first.group())
    return [Party(one.group(), first.start() + one.start(), first.start() + one.end()) for one in pieces]
