"""Who a sentence orders: the bodies and posts that stand as its subject, or after 由, or in brackets at its end."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from bihuan.campaigns.rules.anyone import ANYONE, anyone
from bihuan.campaigns.rules.beginnings import skip_lead
from bihuan.campaigns.rules.cases import conditioned, is_case, only_in_case
from bihuan.campaigns.rules.described import WHOEVER, described
from bihuan.campaigns.rules.drawn import drawn
from bihuan.campaigns.rules.names import LONGEST, Party, is_list, is_party, once, parties_in, split_names
from bihuan.campaigns.rules.offices import office_at
from bihuan.campaigns.rules.otherwise import CAUSED, named_otherwise
from bihuan.campaigns.rules.remarks import answerable_in
from bihuan.campaigns.rules.text import parts
from bihuan.campaigns.rules.words import (
    ACTS_INSIDE,
    ADVERB_START,
    DEONTIC,
    DOES,
    STRONG,
    VERB_START,
)

SHORT: Final = 8  # characters of a heading that only sounds like an order
LONGEST_LIST: Final = 160
_POST_AFTER: Final = re.compile(
    r"(?:任|为|担任|兼任)[^,。;]{0,8}?(?:组长|指挥长?|主任|成员|组员|召集人)|任[^,。;]{0,4}[站队所]长的|组成人员|由[^,。;]{2,60}(?:兼任|"
    r"组成)|(?:组成|兼任)[,。;的]|(?:参加|参与)的|下设办公室(?![在于,设])"
)
_WHEN: Final = re.compile(
    r"(?<=[院校所站局办])管(?=[村农校幼企药][一-龥])|经(?=[^,。;]{2,20}(?:合格|考试|批准)后?,)|有权(?!属)|会(?=报警|使用|操作|引导|逃生|扑救)|有责任|有义务|负(?=[^,。;]{0,8}责任)|持(?=[一-龥]{1,8}证)|取得(?=[^,。;]*后)|(?<=[记长任员书部户])管(?![理控辖网道线制])|"
    r"指挥(?=协调|调度|处置|救援|[全本各])|"
    r"(?:开工|复工|停工|施工|作业|开业|开学|复产|放假|入汛|汛|入冬|春耕|秋收|开园|开馆|元旦|春节|国庆|中秋|节)前|"
    r"(?:复产|复工|开工|开学|节)后(?=[你各])|[一-龥]{2}前(?=,?(?:必须|应当|须|要|不得|严禁|先|一律))|务(?=[于在请])|按(?=[^,。;照]{0,20}(?:比例|要求|标准|规定|原则|分工|范围|职责|计划))|(?:接到|收到)(?=[^,。;]*(?:后|时))|逐[一-龥]|到(?!位|期)|于?(?:每[年月周日天季旬星学人户组半两逢班小趟次餐十]|报(?=[一-龥]{0,6}(?:总结|情况|方案|报告|台账|名单|小结))|\d{1,2}小时|\d{1,4}[年月]|"
    r"[本今当]年|[一二三四五六七八九十]{1,3}月|"
    r"即日|第[一二三四]季度)|今[冬春夏秋晚天日夜]|明[天晚晨]|分[一二两三四五六七八九\d]+个?[片组路](?!阶)|岁末年初|年[内底末]|月[底末]|最[迟晚]于?|下个?[月周季]|本[月周季旬]|"
    r"报(?=(?:至|给|送|经)?(?:[省市县区镇乡]|街道|所在|上级|主管)[一-龥])|逢[周\d节]|(?:手机|电话)(?=[^,。;]{0,6}(?:保持|必须|要|不得|不准|24小时|开机))|各派(?!出)|联系(?=[乡镇村学企])|(?:五一|十一|春节|元旦|国庆|中秋|端午|清明|元宵|节)前夕|原则上|如(?=[在有遇发]|果)|若(?!干)|发现|遇(?![险难害事])|未(?=[^。;,]{2,24}的?,?(?:一律|(?:不得|严禁|禁止|不准|不许))|[经按](?!济)[^。;]*(?:不得|严禁|禁止|一律|不准))|"
    r"不(?=[^。;,]{1,8}不(?:得|准|许))|无(?=[证照][^。;,]{0,8}(?:不得|严禁|不准))|(?:夜间|白天|平时|旺季)(?![^,。;]{0,4}(?:值班)?[人员])|流动(?=巡查|执法|检查|宣传)|现场(?=监督|下达|处置|开具|责令|检查|办公|督办|指导|交办)|(?<=[导部员长学师])包(?=[乡镇村户企栋片组学水城校园街段河库山塘班民高年隐][^联]|[\d一两二三四五六](?:个|座|条|家|口|户))|"
    r"(?:会议|峰会|大会|节日|节假日|假期|春节|国庆|两节|汛期|两会|活动|专项行动|整治|检查|冬季|夏季|雨季|高温|春耕|秋收|三夏|农忙|春运|清明|赶集|庙会|暑假|寒假|重大活动|重点时段|"
    r"行动)[一-龥]{0,4}期间"
)
_MAINLY: Final = re.compile(r"主要(?=负责(?![人同])|承担|加强|开展|做好|抓好)")
_ANSWERS: Final = re.compile(
    r"作为[^,。;]{2,16}的,|不仅|不但|既|(?:是|为|作为)[^,。;]{0,20}(?:责任人|责任者|负责人|主体|责任单位)"
)
_ACTS: Final = re.compile(
    "|".join(one.pattern for one in (STRONG, DEONTIC, ADVERB_START, DOES, _WHEN, _ANSWERS, _MAINLY))
)
_IS_DONE: Final = re.compile(r"(?:印发|下发|召开|发布|转发|出台|制定|部署|公布|作出|派出)了")  # 省公安厅印发了通知
_NO_TRIGGER: Final = re.compile(r"并入|下设的|除[尘湿]|负责[人同]|自动化|(?:牵头|配合|参与|协助|责任)(?:单位|部门)")
_WITH: Final = re.compile("会同|联合")
_TOLD: Final = re.compile(r"要(?![求素件点害闻领])|应当|(?<=[场地目])应(?![急变用答付])|必须|务必|须|负责(?![人同])")
_MUST: Final = re.compile(rf"{_TOLD.pattern}|不得|严禁|不准")
_SUBJECT: Final = re.compile(rf"(?!{CAUSED})[一-龥“”]{{2,10}}")
_NO_VERB: Final = frozenset("的、和及与或等之,;。:()")  # what follows a name that does not act here
_LEVEL: Final = re.compile(r"[省市州县区镇乡村]级")  # all that act at it: 市级于4月底前完成轮训
_LEVEL_DOES: Final = re.compile(r"[于每]|在(?=\d)|\d|统筹|督导|负责|落实")
# 镇成立防汛领导小组, 村要组织巡逻队
_ONE_LEVEL: Final = re.compile(r"[省市县区镇乡村]")
_ONE_LEVEL_DOES: Final = re.compile(
    r"要(?![求素件点害闻领])|必须|应当|负责|成立|组建|建成|组织(?!部)|报(?=[省市县区镇乡])|每[年月周季]|统一|建立|汇总(?=后|并|,)"
)
_STATE_OF: Final = re.compile(
    r"符合|达到|满足|具备|保持|低于|高于|超过|少于|控制在|设置|安装|张贴|全部|如实|纳入|"
    r"做到|及时(?!报|上)|按"
)
# What is spoken of, not spoken to.
_THING: Final = re.compile(
    r"(?:全[省市州县区镇乡村]|渠系|水系|河道|堤防|水库|山塘|工作|情况|行动|整治|检查|排查|措施|方案|制度|责任|隐患|问题|设施|设备|场地|内容|"
    r"结果|机制|资金|经费|时间|信息|数据|资料|报告|记录|标志|标识|通道|险情|火情|灾情|警情|事故|"
    r"车辆|材料|项目|建筑|房屋|工程|活动|行为|台账|频次|比例|数量|质量|标准|任务|目标|会议|过程|"
    r"环节|部位|作业|管线|产品|气瓶|线路|安全|生产|管理|监管|宣传|培训|教育|演练|"
    r"处置|整改|治理|服务|物资|器材|预案|清单|档案|文书|案件|线索|事项|程序|方式|方法|力度|"
    r"范围|重点|同时|此外|特别|尤其|其中|还|也|都|均|并|仍|更|既|又|就|才|只|"
    r"电话|手机|渡口|路口|[桥坝堤闸塘渠沟井]|主|重|需|首|想|若|如|时|后|前|中|内|上|下|者要|一律|区域|地段|路段|位置|节点|阶段|"
    r"的|期间|意识|思想|认识|观念|态度|作风|全民|人人|每个人|大家|我们|他们|其|这|此|该|上述|"
    r"以下|外出|下一步|下步|今后|各自|分别|相互)$"
)
_BY: Final = re.compile(
    r"(?<![理事缘])(?<!成员)(?<!组长)(?<!主任)(?<!单位)(?<!构建)(?<!建立)(?<!建立起)(?<!形成)(?<!组建)(?<!健全)由(?!于|此|来|专人|专业|持证|具[有备]|有资质|取得)"
)
# A post that goes on the list of acts after a pause: 主要负责同志亲自抓、分管负责同志具体抓.
_DIVIDES: Final = re.compile(r"为[^,。;]{0,6}(?:网格|片区|责任区)(?![长员])")  # 14个行政村为二级网格
# 以村干部为主、基干民兵为队伍: it says what they are, not what they do
_IS: Final = re.compile(r"为[^,。;、的]{0,8}(?:队伍|骨干|主力|主体|补充|依托|载体|单元|基础|重点|辅助)(?:[,。;、的]|$)")
_HOW_MANY: Final = re.compile(r"(?:不得|不能|应当?|要|必须)?(?:不?少于|不?低于|不?超过|不?多于|不?高于)")
_COUNTED: Final = re.compile(r"(?:人员|人数|队伍|成员|干部|数量)$")
# 领导小组下设办公室,办公室设在党政办: its duties, if any, stand with the seat
_SEAT_NEXT: Final = re.compile(r",(?:领导小组)?办公室(?:设|地点|主任|由)(?![^;。]*(?:负责|承担))")
_IS_POST: Final = re.compile(r"(?:负责人|负责同志|领导|经理|书记|主任|组长|[一-龥]长|人员|同志|专人)$")
# Who is worked with is no subject: 配合乡镇排查, 协助交通部门.
_HELPING: Final = re.compile(
    r"(?:(?<!前)会同|配合|协助|协调(?!机制|小组|办))(?=[^,。;]*?(?:开展|排查|检查|做好|整治|查处|落实|建立|对))"
)
# 放假停工的工地，施工单位要断电: what it is about, not a first name of those told.
_TOPIC: Final = re.compile(r"^[^、]{3,}的(?:工地|场所|小区|楼栋|房屋|项目|路段|区域|企业|单位|工程),?$")
_WHERE: Final = re.compile("在(?![建编岗职校册产线逃])")  # 在候车亭等场所设置标语: where, not who
_ADJUNCT: Final = re.compile(
    r",(?:依照|按照?|根据|结合|对照|立足|特别是|尤其是)[^,。;]{2,24},(?!由|各)"
)  # 各部门，按照职责分工，开展…
_STRESS: Final = re.compile("尤其|特别|更|都|均|也|还")
_OFFICE_BELOW: Final = re.compile(r"下设办公室(?=[在于,设])")  # 领导小组下设办公室在安监办，负责日常工作
_AMONG: Final = re.compile(r"\s*其中(?!,)")
_SEATS: Final = re.compile(r"(?:常务)?副?(?:组长|总指挥|指挥长|主任)|成员")
_SEAT_VERBS: Final = frozenset("由为是有包")
_NEXT_POST: Final = re.compile(
    r"、(?=(?:分管|主要|具体|班子|党政|其他|直接)[一-龥]{0,6}?(?:负责人|负责同志|领导|同志|成员))"
)
_CHARGED: Final = re.compile(r"负责(?![人同])|承担|牵头|协调|实行|统筹|处理|履行")
# 校长就地免职: what is done to them, not what they do
_SUFFERS: Final = re.compile(
    r"(?<=[来杂疑关访山动]人员)(?:一律|逐一|全部)(?:登记|查验|劝返|劝离|清退|检查|测温)|"
    r"(?:一律)?(?:就地|先行|依纪|依规|依法)?(?:免职|撤职|停职|降职|开除)"
)
_ENCOURAGES: Final = re.compile(r"(?:鼓励|支持|倡导)(?=各)|(?:严禁|禁止|不准|不允许|不许)(?=各)")
# 牵头单位为县应急局，配合单位为各乡镇
_NAMED_AS: Final = re.compile(r"(?:牵头|责任|配合|参与|主责|协助)(?:单位|部门|科室)(?:为|是)(?P<who>[^;。,]+)")
_ROLE_WORD: Final = re.compile(r"(?:牵头|责任|配合|参与|主责|协助)(?:单位|部门|科室)")
_HANDED_IN: Final = re.compile(r"[前内](?:一并|统一|书面)?(?:上?报(?!告)|报送|送|提交|上交|反馈)")
_PAPER: Final = re.compile(
    r"的?(?:本(?:单位|地区|部门))?[一-龥]{0,14}?(?:方案|总结|情况|报告|台账|名单|安排表?|计划|材料|报表|小结|信息)"
    r"(?:请|要|须|应|务必|均|一律)?(?:务?[于在]|每|\d)"
)
# 成员单位负责组织甲的培训、各乡镇负责组织乙的培训
_SHARED_OUT: Final = re.compile("实行|推行|落实|建立|采取|按照?|健全|完善")
LONGEST_HOLDER: Final = 8  # characters of 组长包户
_MECHANISM: Final = re.compile(
    r"(?:建立|健全|形成|构建|完善)[^,。;]*、[^,。;、]*(?:参与|参加|配合|负责)的[^,。;]*(?:机制|体系|格局|体制|制度)"
)
_NEXT_CHARGED: Final = re.compile(
    r"(?<=.)、(?=[^、,;要]{2,14}(?:负责(?:组织|对|做好|实施|开展|指导|本|落实|办理)|联系(?=[乡镇村学企])|抓(?=[一-龥])|(?<!承)包(?=[乡镇村户企组片栋山塘河段])|负责牵头|牵头(?=[一-龥])|(?:参加|参与|配合|协助)(?:[,。;的]|$|(?=开展|做好|实施|组织|对|抓好|完成))|停[课工业运航]|关闭(?=[,。;、])|组建(?=\d)))"
)


def has_ordering_subject(folded: str) -> bool:
    """Tell whether a text begins with a body or post that is told to do something with a modal word."""
    found = _subject(folded, 0, strong=True)
    if found and len(folded.strip()) <= SHORT and not is_party(found[-1].name):
        return False  # 奖惩要兑现
    return bool(found) and STRONG.match(folded[found[-1].end :].lstrip()) is not None if found else False


@lru_cache(maxsize=2048)
def subjects(folded: str) -> tuple[Party, ...]:
    """Return the bodies and posts that act in a folded sentence, in order, each once."""
    found: list[Party] = []
    for start, end in _clauses(folded):
        if _AMONG.match(folded, start) and not _subject(folded[:end], start, strong=True):
            continue  # 其中重点企业检查不少于两轮: who is meant stands before
        if folded[end - 1] == ":" and is_list(folded[start : end - 1]):
            found += split_names(folded, skip_lead(folded, start), end - 1)
            continue
        if not (is_case(folded, start, end) or (only_in_case(folded, start, end) and _another_acts(folded, end))):
            found += _acting(folded[:end], start)
        found += _with(folded, start, end) if found else []
        found += _posts_after(folded, start, end) if found else []
    named = [one for said in _NAMED_AS.finditer(folded) for one in answerable_in(folded, *said.span("who"))]
    if named:
        found = [one for one in found if not _ROLE_WORD.fullmatch(one.name)] + named
    found = [one for one in found if not _is_seat_only(folded, one.end)]
    if not found:
        found = (
            _owners(folded) or _encouraged(folded) or anyone(folded) or named_otherwise(folded, skip_lead(folded, 0))
        )
    others = [
        one for one in found if not one.name.endswith(("任何人员", "任何人"))
    ]  # 企业要审批，未经审批任何人员不得进入
    return tuple(once((others or found) + drawn(folded)))


def _another_acts(folded: str, start: int) -> bool:
    """Tell whether the stretch that begins here has a subject of its own."""
    return bool(_subject(folded, start, strong=False)) or ANYONE.match(folded, start) is not None


def _encouraged(folded: str) -> list[Party]:
    """Return the bodies that are encouraged or forbidden to act: 鼓励各地给予补助, 严禁各校租车; people are none."""
    found = _ENCOURAGES.match(folded)
    return _done_by(folded, found.end()) if found else []


def _owners(folded: str) -> list[Party]:
    """Return whose paper a sentence wants by a day: 各乡镇、各部门行动方案于正月初十前报县安委办."""
    for start, end in _clauses(folded) if _HANDED_IN.search(folded) else ():
        start = skip_lead(folded, start)
        for at in range(min(end, start + LONGEST_LIST), start + 1, -1):
            if _PAPER.match(folded, at) and (named := parties_in(folded, start, at)):
                return named
    return []


def _acting(folded: str, start: int) -> list[Party]:
    """Return who acts in a stretch: its subject; where a body does it for the subject (企业由执法队检查), that body."""
    found = _subject(folded, start, strong=False) or _conditioned(folded, start)
    told = _by(folded, start)
    if found and _SEATS.fullmatch(found[0].name) and folded[found[0].end : found[0].end + 1] in _SEAT_VERBS:
        return []  # 组长由管委会主任担任, 成员为甲、乙
    if found and _OFFICE_BELOW.match(folded, found[-1].end):
        at = found[-1].end + len("下设")
        return [Party("办公室", at, at + len("办公室"))]
    if found and _SUFFERS.match(folded, found[-1].end):
        return told
    if not found or not told or folded[found[-1].end : found[-1].end + 1] != "由":
        return found or told
    return found if all(_IS_POST.search(one.name) for one in told) else told


def _conditioned(folded: str, start: int) -> list[Party]:
    """Return whom a ban names before its condition, which ends in a pause: 承包商未经培训合格的人员，不得入厂作业."""
    found = conditioned(folded, start)
    return parties_in(folded, *found.span("who")) if found else []


def _is_seat_only(folded: str, end: int) -> bool:
    """Tell whether of an office only its seat is told: 办公室设在安全办; not where it is charged with something too."""
    below = folded.endswith("下设办公室", 0, end) and folded.startswith(("在", "于"), end)
    if folded.endswith("下设办公室", 0, end) and _SEAT_NEXT.match(folded, end):
        return True
    seat = below or folded.startswith(("设在", "设立在", "设于"), end)
    return seat and not _CHARGED.search(folded, end)


def _with(folded: str, start: int, end: int) -> list[Party]:
    """Return those that act together with a subject: 县道安办要会同公安交警、交通运输等部门，对…"""
    for one in re.finditer("会同|(?<=[将要应须])联合", folded[start:end]):
        begin = start + one.end()
        return _subject(folded[:end], begin, strong=False) or parties_in(
            folded, begin, len(folded[:end].rstrip(",;:。"))
        )
    return []


def _posts_after(folded: str, start: int, end: int) -> list[Party]:
    marks = [*_NEXT_POST.finditer(folded, start, end), *_NEXT_CHARGED.finditer(folded, start, end)]
    if _MECHANISM.search(folded, start, end):  # 建立政府领导、部门参与的机制
        marks = []
    if _SHARED_OUT.search(folded, start, end):  # 实行乡干部包村、村干部包组: who sets it up acts
        marks = [one for one in marks if "包" not in folded[one.end() : one.end() + LONGEST_HOLDER]]
    return [one for mark in marks for one in _subject(folded[:end], mark.end(), strong=False)]


def _clauses(folded: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches between commas; a list that goes over a comma stays whole."""
    cuts = parts(folded, ",;:。")
    at = 0
    while at < len(cuts):
        start, end = cuts[at]
        while (
            at + 1 < len(cuts)
            and folded[end - 1] != ":"
            and _only_names(folded, start, end - 1)
            and not _TOPIC.search(folded[start : end - 1])
            and (_goes_on(folded, *cuts[at + 1]))
        ):
            at += 1
            end = cuts[at][1]
        yield start, end
        at += 1


