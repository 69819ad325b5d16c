"""Size classes of enterprises (国统字〔2017〕213号, R10.6)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

WAN: Final = 10_000
ABOVE_SCALE_REVENUE_WAN: Final = 2_000  # R10.6: 规上 in industry, annual revenue; [from memory]


class SizeClass(StrEnum):
    """大中小微; "" in a row means that the figures are not known."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"


SIZE_NAMES: Final = {
    SizeClass.LARGE: "大型",
    SizeClass.MEDIUM: "中型",
    SizeClass.SMALL: "小型",
    SizeClass.MICRO: "微型",
}


class SizeGroup(StrEnum):
    """The groups of industries that the statistical notice tells apart."""

    INDUSTRY = "industry"
    BUILDING = "building"
    WHOLESALE = "wholesale"
    RETAIL = "retail"
    TRANSPORT = "transport"
    STORAGE = "storage"
    HOSPITALITY = "hospitality"
    FARMING = "farming"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a size class is read from. staff: persons (X). revenue_yuan (Y), assets_yuan (Z): 元; None is unknown."""

    staff: int | None = None
    revenue_yuan: Decimal | None = None
    assets_yuan: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """Lower limits of a class; None where the notice does not ask for that figure. Money in 万元."""

    staff: int | None = None
    revenue_wan: int | None = None
    assets_wan: int | None = None


# A table is read by column, so the formatter leaves it alone.
# fmt: off
LIMITS: Final[dict[SizeGroup, tuple[tuple[SizeClass, Limits], ...]]] = {
    SizeGroup.INDUSTRY:    ((SizeClass.LARGE,  Limits(1000, 40_000)),
                            (SizeClass.MEDIUM, Limits(300, 2_000)),
                            (SizeClass.SMALL,  Limits(20, 300))),
    SizeGroup.BUILDING:    ((SizeClass.LARGE,  Limits(None, 80_000, 80_000)),
                            (SizeClass.MEDIUM, Limits(None, 6_000, 5_000)),
                            (SizeClass.SMALL,  Limits(None, 300, 300))),
    SizeGroup.WHOLESALE:   ((SizeClass.LARGE,  Limits(200, 40_000)),
                            (SizeClass.MEDIUM, Limits(20, 5_000)),
                            (SizeClass.SMALL,  Limits(5, 1_000))),
    SizeGroup.RETAIL:      ((SizeClass.LARGE,  Limits(300, 20_000)),
                            (SizeClass.MEDIUM, Limits(50, 500)),
                            (SizeClass.SMALL,  Limits(10, 100))),
    SizeGroup.TRANSPORT:   ((SizeClass.LARGE,  Limits(1000, 30_000)),
                            (SizeClass.MEDIUM, Limits(300, 3_000)),
                            (SizeClass.SMALL,  Limits(20, 200))),
    SizeGroup.STORAGE:     ((SizeClass.LARGE,  Limits(200, 30_000)),
                            (SizeClass.MEDIUM, Limits(100, 1_000)),
                            (SizeClass.SMALL,  Limits(20, 100))),
    SizeGroup.HOSPITALITY: ((SizeClass.LARGE,  Limits(300, 10_000)),
                            (SizeClass.MEDIUM, Limits(100, 2_000)),
                            (SizeClass.SMALL,  Limits(10, 100))),
    SizeGroup.FARMING:     ((SizeClass.LARGE,  Limits(None, 20_000)),
                            (SizeClass.MEDIUM, Limits(None, 500)),
                            (SizeClass.SMALL,  Limits(None, 50))),
}
# fmt: on


def size_class(group: SizeGroup | None, figures: Figures) -> SizeClass | None:
    """Return the class of an enterprise, None where its industry has no row here or a needed figure is unknown.

    Large, medium and small must reach all their lower limits, otherwise one class lower; the rest is micro (R10.6).
    """
    if group is None or not _known(LIMITS[group][0][1], figures):
        return None
    for size, limits in LIMITS[group]:
        if _reaches(limits, figures):
            return size
    return SizeClass.MICRO


def is_above_scale(group: SizeGroup | None, figures: Figures) -> bool | None:
    """Tell whether an industrial enterprise is 规上 (annual revenue of 2,000 万元 and more); None when unknown."""
    if group is not SizeGroup.INDUSTRY or figures.revenue_yuan is None:
        return None
    return figures.revenue_yuan >= ABOVE_SCALE_REVENUE_WAN * WAN


def _known(limits: Limits, figures: Figures) -> bool:
    return not (
        (limits.staff is not None and figures.staff is None)
        or (limits.revenue_wan is not None and figures.revenue_yuan is None)
        or (limits.assets_wan is not None and figures.assets_yuan is None)
    )


def _reaches(limits: Limits, figures: Figures) -> bool:
    return (
        (limits.staff or 0) <= (figures.staff or 0)
        and (limits.revenue_wan or 0) * WAN <= (figures.revenue_yuan or 0)
        and (limits.assets_wan or 0) * WAN <= (figures.assets_yuan or 0)
    )
