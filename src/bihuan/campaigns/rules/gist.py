"""The heart of a clause in few words, and what it wants to have in hand."""

import re
from typing import Final

from bihuan.campaigns.rules.parties import subjects
from bihuan.campaigns.rules.text import parts
from bihuan.campaigns.rules.words import ADVERB_START, VERB_START

LONGEST: Final = 40
_MODAL: Final = re.compile(r"^(?:要|应当|应该|应|必须|须|务必|请|由|将|也|还|都|均|于|在|,|\s)+")
_AROUND: Final = re.compile(
    r"^(?:[对按根依为以通结围针在据从自](?!标|口|时|期)[^,]*|[^,]*(?:期间|过程中|以来|要求|原则|基础上|目标)),(?=.)"
)
_PAPERS: Final = (
    r"(?:方案|计划|预案|台账|台帐|清单|总结|小结|报告|责任书|承诺书|确认书|告知书|意见书|"
    r"建议书|通知书|报表|统计表|汇总表|登记表|检查表|档案|名单|名录|目录|底册|底数|记录|"
    r"规划|制度|办法|细则|规程|标准|材料|手册|一览表|分布图|责任状|协议书?)"
)
_MAKES: Final = (
    r"(?:制定|制订|编制|拟定|拟订|建立健全|建立|形成|出具|填写|填报|签订|签署|提交|报送|"
    r"上报|报|印发|出台|列出|发放|提供|撰写|起草|上交|递交|递送|更新|(?:将|把))"
)
_PAPER: Final = re.compile(
    rf"{_MAKES}(?:了|好|完善)?(?P<what>(?:《[^》]+》|[^,。;:、“”]{{0,24}}?){_PAPERS})(?![的和]?[化性])"
)
_PLAIN: Final = re.compile(
    r"^(?:切实可行的?|具体的?|详细的?|各自的?|本[一-龥]{1,6}的|相应的?|专项|统一的?|完善的?|"
    r"相关|有关|一份|本(?:单位|地区|辖区|部门)|工作(?=台账))+"
)


def gist_of(folded: str) -> str:
    """Return the main demand of a sentence, at most 40 characters."""
    named = subjects(folded)
    start = named[0].end if named and named[0].start < 40 else 0
    if start and len(named) > 1:
        start = max((one.end for one in named if one.start <= start + 30), default=start)
    text = _MODAL.sub("", folded[start:].strip())
    while (around := _AROUND.match(text)) is not None:
        text = _MODAL.sub("", text[around.end() :])
    stretches = [text[begin:end].rstrip(",;。: ") for begin, end in parts(text, ",;。:")]
    best = next((one for one in stretches if _acts(one)), stretches[0] if stretches else folded.strip())
    best = _MODAL.sub("", best)
    return best if len(best) <= LONGEST else best[: LONGEST - 1] + "…"


def _acts(text: str) -> bool:
    adverb = ADVERB_START.match(text)
    return VERB_START.match(text, adverb.end() if adverb else 0) is not None or adverb is not None


def deliverable_of(folded: str) -> str | None:
    """Return the paper that a sentence wants made or handed in, or None."""
    found = _PAPER.search(folded)
    if found is None:
        return None
    plain = _PLAIN.sub("", found["what"].strip())
    return plain or found["what"].strip()
