"""A screen's modules: each has one title that is its message, and large figures; nothing is named but places."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bihuan.campaigns.queries import Standings
from bihuan.campaigns.rules.standing import STANDING_NAMES, Standing
from bihuan.desk.queries import Wall, WallPlace
from bihuan.desk.queries.flows import CLOSED, FOUND
from bihuan.stats.queries import Figures
from bihuan.stats.rules import NOTHING, rate_text

MAJOR: Final = "major"
NAMED: Final = 3  # places in a title
SLOT: Final = 81
BAR: Final = 28
HEIGHT: Final = 130
BASE: Final = 172
MYRIAD: Final = 10_000
FIRST: Final = 54  # no label begins left of the chart
ENDINGS: Final = ("工作实施方案", "实施方案", "工作方案", "方案")
SHADES: Final = 4
CLAUSES: Final = (
    (Standing.DUE_TODAY, "s"),
    (Standing.UNDER_WAY, ""),
    (Standing.REACHED, "g"),
    (Standing.REPORTED, ""),
)
NO_PLACE: Final = {True: "未落到村", False: "未落到镇"}
OTHERS: Final = "尚无数"  # nothing to count yet, or nothing that counts it


@dataclass(frozen=True, slots=True)
class Line:
    """A figure with its name. css: x late, s due, g good."""

    name: str
    value: str
    css: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A module: its message, the large figure with words beside it, and figures below."""

    title: str
    big: str = ""
    beside: Sequence[str] = ()
    lines: Sequence[Line] = ()
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A village or town with how many are open and late. shade: 1 to 4, by how many are open."""

    name: str
    open: int
    late: int
    shade: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its number, "" where none is said."""

    x: int
    y: int
    height: int
    words: str
    css: str

    @property
    def side(self) -> int:
        """Where its number ends or begins: it leans outwards, so that the two of a week never meet."""
        return self.x + BAR if self.css == "wf" else self.x

    @property
    def top(self) -> int:
        """The line on which its number stands."""
        return self.y - 8


@dataclass(frozen=True, slots=True)
class Label:
    """A day under the bars."""

    x: int
    words: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Found and closed, week by week."""

    title: str
    bars: Sequence[Bar]
    labels: Sequence[Label]
    unit: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A screen as it shows. day, left: of the campaign, "" without days. rest: what lies in none of the areas."""

    title: str
    day: int | None
    left: int | None
    clauses: Block
    majors: Block
    late: Block
    areas: Sequence[Area]
    rest: str
    bars: Bars
    superior: Block


def drawn(wall: Wall) -> Drawn:
    """Return the modules of a screen."""
    figures = wall.figures
    day, left = _days(wall.campaign, wall.today)
    return Drawn(
        title=_title(wall),
        day=day,
        left=left,
        clauses=_clauses(wall.campaign),
        majors=_majors(figures),
        late=_late(wall),
        areas=_areas(wall.places),
        rest=_rest(wall) if wall.places else "",
        bars=_bars(wall),
        superior=_superior(figures),
    )


def _title(wall: Wall) -> str:
    """Return the place and the campaign without the words of its paper: read from afar, each word costs."""
    if wall.campaign is None:
        return wall.name
    named = wall.campaign.title
    ending = next((one for one in ENDINGS if named.endswith(one)), "")
    named = named.removesuffix(ending)
    return named if named.startswith(wall.name) else f"{wall.name} {named}"


def _days(campaign: Standings | None, today: date) -> tuple[int | None, int | None]:
    if campaign is None or campaign.starts_on is None or campaign.ends_on is None:
        return None, None
    return max((today - campaign.starts_on).days + 1, 0), max((campaign.ends_on - today).days, 0)


def _clauses(campaign: Standings | None) -> Block:
    if campaign is None:
        return Block("现在没有进行中的专项行动")
    behind, reached = campaign.counts[Standing.BEHIND], campaign.counts[Standing.REACHED]
    title = f"方案 {behind} 条落后，{reached} 条达标" if behind else f"方案没有条款落后，{reached} 条达标"
    told = [(one, css, campaign.counts[one]) for one, css in CLAUSES]
    lines = [Line(STANDING_NAMES[one], f"{count}", css if count else "") for one, css, count in told]
    others = campaign.clauses - behind - sum(count for _, _, count in told)
    lines.append(Line(OTHERS, f"{others}", ""))
    beside = (f"条落后，共 {campaign.clauses} 条", f"有数的 {campaign.measured} 条")
    return Block(title, f"{behind}", beside, lines, is_late=behind > 0)


