"""What campaigns answer from their own dated rows, for the indicators of the catalogue (rules, section 13)."""
# ruff: noqa: E501 -- a table is read by column

from typing import Final

from bihuan.campaigns.queries.returns import owed
from bihuan.kernel.indicators import Asked

# fmt: off
RETURNS: Final[tuple[Asked, ...]] = (
    Asked("campaigns.returns_due",     "应报送的报表", "这段时间到期应报送的报表（R9.7）", "份", owed.count, adds_up=False, page="campaigns:returns"),
    Asked("campaigns.returns_on_time", "按时报送的报表", "这段时间到期、在时限前第一次报送的报表（R9.7）", "份", owed.count, adds_up=False, page="campaigns:returns"),
)
# fmt: on
ASKED: Final[tuple[Asked, ...]] = (*RETURNS,)
