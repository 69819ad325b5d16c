"""The closed sets of an import, and the identity of lists and items (R3.34)."""

import hashlib
from enum import StrEnum
from typing import Final

from bihuan.intake.rules.cells import plain
from bihuan.intake.rules.names import comparable

NEW_FIRM: Final = "new"  # the choice that puts an enterprise on file
SAME_IN_TOWN: Final = "same"  # the kind of a name that is exact but for the own town's name in front


class RunState(StrEnum):
    """Where a file on its way in stands."""

    READING = "reading"
    READ = "read"
    FAILED = "failed"
    DONE = "done"
    DROPPED = "dropped"


RUN_STATE_NAMES: Final[dict[RunState, str]] = {
    RunState.READING: "正在读",
    RunState.READ: "待核对",
    RunState.FAILED: "没有读成",
    RunState.DONE: "已入账",
    RunState.DROPPED: "已放弃",
}


class Difference(StrEnum):
    """What a draft's row is against the list's earlier version."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


DIFFERENCE_NAMES: Final[dict[Difference, str]] = {
    Difference.NEW: "新增",
    Difference.CHANGED: "有变化",
    Difference.SAME: "没有变化",
}


class Offer(StrEnum):
    """What became of a deadline that a later version moved (R3.33)."""

    OPEN = "open"
    TAKEN = "taken"
    KEPT = "kept"


def list_key(*, organ: str, doc_no: str, title: str) -> str:
    """Return the identity of a list: its organ and number, or its title where it has no number."""
    return _hashed(plain(organ), plain(doc_no) or f"title:{comparable(title)}")


def item_key(*, list_id: str, organ: str, doc_no: str, seq_no: str, enterprise: str, description: str, nth: int) -> str:
    """Return the identity of an item: organ, number, seq, enterprise, description (R3.34).

    Without a document number the list stands in for it. enterprise: the id on file, or the name. nth: 0 for the first
    of several that are alike in all of these.
    """
    return _hashed(
        plain(organ),
        plain(doc_no) or f"list:{list_id}",
        plain(seq_no),
        plain(enterprise),
        comparable(description),
        str(nth),
    )


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
