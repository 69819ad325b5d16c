"""What can be counted of responsibility: answered from dated rows, not from the cube."""

# ruff: noqa: E501 -- a table is read by column

from typing import Final

from bihuan.kernel.indicators import Asked
from bihuan.orgs.queries import figures

# fmt: off
ASKED: Final[tuple[Asked, ...]] = (
    Asked("orgs.leaders",        "在岗领导",         "当天在岗的领导，一人兼几个岗位算一人", "人", figures.leaders, adds_up=False, lister=figures.name_leaders),
    Asked("orgs.leaders_listed", "有责任清单的领导", "当天在岗、任一领导岗位有现行安全生产责任清单的领导", "人", figures.leaders, adds_up=False, lister=figures.name_leaders, rule="R1.1"),
    Asked("orgs.areas",          "村（社区）",       "当天的村（社区）", "个", figures.areas, lister=figures.name_areas),
    Asked("orgs.areas_led",      "有挂钩领导的村",   "当天有挂钩领导的村（社区）", "个", figures.areas, lister=figures.name_areas, rule="R8.1"),
)
# fmt: on