def _majors(figures: Figures) -> Block:
    open_, late = figures.of("hazards.open", MAJOR), figures.of("hazards.overdue", MAJOR)
    listed, ever = figures.of("hazards.listed", MAJOR), figures.of("hazards.ever_listed", MAJOR)
    counted = figures.of("hazards.counted", MAJOR)
    rate = rate_text(ever, counted)
    lines = (
        Line("整改逾期", f"{late}", "x" if late else "g"),
        Line("挂牌督办中", f"{listed}"),
        Line("已摘牌", f"{figures.of('hazards.delisted', MAJOR)}", "g"),
        Line("挂牌率", rate if rate == NOTHING else f"{rate}%"),
    )
    title = f"重大隐患 {open_} 项未销号" if open_ else "没有未销号的重大隐患"
    title += f"，{late} 项逾期" if late else ""
    return Block(title, f"{open_}", ("项未销号", f"挂过牌 {ever} / {counted}"), lines, is_late=late > 0)


def _late(wall: Wall) -> Block:
    open_, late = wall.figures.total("hazards.open"), wall.figures.total("hazards.overdue")
    worst = [one.name for one in sorted(wall.places, key=lambda one: -one.late) if one.late][:NAMED]
    where = f"，最多的是{'、'.join(worst)}" if worst else ""
    grew = late - wall.overdue_yesterday
    since = f"比昨天多 {grew} 项" if grew > 0 else f"比昨天少 {-grew} 项" if grew < 0 else "和昨天一样多"
    title = f"{late} 项整改逾期{where}" if late else "没有整改逾期"
    lines = (Line("未销号", f"{open_}"), Line("其中重大逾期", f"{wall.figures.of('hazards.overdue', MAJOR)}"))
    return Block(title, f"{late}", ("项整改逾期", since), lines, is_late=late > 0)


def _areas(places: Sequence[WallPlace]) -> list[Area]:
    most = max((one.open for one in places), default=0)
    return [Area(one.name, one.open, one.late, _shade(one.open, most)) for one in places]


def _rest(wall: Wall) -> str:
    """Return what the places do not add up to, "" where they are all."""
    left = wall.rest
    amounts = f"未销号 {left.open} 项，整改逾期 {left.late} 项"
    if wall.more:
        return f"逾期最多的在前；另有 {wall.more} 个单位没有列出，连同{NO_PLACE[wall.is_town]}的共{amounts}"
    return f"另有{NO_PLACE[wall.is_town]}的：{amounts}" if left.open or left.late else ""


def _shade(open_: int, most: int) -> int:
    return min(1 + open_ * SHADES // (most + 1), SHADES)


def _bars(wall: Wall) -> Bars:
    found, closed = wall.flows.weekly(*FOUND), wall.flows.weekly(*CLOSED)
    most = max(*found, *closed, 1)
    said = {len(found) - 1, len(found) - 2, found.index(max(found))}
    bars, labels = [], []
    for number, week in enumerate(wall.flows.weeks):
        words = number in said
        bars += [
            _bar(number, 0, found[number], most, "wf", words=words),
            _bar(number, 1, closed[number], most, "wz", words=words),
        ]
        if number % 2 == 0:
            is_now = number == len(found) - 1
            labels.append(Label(max(SLOT * number + SLOT // 2, FIRST), "本周" if is_now else _day(week.start)))
    title = f"本周发现 {found[-1]}，销号 {closed[-1]}；上周发现 {found[-2]}，销号 {closed[-2]}"
    return Bars(title, bars, labels, "万项" if most >= MYRIAD else "项")


def _bar(number: int, side: int, value: int, most: int, css: str, *, words: bool) -> Bar:
    height = round(HEIGHT * value / most)
    said = f"{value / MYRIAD:.1f}" if most >= MYRIAD else f"{value}"
    return Bar(SLOT * number + 11 + side * (BAR + 3), BASE - height, height, said if words and value else "", css)


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _superior(figures: Figures) -> Block:
    done, closed = figures.total("hazards.superior_done"), figures.total("hazards.superior_closed")
    late = figures.total("hazards.superior_overdue")
    title = f"上级交办 {late} 项逾期" if late else "上级交办没有逾期"
    lines = (
        Line("已提交整改", f"{done}"),
        Line("等复查或等上级认可", f"{done - closed}", "s" if done > closed else ""),
        Line("逾期", f"{late}", "x" if late else "g"),
    )
    return Block(title, f"{closed}", ("项上级已认可销号",), lines)
