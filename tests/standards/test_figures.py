"""Which figures of a text count against the limit of a clause."""

from datetime import date

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise

WINTER = date(2018, 1, 15)
SUMMER = date(2023, 6, 15)
AUTUMN = date(2026, 10, 15)
DUMPLINGS = Enterprise("水饺", ("工贸",), ("液氨",))
CRACKERS = Enterprise("鞭炮厂", ("烟花爆竹",), ("烟花生产",))
JOINER = Enterprise("木业", ("工贸",), ("木粉尘",))
FACADES = Enterprise("幕墙", ("建筑施工",), ("吊篮",))


def level(text: str, on: date, place: Enterprise) -> str:
    return read_judge().determine(Case(text, on, place)).level


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("速冻机没有单独的房间，里面14人", "重大"),
        ("速冻没隔间，一个班二十人", "重大"),
        ("速冻机没单独间，规定不超过9人，里面12人", "重大"),
        ("速冻机没单独间，上午8人下午13人", "重大"),
        ("速冻机没单独间，有20年了，里面15人", "重大"),
        ("速冻机和包装在一个屋，屋里4人，全厂65人", "一般"),
        ("速冻机没单独间，全厂65人，屋里4人", "一般"),
        ("速冻机没单独间，原来15人现在6人", "一般"),
        ("速冻机没单独间，隔壁包装车间有30人，速冻这边3个人", "一般"),
        ("速冻机没单独间，电话13805121234，8人在操作", "一般"),
        ("速冻机没单独间，302室，2018年投产，现场6人", "一般"),
        ("速冻机没有单独的房间，公司一共120人", "待定"),
        ("速冻机没单独间，一张表写8人，一张表写12人", "待定"),
    ],
)
def test_given_several_figures_of_people_when_judged_then_that_of_the_room_counts(text: str, expected: str) -> None:
    assert level(text, WINTER, DUMPLINGS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("速冻作业间内现场12人作业", "重大"),
        ("速冻间里5个人，食堂有20人吃饭", "一般"),
        ("速冻机在单独的屋里，屋里7个人，两班一共22人", "一般"),
        ("速冻间单独的，里面6个人，65人的厂", "一般"),
    ],
)
def test_given_people_elsewhere_when_judged_then_they_are_none_of_the_freezing_room(text: str, expected: str) -> None:
    assert level(text, SUMMER, DUMPLINGS) == expected


@pytest.mark.parametrize(
    ("text", "on", "place", "expected"),
    [
        ("插引工房定员4人，实有7人，全厂120人", WINTER, CRACKERS, "重大"),
        ("插引工房定员4人，实有4人，全厂120人", WINTER, CRACKERS, "一般"),
        ("吊篮里站了4个人", AUTUMN, FACADES, "重大"),
        ("吊篮里2个人，楼下站了5个人", AUTUMN, FACADES, "一般"),
    ],
)
def test_given_a_named_limit_when_judged_then_the_whole_factory_is_not_held_against_it(
    text: str, on: date, place: Enterprise, expected: str
) -> None:
    assert level(text, on, place) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("打磨车间离宿舍12米", "重大"),
        ("打磨车间旁边就是宿舍，才隔5米", "重大"),
        ("打磨车间离宿舍60米，离围墙5米", "一般"),
        ("打磨车间高6米，宿舍在厂外300米", "一般"),
        ("打磨车间离围墙5米，宿舍楼高15米", "一般"),
    ],
)
def test_given_metres_when_judged_then_only_those_between_the_two_places_count(text: str, expected: str) -> None:
    assert level(text, WINTER, JOINER) == expected
