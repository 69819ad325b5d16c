"""A cross-check of a return that does not hold, as a sentence that names its cells (R9.8)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doubt:
    """A check that does not hold. cells: those it names. say: what does not fit, in words. firm: words do not help."""

    rule: str
    cells: tuple[str, ...]
    say: str
    firm: bool = False
