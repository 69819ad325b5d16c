"""What can be counted of superior's lists: answered from uploads and their items, not from the cube."""

from typing import Final

from bihuan.intake.queries import figures
from bihuan.kernel.indicators import Asked

ASKED: Final[tuple[Asked, ...]] = (
    Asked(
        "intake.received",
        "上级交办事项",
        "这段时间收到（上传）的上级清单所列事项，同一清单的新版本不重复计",
        "项",
        figures.items_received,
        adds_up=False,
        lister=figures.name_items,
    ),
    Asked(
        "intake.accepted_in_time",
        "一个工作日内入账",
        "收到后一个工作日内登记为隐患的事项",
        "项",
        figures.items_received,
        adds_up=False,
        lister=figures.name_items,
    ),
)
