"""From whom a sentence without a body of its own takes nothing over: general rules, blame, another subject."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from bihuan.campaigns.rules.beginnings import skip_lead
from bihuan.campaigns.rules.names import Answerable
from bihuan.campaigns.rules.numbering import number_of
from bihuan.campaigns.rules.splitting import of_one_kind
from bihuan.campaigns.rules.text import Line
from bihuan.campaigns.rules.words import ADVERB_START, BEGINS, STRONG

_GOES_ON: Final = re.compile(r"(?:同时|此外|另外),?|还要|并(?![非不])|对(?=[^。;]{2,40}(?<![主重需])要)")
# A point that only says what to do in a case is for those of the point before: 对多次未遇的，张贴告知单
_CASE: Final = re.compile(r"对(?:于)?[^,。;]{2,20}的,(?!由|要|应)")
_ENCOURAGES: Final = re.compile("鼓励|提倡|倡导|欢迎")
LIST_GAP: Final = 3  # characters between two names of one list
LISTED: Final = re.compile(r"\s*(?:第)?([一二三四五六七八九十]{1,2})(?:是|要|,)")
_GENERAL: Final = re.compile(
    r"^(?:凡|对凡|鼓励|提倡|欢迎)|^(?:坚持|遵循|本着|按照)[^。,;谁]{0,6}谁[^。,;]{1,6}(?:,|、)?谁"
)
# What a superior does to those who fail; it is not for those named before.
_BLAMES: Final = re.compile(
    r"(?:^|,|;)(?:对|因|造成|凡)[^。]*(?:追究|追责|问责|倒查|通报批评|约谈|一票否决|严肃处理|表彰|处分|诫勉|免职|撤职|停职|取消[^,。;]{0,8}资格|移交(?:纪检|纪委|监察)|"
    r"奖励)|因[^,。;]{1,20}造成[^。;]*(?:追究|追责|问责)"
)
# Of those who do not do their part: 对落实不力的予以通报; only who supervises does that.
_FAILS: Final = re.compile(
    r"^(?:对|凡|因|[^,。;要应]{0,8}(?=走过场|流于形式|弄虚作假))[^。;]*(?:不力|不到位|不落实|不认真|不负责|不作为|不及时|不重视|迟缓|缓慢|滞后|敷衍|推诿|"
    r"流于形式|走过场|弄虚作假|[漏迟瞒]报)[^。;]*(?:通报|批评|扣分|处理|列入|曝光|取消[^,。;]{0,8}(?:资格|评先))"
)
_SUPERVISES: Final = re.compile(r"督|检查组|巡查|纪[委检工]|监委|安委|安办|专班|指挥部|领导小组|办公室|政府$|主管部门")
_CHARGES: Final = re.compile(r"(?:^|[,;])[^,;。负]{2,16}负责(?![人同])")
# The press makes known, and orders nobody else's measures.
_MEDIA: Final = re.compile(r"媒体$|报社$|电视台$")
_PUBLIC: Final = re.compile(r"宣传|曝光|报道|刊|播|专[栏题]|公益|发布|舆论|普及|推送|转发")
# What only an authority does: 逾期未改的，依法从严查处.
_PUNISHES: Final = re.compile(
    r"^(?:对|凡|逾期|拒不|未|发现|存在|经)[^。]*(?:查处|处罚|惩处|取缔|查封|扣押|吊销|责令|立案|停业整顿|停产整顿|"
    r"依法(?:予以)?(?:暂停|关闭|处理|给予|采取))"
)
_GOVERNED: Final = re.compile(
    r"企业|公司|(?<!安全)生产(?!监|办)|经营[者户单业]|施工|业主(?!管)|场所|户$|店$|项目部|学校|幼儿园|医院|"
    r"[校园]长|矿井$|煤矿$|矿山$|从业人员|驾驶员|职工|商户"
)
# 重大问题做到即时上报镇安监站: a matter, and nobody else
_TOLD: Final = re.compile(
    r"^[^要应,]{0,10}(?:问题|情况|隐患|信息|险情|结果|数据|动态)(?:[^,。;要应]{0,8}(?:上报|报送|报告|反馈)|"
    r"(?:要|应当?|均)?(?:及时)?报[省市县区镇乡街公应安交][一-龥]+(?:局|办|部|厅|委|府))"
)
_JOINED: Final = re.compile(
    r"\s*(?:[\d年月日]{2,11}(?:前|起|底前),?)?(?:(?:针对|对|对于|围绕|结合)[^,。;]{2,30},|(?:并|同时|及时|定期|适时|不定期),?)?(?:联合|会同)"
)
# What offices tell those above them of their work: 检查情况于2月15日前报市指挥部.
_TOLD_ABOVE: Final = re.compile(
    r"^(?:(?:检查|排查|整治|督查|核查|工作|进展|行动|执法|复查)[^,。;]{0,6}(?:情况|结果|总结|进展|小结)|工作总结)[^。;]*(?:报|送)[^,。;]*"
    r"[市县区省镇乡][^,。;]*(?:办|局|指挥部|委|厅)"
)
_OFFICE: Final = re.compile(
    r"(?:局|办|委|厅|府|[大支中总]队|所|站|中心|指挥部|专班|工作组|办公室|办事处|管委会|镇|乡|街道|[县市]区|县|部门|机关|成员单位|各地)(?:\([^()]*\))?$"
)
# What is said of a thing, not of who acts: 台阶高度应当符合设计要求.
_STATE_OF: Final = re.compile(
    r"符合|达到|满足|具备|保持|低于|高于|超过|少于|控制在|设置|安装|张贴|全部|如实|纳入|"
    r"不低于"
)


_DURING: Final = re.compile(r"(?:过程|工作|期间|行动|处置|检查|作业)[中时后](?:也|还|均|都)*$")
# D级危房一律封停, 学生宿舍严禁使用电炉: what is dealt with stands first, and nobody else acts
_OBJECT_FIRST: Final = re.compile(
    r"(?:[^,要应必]{2,24}(?<![员人户者位业门])|(?:外来|闲杂|可疑|无关|来访|进山|入山|流动)人员)(?:一律(?!不)|(?<=[舍所道口内房库间棚室处区堂])(?:严禁|禁止|不得|不准))"
)


def divides(text: str) -> bool:
    """Tell whether a sentence gives each of several its own part: 甲负责…，乙负责…; what follows is of none of them."""
    return len(_CHARGES.findall(text)) > 1


def takes_nothing(text: str) -> bool:
    """Tell whether a sentence is for nobody named before it."""
    return bool(_GENERAL.match(text) or _BLAMES.search(text)) or _has_other_subject(text)


def cannot_mean(text: str, names: Iterable[str]) -> bool:
    """Tell whether those named before cannot be who does it: the criticised do not criticise, the fined do not fine."""
    known = list(names)
    if known and all(map(_MEDIA.search, known)) and not _PUBLIC.search(text):
        return True
    if _FAILS.search(text) and not any(map(_SUPERVISES.search, known)):
        return True
    if not governed(known):
        return False
    return _PUNISHES.search(text) is not None or _TOLD_ABOVE.search(text) is not None


def joins_those_before(text: str, start: int) -> bool:
    """Tell whether the first body named is only worked with: 联合市场监管部门检查; who acts stands before."""
    if not text.endswith(("联合", "会同"), 0, start):
        return False
    acts_before = "," in text[:start] and BEGINS.match(text) is not None  # 负责督促企业复绿,并会同相关部门验收
    return acts_before or _JOINED.fullmatch(text, 0, start) is not None


def governed(names: Sequence[str]) -> bool:
    """Tell whether all of those named are firms and others that offices check."""
    return bool(names) and all(map(_GOVERNED.search, names))


def is_office(names: Sequence[str]) -> bool:
    """Tell whether all of those named are offices, which check and punish firms."""
    return bool(names) and all(_OFFICE.search(name) and not _GOVERNED.search(name) for name in names)


def _has_other_subject(text: str) -> bool:
    """Tell whether a sentence begins with something else that acts: 全镇大检查行动同时延期至3月底."""
    plain = LISTED.sub("", text).lstrip()
    plain = plain[skip_lead(plain, 0) :]
    if re.match(r"全[省市县区镇乡村](?:都|均)?(?:要|必须|应当?)", plain):
        return True
    modal = STRONG.search(re.split(r"[,;。:]", plain)[0])
    known = (ADVERB_START, BEGINS, STRONG)
    if any(one.match(plain) for one in known) or re.match(
        r"[\d(“《]|每|综合(?=研判|运用|施策|分析|评估)|同时|其中|未|不|没有|发现|一经|遇到|收到|整治|检查|能|难以|暂|短期|需",
        plain,
    ):
        return False
    first = re.split(r"[,;。:]", plain)[0]
    if _TOLD.search(first):
        return False
    if _OBJECT_FIRST.match(first):
        return False
    if modal and _DURING.search(first, 0, modal.start()):  # 应急处置过程中也要及时续报
        return False
    if modal and modal.start() > 2:
        return _STATE_OF.match(plain, modal.end()) is None
    return len(first) > 6 and not re.search(r"的$|中$|时$|后$|请|须|要", first)


def each_once(found: Sequence[Answerable]) -> tuple[Answerable, ...]:
    """Keep each name once, where it stands first."""
    kept = {one.name: one for one in reversed(found)}
    return tuple(kept[name] for name in dict.fromkeys(one.name for one in found))


def first_list(parties: tuple[Answerable, ...]) -> tuple[Answerable, ...]:
    """Return those that the next sentence still means: the first list and bodies of its kind, no posts after it."""
    kept = list(parties[:1])
    in_list = True
    for one in parties[1:]:
        gap = one.place.start - kept[-1].place.end
        in_list = in_list and (one.place.paragraph != kept[-1].place.paragraph or 0 <= gap <= LIST_GAP)
        if in_list or of_one_kind(kept[0].name, one.name):
            kept.append(one)
    return tuple(kept)


@dataclass
class Memory:
    """Whom the sentences before name, in a paragraph and in the lines that lead in to lists."""

    before: tuple[Answerable, ...] = ()  # of the sentence before
    paragraph: int | None = None  # in which it stands
    office: tuple[Answerable, ...] = ()  # the offices last named in a paragraph, where firms are named after them
    office_in: int | None = None
    led: dict[int, tuple[Answerable, ...]] = field(default_factory=dict)  # those last named in each line
    open: bool = False  # its line ends in a semicolon: the next one, where it has no number, goes on with it
    base: tuple[Answerable, ...] = ()  # of the sentence before a list within a paragraph
    base_in: int | None = None

    def leave(self) -> None:
        """Forget the sentence before: another section begins."""
        self.before, self.paragraph = (), None

    def keep(self, line: Line, text: str, parties: tuple[Answerable, ...], *, said: bool) -> None:
        """Remember the parties of a sentence. said: it names them itself."""
        if not parties and self.paragraph == line.index and _ENCOURAGES.match(text):
            return  # 鼓励群众举报。 says nothing of who does the next
        self.before, self.paragraph = () if divides(text) else first_list(parties), line.index
        self.led[line.index] = self.before
        self.open = line.bare.endswith(";")
        if said and is_office([one.name for one in parties]):
            self.office, self.office_in = self.before, line.index

    def meant(self, line: Line, text: str) -> tuple[Answerable, ...] | None:
        """Return those that a sentence takes over, nobody where they cannot be meant; None without any before it.

        A firm named last fines nobody; the office named before it in the paragraph does.
        """
        carried = self._last(line, text)
        if not carried:
            return None
        names = [one.name for one in carried]
        if not cannot_mean(text, names):
            return carried
        return self.office if self.office_in == line.index and governed(names) else ()

    def _goes_on(self, line: Line, text: str) -> bool:
        """Tell whether a line goes on with the one before it: after a semicolon, or 要…, 同时…; a point: for a case."""
        if self.paragraph != line.index - 1 or line.cell:
            return False
        if number_of(line.folded):
            return _CASE.match(text) is not None
        return self.open or _GOES_ON.match(text) is not None

    def _last(self, line: Line, text: str) -> tuple[Answerable, ...]:
        """Return the parties of the sentence before; 一是 二是 三是 all take over from the one before 一是."""
        if self.paragraph != line.index and not self._goes_on(line, text):
            return self.led.get(line.lead, ()) if line.lead is not None else ()
        listed = LISTED.match(text)
        if listed is None:
            return self.before
        if listed[1] == "一" or self.base_in != line.index:
            self.base = self.before if listed[1] == "一" else ()
            self.base_in = line.index
        return self.base
