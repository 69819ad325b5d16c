"""Stretches of a sentence that only say in which case something is done: who stands in them does not do it."""

import re
from typing import Final

from bihuan.campaigns.rules.beginnings import skip_lead

# 承包商未经培训合格的人员，…
_CONDITION: Final = re.compile(
    r"(?P<who>[^,。;未无]{2,14})(?:未|没有|无法|无(?=[证照]))[^,。;]{2,24}的(?:人员|单位|设备|车辆|(?:重大)?(?:事故)?隐患|问题)?,$"
)
# “三合一”场所未做防火分隔的,一律清退住宿人员: done to them by an authority
_MEASURE: Final = re.compile(
    r"(?:一律|依法|予以|坚决|立即|责令|从严)*(?:停产|关闭|关停|取缔|处罚|查处|查封|责令|停业|停工|整顿|吊销|清退|搬离|拆除|清理|暂停|没收)"
)
_BY_ANOTHER: Final = re.compile(r"(?:依法|依规|依纪|一律|及时|统一|可以?|应当?),?由|由")
# 经营者自愿安装的,按造价30%给予补贴: what an authority gives them
_GIVEN: Final = re.compile(
    r"(?:一律|按)?视(?:为|同)|(?:按[^,。;]{2,16}?,?)?(?:可以?|一律)?(?:给予|予以|享受)[^,。;]{0,10}(?:补贴|补助|奖励|奖补)"
)
# 负责人或其他责任人,对事故的发生有失职情形的,由有关部门给予处分
_LONG_CASE: Final = re.compile(r"对[^;。由]{2,60}(?:失职|渎职|责任|过错|违法|违规)[^,;。由]{0,12}的,由")
_DEALS: Final = re.compile(r"[对凡各请]")  # who deals with the case stands before it


# In which case, and who acts stands after: 焊工未持证的,发包人承担责任; 企业提交申请后,监管部门应当核查
_IN_CASE: Final = re.compile(
    r"[^,。;]{1,8}(?:未|没有|拒不|逾期)[^,。;]{1,16}的,|[^,。;要须应]{2,20}(?:完毕|完成|结束|到位|合格)之?[前后],|"
    r"[^,。;]{2,8}提交[^,。;]{2,20}后,"
)


def only_in_case(folded: str, start: int, end: int) -> bool:
    """Tell whether a stretch only says in which case those named after it act."""
    return _IN_CASE.fullmatch(folded, skip_lead(folded, start), end) is not None


def conditioned(folded: str, start: int) -> re.Match[str] | None:
    """Find whom a stretch names before its condition (group who), which ends in a pause: 承包商未经培训的人员，…"""
    return _CONDITION.match(folded, skip_lead(folded, start))


def is_case(folded: str, start: int, end: int) -> bool:
    """Tell whether those in a stretch only have done to them what follows: 企业未建制度的，由县应急局责令改正."""
    if _MEASURE.match(folded, end) and conditioned(folded[:end], start):
        return True
    if _LONG_CASE.match(folded, end):
        return True
    if not folded.endswith("的,", start, end) or _DEALS.match(folded, skip_lead(folded, start)):
        return False
    return (_BY_ANOTHER.match(folded, end) or _GIVEN.match(folded, end)) is not None
