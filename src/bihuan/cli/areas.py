"""Find the town, or the county, city or province above towns, that an operator names."""

from django.core.management.base import CommandError

from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind
from bihuan.orgs.rules.codes import code_of_path, path_of_code
from bihuan.orgs.rules.refs import UnitRef

KINDS = (UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY, UnitKind.TOWN)


def area_called(wanted: str) -> UnitRef:
    """Return the one area of this code or name; "" is the only town, where there is but one. Raises CommandError."""
    words = wanted.strip()
    known = orgs.units_below("/", KINDS)
    if not words:
        only = orgs.only_town_id()
        found = [one for one in known if one.id == only]
    elif words.isdigit():
        found = [one for one in known if one.path == path_of_code(words)]
    else:
        found = [one for one in known if words in {one.name, one.short_name}]
    if len(found) == 1:
        return found[0]
    listed = "、".join(f"{one.name}（{code_of_path(one.path)}）" for one in known[:30]) or "一个也没有"
    raise CommandError(f"请用 --for 写明适用范围，一个镇或者县（区）的全名或行政区划代码。现有：{listed}")
