"""The sector of a new enterprise from the trade that a list names; OTHER, for the office to set, if it is not told."""

import re
from functools import lru_cache
from typing import Final

from bihuan.standards.rules import Sector, sectors_of

_WORDS: Final[tuple[tuple[Sector, str], ...]] = (
    (Sector.FIREWORKS, r"烟花|爆竹"),
    (Sector.HAZARDOUS_CHEMICALS, r"危险化学品|危化|加油|加气|液化气"),
    (Sector.CHEMICAL, r"化工|涂料|树脂|农药|助剂"),
    (Sector.PHARMACEUTICAL, r"制药|医药"),
    (Sector.METALLURGY, r"冶金|钢铁|黑色金属"),
    (Sector.NONFERROUS, r"有色|铝压铸|铝制品|铜"),
    (Sector.BUILDING_MATERIALS, r"建材|水泥|玻璃|陶瓷|砖"),
    (Sector.CONSTRUCTION, r"建筑|施工|工地|市政|装修"),
    (Sector.TEXTILE, r"纺|印染|服装|织"),
    (Sector.LIGHT_INDUSTRY, r"食品|饲料|粮|木|家具|造纸|塑料|塑业|轻工|酒|冷冻|包装|印刷"),
    (Sector.MACHINERY, r"机械|五金|电镀|铸造|锅炉|设备制造|电器|汽配"),
    (Sector.FIRE_CROWDED, r"学校|幼儿园|养老|敬老|医院|餐饮|饭店|宾馆|旅馆|酒店|商场|超市|网吧|歌舞|影剧"),
    (Sector.COMMERCE, r"商贸|仓储|物流|批发|零售|市场"),
    (Sector.ROAD_TRANSPORT, r"运输|客运|货运"),
    (Sector.WATER_TRANSPORT, r"渡口|船|水上|码头"),
    (Sector.SPECIAL_EQUIPMENT, r"特种设备"),
    (Sector.MINING, r"矿"),
    (Sector.GAS, r"燃气"),
    (Sector.FISHERY, r"渔"),
    (Sector.FARM_MACHINERY, r"农机"),
)
_COMPILED: Final = tuple((sector, re.compile(pattern)) for sector, pattern in _WORDS)


@lru_cache(maxsize=5_000)
def sector_of(industry: str, name: str) -> Sector:
    """Return the lead sector that a trade and a name suggest."""
    known = sectors_of(industry)
    if len(known) == 1:
        return next(iter(known))
    for text in (industry, name):
        for sector, pattern in _COMPILED:
            if pattern.search(text):
                return sector
    return Sector.OTHER
