"""Quantities in a text, Chinese numerals and round words among them, as ranges."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, nextafter
from typing import Final

from bihuan.standards.rules.determine.numerals import CHINESE, NUMBER, neighbours, number_of

SHARE: Final = "成分"
PIECES: Final = "个"
LIMIT_REACH: Final = 6  # characters between the word for a limit and its quantity
_UNITS: Final = {
    "人": "人", "名": "人", "位": "人", "个人": "人", "多人": "人", "来人": "人", "名工人": "人", "个工人": "人",
    "号人": "人", "号工人": "人", "口人": "人", "口子人": "人", "口子": "人", "工人": "人", "女工": "人",
    "打": "打",
    "吨": "吨", "t": "吨", "斤": "斤", "公斤": "公斤", "千克": "公斤", "kg": "公斤",
    "kpa": "千帕", "千帕": "千帕", "mpa": "兆帕", "兆帕": "兆帕",
    "米": "米", "m": "米", "公分": "厘米", "厘米": "厘米", "cm": "厘米", "mm": "毫米", "毫米": "毫米",
    "平方米": "平方米", "平米": "平方米", "平方": "平方米", "m2": "平方米", "㎡": "平方米", "平": "平方米",
    "立方": "立方米", "立方米": "立方米", "m3": "立方米",
    "天": "天", "日": "天", "个月": "月", "年": "年", "小时": "小时", "v": "伏", "伏": "伏", "%": "成分", "级": "级",
    "万发": "万发", "挂": "挂", "级风": "级", "层": "层", "楼": "层", "个": "个", "只": "个",
    "樘": "个", "盏": "个", "具": "个", "扇": "个", "处": "个", "套": "个", "道": "个", "块": "个",
    "支": "个", "枚": "个",
    "件": "箱", "箱": "箱", "瓶": "瓶", "台": "台", "度": "度",
    "盆": "盆", "袋": "袋", "桶": "桶", "筐": "筐", "盘": "盘", "捆": "捆", "饼": "饼", "包": "包", "托": "托",
}  # fmt: skip
_SCALE: Final = {
    "厘米": ("毫米", 10.0),
    "兆帕": ("千帕", 1000.0),
    "打": ("个", 12.0),
    "斤": ("公斤", 0.5),
    "米水柱": ("千帕", 9.8),
    "毫米水柱": ("千帕", 0.0098),
}
_UNIT: Final = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_AMOUNT: Final = re.compile(
    rf"(?P<before>(?:没有?|未|不)(?:超[过出]?|多于|大于|高于|达到?)|(?:没有?|未)[满到]|至多|顶多|不少于|不低于|不小于|不到|不足|小于|低于|少于|不满|最多|超过|超出|大于|高于|多于|至少|约|大约|近|将近|超|≥|≤|>|<)?"
    rf"(?:了|有|到)?(?:(?P<few>十好几|二十好几|三十好几|十几|几十|二十几|三十几|好几|几|多(?!人))|(?P<number>{NUMBER})(?:\s*(?:[-~至到]|(?<=[一二两三四五六七八]),?、)\s*(?P<to>{NUMBER}))?(?P<more>多|余|来|几)?)"
    rf"\s*(?P<unit>{_UNIT})(?P<half>半(?![径成封夜年天截数边个]))?(?:(?<=米)(?P<tenth>[一二三四五六七八九1-9])(?![个台人名处套樘根层道块只米号点十百\d.]))?(?P<water>水柱)?(?P<after>以上|以下|以内|之内|不到|左右|上下)?"
)
_PEOPLE: Final = re.compile(
    rf"[^,、\d{CHINESE}]{{0,3}}(?:工人|人|工(?!位|装|具|序|件|房)|员|师傅|妇女|阿姨|大姐|大嫂|大妈|婶|姑娘|小伙|老乡|女的|男的|学徒|汉子|劳力)"
    r"|(?:正|都|还)?(?:在|穿|装|切|包|剥|拣|挑|搬|打|干|分|剖|洗|刮|捡|剪|称|卷|插|粘|压|做|忙|推|拉|抬|扛|拎|拖|运|送|扫|看|管|开)"
    r"(?![^,]{0,5}(?:坏|位|箱|袋|盒))[^,]{0,5}的(?:$|,|、|挤|都|在|站|同|加|和|跟|外|还|另|再|又|干|就|没)"
    r"|(?:一起|同时)?(?:正|都)?(?:挤|站|坐|蹲|忙着|围着|干着|在(?:里|干|装|包|切|做|作业|操作|忙|场))"
)
_WORKERS: Final = re.compile(
    r"(?:定员|限员|限载人|定人|(?:干活|作业|做事|操作|上班|做工|帮忙|打工)的?(?:工人|人)?(?:有|共|一共|就|是|足有|不下)*"
    r"|(?:工人|[男女]工|人员?|人头|女的|男的|员工|大人|小孩|老少|男男女女|大家伙|一数|装盘的|包装的)(?:有|共|一共|是|足有|数|数了|达|为|不下)*"
    r"|(?:站|挤|坐|待|呆|蹲|围|塞|聚|窝|忙)(?:着|了|满|下|进)*(?:有|共|大概|差不多|足足|整整|怕有)*|(?:人头|点人|人数)[^。;]{0,12}|[数点]了(?:一?下|[数点]|一遍),?[有是共]?)$"
)
_COUNTED_UP: Final = re.compile(
    "(?:[数点]了?|[里内][面头边]?)(?:[也都就只才足]?有|是|共)?$"
)  # 进去数了有十三个, 里面12个
_ROOM: Final = re.compile("[大小]?(?:通间|大间|车间|厅|间(?!里)|屋|房|棚|楼|地方|空间|区域)")
_ENDED: Final = re.compile("$|[,。;]")
_FEW: Final = {
    "十好几": (13.0, 19.0),
    "二十好几": (23.0, 29.0),
    "三十好几": (33.0, 39.0),
    "十几": (11.0, 19.0),
    "几十": (20.0, 99.0),
    "二十几": (21.0, 29.0),
    "三十几": (31.0, 39.0),
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity between `low` and `high`, both possible unless `over` or `under`. unit: one word for each measure."""

    low: float
    high: float
    unit: str
    start: int
    end: int
    over: bool = False  # more than `low`, not `low` itself
    under: bool = False  # less than `high`

    def is_more_than(self, limit: float) -> bool | None:
        """Tell whether it exceeds a limit, None when the words leave it open."""
        if self.low > limit or (self.over and self.low >= limit):
            return True
        return False if self.high <= limit else None

    def is_less_than(self, limit: float) -> bool | None:
        """Tell whether it stays below a limit, None when the words leave it open."""
        if self.high < limit or (self.under and self.high <= limit):
            return True
        return False if self.low >= limit else None


