"""How much of a long walk is gone: all of it in `make soak`, a part that changes with its seed in `make test`."""

from collections.abc import Sequence
from typing import Final, TypeVar

from hypothesis import settings

T = TypeVar("T")
SOAKS: Final = settings().max_examples >= 1_000


def some(steps: Sequence[T], *, of: int, begin: int) -> list[T]:
    """Return one of so many steps, from the one numbered `begin` (counted round) on; all of them in `make soak`."""
    return list(steps) if SOAKS else list(steps)[begin % of :: of]
