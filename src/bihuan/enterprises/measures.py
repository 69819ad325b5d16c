"""What can be counted of enterprises: answered from rows and what changed them, not from the cube."""

from typing import Final

from bihuan.enterprises.queries import figures
from bihuan.kernel.indicators import Asked

ASKED: Final[tuple[Asked, ...]] = (
    Asked(
        "enterprises.active",
        "在册企业",
        "当天在册的企业，除去已合并和已注销的",
        "家",
        figures.register,
        by_sector=True,
        lister=figures.name_firms,
        page="enterprises:list",
    ),
    Asked(
        "enterprises.one_lead",
        "有唯一牵头部门的企业",
        "当天在册、所属行业由本镇定了一个牵头部门的企业",
        "家",
        figures.register,
        by_sector=True,
        lister=figures.name_firms,
        rule="R1.2",
    ),
)