_PARTS: Final = re.compile(
    r"(?P<nearly>不到|不足|将近|接近|近|快)?(?P<tenths>[一二两三四五六七八九\d](?:[、到至]?[二三四五六七八九])?)成(?![分品本功立员人都型份])(?P<and>多|几|出头)?"
    rf"|(?<![{CHINESE}\d])(?P<below>[{CHINESE}\d]{{1,6}})分之(?P<above>[{CHINESE}\d]{{1,6}})"
    r"|(?P<most>一?大半|多半|过半|(?:超过|不止)(?:一半|半数)|(?:一半|半数)(?:以上|还多|多)|绝?大部分|绝?大多数|十有八九|八九成)"
    r"|(?P<less>(?:将?近|不到|差不多|快)(?:一半|半数)|一?小半)"
    r"|(?P<half>一半|半数)"
)
_WHOLE: Final = 100.0


def _parts(text: str) -> Iterator[Amount]:
    """Yield the shares that are said in words, in per cent: 七成, 三分之二, 大半."""
    for found in _PARTS.finditer(text):
        low, high = _part(found)
        yield Amount(
            low,
            high,
            SHARE,
            found.start(),
            found.end(),
            over=bool(found["most"] or found["and"]),
            under=bool(found["less"] or found["nearly"]),
        )


def _part(found: re.Match[str]) -> tuple[float, float]:
    if found["tenths"]:
        ends = [number_of(one) or 0.0 for one in re.sub("[、到至]", "", found["tenths"])]
        low = ends[0] - 1 if found["nearly"] else ends[0]  # 近三成, 三成多: up to a tenth less, or more
        return 10 * low, 10 * (ends[-1] + 1 if found["and"] else ends[-1])
    if found["below"]:
        below, above = number_of(found["below"]), number_of(found["above"])
        part = _WHOLE * (above or 0.0) / below if below else 0.0
        return part, part
    half = _WHOLE / 2
    return (half, _WHOLE) if found["most"] else (0.0 if found["less"] else half, half)