def _only_names(folded: str, start: int, end: int) -> bool:
    """Tell whether a stretch is nothing but names: 甲局、乙局; 安监、公安等部门; 从事庆典服务的单位或个人."""
    text = folded[start:end].lstrip().removeprefix("请")
    if is_list(text) or WHOEVER.fullmatch(text.strip()):
        return True
    return "等" in text and bool(parties_in(folded, skip_lead(folded, start), end))


def _goes_on(folded: str, start: int, end: int) -> bool:
    """Tell whether a list is the subject of what follows its comma: more bodies, or at once a modal word."""
    return (
        _names_first(folded, start, end)
        or is_list(folded[start : end - 1])
        or _MUST.match(folded, _past_stress(folded, start)) is not None
        or _ADJUNCT.match(folded, start - 1) is not None
    )


def leading_subjects(folded: str, start: int) -> list[Party]:
    """Return the bodies and posts that a stretch from a character on begins with and that act in it."""
    return _subject(folded, start, strong=False)


def _names_first(folded: str, start: int, end: int) -> bool:
    return bool(_subject(folded[:end], start, strong=False))


def _subject(folded: str, start: int, *, strong: bool) -> list[Party]:
    """Return the list of bodies that a stretch of text begins with, if a verb or a modal word follows it."""
    return list(_begun_by(folded, start, strong=strong))


