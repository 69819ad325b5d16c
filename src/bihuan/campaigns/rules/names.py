"""Names of bodies and posts: how a list of them is cut, and what is one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from bihuan.campaigns.rules.text import Line, Place, fold
from bihuan.campaigns.rules.words import ACTS_INSIDE, ADVERB_START, BEGINS, ENDS_AS_PARTY, NO_PARTY, words

LONGEST: Final = 26
LONGEST_BARE: Final = 8  # characters of a field that stands for its body: 交通运输、水利等部门
_GLUE: Final = re.compile(
    r"、|(?<=[位门业村镇乡所局办])(?<![驻属在辖]镇)(?<![驻属在辖][乡村])(?=各(?!省级局|分局|分支|派出|科室|处室|股室))|(?<=各地)(?=各)|(?<=各地区)(?=各)|(?<=派出所)(?=[一-龥]{2,5}[所站院](?:$|[、,;。\s]))|(?<=[^出]所)(?=派出所(?:$|[、,;。\s]))|(?<=各县区)(?=各)|(?<=各级)(?=各(?!类))|(?<=各级政府)(?=各)|以及|会同|联合|(?<![参普涉波提顾推触])及(?![时格早])|"
    r"(?<![中民温缓柔共平])和(?![平谐解])|"
    r"(?<![参给赋授])与(?![会])|或者?(?![许多])|;|,|/|\s+"
)
_WEAK_GLUE: Final = frozenset(words("及 和 与 或 或者"))
_STANDS_IN: Final = re.compile(r"其[^、,;]{0,8}(?:委托|授权|指定)的")  # 或者其书面委托的人员
_MODIFIER: Final = re.compile(
    r"^((?:[省市县区镇乡](?:直|级|属)?)?(?:有关|相关)|各有关|各相关|各级|各|本|全体|其他|其它|所有)(?=.)"
)
_ALIAS: Final = re.compile(r"\([^()]*\)$")
_COMMITTEE: Final = re.compile(r"党委(?:\([^()]*\))?$")
_OTHER_OFFICES: Final = frozenset("办督部机工")  # 政府办 is a body of its own
_SAID_BESIDE: Final = re.compile(
    r"\((?:以下)?(?:简称|详见|见附件|下同|名单|牵头|主责|配合|参与|协助|协同|参加|负责)[^()]*\)$|"
    r"(?<=办公室)\([^()]{2,16}(?:专班|办|办公室)\)$"
)
# 乡镇领导每半月、村干部每周到企业检查一次
_OFTEN: Final = re.compile(
    r"(?<=.)每(?:[半一两三\d]?(?:个)?(?:日|天|周|旬|月|季度|年|学期|班次?|小时))(?:至少)?(?:[一二两三\d]+次|[末首]?月?\d{1,2}日前)?$"
)
_TITLE: Final = re.compile(r"“?一把手”?$")
# A heading is a name only with such an end, and not where it begins with an act: 发展消防队伍, 紧盯重点场所.
_STANDS_ALONE: Final = re.compile(
    r"^(?!发展|紧盯|紧抓|聚焦|突出|关注|关爱|服务|打造|建设|保护|规范)(?=.{2,16}$)(?:.*(?:局|"
    r"办|委|(?<!场)所|站|政府|部门|(?<=[援测务疗定管法理育老营训])机构|组|中心|[大中支总]队|部|公司|院|会|科|室|厅|"
    r"中心校|办公室|专班|集团|校|办事处|各?(?:镇|乡|村|街道|社区|县)\([^()]{1,6}\)|供销社|居\(村\)委会|村\(居\)委会)|.{0,4}(?:企业|单位|学校|村|镇|乡|街道|社区|园区|乡镇|居))$"
)
_SHARED_HEAD: Final = re.compile(
    r"(?:行政(?:主管)?|主管|行业(?:主管)?|(?<!市场|安全|药品|食品|食药|金融|质量|煤矿|矿山|安监)监管)?(?:部门|单位|系统|公司|企业|机构|经营者|经营户)$"
)
_TRADES: Final = frozenset(words("民宿 农家乐 网吧 影院 超市 餐馆 饭馆 茶楼 酒楼"))  # 民宿、农家乐经营者: of both
_SHARED_POST: Final = re.compile(
    r"(?<=.)(?:(?:党政)?主要|分管)(?:负责人|负责同志|领导)$|(?<=[处室科股办站所])负责人$|(?<=[委府会])领导(?:班子成员|干部)?$|(?<=各部门)领导$|(?<=各单位)领导$"
)
_DUTIES_OF: Final = re.compile(
    r"(?<=[局办委所站府构心队部院会室厅镇乡村区道位门业校)])的?(?:主要|工作|具体|安全)*(?:职责|责任)$"
)
_BODY: Final = re.compile(
    r"(?:县|市区|县区|地|地区|局|办|委|所|站|政府|中心|部|队|部门|乡镇|镇|乡|街道|单位|村|社区|企业|学校|科室|园区|总支|支部|办公室|[一-龥]{2}处)$"
)
_PLACE_OF: Final = re.compile(r"(?<=[院校园店馆司学业位])(?:食堂|后厨|厨房|宿舍|实验室|锅炉房|仓库)$")
# 县公安局等部门, 甲公司等8家企业: what stands before 等 is the name.
_AND_OTHERS: Final = re.compile(
    r"等(?:有关|相关|其他|其它|多个|\d+[家个])?(?P<head>[^等]{0,6}(?:部门|单位|企业|机构|场所|系统|组织|团体|力量|人员|队伍|干部|媒体|"
    r"成员单位))$"
)
_TOLD: Final = re.compile(
    r"(?<![主重需首纪摘概紧])要(?![求素件点害闻领])|应当|必须|[向将把]|(?<![应针面校])对(?![外口接])"
)  # a list of fields has none
_FORCE: Final = re.compile("(?:力量|人员|队伍|干部)$")
_LEVEL_FIRST: Final = frozenset("省市县区镇乡")  # 县直有关部门和单位, but 乡直有关单位会同学校
_KINDS: Final = frozenset(("部门", "单位"))
_A_TRADE: Final = re.compile(r"(?:行业|领域)(?:企业|单位|场所)$")
# A body that helps or moves another is not one name with it: 流管办配合派出所.
_BODY_ACTS: Final = re.compile(
    r"(?:局|办|委|委员会|所|站|政府|部门|中心|镇|乡|村|街道|社区|公司|企业|单位|队|员|校)(?:配合|协助|督促|指导|组织|负责|牵头|协调|统筹|整合|调动)"
    r"(?![组办科处室队部]|小组|单位|部门|中心|人)"
)
# Nothing that is done stands in a list of fields: 县局组织专家通过电话、视频等方式为企业.
_NO_KIND: Final = re.compile(r"抽调|选派|方式|手段|渠道|途径|形式|[为对向由]")
_LAST_FIELDS: Final = re.compile(
    r"(?!工业|住房|发展|卫生|文化|规划|市场|人力|国防|宣传)(?P<field>[一-龥]{2,4})[和与](?=[一-龥]{2,4}等?(?:有关|相关|主管|行政主管)?(?:部门|单位|机关)$)"
)
_ANY_KIND: Final = re.compile(
    r"各?(?:有关|相关|行政|行业|主管|监管|职能|成员|责任|牵头|配合|大检查|大排查|专项整治|专项行动)*(?:部门|单位|企业|机构|系统)"
)
# 危险化学品生产、储存、经营企业 is one name; 建设、施工、监理单位 are three.
_LEVELS: Final = re.compile(r"(?:^|[、,(和及与])[省市县乡镇区]$")  # 市、县两级应急管理部门
_BOTH_LEVELS: Final = re.compile(
    r"(?:(?<![一-龥])|(?<=[本全我][市区县州]))各[省市县乡镇区]、(?=[市县区乡镇](?:级|人民|政府|党委|、[区镇乡]|\([^()]{1,6}\)[一-龥]))"
)  # 各市、县人民政府
_DOING: Final = "生产|储存|经营|使用|运输|销售|批发|零售|采购|充装|维修|养护"
_ONE_NAME: Final = re.compile(rf"[一-龥]{{2}}(?<!交通)(?<!安全)(?:{_DOING})(?:、(?:{_DOING}))*$")
_HEAD_AFTER: Final = re.compile("等(?:有关|相关)?(部门|单位)")
_FIELD: Final = re.compile(r"(?!其[他它])[一-龥]{2,6}")
_LEVEL_ALONE: Final = frozenset("省市县区镇乡")
_LEVEL_IN_BRACKETS: Final = re.compile(r"各?[省市州县区镇乡]\([省市州县区镇乡、]{1,6}\)")  # 市(州)
_GOVERNMENT: Final = re.compile(r"(?:人民)?政府$")
# A body named after its campaign has that campaign's verbs in it: 县深化非煤矿山专项整治领导小组办公室.
_OF_CAMPAIGN: Final = re.compile(
    r"[省市州县区旗镇乡](?!.*(?:[将把对向由被在要须应与的其并于到报从给让使就]|成立|组成|设立|组建|会同|联合|下设|以及|负责|牵头|配合|督促|"
    r"抽调|派出|各|制定|召开|组织))[一-龥“”()、]{4,22}(?:领导小组|领导组|指挥部|专班|联席会议|整治办)(?:办公室|成员单位|办)?"
)
# 县教育局分管负责同志
_HOLDER: Final = re.compile(r"(?<=[局委办厅府会所站队心司院])(?:党政)?(?:主要|分管)(?:负责人|负责同志|领导)$")
_BEFORE_EACH: Final = re.compile(
    r"(?:[省市州县区镇乡村道旗直属辖内本全域国方网会系]|系统|地方|级|参建|有关|相关|居|沿线|沿江|沿河|沿海|库区|山区|景区|流域|其[他它]|所有)$"
)
_SET_UP: Final = re.compile(r"(?<=.)(?:成立|组建|设立|选派|指定)的(?=.)")  # 各村成立的巡防队
_WHO_ANSWERS: Final = re.compile(
    r"(?:负责|分管|主管)[一-龥]{2,14}的(?!组织|统筹|指挥|协调|督导)[一-龥]{2,8}|"
    r"(?:[省市县区镇乡]直)?(?:其[他它]|各|有关|相关)?(?:负有|具有|承担)[一-龥]{2,14}(?:职责|责任|职能)的(?:部门|单位|机构)"
)  # 负责安全生产工作的企业领导
_BARE: Final = frozenset(words("部门 单位 企业 机构 人员 场所 乡镇 镇 村 街道 社区 学校 园区 地区 负责人"))


@dataclass(frozen=True, slots=True)
class Party:
    """A body or post as the text names it, and where it stands in the text given."""

    name: str
    start: int
    end: int

    def at(self, place: Place) -> "Answerable":
        """Return the party with its place in the document, when the text given begins at a place."""
        return Answerable(self.name, Place(place.paragraph, place.start + self.start, place.start + self.end))


@dataclass(frozen=True, slots=True)
class Answerable:
    """A body or post that answers for a clause, and where the document names it; role: "lead", "support", "person"."""

    name: str
    place: Place
    role: str = ""


def heading_names(text: str, place: Place) -> tuple[Answerable, ...]:
    """Return the bodies when a heading is nothing but their names: （一）县公安局、县交通局。"""
    folded = _DUTIES_OF.sub("", fold(text))
    names = list(split_names(folded, 0, len(folded))) if is_list(folded) else []
    return tuple(one.at(place) for one in names) if all(_STANDS_ALONE.search(one.name) for one in names) else ()


def addressed(line: Line) -> tuple[Answerable, ...]:
    """Return whom a line such as 各村，镇直各单位： names."""
    whole = Place(line.index, 0, len(line.text))
    return tuple(one.at(whole) for one in split_names(line.folded, 0, len(line.folded)) if is_party(one.name))


def listed(folded: str, start: int, end: int, *, cut: re.Pattern[str] | None = None) -> Iterator[Party]:
    """Yield every name of a list, as in a table's column; words that say what they do are left out."""
    at = start
    marks = [(one.start(), one.end()) for one in cut.finditer(folded, start, end)] if cut else []
    for stop, next_at in [*marks, (end, end)]:
        yield from _headed(list(split_names(folded, at, stop)), folded[stop:next_at])
        at = next_at


