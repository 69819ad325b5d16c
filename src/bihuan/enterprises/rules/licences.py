"""Safety licences (安全生产许可证): who must hold one, and one as written down (安全生产许可证条例, R3.29)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class LicenceKind(StrEnum):
    """Who must hold a safety licence (安全生产许可证条例 art. 2)."""

    MINING = "mining"
    CONSTRUCTION = "construction"
    CHEMICALS = "chemicals"
    FIREWORKS = "fireworks"
    EXPLOSIVES = "explosives"


LICENCE_KIND_NAMES: Final[dict[LicenceKind, str]] = {
    LicenceKind.MINING: "矿山",
    LicenceKind.CONSTRUCTION: "建筑施工",
    LicenceKind.CHEMICALS: "危险化学品生产",
    LicenceKind.FIREWORKS: "烟花爆竹生产",
    LicenceKind.EXPLOSIVES: "民用爆炸物品生产",
}


@dataclass(frozen=True, slots=True)
class Licence:
    """A safety licence as written down. organ: who issued it, and alone may suspend it. Days inclusive."""

    kind: LicenceKind
    number: str
    organ: str
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def label(self) -> str:
        """The licence as people name it."""
        return f"安全生产许可证（{LICENCE_KIND_NAMES[self.kind]}）{self.number}"

    def is_expired(self, on: date) -> bool:
        """Tell whether its last day has passed."""
        return self.valid_to is not None and self.valid_to < on


def licence_refused(licence: Licence) -> tuple[str, str]:
    """Return why a licence cannot be written down so, and the field; "" when it can."""
    if not licence.number.strip():
        return "请填写许可证编号，照证件抄。", "number"
    if not licence.organ.strip():
        return "请填写发证机关，照证件抄。", "organ"
    if licence.valid_from and licence.valid_to and licence.valid_to < licence.valid_from:
        return "有效期的止期早于起期，请照证件核对。", "valid_to"
    return "", ""
