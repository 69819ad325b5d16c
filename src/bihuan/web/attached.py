"""Files that hang on something, as pages list them: by the name they had, with their kind and size."""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple
from uuid import UUID

from bihuan.trail import queries as trail
from bihuan.trail.rules.contents import described

LONGEST: Final = 32  # letters of a name; the whole of it is told on hover
TAIL: Final = 10  # of which these are the last, with the ending
NAMELESS: Final = "文件"


class Attached(NamedTuple):
    """A file in a list. name: as shown. whole: as it was called, where that is longer. note: kind and size."""

    href: str
    name: str
    whole: str
    note: str


def attached(ids: Iterable[UUID], href: Callable[[UUID], str]) -> dict[UUID, Attached]:
    """Return these files as a page lists them, in their order; one query. href: the guarded address of a file.

    The caller has found the ids in what the viewer sees, as the address finds them again.
    """
    wanted = list(dict.fromkeys(ids))
    known = trail.files(wanted) if wanted else {}
    found = {}
    for one in wanted:
        stored = known.get(one)
        whole = stored.name if stored is not None else NAMELESS
        note = described(stored.media_type, stored.size) if stored is not None else ""
        found[one] = Attached(href(one), shortened(whole), whole if len(whole) > LONGEST else "", note)
    return found


def shortened(name: str) -> str:
    """Return a file's name, of a long one its beginning and its end."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - TAIL - 1]}…{name[-TAIL:]}"
