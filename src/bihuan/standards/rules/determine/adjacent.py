"""Standards of neighbouring fields that the library does not hold: which of them a finding may belong to, by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Adjacent:
    """A standard that is not held. effective_on, effective_until: inclusive, None is open. asks: whom to ask.

    words: of a finding, trades: of an enterprise, that belong to its field; unless: of either, that tell another.
    """

    field: str
    title: str
    document_number: str
    asks: str
    words: tuple[str, ...]
    trades: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    effective_on: date | None = None
    effective_until: date | None = None
    confidence: str = "from-memory"

    def holds_on(self, day: date) -> bool:
        """Tell whether it was in force on a day."""
        begun = self.effective_on is None or self.effective_on <= day
        return begun and (self.effective_until is None or day <= self.effective_until)

    def concerns(self, text: str, own: str) -> bool:
        """Tell whether a finding, or the enterprise it was made at, is of this field; both as they are read."""
        named = any(word in text for word in self.words) or any(word in own for word in self.trades)
        return named and not any(word in text or word in own for word in self.unless)

    def is_of(self, own: str) -> bool:
        """Tell whether the enterprise itself is of this field: a mine, not an eatery that burns gas."""
        return any(word in own for word in self.trades) and not any(word in own for word in self.unless)

    @property
    def says(self) -> str:
        """What people are told: which standard applies, and that nothing was compared with it."""
        from_memory = "" if self.confidence == "compared" else "（文号凭记忆，以原件为准）"
        return (
            f"这可能属于{self.field}，应按《{self.title}》（{self.document_number}）{from_memory}判断；标准库没有收入该标准，"
            f"以上没有和它对照，请对照原件或请{self.asks}认定。"
        )


def adjacent_to(known: Iterable[Adjacent], text: str, own: str, *, on: date) -> tuple[Adjacent, ...]:
    """Return the standards in force on a day that a finding may belong to and that are not held.

    own: what is known of the enterprise, parted by semicolons.
    """
    return tuple(one for one in known if one.holds_on(on) and one.concerns(text, f";{own};"))
