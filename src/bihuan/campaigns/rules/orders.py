"""Which sentences order something, with which words; facts, grounds, lists of objects and signposts do not."""

import re
from typing import Final

from bihuan.campaigns.rules.beginnings import skip_lead
from bihuan.campaigns.rules.days import Anchor
from bihuan.campaigns.rules.deadlines import deadline
from bihuan.campaigns.rules.how_often import frequency
from bihuan.campaigns.rules.names import is_party
from bihuan.campaigns.rules.parties import has_ordering_subject, subjects
from bihuan.campaigns.rules.roles import Role
from bihuan.campaigns.rules.text import parts
from bihuan.campaigns.rules.words import (
    ADVERB_AND_VERB,
    ADVERB_START,
    BEGINS,
    DEONTIC,
    ENDS_AS_PARTY,
    STRONG,
    words,
)

_TITLED: Final = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")
_QUOTED: Final = re.compile(r"“[^”]*”|《[^》]*》")
_SIGNPOST: Final = re.compile(
    r"^(?:(?:本次|此次|这次)?(?:活动|行动|整治|检查|大检查)(?:将)?(?:[自从于])[^。;,]{2,20}(?:启动|开始|起)[^。;]*(?:结束|为止|为期[^。;]*)[。;]?$|(?:重点|主要|着重|具体|认真|要)*(?:做好|抓好|落实|完成|开展)(?:好)?(?:以下|下列|如下)[^,。;]{0,14}:|[^。]{0,60}?(?:分|划分)(?:为|成)?[^。:;]{0,40}?[一二两三四五六七八\d]+个?(?:阶段|"
    r"步骤|步|批)[^。;(]{0,20}|[^。]{0,60}由[^。;]{2,60}阶段(?:组成|构成)|(?:具体|主要)?(?:安排|内容|分工|职责|组成人员|成员|任务|要求|"
    r"措施|名单|事项|时间)[^,。]{0,14}(?:如下|见附件)[::。]?|"
    r"(?:具体)?(?:详?见|参见)附[件表][^。]*|现(?:就|将)[^。]*(?:如下[^。]*|(?:通知|明确)[^。,;]{0,10})|特此[一-龥]{2,4}|"
    r"(?:特)?制定本[一-龥]{2,6}|为了?[^。;]{4,}(?:制定|制订)本[一-龥]{2,6}|本[一-龥]{2,4}自[^。]*(?:施行|实施|执行)(?:[^。]{0,12}|,有效期[^。]*)|本[一-龥]{2,4}由[^。]*解释|"
    r"本[一-龥]{2,4}(?:适用|有效期)[^。]*|"
    r"附[件表]?\s*[\d一二三四五六七八九十]*\s*[::.].*|(?:此件)?公开(?:发布|"
    r"属性).*|抄送[::].*|主题词[::].*|(?:填报|联系|值班|举报)[^,。]{0,8}[::].*|联系人.*|"
    r"(?:[^,。;:要应须]|[主重]要){0,10}(?:内容|要素|事项)(?:主要)?(?:包括|包含)[::].*|[^。;]*(?:时间|事项|安排|名单|地点)[^,。;]*另行通知|\(?联系.*|[^,。;:()要须应]{0,16}联系人\s*[:].*|(?:聚焦|围绕|针对|按照|通过|结合)[^。]*(?:采取|做好|抓好|完成|开展)(?:好)?(?:以下|下列|如下)[^,。]{0,14}:|"
    r"电子?邮箱.*|(?:以上|上述)[^。]*请[^。]*(?:贯彻|遵照|认真)?执行)[。;::]?$"
)
_NOTE: Final = re.compile(r"(?:注|备注|说明)\s*\d?\s*[::]")
_TIMED: Final = re.compile(r"每[日天周旬月季年]|[月日]\d{0,2}前|[一二三四五六日][上下]午|报")
_ITEM: Final = re.compile(
    r"^(?:是否|未|不(?!得|准|许|能|断|定期|间断|折不扣)|无|没有|违反|违规|违法|非法|擅自|"
    r"超|存在|以[^,。]{0,10}名义)[^。]*?(?:的|"
    r"等)?[;。,]?$|^(?!对)[^,。;]{2,60}[^目有]的[;。]$"
)
_MEASURE: Final = re.compile(r",(?:一律|依法|予以|责令|坚决|立即|限期|不予)")  # 不符合条件的企业，一律停产
_LIABLE: Final = re.compile(r"的?,[^,。;]{2,16}负[^,。;]{0,8}责任")  # 违规收寄的，企业负责人负连带责任
_CONCEALS: Final = re.compile(r"(?:瞒报|谎报|隐瞒|关闭|取缔|拒不|抗拒)[^。;]*的[;。]$")  # an item of a list of conduct
_ASKS: Final = re.compile(
    r"^(?!(?:重点|全面|逐一|集中)?(?:检查|排查|核查|核实|查看|督查|整治))[^。]{2,30}是否"
)  # what is to be looked at: 疏散通道是否畅通
_FACT: Final = re.compile(
    r"^由于[^。]*(?:必要|重要|繁重|困难|严峻)。?$|^(?:近年来|近期|近日|近段时间|今年以来|去年以来|当前|目前|一段时间以来|截至|据统计|"
    r"一直以来|长期以来|[一二两三四五几多]年来|进入|随着|\d{4}年(?:以来|,))[^。]*(?:发生|存在|仍然|依然|造成|暴露|"
    r"取得|消除了|呈现|面临|不容乐观|严峻|时有|突出|到来|增多|旺季|高发|薄弱)"
)
# What was done already: 市建委在全市组织开展了大排查。
_DONE: Final = re.compile(
    r"(?!对|凡|因|如|若|发现|一旦)[^;。]*(?:开展|组织|召开|进行|下发|印发|部署|举办|成立|取得|制定|完成|发生)了(?!解)[^;。]*[。;]?$"
)
# Stages told one after another, and nobody told to do anything: 其中:3月至4月为自查阶段,5月为整治阶段。
_STAGES: Final = re.compile(
    r"(?:[^。;:,]{0,20}(?:阶段|步骤|时间)[^。;:,]{0,10}[:,])?(?:[^,。;:]{2,30}[,;])?(?:[^。;:,]{2,30}[,;])?(?:其中[:,]?)?"
    r"(?:[^,。;:]{0,24}\d+[月日号][^,。;:]{0,16}(?:为|是|:)[^,。;:]{2,14}(?:阶段|步|期)[,;。]?){2,}"
)
# What is found wrong, in an item of a list: 疏散不畅、消防设施损坏
_WRONG: Final = re.compile(
    r"(?:[^,。;、要应须]{2,24}(?:不畅|不足|不全|不齐|不牢|不力|不清|不明|不良|不当|不严|不实|不规范|不到位|不落实|不合格|不达标|不完善|不健全|缺失|缺损|损坏|破损|"
    r"堵塞|堵占|锁闭|锈蚀|腐蚀|失效|失灵|混乱|老化|脱落|淤积|淤堵|松动|裸露|超限|超载|超员|超速|薄弱|缺位|滞后|虚设)(?:[,、;。]|$)){1,}"
)
_NAMED_LIST: Final = re.compile(r"^[^,。;:]{0,6}(?:内容|重点|问题|范围)[::]")  # 整治内容：疏散不畅、设施缺失。
# What is to be looked at or reported: 贯彻落实会议部署等重点工作情况;吸取事故教训情况。
_MATTERS: Final = re.compile(
    r"(?:(?!重点|检查|督查|排查|核查|抽查|查看|了解)(?:[^。;要须应]|[主重]要){2,}(?:情况|成效|建议|打算|做法)[;。]?)+"
)
_IS: Final = re.compile(
    r"^(?:本[一-龥]{2,6}所称|所称|[^,。]{2,20}是指)|^[^,。]{2,40}是[^,。]{2,60}的(?:重要|必然|关键|根本|有效|重大)(?:举措|要求|保障|"
    r"任务|内容|途径|抓手|手段|体现|部署|基础|保证|环节|措施)|是[^,。]{2,60}的(?:重要|必然|关键|根本|"
    r"具体|有效|迫切|内在)[^,。]{0,20}[。;]?$"
)
_POSTS: Final = re.compile(
    r"(?:任|为|担任|兼任|是)(?:第一|常务)?(?:副?组长|副?总指挥|副?指挥长|副?主任|成员|召集人|"
    r"联络员)|^(?:第一|常务)?(?:副\s*组\s*长|组\s*长|成\s*员|总指挥|副总指挥|指挥长|副指挥长|"
    r"办公室主任)\s*[::]"
)
_LABELLED: Final = re.compile(
    r"^[^,。:]{0,6}时间(?:自|从|为)[^。]{2,40}[。;]?$|^[^,。:]{0,6}(?:时间|范围|对象|地点|依据|期限|方式|电话|邮箱|人员)(?:要求|安排)?[::]|"
    r"^(?:整治|检查|排查|督查)(?:重点|内容|范围|对象)(?:聚焦|是|为|包括|主要)|^[\d年月日至到~-]{4,22}(?:[;。]|(?:\([^()]*\))[;。]?$)"
)
_SITS: Final = re.compile(
    r"(?:第一|常务)?(?:副?组长|总指挥|副?指挥长|副?主任|成员|召集人|联络员)\s*[::][^,。;:]{2,40}[。;]?"
)
# 复产办公室设在甲局,办公室主任刘某;复工办公室设在乙局
_SEATS_ONLY: Final = re.compile(
    r"[^,。;()]{0,30}(?:设在|设于)[^,。;]{2,30}[,;。]?"
    r"(?:[^,。;()]{0,30}(?:设在|设于)[^,。;]{2,30}[,;。]?|[^,。;()]{0,12}(?:主任|组长|联络员)(?:由|为|是)?[^,。;要须应]{1,14}[,;。]?)*"
)
_ORGANISES: Final = re.compile(
    r",组织(?!部|委员)[^,。;]{4,}(?:开展|进行|实施)"
)  # 由包片领导担任组长,组织各单位开展验收
_SEATED: Final = re.compile(r"(?:主任|[一-龥]长|成员|联络员|召集人)由[^,。]{1,30}(?:兼任|担任|组成)")
_OBJECT: Final = re.compile(
    r"(?:建设|生产|储存|存放|经营|使用|运输|销售|供应|施工|作业)[^,。;]{2,30}[。;]?$"
)  # 建设工程施工工地
_WIDE: Final = re.compile(
    r",(?:做到|确保|实现)[^,。;]{0,4}(?:不留|不漏|全覆盖|无死角)[^。;]*(?=[。;]|$)"
)  # said of objects
_CHARGED: Final = re.compile("承担[^,。;]{2,}工作")
_OFTEN: Final = re.compile(r"每[日天周旬月季]")
_FOUNDS: Final = re.compile(r"成立|设立|组建|建立")
_GUIDES: Final = re.compile(
    r"\s*(?:以[^,。]{2,40}(?:为指导|为指引|为统领|为遵循)|坚持|(?:全面|深入|认真)?(?:学习)?贯彻|高举)"
)
_RESULT: Final = re.compile(
    r"^\s*(?:通过|力争|到|经过)[^。]{2,60}?,[^。]*(?:实现|明显|显著|有效|达到|确保|杜绝|下降|全覆盖)|"
    r"^\s*(?:力争|到)*\d{4}年(?:底|末)?前?(?:基本|全面|有效)?(?:实现|消除|遏制|清零|形成|建成)|"
    r"^\s*(?:\d{4}年|\d{1,2}月)(?:底|末|\d{1,2}月底?)?前?,[^。]*(?:实现|消除|达到|遏制|完成|清零|形成|建成|健全)|"
    r"(?:率|数|量)[^,。]{0,8}(?:达到?|为|不低于)?\d+(?:\.\d+)?%|不发生[^,。]*事故|“?双下降|“?零(?:事故|死亡|伤亡|发生|火灾)|^\s*(?:确保)?实现“"
)
_ASKS_BODIES: Final = re.compile(r"请(?=[各全你]|有关|相关|[省市县区镇乡])")
# What every notice asks of those it is sent to.
_FORMULA: Final = re.compile(
    r"遵照|贯彻|执行|(?:结合|联系)[^,。;]{0,6}实际|组织(?:学习|实施)|抓好(?:落实|[^,。;]{0,4}贯彻)|落实(?:责任|好|$|[,。])|按照|参照|确保(?:实效|成效|取得)"
)
_FOLLOWS: Final = re.compile(
    r"遵照|(?:认真|抓好|好)[^,。;]{0,4}(?:贯彻|落实)|(?:结合|联系)[^,。;]{0,6}实际|(?:贯彻|遵照)(?:落实|执行)"
)
_SAYS_ONLY: Final = re.compile(
    r"^\s*(?:近|今年|去年|当前|目前|随着|据|根据|按照|\d{4}年)|决定|通知如下|特[作制]|现[就将]|(?:要求|指出|强调|明确|提出)[,:]?(?:各|全|有关)"
)
_HAND_IN: Final = re.compile(r"请[^。;]*?前[^。;]{0,40}?(?:报送|上报|报(?!告|经|请|表)|反馈|提交)")
SHORTEST_GOAL: Final = 6
_AIM: Final = re.compile(r"\s*(?:工作|总体|主要|行动|整治)?目标[::]")
_GOING: Final = re.compile(r"^(?:到|赴)(?!位|期)[^,。;到]{1,10}(?=开展|进行|检查|宣传|督促|指导|督导|组织|宣讲|走访)")
_ACCORDING: Final = re.compile(r"^(?:按照?|根据|依据|对照)“某+”(?:的?(?:要求|规定|精神|部署))?(?=[做抓开组落加认])")
_EVEN: Final = re.compile(r"^(?:[对将把给向就]|凡|发现|对于|针对|根据|按照|结合|围绕|通过|在|以|从|经|因)")
_PREPOSED: Final = re.compile(
    r"(?:检查|排查|核查|清理|整治|摸排|培训|复查|督查)(?=完|一[遍次轮]|到位)|(?:一律|予以|给予|进行|建立(?=[一-龥“]*(?:台账|清单|档案|机制|制度|一[户企栋]))|纳入|列入|列为|移送|移交|报|发放(?=[一-龥《“])|送达|推送|公示|依法|立即|坚决|严肃|及时)"
)
# 自查情况经负责人签字后,报所在乡镇和行业主管部门
_TOLD_ABOVE: Final = re.compile(r"报(?:至|给|送|请)?(?:[省市县区镇乡]|街道|所在|属地|上级|主管|行业|当地)[一-龥]")
# 在道路路口设置防火警示牌
_PUTS_UP: Final = re.compile(r"在[^,。;的]{0,12}的?[^,。;]{2,16}(?:设置|安装|张贴|悬挂|设立|增设|摆放)(?![的了])")
_VAGUE: Final = frozenset(words("对 将 把 向 给 安全 分类 分级 作业 使用 除 限制"))
_NOUN_LIKE: Final = frozenset(
    words("具体 重点 集中 统一 规范 分级 分类 限期 长期 全员 全程 全力 特别 优先 同步 动态 实时 一次 科学 合理")
)
# A state to be reached by a day: 2013年6月底前，补建率达到80%以上.
_STATE: Final = re.compile(r"(?:月|年|底|末|日|度)前?,[^。;]*(?:达到|实现|完成|全部|不低于|建成|覆盖|清零|\d%)")
# What to do where something is found: 发现住人的，当日清人清床.
_FOUNDED: Final = re.compile(r"^[^,。;]{0,8}(?:成立|组建|设立)[^,。;]*(?:领导小组|指挥部|专班|工作组|委员会)")
_WHERE: Final = re.compile(r"(?:发现|凡|遇有?|如遇?|一旦|若|出现|对)[^。,]{2,}(?:的|时|后)?,[^。]{2,}")
# What is to be handed in or done by a day, whoever owes it: 各村行动方案于正月初十前报县安委办.
_BY_DAY: Final = re.compile(
    r"(?:前|内|止)(?:一并|统一|书面|及时|全部|分别|均)*(?:[上专]?报(?![告警废名道])|报送|送(?=[一-龥])|提交|上交|反馈|"
    r"(?:完成|成立|组建|召开|建成|整改|办结|销号|验收|配齐|配备|配强|安装|落实|拆除|清理|清除|消除|制定|建立|签订|更换|改造|"
    r"接入|公布|启用|投用|开展|组织)(?![的前后以]))|^每(?:周|月|季度?|旬|日|天)[^,。;]{0,14}?(?:上报|报送|提交|反馈)(?=[一-龥])"
)
_HEEDS: Final = re.compile(
    r"(?:^|[,;])[^,。;]{0,24}(?<!必)(?<!不)需(?:要|特别|格外|高度|严格|及时|主动){1,2}[注加落遵做配防报]"
)
_SEAT: Final = re.compile(
    r"^[^,。;]{0,14}见(?:附件|附表|下表)[^,。;]*[。;:]?$|^(?:[^,。;()]|\([^()]*\))*?(?:设在|下设)[^,。;]*(?:,(?:领导小组)?办公室设[在于][^,。;]*)?[。;:]?$"
)
# 谁擅离职守谁承担责任，…移送司法机关
_WHOEVER: Final = re.compile(r"谁[^,。;]{2,14}谁[^,。;]{2,8}[,;][^。]*(?:移送|移交|追究|处理|问责|通报)")