def _headed(names: list[Party], after: str) -> list[Party]:
    """Return names of which fields have the head that the last, or what follows, has for all: 公安、住建等部门."""
    said = _HEAD_AFTER.match(after)
    shared = said or (re.search("(部门|单位)$", names[-1].name) if len(names) > 1 else None)
    if shared is None or not all(_FIELD.fullmatch(one.name) or is_party(one.name) for one in names):
        return names
    return [one if is_party(one.name) else _with_head(one, shared[1]) for one in names]


def is_list(text: str) -> bool:
    pieces = list(split_names(text, 0, len(text)))
    return bool(text.strip()) and bool(pieces) and all(is_party(one.name) for one in pieces)


def parties_in(folded: str, start: int, end: int) -> list[Party]:
    """Return the names of a list if all are bodies or posts; 商务、生态环境部门 share their head."""
    names = [one for one in split_names(folded, start, end) if not _STANDS_IN.match(one.name)]
    told = _TOLD.search(folded, start, end) is not None
    if names and not told and not is_party(names[0].name) and (kind := _kind_of(names)):
        return [kind]
    names = _fields_apart(names)
    head = _SHARED_HEAD.search(names[-1].name) if names else None
    if head:
        names = _heads_shared(names)
    post = _SHARED_POST.search(names[-1].name) if names else None
    if post:
        names[:-1] = [_with_post(one, post.group()) for one in names[:-1]]
    names = _levels_named([_without_place(_without_others(one)) for one in names])
    several = len(names) > 1
    return names if all(is_party(one.name) or (several and one.name in _LEVEL_ALONE) for one in names) else []


