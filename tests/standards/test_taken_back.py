"""A later look, a thing out of use, a thin layer, a cut line, another liquid: what takes a finding away, what not."""

from datetime import date

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, Level
from bihuan.standards.rules.determine.telling import reason

JUDGE = read_judge()
SPRAYERS = Enterprise("家具", ("工贸",), ("喷漆",))
SANDERS = Enterprise("木质家具制造", ("工贸", "粉尘涉爆"), ("木粉尘", "有砂光机"))
PAPER = Enterprise("造纸", ("工贸",), ("污水池",))
ALUMINIUM = Enterprise("五金", ("工贸", "粉尘涉爆"), ("铝粉尘",))
CHEMICALS = Enterprise("化工", ("化工",), ("化工",))
STORE = Enterprise("化工", ("危化品储存",), ("化工",))
PETROL = Enterprise("加油站", ("加油站",), ("汽油",))
TOBACCO = Enterprise("烟草", ("工贸", "烟草"), ("二氧化碳膨胀线",))
TRUCKS = Enterprise("物流", ("特种设备",), ("叉车",))
CRANES = Enterprise("机械加工", ("特种设备",), ("行车",))
BOILERS = Enterprise("食品", ("特种设备",), ("锅炉",))
PIPES = Enterprise("化工", ("化工",), ("蒸汽管",))