def is_order(folded: str, role: Role, *, item: bool = False) -> bool:
    """Tell whether a sentence orders something, in a section of a role; item: it is a numbered line of a list."""
    text = folded.strip()
    if role in {Role.OPENING, Role.GUIDING, Role.GOALS, Role.CONTACT} or len(text) < 4:
        return False
    if not_an_order(text):
        return False
    plain = _QUOTED.sub(lambda found: "“" + "某" * (len(found.group()) - 2) + "”", text)
    if _WRONG.fullmatch(_NAMED_LIST.sub("", plain)):
        return False
    if role is Role.SCOPE and _MATTERS.fullmatch(plain):
        return False
    if role is Role.SCOPE or item:
        plain = _WIDE.sub("", plain)
        if _OBJECT.match(plain) and ENDS_AS_PARTY.search(plain.rstrip("。;, ")):
            return False
        named = role is Role.SCOPE and not item and ("一律" in plain or _does_first(plain))
        told = _begins_ordering(plain) or STRONG.search(plain) is not None
        return named or told or _is_done_by(plain) or _does_in_time(plain)
    return any(
        test(plain)
        for test in (
            DEONTIC.search,
            _begins_ordering,
            subjects,
            ADVERB_AND_VERB.search,
            _STATE.search,
            _WHERE.match,
            _FOUNDED.match,
            _HEEDS.search,
            _WHOEVER.match,
            _due,
        )
    )