def _heads_shared(names: list[Party]) -> list[Party]:
    """Return a list in which a field has the head of the next body that has one: 应急、煤矿监管部门和企业."""
    made: list[Party] = []
    head = ""
    for one in reversed(names):
        own = _SHARED_HEAD.search(one.name)
        made.insert(0, _with_head(one, head) if head and own is None else one)
        head = own.group().removeprefix("行业") if own else head
    return made


def _levels_named(names: list[Party]) -> list[Party]:
    """Return a list in which a level alone has the kind of the body after it: 市及各县政府 are 市政府 and 各县政府."""
    kinds = (_GOVERNMENT.search(one.name) for one in names if not _only_level(one))
    kind = next(kinds, None)
    if kind is None:
        return names
    return [replace(one, name=one.name + kind.group()) if _only_level(one) else one for one in names]


def _only_level(one: Party) -> bool:
    return one.name in _LEVEL_ALONE or _LEVEL_IN_BRACKETS.fullmatch(one.name) is not None


def _kind_of(names: list[Party]) -> Party | None:
    """Return the kind of bodies that a list of fields ends in: 电力、通信等管线产权单位 are 管线产权单位."""
    last = names[-1]
    found = _AND_OTHERS.search(last.name)
    if found and _FORCE.search(found["head"]) and BEGINS.match(names[0].name, _past_adverb(names[0].name)):
        return None  # 广泛发动派出所、执法队等基层力量
    if found is None or _ANY_KIND.fullmatch(found["head"]) or _NO_KIND.search(found["head"]):
        return None
    start = last.start + found.start("head")
    return Party(found["head"], start, start + len(found["head"]))


