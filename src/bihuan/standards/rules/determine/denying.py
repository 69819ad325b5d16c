"""What a text says is not so: faults that were looked for and not met, asked about, supposed, taught or planned."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bihuan.standards.rules.determine.signs import Mark

Span = tuple[int, int]

_LOOKED_FOR: Final = "(?:未|没有?)(?:发现|见到?|查出|查见|查到|看到|看见|出现|发生)"
LOOKED_FOR: Final = re.compile(f"(?:{_LOOKED_FOR}|不存在)(?:有|存在)?")
_DENIES: Final = f"(?:{_LOOKED_FOR}|不存在|并非|不是|未曾?|没有?|并?无|不|非)(?:有|过|任何|明显|什么|其他|存在)*"
_DENIAL: Final = re.compile(f"{_DENIES}$")
# What is done on purpose is no fault; that it was not done may be one: 进磨没断电.
_ACT: Final = re.compile(
    "断(?:电|开|了|掉)|失电|关(?:机|停|闭|着|掉了)|停(?:用|运|着)|解除|拔[掉了]|堵[上住]|封[上住死]|[0-9一-龥]{0,2}手动"
)
_LONGEST_DENIAL: Final = 10  # characters before a fault in which its denial may stand
_LISTED: Final = re.compile("(?:[、和及或与]|以及)?")
_WORN: Final = (
    "(?:损坏|破损|损伤|脱落|变形|松动|松脱|泄漏|渗漏|漏[气水油]|锈蚀|腐蚀|断裂|断丝|开裂|裂[纹缝]|堵塞|失效|失灵|异常|故障"
    "|老化|磨损|缺陷|卡涩)"
)
# What may follow a fault that is denied; anything else makes it part of a name: 无故障指示灯, 没有失效报警.
_NO_NAME: Final = re.compile(
    "(?:[的了过]|等|现象|情况|情形|问题|迹象|痕迹|隐患|之处|部位|部件|[点处])*(?=$|[,:;、()和及或与且]|以及|目前|现场|均|都)"
)
# 无破损、变形、堵塞: each of a list is denied, also what is no mark by itself.
_WORN_LIST: Final = re.compile(f"{_DENIES}{_WORN}(?:(?:[、和及或与无]|以及)*{_WORN})*(?={_NO_NAME.pattern})")
_TURNED: Final = re.compile(
    "[不未]|缺(?![口陷])|没(?!有)"
)  # what is itself denied when denied twice: 没有不装的, 不是没装
_DENIED_TWICE: Final = re.compile("不是$|并非$|不存在$|(?:发现|见到?|看到|查到)$")
_ASKED: Final = re.compile("是否(?=[^,]*(?:,|$))")
_ANSWERED_SO: Final = re.compile(
    "[^,]*,(?:检查|核查)?(?:结果|结论|答|回答|情况)?[,:]?(?:是$|是,|是的|属实|确实|未|没|无|缺)"
)
_TO_COME: Final = re.compile("(?:准备(?!间|区|室|工序)|打算|计划|预计|考虑)[^,;]{0,8}$")
# What follows where a word is a part of a thing's name: 超载限制器.
_OF_A_NAME: Final = "(?!标|限[制位]|报警|保护|装置|探测|监测|检测|警示|器|制度|记录|台账|预案|措施|开关)"
# Where no thing but a fault was looked for: 未发现禁忌物混放, against 未发现警示标志, which says that there is none.
_FAULT: Final = re.compile(
    "(?:混[放存堆储装]|违[规章法反]|擅自|占用|超[员量载温压期限标]|过期|失效|损坏|破损|裂[纹缝]|堵塞|泄漏|短接|脱岗|"
    "[未没]有?[装设配按安]|[不缺]少|缺失|堆放|住人|冒[烟火])" + _OF_A_NAME
)
_BY_OTHERS: Final = re.compile("自查|企业|厂方|班组|员工|安全员|日常")  # who ought to have found it


def standing(marks: Sequence[Mark], text: str) -> list[Mark]:
    """Return, in order, the marks that say what they say: not those denied right before them, asked about or planned.

    What denies them goes with them: of 安全阀未见异常 nothing is left.
    """
    ordered = sorted(marks)
    gone = [*denied_faults(ordered, text), *_asked(text)]
    kept = [one for one in ordered if not any(start <= one.start and one.end <= end for start, end in gone)]
    return [one for one in kept if not (one.kind == "removed" and _TO_COME.search(text, 0, one.start))]


def denied_faults(marks: Sequence[Mark], text: str) -> Iterator[Span]:
    """Yield the places of faults with the words that deny them, those in a list after a denied one too."""
    yield from (one.span() for one in _WORN_LIST.finditer(text))
    last = -1
    for mark in marks:
        if mark.kind == "wanted" or _ACT.fullmatch(text, mark.start, mark.end):
            continue
        found = _DENIAL.search(text, max(0, mark.start - _LONGEST_DENIAL), mark.start)
        listed = 0 <= last <= mark.start and _LISTED.fullmatch(text, last, mark.start)
        if not (found or listed) or not _is_undone(mark, text, found.group() if found else ""):
            continue
        last = mark.end
        yield found.start() if found else mark.start, mark.end


def _is_undone(mark: Mark, text: str, denial: str) -> bool:
    if mark.kind != "absent":
        return _NO_NAME.match(text, mark.end) is not None
    return bool(denial and (_TURNED.match(text, mark.start) or _DENIED_TWICE.search(denial)))


def _asked(text: str) -> Iterator[Span]:
    """Yield what is only asked (是否未装火花探测), unless the answer says that it is so."""
    for found in _ASKED.finditer(text):
        end = text.find(",", found.end())
        if not _ANSWERED_SO.match(text, found.end()):
            yield found.start(), len(text) if end < 0 else end


_CLAUSE_END: Final = "(?=$|,)"
_FOUND_NOTHING: Final = (
    "(?:均|都|皆|也|全部)?(?:未|没有?)(?:发现|见到?|查到|查见)(?:有|存在)?"
    "(?:异常|问题|此类|该类?|上述|相关|这种|类似)?(?:问题|情况|情形|现象)?"
)
_UNTRUE: Final = "(?:不属实|不实|无此事|没有?此事|查无实据|无此情况|没有?这回事|属误报)"
# A whole finding that is not so, or not of here and now. Each ends with a clause.
_WHOLE: Final = (
    # 排查了…缺失问题,未发现
    f"(?:排查|检查|核查|巡查|抽查|查看?)(?:了|过)?[^;]{{0,60}}?(?:问题|隐患|情况|情形|现象|缺失|失效|缺少)[^,;]{{0,40}},{_FOUND_NOTHING}{_CLAUSE_END}",
    # 群众举报…,经查不属实
    f"(?:举报|反映|投诉|信访|网传|传言|有人说|听说)[^;]{{0,60}}?,[^,;]{{0,40}}?{_UNTRUE}[^,;]{{0,40}}",
    f"(?:举报|反映|投诉|信访|网传|传言)[^;]{{0,60}}?,[^,;]{{0,8}}{_FOUND_NOTHING}{_CLAUSE_END}",
    # …未装火花探测的问题不存在
    f"[^,;]{{0,40}}(?:问题|情况|情形|现象)(?:已经?)?(?:不(?:再)?存在|未发现|未见|不属实){_CLAUSE_END}",
    # 如果…不装火花探测就要罚款: a threat, no finding
    "(?:如果|如|要是|假如|倘若|若)(?!图|期|实)[^,;]{1,60},?[^,;]{0,40}?(?:罚款|处罚|要罚|追究|立案|算重大|属于?重大|构成重大|就是重大)[^,;]{0,40}",
    # 培训内容:…属于重大隐患; 宣传栏写着…
    "(?:培训|教育)(?:内容|课件|教材|材料|要点|记录)?(?:里|中|时|上)?(?:讲|讲到|写着?|强调|是|说|提到|为)?:[^,;]{1,60}",
    "(?:培训|教育)(?:内容|课件|教材|材料|要点|时|中|里|课上?)(?:里|中|上|时)?(?:讲|讲到|讲了|写着?|强调|说|提到|是)[^,;]{1,60}",
    "(?:宣传[栏册单页片画]|海报|横幅|标语|课件|试卷|考题|案例|警示片|教育片)(?:里|中|上)?(?:写着?|印着?|贴着?|讲|说|提到|介绍|内容)?[着了是有]?:?[^,;]{0,40}(?:[未没不无缺]|失效|重大)[^,;]{0,40}",
)
_WHOLES: Final = tuple(re.compile(one) for one in _WHOLE)
# To the end of its clause: 不是说砂光机没装火花探测,是…; 并非…没有
_NOT_SAID: Final = re.compile(
    "(?:(?:^|(?<=,))(?:也|又|倒|并)?不是(?:说|因为)?|不是说|并非|不存在|不能说)(?P<rest>[^,;]+)"
)
# 没看到 and 没见 mostly speak of things (没看到隔爆阀泄爆也没装), so they deny a fault right after them only.
_NOT_MET: Final = re.compile(
    "(?:未(?:发现|见到?|查出|查见|查到)|没有?(?:发现|查出|查到)|不存在)(?:有|存在)?(?P<rest>[^,;]+)"
)
_BARE: Final = re.compile(f"(?:没有?|无|{LOOKED_FOR.pattern})")  # 未见动火审批无监护 lacks both
_AT_A_NAME: Final = re.compile(_OF_A_NAME)
_SUCH: Final = re.compile("(?:现象|问题|隐患|情形|情况|行为)$")


def unsaid(text: str, marks: Sequence[Mark]) -> Sequence[Span]:
    """Return the places of a text that tell of faults which are not there: looked for and not met, reported and found
    untrue, supposed, taught. marks: those that stand.

    A thing that was looked for and not met is missing (未见火花探测装置); a fault that was not met is none.
    """
    found = [one.span() for pattern in _WHOLES for one in pattern.finditer(text)]
    found += [one.span() for one in _NOT_SAID.finditer(text) if _names_fault(one, marks, bare=True)]
    by_us = (one for one in _NOT_MET.finditer(text) if not _BY_OTHERS.search(text, 0, one.start()))
    return [*found, *(one.span() for one in by_us if _names_fault(one, marks))]


def _names_fault(found: re.Match[str], marks: Sequence[Mark], *, bare: bool = False) -> bool:
    """Tell whether what is denied is a fault. bare: 没有 and 无 make one of what follows them."""
    text, (start, end) = found.string, found.span("rest")
    if _FAULT.search(text, start, end):
        return True
    is_such = bare or _SUCH.search(text, start, end) is not None
    inside = (one for one in marks if start < one.start and one.end <= end)
    return any(
        (is_such or not _BARE.fullmatch(text, one.start, one.end)) and _AT_A_NAME.match(text, one.end) for one in inside
    )


def is_within(start: int, spans: Sequence[Span]) -> bool:
    """Tell whether a place lies in one of some spans."""
    return any(first <= start < last for first, last in spans)


# 未发现塔吊限位失效的情况: looked for and not met. Without 的 before 情况 there must be something wrong in between, for
# 未发现班组交底情况 says that there was none.
_NONE_SUCH: Final = re.compile(
    "(?:未|没有?)(?:发现|见到?|查出|查见|查到)(?:有|存在)?[^;]*?"
    "(?:现象|问题|隐患|违章|行为|情形|的情况|(?:[未没无缺不超]|失效|损坏|失灵|堵塞|违规|擅自|设置|占用)[^;,]*情况)$"
)
_LOOKED: Final = re.compile("(?:[经本此今对,]|现场|检查|核查|抽查|巡查|查看?|日|次)*")


def all_denied(text: str) -> str:
    """Return the words that say that what follows was looked for and not met, "" when it was."""
    found = _NONE_SUCH.search(text)
    before = text[: found.start()] if found else ""
    is_whole = ("," not in before or _LOOKED.fullmatch(before)) and not _BY_OTHERS.search(before)
    return found.group() if found and is_whole else ""