def _is_done_by(text: str) -> bool:
    """Tell whether a sentence of a list says who does a thing by itself: 动火作业由施工单位提出申请。"""
    return (
        text.rstrip().endswith("。")
        and "由" in text
        and any(text[: one.start].endswith("由") for one in subjects(text))
    )


def _does_first(text: str) -> bool:
    """Tell whether a sentence among objects begins with who does something: 学校落实校长陪餐制，家长委员会参与监督。"""
    found = subjects(text)
    begins = bool(found) and found[0].start == skip_lead(text, 0)
    return begins and text.rstrip().endswith(("。", ")")) and _MATTERS.fullmatch(text) is None


def _does_in_time(text: str) -> bool:
    """Tell whether a list's sentence begins with who does it, and says how often or by when: 甲单位每日检查。"""
    found = subjects(text)
    begins = bool(found) and found[0].start == skip_lead(text, 0)
    return begins and ("每" in (frequency(text) or "") or deadline(text, Anchor()) is not None)


def _due(text: str) -> bool:
    return _BY_DAY.search(text) is not None and deadline(text, Anchor()) is not None


def not_an_order(text: str) -> bool:
    """Tell whether a sentence is a signpost, a fact, a definition, an item of a list, or names who sits where."""
    text = _TITLED.sub(lambda found: "《" + "某" * (len(found.group()) - 2) + "》", text)
    if is_party(text):  # a signature
        return True
    if any(one.match(text) for one in (_SIGNPOST, _SEAT, _LABELLED)) or _IS.search(text):
        return True
    if _STAGES.fullmatch(text) or _SITS.fullmatch(text) or _SEATS_ONLY.fullmatch(text) or _only_asks_to_follow(text):
        return True
    note = _NOTE.match(text)
    if note:  # a note under a table orders only where it names who must do it
        return not subjects(text) or not (STRONG.search(text) or _TIMED.search(text))
    listed = _ITEM.match(text) or _CONCEALS.match(text) or _ASKS.search(text)
    measured = _MEASURE.search(text) or "一律" in text or _LIABLE.search(text)
    if listed and not (STRONG.search(text) or measured or _is_done_by(text)):
        return True
    if (_FACT.match(text) or ("了" in text and _DONE.match(text) and not _MEASURE.search(text))) and not STRONG.search(
        _QUOTED.sub("", text)
    ):
        return True
    seated = _POSTS.search(text) is not None or _SEATED.search(text) is not None
    return seated and not any(one.search(text) for one in (_FOUNDS, STRONG, _OFTEN, _CHARGED, _ORGANISES))


