"""Chinese words for what an enterprise carries, for pages and exports."""

from collections.abc import Iterable
from typing import Final

from bihuan.standards.rules import FEATURE_NAMES, SECTOR_NAMES, Feature, Sector


def sector_name(code: str) -> str:
    """Return the Chinese name of a sector; an unknown one says so."""
    return SECTOR_NAMES[Sector(code)] if code in set(Sector) else "行业未识别"


def feature_names(codes: Iterable[str]) -> list[str]:
    """Return the Chinese names of safety features; unknown ones are left out."""
    known = set(Feature)
    return [FEATURE_NAMES[Feature(code)] for code in codes if code in known]


# title of a group, the feature it begins with; the groups follow the order of Feature
GROUPS: Final = (
    ("粉尘、冶炼、制冷和其他工贸工艺", Feature.DUST_EXPLOSIVE),
    ("承包和特殊作业", Feature.CONTRACTED_OUT),
    ("化工和危险化学品", Feature.CHEMICAL_PRODUCTION),
    ("烟花爆竹", Feature.FIREWORKS_PRODUCTION),
    ("建筑施工", Feature.CONSTRUCTION_SITE),
    ("人员密集、消防和燃气", Feature.CROWDED_PLACE),
    ("特种设备", Feature.BOILER),
)


def grouped_features() -> list[tuple[str, list[Feature]]]:
    """Return the safety features in groups, so that nobody reads through all of them."""
    starts = {feature: title for title, feature in GROUPS}
    groups: list[tuple[str, list[Feature]]] = []
    for feature in Feature:
        if feature in starts:
            groups.append((starts[feature], []))
        groups[-1][1].append(feature)
    return groups