@lru_cache(maxsize=4096)
def _begun_by(folded: str, start: int, *, strong: bool) -> tuple[Party, ...]:
    start = skip_lead(folded, start)
    found: list[Party] = []
    if _HELPING.match(folded, start) or _WHERE.match(folded, start):
        return ()
    for at in range(start + 1, min(len(folded), start + LONGEST_LIST)):
        if folded[at] in "。;:" or folded[start] == "(":
            break
        if not _triggers(folded, at, strong=strong):
            continue
        if _POST_AFTER.match(folded, at):
            if parties_in(folded, start, at):
                return ()  # those named sit in a group; they are not told to act
        else:
            found = parties_in(folded, start, at) or found or described(folded, start, at) or _plain(folded, start, at)
    return tuple(found if strong else office_at(folded, start, _who_signs(folded, found)))


def _who_signs(folded: str, found: list[Party]) -> list[Party]:
    """Return those found without whom they sign something with: 学校与家长签订责任书."""
    beside = len(found) > 1 and folded[found[-1].start - 1] == "与" and folded.startswith("签", found[-1].end)
    return found[:-1] if beside else found


def _plain(folded: str, start: int, end: int) -> list[Party]:
    """Return a short subject that is no known kind of body, where it is told with a modal word to act."""
    name = folded[start:end].strip()
    if _ONE_LEVEL.fullmatch(name) and _ONE_LEVEL_DOES.match(folded, end):
        return [Party(name, folded.index(name, start), folded.index(name, start) + len(name))]
    if _LEVEL.fullmatch(name) and _LEVEL_DOES.match(folded, end):
        return [Party(name, folded.index(name, start), folded.index(name, start) + len(name))]
    modal = _TOLD.match(folded, end)
    if modal is None or _SUBJECT.fullmatch(name) is None or ACTS_INSIDE.search(name) or _THING.search(name):
        return []
    does = skip_lead(folded, modal.end())  # 要在12月10日以前完成
    acts = VERB_START.match(folded, does) or ADVERB_START.match(folded, does)
    begin = folded.index(name, start)
    return [Party(name, begin, begin + len(name))] if acts and not _STATE_OF.match(folded, modal.end()) else []


