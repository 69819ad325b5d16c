"""What is found where no enterprise is: public places of villages, and a village's or department's own premises."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Final

from bihuan.cli.demo.drafts import Draft, Life, Parts
from bihuan.cli.demo.season import LAST_DAY, Season
from bihuan.cli.demo.texts import Finding
from bihuan.cli.demo.troupe import CHIEF, INSPECTOR, OFFICE
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Arrangements, Given
from bihuan.hazards.rules.finding import NewHazard
from bihuan.hazards.rules.states import Category, FileRole, Level, PlaceKind, Source
from bihuan.orgs import queries as orgs

ARRANGED: Final = Arrangements(
    duty="单位负责人牵头，网格员落实",
    measures="按整改要求逐项完成",
    funds="单位自筹",
    time="限期内完成",
    plan="整改前拉警戒线，专人看护",
)
Way = Callable[[Draft], None]


@dataclass(frozen=True, slots=True)
class Common:
    """One of them. unit: the short name of the village or department; place: "" for its own premises."""

    unit: str
    place: str
    what: str
    done: str
    category: Category
    days_ago: int
    way: Way
    finder: str = ""  # "": the village itself


def reported(draft: Draft) -> None:
    """Nobody has looked at it yet."""


def graded(draft: Draft) -> None:
    """Graded and not ordered yet."""
    draft.day += timedelta(days=1)
    draft.add(Act.CONFIRM, OFFICE, Given(level=Level.GENERAL, category=draft.life.finding.category))


def ordered(draft: Draft) -> None:
    """Ordered; its unit has not accepted yet."""
    graded(draft)
    draft.deadline = draft.day + timedelta(days=7)
    order = Given(
        deadline=draft.deadline,
        deadline_kind="days",
        supervisor_post_id=draft.parts.supervisor,
        arrangements=ARRANGED,
        interim="整改前拉警戒线，挂警示牌",
    )
    draft.add(Act.ASSIGN, OFFICE, order)


def accepted(draft: Draft) -> None:
    """Its unit is at it; after a week it is overdue."""
    ordered(draft)
    draft.day += timedelta(days=1)
    draft.add(Act.ACCEPT, draft.parts.rectifier, Given())


def handed_in(draft: Draft) -> None:
    """Handed in by its unit with a photo."""
    accepted(draft)
    draft.day += timedelta(days=3)
    draft.add(Act.HAND_IN, draft.parts.rectifier, Given(text=draft.life.finding.done), (FileRole.AFTER,))


def closed(draft: Draft) -> None:
    """Looked at again by the office, and closed."""
    handed_in(draft)
    draft.day += timedelta(days=2)
    draft.add(Act.PASS, draft.parts.verifier, Given(text="现场核对，已整改到位"))


COMMONS: Final = (
    Common(
        "西岗村", "文化广场", "健身器材立柱松动，底座螺栓缺失", "重新浇筑底座，更换螺栓", Category.OTHER, 3, ordered
    ),
    Common(
        "西岗村", "村口桥头", "桥栏杆断裂一段，夜间没有照明", "修复栏杆，装太阳能灯", Category.PROTECTION, 14, handed_in
    ),
    Common(
        "集镇社区", "农贸市场通道", "消防通道被摊位占用", "清走摊位，划禁停线", Category.FIRE, 26, closed, INSPECTOR
    ),
    Common("集镇社区", "老年活动室", "电线私拉乱接，插座老化", "重新布线穿管", Category.ELECTRICAL, 1, reported),
    Common(
        "湖滨社区",
        "湖边步道",
        "临水一侧没有护栏和警示牌",
        "加装护栏和警示牌",
        Category.PROTECTION,
        20,
        accepted,
        INSPECTOR,
    ),
    Common("东村", "灌溉泵房", "配电箱无门，电缆接头外露", "换配电箱，做绝缘接头", Category.ELECTRICAL, 4, graded),
    Common("河口村", "", "村部二楼疏散出口上锁", "拆锁，装推杆门", Category.EVACUATION, 24, closed, INSPECTOR),
    Common("派出所", "", "办证大厅灭火器过期 4 具", "更换灭火器", Category.FIRE, 6, accepted, INSPECTOR),
)


def play_commons(season: Season, seed: int) -> int:
    """Play what is found at no enterprise; a season of its own leaves the dice of the other alone."""
    own = Season(season.troupe, Random(seed))
    return own.play([_life(own, one) for one in COMMONS])


def _life(season: Season, one: Common) -> Life:
    troupe = season.troupe
    unit = orgs.unit_by_name(troupe.town.id, one.unit)
    assert unit is not None  # noqa: S101 -- every invented town has these
    village = f"village:{unit.path}"
    rectifier = village if troupe.has(village) else f"department:{unit.path}"
    finding = Finding((), one.category, one.what, "", one.done)
    day = LAST_DAY - timedelta(days=one.days_ago)
    new = NewHazard(
        town_id=troupe.town.id,
        place_kind=PlaceKind.PUBLIC_PLACE if one.place else PlaceKind.UNIT,
        place_name=one.place,
        place_unit_id=None if one.place else unit.id,
        path=unit.path,
        description=one.what,
        category=one.category,
        source=Source.DEPARTMENT if one.finder else Source.VILLAGE_PATROL,
        found_on=day,
    )
    life = Life(day, one.finder or village, new, finding, (FileRole.BEFORE,), place=season.dice.getrandbits(32))
    draft = Draft(life, Parts(rectifier, CHIEF, "", troupe.supervisor_of("")), season.dice, day, weekly=False, last=day)
    one.way(draft)
    return life
