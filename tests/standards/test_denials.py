"""What a text says is not so is no finding; what it says is missing or broken, in words much alike, stands."""

from datetime import date
from time import process_time

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, reason

WINTER = date(2018, 1, 16)
SUMMER = date(2023, 6, 20)
AUTUMN = date(2026, 10, 20)
JOINER = Enterprise("木地板厂", ("工贸",), ("木粉尘",))
CHEMIST = Enterprise("助剂厂", ("化工",), ("反应釜",))
PLANT = Enterprise("精细化工", ("化工",), ("危化品生产",))
STORE = Enterprise("危化品仓储", ("危险化学品",), ("甲类仓库",))
SITE = Enterprise("住宅楼工地", ("建筑施工",), ("塔吊", "脚手架"))
WORKSHOP = Enterprise("钢构厂", ("特种设备",), ("行车", "叉车"))
FREEZER = Enterprise("水产加工", ("轻工",), ("液氨制冷",))
SINGERS = Enterprise("歌厅", ("娱乐",), ("公共娱乐",))
PAINTER = Enterprise("喷涂厂", ("机械",), ("喷漆",))
PICKLER = Enterprise("酱菜厂", ("轻工",), ("有限空间", "腌制池"))
CRACKERS = Enterprise("花炮厂", ("烟花爆竹",), ("烟花生产",))


def level(text: str, on: date, place: Enterprise) -> str:
    return read_judge().determine(Case(text, on, place)).level


@pytest.mark.parametrize("said", ["未见异常", "无异常", "无故障", "未损坏", "没有失效", "没有坏", "没坏", "未见失灵"])
def test_given_a_device_when_its_fault_is_denied_then_it_is_sound(said: str) -> None:
    assert level(f"釜上安全阀{said}", WINTER, CHEMIST) == "一般"
    assert level(f"砂光机火花探测{said}", SUMMER, JOINER) == "一般"


@pytest.mark.parametrize(
    ("text", "on", "place", "expected"),
    [
        ("DCS、SIS均未见异常", WINTER, PLANT, "一般"),
        ("叉车制动无异常", AUTUMN, WORKSHOP, "一般"),
        ("叉车制动异常", AUTUMN, WORKSHOP, "重大"),
        ("塔吊限位没有失效", SUMMER, SITE, "一般"),
        ("塔吊限位失效", SUMMER, SITE, "重大"),
        ("外架连墙件未见异常", SUMMER, SITE, "一般"),
        ("安全阀无破损、变形、堵塞", WINTER, CHEMIST, "一般"),
        ("喷漆室可燃气体报警异常", SUMMER, PAINTER, "重大"),
        ("1.釜上安全阀未见异常；2.灭火器过期两具；3.有人没戴安全帽", WINTER, CHEMIST, "一般"),
        ("1.除尘器未见异常；2.砂光机风管没装火花探测", SUMMER, JOINER, "重大"),
        ("除尘器无异常，砂光机风管没装火花探测", SUMMER, JOINER, "重大"),
        ("安全阀故障未修", WINTER, CHEMIST, "重大"),
        ("火花探测失效未换，砂光机照开", SUMMER, JOINER, "重大"),
        ("塔吊无故障指示灯，力矩限制器短接", SUMMER, SITE, "重大"),
    ],
)
def test_given_a_fault_and_its_denial_when_judged_then_only_what_is_denied_is_none(
    text: str, on: date, place: Enterprise, expected: str
) -> None:
    assert level(text, on, place) == expected


@pytest.mark.parametrize(
    ("text", "on", "place", "expected"),
    [
        ("未发现砂光机火花探测装置缺失", WINTER, JOINER, "一般"),
        ("没有发现砂光机吸尘管未装火花探测", WINTER, JOINER, "一般"),
        ("未见除尘器缺少泄爆片", WINTER, JOINER, "一般"),
        ("不存在砂光机未装火花探测的问题", WINTER, JOINER, "一般"),
        ("砂光机风管未见火花探测装置", WINTER, JOINER, "重大"),
        ("未发现砂光机有火花探测装置", SUMMER, JOINER, "重大"),
        ("没看到砂光机装火花探测", WINTER, JOINER, "重大"),
        ("企业自查未发现砂光机未装火花探测的问题", WINTER, JOINER, "重大"),
        ("未发现塔吊限位失效", SUMMER, SITE, "一般"),
        ("未发现禁忌物混放", WINTER, STORE, "一般"),
        ("库内禁忌物混放", WINTER, STORE, "重大"),
        ("核定2人，未发现超员", AUTUMN, CRACKERS, "一般"),
        ("腌制池未做辨识，未发现安全警示标志", WINTER, PICKLER, "重大"),
        ("箱体四面找不到泄爆片，隔爆阀没有，也没惰化", WINTER, JOINER, "重大"),
    ],
)
def test_given_what_was_looked_for_when_it_is_a_thing_then_it_is_missing_and_when_a_fault_then_there_is_none(
    text: str, on: date, place: Enterprise, expected: str
) -> None:
    assert level(text, on, place) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("砂光机火花探测不缺", "一般"),
        ("砂光机火花探测不是没装", "一般"),
        ("砂光机没有不装火花探测的", "一般"),
        ("并非砂光机没有火花探测，是镜头脏了", "一般"),
        ("不是说砂光机没装火花探测，是牌子没见过", "一般"),
        ("排查了砂光机火花探测缺失问题，未发现", "一般"),
        ("排查了砂光机，火花探测缺失，没人管", "重大"),
        ("群众举报砂光机没装火花探测，经查不属实", "一般"),
        ("群众举报砂光机没装火花探测，经查属实", "重大"),
        ("检查内容：砂光机风管是否未装火花探测，结果：已装", "一般"),
        ("检查内容：砂光机风管是否未装火花探测，结果：是", "重大"),
        ("砂光机没装火花探测？装了", "一般"),
        ("砂光机没装火花探测？没装", "重大"),
    ],
)
def test_given_a_denial_of_a_denial_when_judged_then_the_thing_is_there(text: str, expected: str) -> None:
    assert level(text, WINTER, JOINER) == expected


