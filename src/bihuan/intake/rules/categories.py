"""The category of a hazard from the list's own word, else from its description; a first guess, changed when graded."""

import re
from functools import lru_cache
from typing import Final

from bihuan.hazards.rules.states import Category

_WORDS: Final[tuple[tuple[Category, str], ...]] = (
    (Category.SPECIAL_EQUIPMENT, r"特种设备|压力容器|锅炉|行车|起重|叉车|电梯|安全阀|气瓶|限位"),
    (Category.DUST, r"粉尘|除尘|棉尘|积尘|泄爆|火花探测"),
    (Category.CONFINED_SPACE, r"有限空间|受限空间|污水池|地坑|储罐内"),
    (Category.CHEMICALS, r"危化|危险化学品|禁配|储罐区|氨|液化气|可燃气体|重点监管化工|烟花爆竹|危废"),
    (Category.ELECTRICAL, r"用电|电气|配电|电线|线路|漏电|接地|私拉"),
    (Category.EVACUATION, r"疏散|安全出口|逃生|消防通道|楼梯|应急灯|指示标志"),
    (Category.FIRE, r"消防|灭火器|消火栓|喷淋|烟感|防火"),
    (Category.CONSTRUCTION, r"脚手架|基坑|临边|塔吊|模板|建筑施工|连墙件"),
    (Category.DANGEROUS_WORK, r"动火|高处作业|吊装|临时用电|危险作业|作业票"),
    (Category.TRAFFIC, r"交通|车辆|驾驶|道路|渡口"),
    (Category.TRAINING, r"教育|培训|持证|证过期|三级教育|特种作业"),
    (Category.EMERGENCY, r"预案|演练|应急物资"),
    (Category.PROTECTION, r"劳保|防护用品|安全帽|口罩|职业病"),
    (Category.PREMISES, r"同一建筑|三合一|住人|防火间距|分隔|宿舍|居民楼"),
    (Category.RESPONSIBILITY, r"责任制|责任书|台账|制度|基础管理|机构人员"),
    (Category.EQUIPMENT, r"防护罩|双手按钮|联锁|皮带轮|机械|设备|冲床|护栏|急停"),
    (Category.MANAGEMENT, r"现场管理|堆放|油污|混放|标识"),
)
_COMPILED: Final = tuple((category, re.compile(pattern)) for category, pattern in _WORDS)


@lru_cache(maxsize=20_000)
def category_of(word: str, description: str) -> Category:
    """Return the category; OTHER when neither the list's word nor the description tells."""
    for text in (word, description):
        for category, pattern in _COMPILED:
            if pattern.search(text):
                return category
    return Category.OTHER
