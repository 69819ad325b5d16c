"""Whom a letter means by 你局 or 你们: those it is addressed to."""

import re
from collections.abc import Sequence
from typing import Final

from bihuan.campaigns.rules.front import is_address
from bihuan.campaigns.rules.names import Answerable, addressed
from bihuan.campaigns.rules.text import Line

_YOU_ALL: Final = "你们"
_YOU: Final = re.compile(r"[你贵](?:单位|公司|部门|企业|街道|园区|[局委办厅校镇乡县市区州院所站村厂矿社会])")


def first_addressed(lines: Sequence[Line]) -> tuple[Answerable, ...]:
    """Return those that the first line of address names: 县住建局："""
    return next((addressed(line) for line in lines if not line.cell and is_address(line)), ())


def meant(parties: Sequence[Answerable], addressees: Sequence[Answerable]) -> tuple[Answerable, ...]:
    """Return parties with the names of those addressed for 你局 (of one only) and 你们 (of nobody: nobody)."""
    found: list[Answerable] = []
    for one in parties:
        if one.name == _YOU_ALL or (_YOU.fullmatch(one.name) and len(addressees) == 1):
            found += addressees
        else:
            found.append(one)
    return tuple(found)