@pytest.mark.parametrize(
    ("text", "on", "place", "expected"),
    [
        ("隔壁水产厂的速冻机没隔间，里面二十来个人，本厂未见异常", WINTER, FREEZER, "一般"),
        ("邻近的冷冻厂速冻机没隔间，本厂未见异常", SUMMER, FREEZER, "一般"),
        ("速冻机没隔间，里面二十来个人", WINTER, FREEZER, "重大"),
        ("对面厂的砂光机没装火花探测，我厂装了", WINTER, JOINER, "一般"),
        ("对面厂的砂光机装了火花探测，我厂砂光机没装火花探测", WINTER, JOINER, "重大"),
        ("听说对面木业公司砂光机没装火花探测，建议去查", WINTER, JOINER, "一般"),
        ("如果砂光机不装火花探测就要罚款", WINTER, JOINER, "一般"),
        ("砂光机不装火花探测，已罚款", WINTER, JOINER, "重大"),
        ("培训内容：砂光机未装火花探测属于重大隐患", WINTER, JOINER, "一般"),
        ("培训做了，砂光机未装火花探测", WINTER, JOINER, "重大"),
        ("宣传栏写着砂光机未装火花探测是重大隐患", WINTER, JOINER, "一般"),
        ("老板说下周准备把喷淋拆了重装，目前完好", SUMMER, SINGERS, "一般"),
        ("老板把喷淋拆了", SUMMER, SINGERS, "待定"),
    ],
)
def test_given_what_is_of_others_supposed_taught_or_planned_when_judged_then_it_is_no_finding_of_here(
    text: str, on: date, place: Enterprise, expected: str
) -> None:
    assert level(text, on, place) == expected


@pytest.mark.parametrize("on", [WINTER, SUMMER])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DCS有UPS，装置只有单路电源", "待定"),
        ("双回路供电有，DCS没有UPS", "待定"),
        ("装置只有单路电源，DCS没有UPS", "重大"),
        ("双回路供电有，DCS有UPS", "一般"),
    ],
)
def test_given_two_supplies_that_a_clause_joins_by_a_comma_when_one_is_there_then_a_person_decides(
    on: date, text: str, expected: str
) -> None:
    assert level(text, on, PLANT) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("两台塔吊没防碰撞装置，臂能碰上", "重大"),
        ("两台塔吊臂能碰上，防碰撞没装", "重大"),
        ("两台塔吊装了防碰撞装置，臂能碰上", "一般"),
    ],
)
def test_given_cranes_that_can_collide_when_what_keeps_them_apart_is_denied_then_it_excuses_nothing(
    text: str, expected: str
) -> None:
    assert level(text, AUTUMN, SITE) == expected


def test_given_a_clause_of_another_sector_when_one_of_the_own_sector_is_of_a_later_day_then_that_one_is_named() -> None:
    verdict = read_judge().determine(Case("电工证过期", WINTER, Enterprise("机加工厂", ("机械",), ("特种作业",))))

    assert verdict.level == "一般"
    assert verdict.elsewhere is not None
    assert verdict.elsewhere.item.standard_id == "gongmao-2023"
    assert "建质规" not in reason(verdict)


def test_given_markup_with_a_script_when_judged_then_it_is_no_hazard_of_its_own() -> None:
    verdict = read_judge().determine(Case("<script>alert(1)</script>砂光机风管没装火花探测", SUMMER, JOINER))

    assert verdict.level == "重大"
    assert [one.text for one in verdict.readings] == ["砂光机风管没装火花探测"]
    assert verdict.parts == ()


def test_given_a_long_text_of_nothing_but_looking_when_judged_then_it_takes_no_longer_than_any_other() -> None:
    read_judge().determine(Case("排查问题", WINTER, JOINER))
    start = process_time()

    read_judge().determine(Case("排查了举报问题情况如果未发现是否" * 250, WINTER, JOINER))

    assert process_time() - start < 5