@pytest.mark.parametrize(
    ("day", "place", "text", "level"),
    [
        (date(2024, 6, 1), SPRAYERS, "上次查出喷漆房没可燃气报警，这次去看已装", Level.GENERAL),
        (date(2024, 6, 1), SPRAYERS, "复查：原喷漆房未装可燃气体报警，现已安装2只", Level.GENERAL),
        (date(2024, 6, 1), SPRAYERS, "去年查出喷漆房没可燃气报警，今年看已经有了", Level.GENERAL),
        (date(2024, 6, 1), SPRAYERS, "上次查出喷漆房没可燃气报警，这次去看有两只，都亮着", Level.GENERAL),
        (date(2024, 6, 1), SPRAYERS, "喷漆房没可燃气报警(上次),这次有", Level.GENERAL),
        (date(2024, 6, 1), SANDERS, "上次砂光机没火花探测，这次去看已装", Level.GENERAL),
        (date(2024, 6, 1), SANDERS, "砂光机没火花探测的，后来配了一套", Level.GENERAL),
        (date(2024, 6, 1), SPRAYERS, "喷漆房可燃气体报警器2只现已安装", Level.GENERAL),
        (date(2024, 6, 1), SPRAYERS, "现已安装：喷漆房可燃气体报警器2只", Level.GENERAL),
        (date(2024, 6, 1), SPRAYERS, "上次查出喷漆房没可燃气报警，这次去看还是没有", Level.MAJOR),
        (date(2024, 6, 1), SPRAYERS, "上次查出喷漆房没可燃气报警，这次去看装了一只坏的", Level.MAJOR),
        (date(2024, 6, 1), SPRAYERS, "上次说要装可燃气报警，这次去喷漆房一看有两个工人在喷，报警没装", Level.MAJOR),
        (date(2024, 6, 1), PAPER, "污水池没监护，现在有人在下面清淤", Level.MAJOR),
        (date(2024, 6, 1), PAPER, "上次查污水池没挂牌子，这次有人下池没检测", Level.MAJOR),
        (date(2024, 6, 1), SPRAYERS, "喷漆房没可燃气报警，去年说装，后来也没装", Level.MAJOR),
        (date(2024, 6, 1), SPRAYERS, "喷漆房没装可燃气报警，后来装的是假的", Level.MAJOR),
        (date(2024, 6, 1), SPRAYERS, "原来的可燃气报警器拆了，现在喷漆房有两台风机在转", Level.MAJOR),
        (date(2025, 5, 1), TRUCKS, "叉车手刹拉不住,已经停了挂牌等修", Level.GENERAL),
        (date(2025, 5, 1), TRUCKS, "叉车手刹拉不住，车停在一边没用", Level.GENERAL),
        (date(2025, 5, 1), TRUCKS, "叉车刹车坏，车钥匙收了，不准开", Level.GENERAL),
        (date(2025, 5, 1), CRANES, "行车急停失灵，已经停了挂牌", Level.GENERAL),
        (date(2025, 5, 1), BOILERS, "锅炉安全阀锈死，锅炉停烧了两个月", Level.GENERAL),
        (date(2025, 5, 1), BOILERS, "锅炉安全阀锈死，停了两天又烧起来了", Level.MAJOR),
        (date(2025, 5, 1), TRUCKS, "叉车手刹拉不住，停车靠垫木头", Level.MAJOR),
        (date(2025, 5, 1), TRUCKS, "叉车刹车坏，说是停了，去看司机还在拉货", Level.MAJOR),
        (date(2026, 10, 15), SANDERS, "设备上有一层薄灰", Level.GENERAL),
        (date(2026, 10, 15), SANDERS, "窗台上一层灰，擦一下就掉", Level.GENERAL),
        (date(2026, 10, 15), SANDERS, "梁上积灰大概半毫米", Level.GENERAL),
        (date(2026, 10, 15), ALUMINIUM, "地面积灰不到1毫米", Level.GENERAL),
        (date(2026, 10, 15), SANDERS, "地面一层薄灰，下班前扫，只是上周三没记录", Level.GENERAL),
        (date(2026, 10, 15), SANDERS, "梁上积灰有两三毫米厚", Level.MAJOR),
        (date(2026, 10, 15), SANDERS, "横梁上一层木灰，手指一抹一道印", Level.MAJOR),
        (date(2019, 5, 1), PETROL, "汽油卸车用的软管，没用万向臂", Level.GENERAL),
        (date(2024, 5, 1), CHEMICALS, "甲醇装车用的橡胶软管没用万向管", Level.GENERAL),
        (date(2024, 5, 1), CHEMICALS, "乙醇卸车用软管，没万向节", Level.GENERAL),
        (date(2024, 5, 1), CHEMICALS, "盐酸卸车用软管没有万向管", Level.GENERAL),
        (date(2026, 10, 15), CHEMICALS, "甲醇装车用的橡胶软管没用万向管", Level.GENERAL),
        (date(2024, 5, 1), CHEMICALS, "液氯卸车没用万向管", Level.MAJOR),
        (date(2026, 10, 15), STORE, "超量储存", Level.MAJOR),
        (date(2026, 10, 15), STORE, "批的50吨放了80吨", Level.MAJOR),
        (date(2026, 10, 15), SANDERS, "砂光机管道火花探测装了,但电源没接", Level.MAJOR),
        (date(2026, 10, 15), SANDERS, "砂光机火花探测器有,线没接", Level.MAJOR),
        (date(2023, 6, 20), SANDERS, "火花探测有是有，老误报，叫人把线扯了", Level.MAJOR),
        (date(2019, 5, 1), PETROL, "镇上加油站油罐储量到一级站了", Level.MAJOR),
        (date(2025, 3, 1), PIPES, "蒸汽管定检不允许用，还送着汽", Level.MAJOR),
        (date(2022, 3, 1), TOBACCO, "膨胀线上二氧化碳报警响了风机不会自己开", Level.MAJOR),
        (date(2018, 1, 9), SANDERS, "砂光机吸尘管上啥火花探头都冇得", Level.MAJOR),
    ],
)
def test_given_what_changes_a_finding_when_read_then_the_level_follows(
    day: date, place: Enterprise, text: str, level: Level
) -> None:
    assert JUDGE.determine(Case(text, day, place)).stated is level


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("粉碎机进料口没装踏板", Enterprise("饲料", ("工贸", "粉尘涉爆"), ("粮食粉尘",))),
        ("砂光机吸尘管上没有支架", SANDERS),
        ("塔吊没装彩灯", Enterprise("房建", ("建筑施工",), ("塔吊",))),
    ],
)
def test_given_a_missing_thing_that_no_clause_asks_for_when_like_a_major_one_then_a_person_is_asked(
    text: str, place: Enterprise
) -> None:
    verdict = JUDGE.determine(Case(text, date(2018, 2, 1) if "粉碎" in text else date(2025, 6, 1), place))

    assert verdict.stated is Level.OPEN
    assert "看不出是不是条文要求的东西" in reason(verdict)
