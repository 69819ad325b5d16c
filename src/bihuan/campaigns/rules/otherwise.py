"""Who acts though no verb follows the name: 实行教师包学生, 配备一名巡查员，每天巡查, 油库企业，…的，要拆除."""

import re
from typing import Final

from bihuan.campaigns.rules.names import Party, parties_in
from bihuan.campaigns.rules.words import BEGINS

# What cannot begin such a name: another acts on it.
CAUSED: Final = (
    "遇|若|发现|发生|出现|一旦|对|将|把|要|应|凡|由|在|以|按|督促|组织|指导|要求|责令|鼓励|支持|引导|加强|推动|推进|"
    "动员|发动|监督|催促|明确|指定|安排|落实|选派|抽调|配备|配足|协调|确保|严查|严禁|重点|一是|二是|三是|四是|五是"
)
# 实行教师包学生、村干部包水域
_SHARED_OUT: Final = re.compile(
    r"(?:实行|推行|落实|建立|采取|按照?)(?:[^,。;:]{2,8},?即[:,]?)?“?(?P<who>[一-龥]{2,12}包[一-龥]{1,6}(?:、[一-龥]{2,12}包[一-龥]{1,6})+)"
)
_CARRIES: Final = re.compile(r"[一-龥]{2,12}?(?=包[一-龥]{1,6}(?:、|$))")
# 每处水域配备一名巡查员，每天不间断巡查
_POSTED: Final = re.compile(
    r"(?:配备|设置|安排|落实|明确|指定|确定)(?:不少于|至少)?[一两二三四五六\d]+[名个](?P<who>[^,。;的]{2,8}),"
    r"(?=(?:负责|每[天日周]|24小时|不间断|全天)[^,。;]*[查守看护测检])"
)
# 涉及爆炸性化学品的企业，控制室在装置区内的，要拆除: a duty of those named first, with conditions after them
_BOUND: Final = re.compile(
    rf"(?!{CAUSED})(?P<who>[^,。;:未不无违逾超拒]{{2,20}}(?:企业|经营户|业主|学校|医院|工地|场站|单位|加油站|公司)),"
    r"(?!(?:一律|依法|予以|责令|由|坚决|立即)*(?:停产|关闭|取缔|处罚|查处|查封|责令|停业|停工|整顿|吊销))"
    r"(?=[^。;]*(?:要|必须|应当?|须|不得|严禁)(?!求|急))"
)

# 村民上坟一律不烧纸, 农户烧灰积肥必须报批: people, and what they do, before the modal word
_DOING: Final = re.compile(
    r"(?P<who>广大村民|村民|农户|居民|住户|学生|职工|员工|商户|游客|业主)(?!小组|委|自治|代表|宿舍|住宅|小区|楼|家|会|[和与及、的])"
    r"[一-龥]{2,6}(?=必须|一律不|不得|不准|严禁|要(?!求))"
)

# 涉粉尘企业粉尘作业区不得超过30人: a part of a firm's place, which the firm answers for
_PART_OF: Final = re.compile(
    rf"(?!{CAUSED})(?P<who>[一-龥]{{0,12}}(?:企业|公司|学校|医院|单位|商场|市场|工地|场所|加油站|养老院|酒店|宾馆|厂))(?!的)"
    r"[一-龥]{0,8}(?:区|车间|间|库|房|楼|室|层|部位|口|顶|通道|岗位)(?:、[一-龥]{2,8})*(?:内)?(?=(?:不得|严禁|禁止|不准|必须|应当|一律)(?!求|急))"
)

# 公安部门是禁放的主管机关,负责公共安全管理
_IS_IN_CHARGE: Final = re.compile(
    rf"(?!{CAUSED})(?P<who>[一-龥()、]{{2,20}})是[^,。;]{{2,30}}(?:机关|部门|单位|主体),(?=负责|承担|牵头|组织)"
)


# 防汛物资各村居必须在6月10日前送交: what it is about stands before who does it
_FRONTED: Final = re.compile(
    r"(?P<what>[^,。;:]{2,14}?)(?<![对将把向由以为让给的、和及在从经与按请])(?P<who>各[一-龥()、]{1,12}?)(?=(?:必须|务必|要|应当?|均?须|一律)(?!求))"
)


def named_otherwise(folded: str, start: int) -> list[Party]:
    """Return who acts though no verb follows the name. start: where the sentence begins after words of time."""
    shared = _SHARED_OUT.search(folded)
    if shared:
        at = shared.start("who")
        pairs = [(at + one.start(), at + one.end()) for one in _CARRIES.finditer(shared["who"])]
        carriers = [parties_in(folded, start, end) for start, end in pairs]
        return [name for found in carriers for name in found] if all(carriers) else []
    posted = _POSTED.search(folded)
    if posted:
        return parties_in(folded, *posted.span("who"))
    part = _PART_OF.match(folded, start) or _IS_IN_CHARGE.match(folded, start) or _DOING.match(folded, start)
    if part:
        return parties_in(folded, *part.span("who"))
    fronted = _FRONTED.match(folded, start)
    if fronted and not BEGINS.search(fronted["what"]) and (named := parties_in(folded, *fronted.span("who"))):
        return named
    topic = _BOUND.match(folded, start)
    if topic is None:
        return []
    return parties_in(folded, *topic.span("who")) or [Party(topic["who"], *topic.span("who"))]
