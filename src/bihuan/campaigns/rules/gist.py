"""The heart of a clause in few words, and what it wants to have in hand."""

import re
from typing import Final

from bihuan.campaigns.rules.beginnings import skip_lead
from bihuan.campaigns.rules.days import Anchor
from bihuan.campaigns.rules.parties import subjects
from bihuan.campaigns.rules.reporting import EVENTS, read_reports
from bihuan.campaigns.rules.text import Place, parts
from bihuan.campaigns.rules.words import ADVERB_START, VERB_START

LONGEST: Final = 40
SHORTEST: Final = 3
GAP: Final = 3  # characters between two bodies of one list
_MODAL: Final = re.compile(r"^(?:要|应当|应该|应|必须|须|务必|请|由|将|也|还|都|均|于|在|,|\s)+")
# 将甲报某局 says 报送甲.
_TAKEN: Final = re.compile(
    r"(?:将|把)(?P<what>(?:《[^》]*》|(?!、(?:于|每|\d))[^,。;《将把])+?)(?:及时|统一|汇总后|书面)?"
    r"(?:报送|上报|提交|(?<![通汇举])报(?!告|表)|、(?:于|每|\d)[^,。;]*报)"
)
# 对…的企业 alone says only for whom, unless one of these is done there.
_FOR_WHOM: Final = re.compile(
    r"^(?:对于?|针对)(?![^,。;]*(?:开展|进行|实施|实行|予以|给予|逐|一律|加强|建立|制定|落实|优先|追究|问责|处罚|曝光|通报|清理|"
    r"过筛|责令|组织|做好|负责|负总责|巡检|巡查|从严|严肃|依法|停止|督促|指导|提出|一盯到底|"
    r"(?:检查|排查|核查|整治|摸底|督查|治理|核验|监管|复查|抽查|登记|验收)$))"
)
# A stretch that only says in what way: 按照…要求, 以…为核心.
_AROUND: Final = re.compile(
    r"^(?:设在|[根依]据|按照?|结合|围绕|针对|通过|本着|坚持以|以(?!罚|包)|在|从|为了?)(?!期|时)|"
    r".*(?:要求|原则|基础上|目标|为核心|为重点|为主线|期间|过程中|的)$"
)
# Who to ring up, and what only points elsewhere.
_CONTACT: Final = re.compile(r"\((?:[^()]*(?:联系|电话|传真|邮箱|手机|QQ|微信|邮编|详见|见附件|附后|以下简称)[^()]*)\)")
_GROUP: Final = re.compile(r"(成立|设立|组建)(?:[^。;]*?的)?([^,。;的由以]{2,26}(?:领导小组|指挥部|专班|工作组))")
_LABEL: Final = re.compile(r"^(?:【[^】]*】|[^,。;:]{2,12}:(?=\D))")
_PAPERS: Final = (
    r"(?:方案|计划|预案|台账|台帐|清单|总结|小结|报告|责任书|承诺书|确认书|告知书|意见书|"
    r"建议书|通知书|报表|统计表|汇总表|登记表|检查表|档案|名单|名录|目录|底册|底数|记录|"
    r"规划|制度|办法|细则|规程|标准|材料|手册|一览表|分布图|责任状|协议书?)"
)
_MAKES: Final = (
    r"(?:制定|制订|编制|拟定|拟订|建立健全|建立|形成|出具|填写|填报|签订|签署|提交|报送|"
    r"上报|(?<![自举通])报(?!告|备)|印发|出台|列出|发放|提供|撰写|起草|上交|递交|递送|更新|(?<!现)(?:将|把)(?![^,。;]*(?:纳入|作为|列入|贯彻|融入|落实到)))"
)
_PAPER: Final = re.compile(
    rf"{_MAKES}(?:了|好|完善)?(?P<what>(?![的通])《[^》]+》|“[^”]{{1,8}}[单账档表书图册卡案]”|(?![的通])[^,。;:、“”《]{{0,24}}?(?:“[^”]{{0,8}})?{_PAPERS}”?)(?![的和]?[化性])"
)
_PLAIN: Final = re.compile(
    r"^(?:切实可行的?|具体的?|详细的?|各自的?|本[一-龥]{1,6}的|相应的?|专项|统一的?|完善的?|"
    r"相关|有关|一份|本(?:单位|地区|辖区|部门)|工作(?=台账))+"
)


def gist_of(folded: str, topic: str = "") -> str:
    """Return the main demand of a sentence, at most 40 characters. topic: what the table calls it: 摸清底数."""
    said = _gist(_CONTACT.sub("", folded))
    return _short(f"{topic}:{said}" if topic and topic not in said else said)


def _gist(folded: str) -> str:
    group = _GROUP.search(folded)
    if group:
        return _short(group[1] + group[2])
    stretches = [_core(folded[_after_bodies(folded, start) : end]) for start, end in parts(folded, ",;。")]
    told = [one for one in stretches if len(one) > SHORTEST and not _AROUND.match(one) and not _FOR_WHOM.match(one)]
    best = next((one for one in told if _acts(one)), next(iter(told or stretches), folded.strip()))
    return _short(best)


def _after_bodies(folded: str, start: int) -> int:
    """Return where a list of bodies ends, if the stretch that starts here begins with it."""
    begin = skip_lead(folded, start)
    named = [one for one in subjects(folded) if one.start >= begin]
    if not named or named[0].start > begin:
        return start
    end = named[0].end
    for one in named[1:]:
        if one.start - end > GAP:
            break
        end = one.end
    return end


def _core(stretch: str) -> str:
    """Return a stretch without the words of time, modal words and joints before its verb."""
    text = _LABEL.sub("", stretch.strip().rstrip(",;。: "))
    taken = _TAKEN.search(text)
    if taken:
        return f"报送{taken['what']}"
    while True:
        shorter = _MODAL.sub("", text[skip_lead(text, 0) :])
        if shorter == text:
            return text
        text = shorter


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _acts(text: str) -> bool:
    adverb = ADVERB_START.match(text)
    return VERB_START.match(text, adverb.end() if adverb else 0) is not None or adverb is not None


def deliverable_of(folded: str) -> str | None:
    """Return the paper that a sentence wants made or handed in, or None; what is reported is one too."""
    found = _PAPER.search(folded)
    told = read_reports(folded, Place(0, 0, len(folded)), Anchor(), None)
    reported = next((one.what for one in told if one.what and not EVENTS.search(one.what)), None)
    if found is None or (reported and 0 <= folded.find(reported) < found.start("what")):
        return reported
    plain = _PLAIN.sub("", found["what"].strip())
    return plain or found["what"].strip()