def amounts(text: str) -> list[Amount]:
    """Return the quantities in a cleaned text, by place, and the sums of people counted in parts."""
    found = [one for match in _AMOUNT.finditer(text) if (one := _amount(match)) is not None]
    return [*found, *_sums(text, found), *_parts(text), *_unitless(text), *_headcounts(text)]


_HEADCOUNT: Final = re.compile(
    rf"(?:人(?:员数?|数)量?(?:[:为是有共达约计]|超过|超){{0,2}}|[站坐挤蹲](?:着|了|满|下)+)(?P<few>)(?P<number>{NUMBER})(?P<more>多|余|来|几)?"
    r"(?P<half>)(?P<tenth>)(?P<to>)(?=$|[,、;。)]|左右)"
)


def _headcounts(text: str) -> Iterator[Amount]:
    """Yield the numbers of people that stand after the word for them: 作业人数14, 站了十二, 看见俩."""
    for found in _HEADCOUNT.finditer(text):
        if (bounds := _bounds(found)) is not None:
            yield Amount(*bounds, "人", found.start(), found.end())
    for found in _TOGETHER.finditer(text):
        many = _TOGETHER_ARE[found["many"]]
        yield Amount(many, many, "人", found.start(), found.end())


_TOGETHER_ARE: Final = {"俩": 2.0, "仨": 3.0}
_TOGETHER: Final = re.compile(r"(?P<many>[俩仨])(?=(?:$|[,、;。)]|[在都]|一起))")


UNNAMED: Final = ""  # the unit of a quantity that names none
_UNITLESS: Final = re.compile(
    rf"(?:堆|放|存|装|有|摆|码|积|坐|挤|站|进|实际|实存|实测|现存|(?:[称秤数点算盘]|过秤|盘点)(?:下来|出来)|过[秤磅称]|[一复实]称|称重|点数|加起来|合起来|合计|[一总]共|单子上|账上)(?:了|着|有|到|下|进|满|是)*(?P<few>十好几|二十好几|三十好几|十几|几十|二十几|三十几|好几|几)?"
    rf"(?P<number>{NUMBER})?(?P<more>多|余|来|几)?(?P<half>)(?P<tenth>)(?P<to>)(?=$|[,、]|左右|上下|的样子|了)"
)


def _unitless(text: str) -> Iterator[Amount]:
    """Yield the quantities whose unit was said before and is left out: 定量一百五十公斤,堆了三百多."""
    for found in _UNITLESS.finditer(text):
        if (found["few"] or found["number"]) and (bounds := _bounds(found)) is not None:
            yield Amount(*bounds, UNNAMED, found.start(), found.end())


_ADDED: Final = re.compile(r"[男女老少大小]|[加和跟]|外加|另[有外]|还有|又[来进]|[左右]边")
_SIDE: Final = re.compile("[,、]?(?:[左右东西南北里外前后上下]|[这那另][一]?)[边头侧面](?:有|还有|站着)?")
_SUM_REACH: Final = 12  # characters between two counts that are added


def _sums(text: str, found: Sequence[Amount]) -> Iterator[Amount]:
    """Yield what people counted in two parts are together: 男的六个女的七个, 六个装盘的加五个打包的."""
    for one, two in pairwise(found):
        between = text[one.end : two.start]
        if two.unit == "人" and _are_added(one, between):
            yield Amount(one.low + two.low, one.high + two.high, "人", one.start, two.end, one.over or two.over)


def _are_added(one: Amount, between: str) -> bool:
    """Tell whether the people of a second count are others than those of the first: by sex, by side, by 加."""
    if one.unit == "人":
        return len(between) <= _SUM_REACH and _ADDED.search(between) is not None
    return one.unit == "个" and _SIDE.fullmatch(between) is not None  # 左边5个右边6个在干活


def _amount(found: re.Match[str]) -> Amount | None:
    bounds = _bounds(found)
    if bounds is None:
        return None
    named = _UNITS[found["unit"]] + (found["water"] or "")
    unit, scale = _SCALE.get(named, (named, 1.0))
    if unit == "个" and _counts_people(found):
        unit = "人"
    low, high, over, under = _as_compared(found["before"] or "", found["after"] or "", *bounds)
    return Amount(low * scale, high * scale, unit, found.start(), found.end(), over, under)


def _counts_people(found: re.Match[str]) -> bool:
    """Tell whether it is people that are counted with 个: by the word for them, or by what they do."""
    if _ROOM.match(found.string, found.end()):
        return False  # 速冻和装盘的一个厅
    before = found.string[max(0, found.start() - 16) : found.start()]
    if _COUNTED_UP.search(before) and _ENDED.match(found.string, found.end()):
        return True
    return bool(_PEOPLE.match(found.string, found.end()) or _WORKERS.search(before))


