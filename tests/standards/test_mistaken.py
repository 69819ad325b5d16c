"""Words taken for other words: a distance for a quantity, one exit for one lamp, any pipe for a pressure pipe."""

from datetime import date

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, Level

FIREWORKS = Enterprise("花炮厂", ("烟花爆竹",), ("烟花爆竹生产",))
SHOP = Enterprise("商场", ("商店",), ("四层",))
SITE = Enterprise("商业楼", ("建筑施工",), ("深基坑",))
CROWD = Enterprise("商务楼", ("人员密集",), ("三层",))
QUARRY = Enterprise("采石场", ("非煤矿山",), ("露天",))
STATION = Enterprise("加油站", ("消防", "加油站"), ("二级站",))


@pytest.mark.parametrize(
    ("text", "on", "place", "level"),
    [
        ("药库离最近房子一百二十米，规定八十，库门合页锈", date(2022, 1, 11), FIREWORKS, Level.GENERAL),
        ("库房防雷引下线被人剪走一截", date(2022, 1, 11), FIREWORKS, Level.MAJOR),
        ("许可证是借别家公司的", date(2022, 1, 11), FIREWORKS, Level.MAJOR),
        ("自动喷水管道没接水", date(2020, 12, 2), SHOP, Level.GENERAL),
        ("坑深十一米，到现在没委托第三方监测", date(2025, 6, 25), SITE, Level.MAJOR),
        ("坑深一米，没委托第三方监测", date(2025, 6, 25), SITE, Level.GENERAL),
        ("消防通道堵死，安全出口锁了一个，应急照明全没有", date(2018, 5, 3), CROWD, Level.MAJOR),
        ("台阶没分，一面坡到底，底下在装车", date(2024, 3, 12), QUARRY, Level.OPEN),
        ("值班室灭火器过期两具", date(2024, 3, 12), QUARRY, Level.GENERAL),
        ("镇中心加油站，核下来是二级站，罐区围栏破了一截", date(2021, 5, 25), STATION, Level.GENERAL),
    ],
)
def test_given_such_words_when_judged_then_they_are_taken_for_what_they_say(
    text: str, on: date, place: Enterprise, level: Level
) -> None:
    assert read_judge().determine(Case(text, on, place)).stated is level
