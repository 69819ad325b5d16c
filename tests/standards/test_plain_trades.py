"""What chemicals, fireworks and special equipment are called in people's words, each beside a near miss."""

from datetime import date

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, Level

# Of each pair the first is major by the clause, and the second, in nearly the same words, general.
PAIRS = (
    (
        "huagong-2017-05",
        "2018-02-22",
        "罐区,一级重大危险源",
        "苯乙烯罐出料口真漏了要人跑进围堰里拧",
        "苯乙烯罐出料口的切断阀遥控试过能关，旁边手轮阀掉漆",
    ),
    (
        "huagong-2017-17",
        "2018-03-20",
        "反应釜",
        "怎么开釜全听师傅嘴上讲，墙上没有柜子里也没有本本",
        "怎么开釜规程贴着，新手听师傅讲了一遍，墙上灯不亮",
    ),
    ("huagong-2026-5-5-9", "2026-10-22", "引发剂", "车间地上摞着七八箱引发剂，够用四五天", "车间地上摞着空纸箱没收走"),
    ("huagong-2026-5-4-9", "2026-10-20", "液氯", "放氯的库就是个棚，四面通风", "放氯的库是封闭的，门口牌子掉了"),
    ("yanhua-2017-08", "2018-01-22", "烟花爆竹生产", "三号中转库里停摩托还支了张床", "办公楼门口停摩托挡着路"),
    (
        "yanhua-2017-05",
        "2019-11-20",
        "烟花爆竹生产",
        "结好的鞭码得门都推不开，定量早超了",
        "结鞭间没超定量，门推着费劲",
    ),
    (
        "special-equipment-2024-4-6-b",
        "2025-02-20",
        "货梯",
        "货梯门敞着还能上能下，门锁那搭了根线",
        "货梯门敞着就走不了，轿厢里灯坏一个",
    ),
    ("special-equipment-2024-4-9-e", "2025-02-21", "飞椅", "飞椅大臂焊口裂了一拃长", "飞椅大臂焊口看过没裂，漆掉了"),
    ("special-equipment-2024-4-2-d", "2025-02-18", "锅炉", "锅炉缺水了喇叭不叫", "锅炉房广播喇叭不叫"),
)
SECTORS = {"huagong": "化工", "yanhua": "烟花爆竹", "special": "特种设备"}


@pytest.mark.parametrize(("clause", "day", "features", "major", "general"), PAIRS)
def test_given_plain_words_when_judged_then_the_clause_is_met_and_its_near_miss_is_general(
    clause: str, day: str, features: str, major: str, general: str
) -> None:
    place = Enterprise("", (SECTORS[clause.split("-")[0]],), tuple(features.split(",")))

    met, near = (read_judge().determine(Case(text, date.fromisoformat(day), place)) for text in (major, general))

    assert met.deciding is not None
    assert (met.level, met.deciding.rule.item.id, near.level) == (Level.MAJOR, clause, Level.GENERAL)