def _past_adverb(name: str) -> int:
    found = ADVERB_START.match(name)
    return found.end() if found else 0


def _fields_apart(names: list[Party]) -> list[Party]:
    """Return a list with its last two fields apart: 消防、安监、工商和旅游等部门."""
    several = len(names) > 1 and ("和" in names[-1].name or "与" in names[-1].name)
    joint = _LAST_FIELDS.match(names[-1].name) if several else None
    if joint is None:
        return names
    last = names[-1]
    middle = last.start + len(joint["field"])
    first = Party(joint["field"], last.start, middle)
    return [*names[:-1], first, Party(last.name[joint.end() :], last.start + joint.end(), last.end)]


def _without_others(one: Party) -> Party:
    """Return a last name without 等部门: 市场监管局等部门 is 市场监管局, 水利等部门 is 水利部门."""
    found = _AND_OTHERS.search(one.name)
    if found is None:
        return one
    before = one.name[: found.start()]
    if _A_TRADE.search(found["head"]) and not is_party(before):
        return one  # 冶金机械等行业企业
    named = is_party(before) or len(before) > LONGEST_BARE
    return Party(before if named else before + _plain_head(found["head"]), one.start, one.start + len(before))


def _plain_head(head: str) -> str:
    """Return the head that a list shares: 部门 of 气象等行业部门."""
    return "部门" if head == "行业部门" else head


def _without_place(one: Party) -> Party:
    """Return a body without the place of it that is meant: 养老院食堂 is told to the 养老院."""
    found = _PLACE_OF.search(one.name)
    return Party(one.name[: found.start()], one.start, one.end - len(found.group())) if found else one


def _with_head(one: Party, head: str) -> Party:
    bare_one = re.fullmatch(r"[一-龥]{2,8}(?:\([一-龥、]{1,8}\))?", one.name) and (
        not is_party(one.name) or one.name.endswith("财政") or (one.name in _TRADES and head.startswith("经营"))
    )
    return Party(one.name + head, one.start, one.end) if bare_one else one


def _with_post(one: Party, post: str) -> Party:
    """Return the holder of a post that the last of a list of bodies names for all: 各村、各部门主要负责人."""
    return Party(one.name + post, one.start, one.end) if _BODY.search(_ALIAS.sub("", one.name)) else one