def _bounds(found: re.Match[str]) -> tuple[float, float] | None:
    if found["few"]:
        return _FEW.get(found["few"], (2.0, inf))
    if between := neighbours(found["number"]):
        return between
    low = number_of(found["number"])
    if low is None:
        return None
    if found["half"] or found["tenth"]:
        exact = low + (0.5 if found["half"] else (number_of(found["tenth"]) or 0.0) / 10)
        return exact, exact
    high = number_of(found["to"]) if found["to"] else low
    if found["more"]:
        return low, low + (9 if found["more"] != "来" else 5)
    return low, max(low, high if high is not None else low)


_NOT: Final = ("没", "没有", "未", "不")
_LESS: Final = frozenset(
    {
        "不到",
        "不足",
        "小于",
        "低于",
        "少于",
        "不满",
        "<",
        *(no + word for no in _NOT for word in ("达", "达到", "满", "到")),
    }
)
_AT_MOST: Final = frozenset(
    {"最多", "至多", "顶多", "≤", "以下", "以内", "之内"}
    | {no + word for no in _NOT for word in ("超", "超过", "超出", "多于", "大于", "高于")}
)
_MORE: Final = frozenset({"超过", "超出", "大于", "高于", "多于", "超", ">"})
_AT_LEAST: Final = frozenset({"至少", "≥", "以上", "不少于", "不低于", "不小于"})


def _as_compared(before: str, after: str, low: float, high: float) -> tuple[float, float, bool, bool]:
    """Return the range that a comparison leaves, with which ends are open."""
    said = {before, after}
    if said & _LESS:
        return 0.0, high, False, True
    if said & _AT_MOST:
        return 0.0, high, False, False
    if said & _MORE:
        return low, inf, True, False
    if said & _AT_LEAST:
        return low, inf, False, False
    return low, high, False, False


_SAME_SCALE: Final = 20.0
_BARE: Final = re.compile(rf"[是为:只有才仅]{{0,3}}(?P<number>(?=\d|[{CHINESE}]{{2}}){NUMBER})(?!\d|[.年月日#号])")


def beyond(found: Sequence[Amount], limits: Sequence[int], text: str = "", *, below: bool = False) -> bool | None:
    """Tell whether a quantity is more (below: less) than the limit of its unit that a text names, None without one.

    limits: where the words for "limit" end (定员, 核定药量); the next quantity after one is the limit. A bare figure
    there (设定210kPa,设计是200) is in the unit of the only other quantity.
    """
    answer: bool | None = None
    for place in limits:
        limit = next((one for one in found if place <= one.start <= place + LIMIT_REACH), None)
        bare = _bare(text, place, found)
        if bare is not None and (limit is None or bare.end <= limit.start):
            limit = bare  # 核定1万,实存8000公斤: what stands after the bare figure is not the limit
        others = [one for one in found if limit is not None and one is not limit and one.unit in {limit.unit, UNNAMED}]
        if limit is not None and others:
            answer = bool(answer) or any(_is_outside(one, limit, below=below) for one in others)
    return answer


def _is_outside(one: Amount, limit: Amount, *, below: bool) -> bool:
    return one.high < limit.low if below else one.low > limit.high


def _bare(text: str, place: int, found: Sequence[Amount]) -> Amount | None:
    """Return the figure without a unit that stands right after a word for a limit, as a quantity of the only unit."""
    figure = _BARE.match(text, place)
    known = [one for one in found if one.unit != UNNAMED]
    if figure is None or len({one.unit for one in known}) != 1:
        return None
    number = number_of(figure["number"]) or 0.0
    if number * _SAME_SCALE < known[0].high:
        return None  # said in a larger unit: 0.25MPa,设计0.2
    return Amount(number, number, known[0].unit, figure.start("number"), figure.end())


def share(found: Sequence[Amount]) -> tuple[float, float] | None:
    """Return the bounds, in per cent, of the part that a text speaks of: 60%, or 6 of 10; None when it names none."""
    for one in found:
        if one.unit == SHARE:
            return (nextafter(one.low, inf) if one.over else one.low), one.high
    counts = sorted((one for one in found if one.unit == PIECES), key=lambda one: one.high)
    if len(counts) < 2 or counts[-1].high <= 0:
        return None
    part = 100 * counts[0].high / counts[-1].high
    return part, part