def _only_asks_to_follow(text: str) -> bool:
    """Tell whether a sentence asks of those it is sent to what every notice asks: 请各校结合实际，认真抓好贯彻落实。"""
    stretches = [text[start:end] for start, end in parts(text, ",;。")]
    return _ASKS_BODIES.match(text) is not None and all(map(_FOLLOWS.search, stretches))


def orders_in_letter(folded: str, anchor: Anchor) -> bool:
    """Tell whether a sentence of the notice before a plan orders something of its own, beyond 请认真贯彻执行."""
    if re.search(r"印发给|现印发|特制定|决定", folded):
        return False
    named = bool(subjects(folded)) and STRONG.search(folded) is not None
    timed = deadline(folded, anchor) is not None or "每" in (frequency(folded) or "")
    return named or asks_of_its_own(folded) or (timed and re.search(r"报|送|制定|完成", folded) is not None)


def asks_of_its_own(folded: str) -> bool:
    """Tell whether a notice that passes a document on asks bodies for more than to follow it: 请各校…，全面查找隐患."""
    if _ASKS_BODIES.match(folded) is None:
        return False
    plain = _TITLED.sub("", folded)
    stretches = [plain[start:end].lstrip() for start, end in parts(plain, ",;。")[1:]]
    return any(_FORMULA.search(one) is None and _stretch_orders(one) for one in stretches)