@lru_cache(maxsize=16384)
def is_party(name: str) -> bool:
    plain = (
        re.sub(r"\([^()]*\)$", "", name)
        .replace("精细化工", "化工")
        .replace("突出矿井", "矿井")
        .replace("维护保养", "维保")
        .replace("收派员", "快递员")
        .replace("安全员", "网格员")
        .replace("指定部门", "主管部门")
    )  # no acts
    if len(name) <= LONGEST and _OF_CAMPAIGN.fullmatch(plain):
        return True
    plain = _SET_UP.sub("", plain)
    if _each_amid(plain):
        return False
    holder = _HOLDER.search(plain)
    if holder and is_party(plain[: holder.start()]):
        return True
    if _WHO_ANSWERS.fullmatch(plain) and ENDS_AS_PARTY.search(plain):
        return True
    return (
        2 <= len(name) <= LONGEST
        and name.count("(") == name.count(")")
        and ENDS_AS_PARTY.search(name) is not None
        and NO_PARTY.search(plain) is None
        and ACTS_INSIDE.search(plain) is None
        and _BODY_ACTS.search(plain) is None
        and not re.search(
            (
                r"^用[于作]|^其所|^规范(?=[一-龥]{3,})|^配合(?!单位|部门|科室|企业|人员|机构|组)|材料经|.逐(?=[村社企户校矿船车店库])|^一?边[^远防境]|^留(?!守)|^除(?![险尘雪害])|^请|(?:指挥部|小组|办公室|专班)在|^(?:统一|均|一并|分别)?(?:报送?|上报)|^(?:[向与将把以为按被让至到令或而的]|.*[府局委办所站位门乡镇村]在(?=.{2,}(?:单位|部门|企业)$)|在(?![建岗编职校])|负责(?!人)|进(?!修|出口)|对(?!外|口)|从(?!业)|经(?!济|信|开|发|营)|使(?!用)|"
                r"给(?!水|排)|自(?![然治来])|供(?![电销水气热暖应排]))|[,。;:《》]|“[^”]{5,}|“[^”]*$|要求|不得|的(?:问题|隐患|情况|线索|信息)|^现[就将]|[兼担]任|(?<!作)为(?![民群])|是"
            ),
            name,
        )
    )


def _each_amid(name: str) -> bool:
    """Tell whether something that is no body and no place stands before 各: 物资各村; not in 总站各科, 县直各单位."""
    at = name.find("各", 1)
    return at > 0 and not (ENDS_AS_PARTY.search(name, 0, at) or _BEFORE_EACH.search(name, 0, at))


def split_names(folded: str, start: int, end: int) -> Iterator[Party]:
    """Yield the names of a list; a modifier of the first is given to a bare second: 各有关部门和单位."""
    at = start
    before = party = ""
    marks = [(one.start(), one.end()) for one in _GLUE.finditer(folded, start, end) if _cuts_names(folded, start, one)]
    for stop, next_at in [*marks, (end, end)]:
        begin, finish = _edges(folded, at, stop)
        finish = begin + len(_OFTEN.sub("", folded[begin:finish]))
        finish = begin + len(_SAID_BESIDE.sub("", _TITLE.sub("", folded[begin:finish])))
        name = folded[begin:finish]
        if name:
            modifier = _MODIFIER.match(name)
            bare_name = before and name in (_KINDS if before[0] in _LEVEL_FIRST else _BARE)
            above = _COMMITTEE.search(party)
            if above and name.startswith("政府") and name[2:3] not in _OTHER_OFFICES:
                name = party[: above.start()] + name  # 各乡镇党委、政府主要负责同志
            party = before + name if bare_name else name
            yield Party(party, begin, finish)
            before = modifier[1] if modifier else (before if bare_name else "")
        at = next_at


def _cuts_names(folded: str, start: int, glue: re.Match[str]) -> bool:
    """Tell whether a joint stands between two names: not in brackets, and not as in 工业和信息化部."""
    before = folded[start : glue.start()]
    if any(before.count(opens) > before.count(closes) for opens, closes in ("()", "〔〕", "[]")):
        return False
    if glue.group() == "、" and (_LEVELS.search(before) or _BOTH_LEVELS.match(folded, max(0, glue.start() - 2))):
        return False
    if glue.group() == "、" and _ONE_NAME.search(before):
        return False
    return glue.group() not in _WEAK_GLUE or ENDS_AS_PARTY.search(before) is not None


def _edges(folded: str, start: int, end: int) -> tuple[int, int]:
    while start < end and folded[start] in " 、,;:〔【":
        start += 1
    while end > start and folded[end - 1] in " 、,;:。等":
        end -= 1
    return start, end


def once(found: list[Party]) -> list[Party]:
    """Keep each name once; the shorter name of a body already named says nothing new (企业 after 高危行业企业)."""
    kept: list[Party] = []
    for one in found:
        if not any(old.name == one.name or (one.name in _BARE and old.name.endswith(one.name)) for old in kept):
            kept.append(one)
    return kept