def _triggers(folded: str, at: int, *, strong: bool) -> bool:
    if strong:
        return STRONG.match(folded, at) is not None
    if _NO_TRIGGER.match(folded, at) or folded.startswith("在地", at):
        return False
    if _DIVIDES.match(folded, at) or _is_state(folded, at) or _IS_DONE.match(folded, at):
        return False
    if folded[at] == "," and _MUST.match(folded, _past_stress(folded, at + 1)):
        return True
    if folded[at] == "," and _ADJUNCT.match(folded, at):
        return True
    if folded[at] == ",":
        return _WITH.search(folded, max(0, at - LONGEST), at) is not None
    if folded[at - 1] in "和与及、" and not DEONTIC.match(folded, at):
        return False  # 安全管理人员和操作人员: the list goes on
    return _ACTS.match(folded, at) is not None


def _is_state(folded: str, at: int) -> bool:
    """Tell whether what stands at a character says what the name before it is, or how many of them there are."""
    if folded[at] == "为" and not _ANSWERS.match(folded, at) and not _POST_AFTER.match(folded, at):
        return _IS.match(folded, at) is not None
    return _HOW_MANY.match(folded, at) is not None and _COUNTED.search(folded, 0, at) is not None


def _past_stress(folded: str, at: int) -> int:
    """Return where a modal word may stand after its stress: 信息处和各中心，尤其要加强维护."""
    stress = _STRESS.match(folded, at)
    return stress.end() if stress else at


def _by(folded: str, start: int) -> list[Party]:
    return [name for one in _BY.finditer(folded, start) for name in _done_by(folded, one.end())]


def _done_by(folded: str, start: int) -> list[Party]:
    """Return whom 由 names, also before a verb that no list knows: 由砂石企业回填."""
    found = _subject(folded, start, strong=False)
    if found or _POST_AFTER.search(folded, start):
        return found
    for at in range(min(len(folded) - 1, start + LONGEST), start + 1, -1):
        if (
            folded[at] not in _NO_VERB
            and not folded.startswith("在地", at)
            and (named := parties_in(folded, start, at))
        ):
            return named
    return found