def tells_amid(folded: str) -> bool:
    """Tell whether an opening orders a body at its end: 为确保信息畅通，各部门要严肃纪律; not what another has said."""
    if _SAYS_ONLY.search(folded):
        return False
    return any(has_ordering_subject(folded[start:end].lstrip()) for start, end in parts(folded, ",;。"))


def tells_first(folded: str) -> bool:
    """Tell whether a sentence of an opening begins with whom it tells to do something: 各乡镇要采取非常措施."""
    return _SAYS_ONLY.search(folded) is None and has_ordering_subject(folded.lstrip())


def asks_for_papers(folded: str) -> bool:
    """Tell whether a sentence of an opening asks for something to be handed in by a day."""
    plain = _TITLED.sub("", folded)
    asked = _HAND_IN.search(plain) or (_told_to(plain) and _BY_DAY.search(plain))
    return bool(asked) and deadline(plain, Anchor()) is not None


def _told_to(plain: str) -> bool:
    """Tell whether a body is told to hand something in: 各镇要将总结于12月15日前报县安委办."""
    return bool(subjects(plain)) and re.search("要将|要把|须将|务必|请", plain) is not None


def is_guiding(folded: str) -> bool:
    """Tell whether a sentence says in what spirit to work: 以…为指导，坚持…"""
    return _GUIDES.match(folded) is not None and not _RESULT.search(folded)


