"""Chinese words for what an enterprise carries, for pages and exports."""

from collections.abc import Iterable

from bihuan.standards.rules import FEATURE_NAMES, SECTOR_NAMES, Feature, Sector


def sector_name(code: str) -> str:
    """Return the Chinese name of a sector; an unknown one says so."""
    return SECTOR_NAMES[Sector(code)] if code in set(Sector) else "行业未识别"


def feature_names(codes: Iterable[str]) -> list[str]:
    """Return the Chinese names of safety features; unknown ones are left out."""
    known = set(Feature)
    return [FEATURE_NAMES[Feature(code)] for code in codes if code in known]
