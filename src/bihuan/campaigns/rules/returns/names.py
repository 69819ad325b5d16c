"""Which units and sectors the headings of a form name, in all their written forms, and which words nobody knows."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from bihuan.campaigns.rules.returns.grid import plain
from bihuan.campaigns.rules.units import Participant, Side
from bihuan.standards.rules import INDUSTRY_AND_TRADE, SECTOR_NAMES, SECTOR_WORDS, Sector
from bihuan.stats.rules import NO_SECTOR

# Written forms of sectors that forms use beside the words of lists and standards.
_MORE: Final[Mapping[str, frozenset[Sector]]] = {
    "工矿商贸": INDUSTRY_AND_TRADE | {Sector.MINING},
    "工矿": INDUSTRY_AND_TRADE | {Sector.MINING},
    "八大": INDUSTRY_AND_TRADE,
    "交通": frozenset({Sector.ROAD_TRANSPORT, Sector.WATER_TRANSPORT}),
    "交通运输": frozenset({Sector.ROAD_TRANSPORT, Sector.WATER_TRANSPORT}),
    "道路": frozenset({Sector.ROAD_TRANSPORT}),
    "道路交通运输": frozenset({Sector.ROAD_TRANSPORT}),
    "水路": frozenset({Sector.WATER_TRANSPORT}),
    "水上运输": frozenset({Sector.WATER_TRANSPORT}),
    "水路运输": frozenset({Sector.WATER_TRANSPORT}),
    "危险品": frozenset({Sector.HAZARDOUS_CHEMICALS}),
    "危险化学": frozenset({Sector.HAZARDOUS_CHEMICALS}),
    "烟花": frozenset({Sector.FIREWORKS}),
    "建筑工地": frozenset({Sector.CONSTRUCTION}),
    "建筑工程": frozenset({Sector.CONSTRUCTION}),
    "房屋建筑": frozenset({Sector.CONSTRUCTION}),
    "市政工程": frozenset({Sector.CONSTRUCTION}),
    "在建工程": frozenset({Sector.CONSTRUCTION}),
    "人员密集": frozenset({Sector.FIRE_CROWDED}),
    "消防重点": frozenset({Sector.FIRE_CROWDED}),
    "瓶装燃气": frozenset({Sector.GAS}),
    "液化气": frozenset({Sector.GAS}),
    "民用爆炸物": frozenset({Sector.CIVIL_EXPLOSIVES}),
    "民爆物品": frozenset({Sector.CIVIL_EXPLOSIVES}),
    "民爆器材": frozenset({Sector.CIVIL_EXPLOSIVES}),
    "渔船": frozenset({Sector.FISHERY}),
    "渔业生产": frozenset({Sector.FISHERY}),
    "商贸流通": frozenset({Sector.COMMERCE}),
    "特种设备使用": frozenset({Sector.SPECIAL_EQUIPMENT}),
    "其它": frozenset({Sector.OTHER}),
}
_SECTORS: Final[Mapping[str, frozenset[Sector]]] = MappingProxyType(
    {plain(word): found for word, found in {**SECTOR_WORDS, **_MORE}.items() if len(found) < len(Sector)}
)
# What a word of the field is nearest to, where no sector is called so: offered, never taken.
_NEAREST: Final[tuple[tuple[re.Pattern[str], tuple[Sector, ...]], ...]] = (
    (
        re.compile(
            "学校|幼儿|校园|教育|培训|医院|卫生|养老|福利|民政|文化|旅游|文旅|体育|娱乐|网吧|歌舞|宾馆|酒店|旅馆|餐饮|"
            "商场|超市|市场|宗教|寺庙|教堂|景区|三合一|多合一|出租|群租|公寓|高层|九小|小场所|仓储|物流"
        ),
        (Sector.FIRE_CROWDED,),
    ),
    (re.compile("商场|超市|市场|餐饮|酒店|宾馆|旅游|仓储|物流|涉氨|冷库"), (Sector.COMMERCE,)),
    (re.compile("氨|冷库|食品|粮|木|家具|造纸|酿酒|皮革|塑料"), (Sector.LIGHT_INDUSTRY,)),
    (re.compile("粉尘|金属|五金|汽修|电镀|铸|冲压|装备"), (Sector.MACHINERY,)),
    (re.compile("冶炼|钢铁|铸|高温熔融"), (Sector.METALLURGY,)),
    (re.compile("印染|服装|化纤|制衣"), (Sector.TEXTILE,)),
    (re.compile("水泥|石材|玻璃|陶瓷|砖"), (Sector.BUILDING_MATERIALS,)),
    (re.compile("加油|加气|油库|剧毒|易燃|油漆"), (Sector.HAZARDOUS_CHEMICALS,)),
    (re.compile("工地|拆迁|市政|房屋|住建|城建|电力"), (Sector.CONSTRUCTION,)),
    (re.compile("客运|货运|校车|公交|公路|铁路|车辆"), (Sector.ROAD_TRANSPORT,)),
    (re.compile("港口|码头|船|渡口"), (Sector.WATER_TRANSPORT, Sector.FISHERY)),
    (re.compile("电梯|锅炉|起重|压力容器"), (Sector.SPECIAL_EQUIPMENT,)),
    (re.compile("农业|农村"), (Sector.FARM_MACHINERY,)),
    (re.compile("管道|天然气|煤气"), (Sector.GAS,)),
    (re.compile("尾矿|采石|煤"), (Sector.MINING,)),
    (re.compile("工业|企业"), tuple(sorted(INDUSTRY_AND_TRADE))),
)
_SECTOR_TAIL: Final = re.compile(
    "(等|类|业|行业领域|行业|领域|方面|系统|生产经营单位|生产企业|企业|经营单位|单位|场所|制造业?|加工业?|安全生产|安全|生产|部门|施工)$"
)
_JOINED: Final = re.compile("[、,，/;；+及和与]|以及")
_BRACKETS: Final = re.compile(r"^(?P<out>.+?)\((?P<inner>[^()]+)\)$")

# What lies in no village: a place of the town's own, with which its villages add up to it.
NO_VILLAGE: Final = "none"
NO_VILLAGE_NAME: Final = "未落到村"
REST_WORDS: Final = frozenset({"其他", "其它", "其余"})
_NO_VILLAGE: Final = re.compile(
    r"^(其[他它][(]?)?(未|没有?|不)(能)?(落|列入?|分|归|属于|明确|确定)(到|至|于)?(各|具体)?(村|村\(社区\)|村社区|村、社区)(的|隐患)?[)]?$"
)

# Words of headings that name nobody. What is left of a heading when they are taken out is a name, or nobody knows it.
_NEUTRAL_WORDS: Final = (
    "隐患排查治理|排查治理|安全生产|安全|生产|隐患|排查|治理|发现|查出|查处|查改|一般|重大|较大|事故|整改|整治|整顿|到位|完成|落实|"
    "已经|尚未|没有|正在|仍有|尚有|逾期|超期|到期|按期|及时|限期|期限|时限|销号|闭环|存量|增量|挂牌|督办|摘牌|立行立改|立查立改|立即|"
    "当场|当日|现场|举一反三|同类|五落实|五到位|移送|移交|转办|资金|经费|投入|费用|自查自改自报|自查自纠|自查|自改|自报|零报告|检查|执法|"
    "惩戒|督查|督导|暗访|巡查|带队|领导|出动|人员|人数|人次|家次|检查组|组织|参加|开展|受检|在册|辖区|登记|应排查|生产经营|企业|单位|场所|"
    "总数|总量|总体|总计|数量|数目|个数|家数|户数|项数|起数|次数|情况|进展|进度|工作|统计|汇总|综合|项目|指标|内容|类别|类型|分类|种类|名称|"
    "序号|计量|行业领域|行业|领域|本周|本期|本月|本旬|本季度?|本日|本次|本年度?|当月|当周|当期|当日|今日|新增|新发现|报告期|累计|以来|至今|"
    "年初|今年|全年|截至目前|截至|截止|目前|现有|期末|期间|其中|合计|小计|共计|全镇|全区|全市|全县|全部|所有|各级|各类|"
    "各村|属地|责任|主体|结果|明细|数据|备注|说明|问题|事项|清单|台账|专项行动|专项|行动|大排查大整治|大检查|大排查|大整治|集中|上报|报送|"
    "涉及|需要|是否|百分比|占比|比例|比率|季度|月份|年度|冬春季|冬春|岁末年初|春节前后|春节|节前|节后|停产|停业|停工|停建|关闭|取缔|责令|"
    "罚款|立案|案件|约谈|问责|追责|曝光|通报|黑名单|文书|处罚|行政|警告|伤亡|死亡|受伤|另列|含以前|以前|当前|结转|结存|上[周期月旬]|主管部门|监管部门|待|村[(]社区[)]|村、社区|村社区|行政村|村居|新排查出|新排查|新查出|新登记|排查出|检查出|检查发现|未改|已改|待改|应改|立改|即改|即查即改|边查边改|未定级|待定级|未分级|待分级|未评级|"
    "待评级|未判定|待判定|级别待定|本?[周月旬季年]末|本?[月季年]底"
)
_NEUTRAL: Final = re.compile("|".join(sorted(_NEUTRAL_WORDS.split("|"), key=len, reverse=True)))  # the longest first
_JOINTS: Final = re.compile(
    r"[\s0-9.,:;%()\[\]<>《》〈〉〔〕【】“”\"'、，。；：·—\-~/*+=_]+|[数率的和及与或等已未应各共总项个家条处起次人元时]"
)
_ONLY_UNITS: Final = re.compile(
    "^([一二三四五六七八九十]+|个|家|家次|项|条|处|万元|元|起|份|次|人次|人|家/人|%|天|户|组|台|吨|村|社区|镇|街道|单位|年|月|日|期)$"
)
_TOWN: Final = re.compile("^.{2,}?(?:镇|乡|街道|县|(?<!社)区|市)(?=.{2,})")
_VILLAGE_TAILS: Final = (
    ("村", ("村民委员会", "村委会", "村民委", "行政村", "村党支部", "村党总支", "村")),
    ("社区", ("社区居民委员会", "社区居委会", "居民委员会", "居委会", "社区党支部", "社区")),
)
_OFFICE_TAIL: Final = re.compile("(办|所|局|站|中心|科|队|委|分局|公司)$")
SHORTEST: Final = 2
LIKE_ENOUGH: Final = 0.5
MOST_NEAR: Final = 4


class Place(NamedTuple):
    """Where a cell counts: a unit or NO_VILLAGE, sectors, both, or neither for the whole."""

    unit_id: str = ""
    sectors: tuple[str, ...] = ()


def place_kept(place: Place) -> dict[str, object]:
    """Return a place as plain values."""
    return {"unit": place.unit_id, "sectors": list(place.sectors)}


def places_of(kept: Mapping[str, Mapping[str, Any]]) -> dict[str, Place]:
    """Return what words mean, as it was kept."""
    return {word: Place(one.get("unit", ""), tuple(one.get("sectors", ()))) for word, one in kept.items()}


class Near(NamedTuple):
    """What a word that nobody knows may mean."""

    name: str
    place: Place


@dataclass(frozen=True)
class Names:
    """What headings can name. units: of the town. said: what a person said that words of this form mean."""

    units: Sequence[Participant] = ()
    said: Mapping[str, Place] = field(default_factory=dict)

    @cached_property
    def _exact(self) -> Mapping[str, Participant]:
        named = [one for one in self.units if one.side is not Side.OFFICE]
        return {plain(name): one for one in named for name in (one.name, one.short_name) if name}

    @cached_property
    def _forms(self) -> Mapping[str, list[Participant]]:
        """Units by their stem: several where a stem is not enough to tell them apart."""
        found: dict[str, list[Participant]] = {}
        for text, one in self._exact.items():
            same = found.setdefault(_stem(text)[0], [])
            if one not in same:
                same.append(one)
        return found

    @cached_property
    def villages(self) -> frozenset[str]:
        """The ids of every village of the town."""
        return frozenset(str(one.id) for one in self.units if one.side is Side.VILLAGE)

    def place_of(self, text: str) -> Place | None:
        """Return what a heading names, None where it names nothing that we know."""
        if text in self.said:
            return self.said[text]
        if len(text) < SHORTEST:
            return None
        if _NO_VILLAGE.match(text):
            return Place(NO_VILLAGE)
        unit = self._unit(text)
        if unit is not None:
            return Place(str(unit.id))
        sectors = sectors_named(text)
        return Place(sectors=sectors) if sectors else None

    def _unit(self, text: str) -> Participant | None:
        if text in self._exact:
            return self._exact[text]
        stem, kind = _stem(text)
        alike = [one for one in self._forms.get(stem, ()) if _kinds_agree(kind, one)]
        if not alike and _OFFICE_TAIL.search(stem):
            alike = [one for one in self.units if one.side is Side.DEPARTMENT and _shortened(stem, one)]
        return alike[0] if len(alike) == 1 else None

    def near(self, word: str) -> list[Near]:
        """Return what a word may mean, the likeliest first."""
        if word in REST_WORDS and self.villages:
            return [Near(NO_VILLAGE_NAME, Place(NO_VILLAGE))]
        text = _NEUTRAL.sub("", word) or word
        stem = _stem(text)[0]
        sectors = [one for words, found in _NEAREST if words.search(word) for one in found]
        found = [Near(SECTOR_NAMES[one], Place(sectors=(str(one),))) for one in dict.fromkeys(sectors)]
        rated = [(_likeness(stem, _stem(plain(one.short_name or one.name))[0]), one) for one in self._exact.values()]
        closest = sorted({one.id: (rate, one) for rate, one in rated}.values(), key=lambda pair: -pair[0])
        found += [Near(one.short_name or one.name, Place(str(one.id))) for rate, one in closest if rate >= LIKE_ENOUGH]
        named = {name: _likeness(text, plain(name)) for name in SECTOR_NAMES.values()}
        of_name = {name: code for code, name in SECTOR_NAMES.items()}
        found += [
            Near(name, Place(sectors=(str(of_name[name]),))) for name, rate in named.items() if rate >= LIKE_ENOUGH
        ]
        return list(dict.fromkeys(found))[:MOST_NEAR]


def rest_of(named: Iterable[str]) -> tuple[str, ...]:
    """Return what 其他 means beside these sectors: all others, and what has no sector, so that the lines add
    up to their whole."""
    return (NO_SECTOR, *sorted({str(one) for one in Sector} - set(named)))


NO_NAMES: Final = Names()


def names_for(units: "Iterable[Participant] | Names") -> Names:
    """Return units as what headings can name."""
    return units if isinstance(units, Names) else Names(tuple(units))


def is_office(text: str) -> bool:
    """Tell whether a name ends as that of an office or a station does."""
    return _OFFICE_TAIL.search(text) is not None


def _likeness(one: str, other: str) -> float:
    short, long = sorted((one, other), key=len)
    return 1.0 if len(short) >= SHORTEST and short in long else SequenceMatcher(None, one, other).ratio()


def _stem(text: str) -> tuple[str, str]:
    """Return a name without its town and without the words for a village, and which of these there were."""
    stem, kind = _TOWN.sub("", text), ""
    stem = stem.replace("办公室", "办").replace("委员会", "委") if _stem_is_office(stem) else stem
    shorter = True
    while shorter:
        shorter = False
        for name, tails in _VILLAGE_TAILS:
            tail = next((one for one in tails if stem.endswith(one) and len(stem) > len(one)), "")
            if tail:
                stem, kind, shorter = stem.removesuffix(tail), kind or name, True
    return stem, kind


def _stem_is_office(text: str) -> bool:
    return not any(text.endswith(tail) for _, tails in _VILLAGE_TAILS for tail in tails)


def _kinds_agree(kind: str, unit: Participant) -> bool:
    """东村 and 东社区 are two; a name without either word means whichever there is."""
    kinds = {_stem(plain(name))[1] for name in (unit.name, unit.short_name) if name}
    return not kind or kind in kinds or not any(kinds)


def _shortened(text: str, unit: Participant) -> bool:
    """Tell whether a text abbreviates a department: it ends with its short name, or its letters stand in its name."""
    short, whole = _stem(plain(unit.short_name))[0], _stem(plain(unit.name))[0]
    if len(short) > SHORTEST and text.endswith(short):
        return True
    letters = iter(whole)
    return len(text) > SHORTEST and text[-1] == whole[-1:] and all(letter in letters for letter in text)


@cache
def sectors_named(text: str) -> tuple[str, ...]:
    """Return the sectors that a heading names, however it writes them; () where it names none."""
    found = _one_sector(text) or _many_sectors(text)
    return tuple(sorted(str(one) for one in found)) if found and len(found) < len(Sector) else ()


def _one_sector(text: str) -> frozenset[Sector]:
    while text:
        if text in _SECTORS:
            return _SECTORS[text]
        shorter = _SECTOR_TAIL.sub("", text)
        if shorter == text:
            return frozenset()
        text = shorter
    return frozenset()


def _many_sectors(text: str) -> frozenset[Sector]:
    """冶金、有色, 危险化学品(危化品), 机械轻工: every part is known, or none is taken."""
    bracketed = _BRACKETS.match(text)
    if bracketed is not None:
        parts = [bracketed["out"], bracketed["inner"]]
        known = [_one_sector(part) or _many_sectors(part) for part in parts]
        return frozenset().union(*known) if all(known) else frozenset()
    bare = _SECTOR_TAIL.sub("", text)
    parts = [part for part in _JOINED.split(bare) if part]
    known = [_one_sector(part) or _run_together(part) for part in parts]
    return frozenset().union(*known) if known and all(known) else frozenset()


def _run_together(text: str) -> frozenset[Sector]:
    found: set[Sector] = set()
    while text:
        word = next((text[:size] for size in range(len(text), 1, -1) if text[:size] in _SECTORS), "")
        if not word:
            return frozenset()
        found |= _SECTORS[word]
        text = text.removeprefix(word).removeprefix("等")
    return frozenset(found)


def named_in(text: str, names: Names) -> Iterator[tuple[str, Place | None]]:
    """Yield the names that a heading holds, each with its place, None where nobody knows it.

    text: plain, without numbering and unit. A heading that names nobody yields nothing.
    """
    if text in names.said:
        yield text, names.said[text]
        return
    if _ONLY_UNITS.match(text):
        return
    place = names.place_of(text)
    if place is not None:
        yield text, place
        return
    for piece in _NEUTRAL.sub(" ", text).split():
        if not _JOINTS.sub("", piece):
            continue
        bare = _trimmed(piece)
        place = names.place_of(bare)
        yield bare if len(bare) >= SHORTEST else text, place


def _trimmed(piece: str) -> str:
    """Take the joints off both ends of what is left of a heading."""
    start, end = 0, len(piece)
    while start < end and _JOINTS.fullmatch(piece[start]):
        start += 1
    while end > start and _JOINTS.fullmatch(piece[end - 1]):
        end -= 1
    return piece[start:end]
