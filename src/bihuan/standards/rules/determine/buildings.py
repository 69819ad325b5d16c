"""How high a building is and whether it lies underground, from people's words: 十二层的宾馆, 楼高30米, 负一层.

GB 50016 calls a building high above 24 m, a dwelling above 27 m. Storeys stand for metres where only these are told
(docs/determination.md says how); a floor that is named tells that there are as many storeys at least.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from bihuan.standards.rules.determine.numerals import number_of

HIGH: Final = "高层"
BELOW: Final = "地下"
KINDS: Final = frozenset({HIGH, BELOW})


@dataclass(frozen=True, slots=True)
class _Limits:
    """Up to so many storeys a building is not high, from so many on it is; above so many metres."""

    low: int
    high: int
    metres: float


_PUBLIC: Final = _Limits(6, 8, 24.0)
_DWELLING: Final = _Limits(8, 10, 27.0)
_LIVED_IN: Final = re.compile("住宅|居民楼|单元楼|家属楼|商品房|居民小区")
_CHINESE: Final = "一二两三四五六七八九十"
_NOT: Final = re.compile("(?:不是|不属于?|不算|没到|未到|不到|够不[上着]|达不到|算不上|未达到?|没达到?|非)$")
_ASKED: Final = re.compile("(?:是不是|是否|算不算|属不属于?)$")
_OF_ANOTHER: Final = re.compile("(?:隔壁|对面|旁边|附近|周围|四周|邻近|背后|紧挨|挨着)[^,;]{0,6}$")
_HIGH: Final = re.compile(
    "(?<![最较更提])(?:超|小)?高层(?!次|面|领导|管理(?!规定)|干部|人员|货架|架子?|平台|会议|会商|建设者)"
)
_LOW: Final = re.compile(
    "单层(?=建筑|[厂库商楼房仓的,;]|$)|(?:多|低)层(?=建筑|民用|公共|住宅|[厂库商楼房宾旅的,;]|$)|平房"
)
_PLACES: Final = (
    "楼房?(?![梯道面板口])|建筑|房子?|宾馆|酒店|旅馆|旅社|客栈|民宿|商场|商城|商厦|大厦|超市|商店|市场|卖场|学校|医院|厂房|车间"
    "|仓库|公寓|饭店|餐馆|酒楼|ktv|网吧|歌厅|舞厅|影院|浴|会所|养老院|敬老院|福利院|幼儿园|住宅|门面|店面|综合体|宿舍|寺|馆|院"
)
_FLOOR: Final = re.compile(
    rf"(?<![\d{_CHINESE}.])(?P<number>\d{{1,3}}|[{_CHINESE}]{{1,4}})(?P<more>[多来几])?(?P<kind>层|楼)"
)
_UNDER: Final = re.compile("(?:地下|负|(?<!\\d)-|(?<![a-z\\d])b|半)$")  # 地下一层, 负1层: no storey above the ground
_THINGS: Final = re.compile(  # 堆了十层, 八层货架
    "(?:堆|码|摞|垒|叠|贴|刷|盖|包|铺|裹|糊|涂|垛|放|摆|搭|积|落|缠)[了着有成到]{0,2}$"
)
_OF_THINGS: Final = re.compile(
    "的?(?:货|架|板|纸|膜|布|漆|涂料|油|灰|粉|托|箱|床|柜|保温|泡沫|石膏|玻璃|胶|被|皮|次|厚)"
)
_IN_RANGE: Final = re.compile(rf"[\d{_CHINESE}](?:层|楼)?[-~至到、和与]$")
_ON_IT: Final = re.compile("(?:在|位于|设于|第|到|至|从|去|(?<!地)上|往|每|该|这|那|哪|顶|开|租|占)[^,;]{0,1}$")
_TOLD: Final = re.compile(
    rf"(?:[共总高是为有才就仅只盖建起]了?|地上|层数|(?:{_PLACES}))$"  # 共六层, 地上三层, 宾馆六层
)
_ENDS: Final = re.compile("的?(?:$|[,;。)])|地下|带|楼(?![梯道面板口])|高|建筑")
_IS_PLACE: Final = re.compile(rf"高?的?[^,;、的层楼]{{0,4}}?(?:{_PLACES})")
_METRES: Final = re.compile(
    rf"(?:建筑|楼|房屋?|总)(?:物|体|身)?(?:总)?高度?(?:大?约|为|是|有|只有|仅)*(?P<less>不到|不足|不超过?|未超过?|低于)?"
    rf"(?P<number>\d{{1,3}}(?:\.\d{{1,2}})?|[{_CHINESE}]{{1,4}})(?P<more>[多来几])?(?:米|m)"
)
_BELOW: Final = re.compile(
    "半地下|地下(?=室|[一二两三四五六七八九十\\d]+[层楼]|层|商|超市|市场|街|车[库站]|停车|建筑|影|歌|舞|ktv|网吧|宾馆|旅馆|仓|库房"
    "|餐|娱乐|溜冰|旱冰|浴|广场|空间|营业|人员密集|大厅|饭|酒|游|台球|的?[,;]|$)"
    "|负[一二三四\\d][层楼]|(?<![\\d至到])-[1-4][层楼]|(?<![a-z\\d])b[1-4](?:层|楼)?(?![a-z\\d])"
)
_NO_PART: Final = re.compile("(?:没有?|无|不是|不在|非|不含|除了?|(?:放|掉|扔|堆|搁|摆|躺|坐|倒)[在到了着]*)$")


@dataclass(frozen=True, slots=True)
class Building:
    """What is known of a building. high: None where its height is not told. words: those that tell its height.

    below: the words that tell that it lies underground; of_file: they are of the enterprise, not of a finding's text.
    """

    high: bool | None = None
    words: str = ""
    below: str = ""
    of_file: bool = False

    def is_of(self, kinds: Collection[str], clause: str) -> bool | None:
        """Tell whether it is of one of the kinds; None where that is not told. clause: what names the thing."""
        answers = [self.high if kind == HIGH else self._is_below(clause) for kind in kinds]
        return True if True in answers else (None if None in answers else False)

    def told(self, clause: str) -> str:
        """Return the words by which it is of a kind or of none, "" where there are none."""
        return (below_in(clause) or self.below or self.words) if self.high is not True else self.words

    def _is_below(self, clause: str) -> bool | None:
        if self.of_file or below_in(clause):
            return True
        if self.below:
            return True if self.high is None else None  # 三层商场,地下室停车: which of them is meant?
        return None if self.high is None else False


def building_of(own: str, text: str) -> Building:
    """Return what cleaned words of an enterprise and of a finding tell of its building; first what makes it high."""
    told = [*_heights(own, is_file=True), *_heights(text, is_file=False)]
    high = next((words for is_high, words in told if is_high), "")
    low = next((words for is_high, words in told if is_high is False), "")
    unclear = any(is_high is None for is_high, _ in told)
    below = below_in(own)
    return Building(
        True if high else (False if low and not unclear else None), high or low, below or below_in(text), bool(below)
    )


def below_in(text: str) -> str:
    """Return the words that tell that something lies underground, "" where there are none."""
    found = (one for one in _BELOW.finditer(text) if not _NO_PART.search(text, 0, one.start()))
    return next((text[one.start() : one.end()] for one in found), "")


def _heights(text: str, *, is_file: bool) -> list[tuple[bool | None, str]]:
    """Return each thing that is said of the height: high, not high, or a number that leaves it open; with its words."""
    limits = _DWELLING if _LIVED_IN.search(text) else _PUBLIC
    return [*_named(text), *_in_metres(text, limits), *_in_storeys(text, limits, is_file=is_file)]


def _named(text: str) -> list[tuple[bool | None, str]]:
    found: list[tuple[bool | None, str]] = [(False, one.group()) for one in _LOW.finditer(text)]
    for one in _HIGH.finditer(text):
        if not _ASKED.search(text, 0, one.start()) and not _OF_ANOTHER.search(text, 0, one.start()):
            denied = _NOT.search(text, 0, one.start())
            found.append((denied is None, text[denied.start() if denied else one.start() : one.end()]))
    return found


def _in_metres(text: str, limits: _Limits) -> list[tuple[bool | None, str]]:
    found: list[tuple[bool | None, str]] = []
    for one in _METRES.finditer(text):
        metres = number_of(one["number"]) or 0.0
        is_high = metres > limits.metres or (bool(one["more"]) and metres >= limits.metres)
        found.append(((None if one["less"] and is_high else is_high), one.group()))
    return found


def _in_storeys(text: str, limits: _Limits, *, is_file: bool) -> list[tuple[bool | None, str]]:
    found: list[tuple[bool | None, str]] = []
    for one in _FLOOR.finditer(text):
        number, start = number_of(one["number"]), one.start()
        if number is None or _is_no_storey(text, one):
            continue
        if number >= limits.high:
            if not _OF_ANOTHER.search(text, 0, start):
                found.append((True, one.group()))
        elif _is_whole(text, one, is_file=is_file):
            is_low = number + (1 if one["more"] else 0) <= limits.low
            found.append((False if is_low else None, one.group()))
    return found


def _is_no_storey(text: str, one: re.Match[str]) -> bool:
    """Tell whether what is counted is no storey above the ground: 地下一层, 堆了十层, 八层货架."""
    before = any(many.search(text, 0, one.start()) for many in (_UNDER, _THINGS))
    return before or (one["kind"] == "层" and _OF_THINGS.match(text, one.end()) is not None)


def _is_whole(text: str, one: re.Match[str], *, is_file: bool) -> bool:
    """Tell whether a number is that of all storeys (三层的小宾馆, 宾馆六层), not of one of them (在三层, 三层走道)."""
    if one["kind"] != "层" or _IN_RANGE.search(text, 0, one.start()) or _ON_IT.search(text, 0, one.start()):
        return False
    if _IS_PLACE.match(text, one.end()):
        return True
    if is_file and (one.start() == 0 or text[one.start() - 1] == ";"):
        return _ENDS.match(text, one.end()) is not None
    return _TOLD.search(text, 0, one.start()) is not None and _ENDS.match(text, one.end()) is not None
