"""Whether a kind of trade can have a kind of hazard; a no is a note to look again, never a verdict."""

import re
from functools import lru_cache
from typing import Final

# Words of a hazard, and the words of trades or names that can have it. Common sense, not law.
_NEEDS: Final[tuple[tuple[str, str], ...]] = (
    (r"木工|砂光机", r"木|家具|装饰|装修|建筑|工地|包装|板材"),
    (r"棉尘|纺织车间|纺纱|织机|定型机", r"纺|棉|印染|织|服装|毛|绒|纱"),
    (r"速冻|氨直接蒸发|液氨|氨制冷|冷库", r"冷|冻|食品|肉|水产|饮料|乳|屠宰|物流|仓储|超市"),
    (r"脚手架|连墙件|基坑|临边|塔吊|高支模", r"建筑|工地|施工|市政|装修|房屋|项目"),
    (r"铝粉|镁粉|金属粉尘", r"铝|镁|金属|五金|机械|抛光|打磨|汽|摩托"),
    (r"化工工艺|反应釜|聚合釜|精馏", r"化工|化学|药|涂料|树脂|农药|助剂|颜料"),
    (r"冶炼|熔炼|铁水|钢水|中频炉|坩埚", r"冶|铸|钢|铁|铝|铜|有色|金属"),
    (r"冲床|剪板机|折弯机", r"机械|五金|金属|铝|钢|电|冲压|设备|车|家具|加工(?!粮)"),
    (r"行车|桥式起重机", r"机|铸|金属|钢|铝|仓储|物流|建材|设备|锅炉|电镀|印染|造纸|工地|建筑|码头"),
    (r"烟花爆竹", r"烟花|爆竹|土产|供销"),
    (r"储罐区|卸油|加油机", r"化|油|气|涂料|药|印染|树脂"),
    (r"面粉|粮食粉尘|筒仓", r"面粉|粮|饲料|食品|米|淀粉"),
)
_COMPILED: Final = tuple((re.compile(hazard), re.compile(trade)) for hazard, trade in _NEEDS)


@lru_cache(maxsize=20_000)
def is_unlikely(description: str, *, industry: str, enterprise: str) -> bool:
    """Tell whether a hazard hardly fits the trade; never when the list names no industry."""
    if not industry:
        return False
    trade = industry + enterprise
    return any(hazard.search(description) and not fits.search(trade) for hazard, fits in _COMPILED)