def is_result(folded: str) -> bool:
    """Tell whether a sentence sets a result to be reached: by a day, by a figure, after a campaign."""
    return _RESULT.search(folded) is not None and not _GUIDES.match(folded) and len(folded) > SHORTEST_GOAL


def is_aim(folded: str) -> bool:
    """Tell whether a sentence calls itself a goal: 工作目标：…"""
    return _AIM.match(folded) is not None


def deontic_of(folded: str) -> str | None:
    """Return the modal words of a sentence in their order, joined by 、; None where it only has verbs."""
    plain = _QUOTED.sub(lambda found: "某" * len(found.group()), folded)
    words = list(dict.fromkeys(found.group() for found in DEONTIC.finditer(plain)))
    return "、".join(words) or None


def _begins_ordering(text: str) -> bool:
    """Tell whether one of the stretches between commas begins with a verb or an adverb of orders."""
    return any(_stretch_orders(text[start:end].lstrip()) for start, end in parts(text, ",;:。"))


def _stretch_orders(text: str) -> bool:
    text = _GOING.sub("", _ACCORDING.sub("", text[skip_lead(text, 0) :]))
    if not text:
        return False
    if _TOLD_ABOVE.match(text):
        return True
    if _EVEN.match(text):
        return bool(_PREPOSED.search(text) or _PUTS_UP.match(text))
    adverb = ADVERB_START.match(text)
    verb = (BEGINS.match(text, adverb.end()) if adverb else None) or BEGINS.match(text)
    if verb and verb.group() not in _VAGUE:
        return True
    return adverb is not None and len(adverb.group()) > 1 and adverb.group() not in _NOUN_LIKE
