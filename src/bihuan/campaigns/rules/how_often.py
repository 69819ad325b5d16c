"""How often a sentence wants a thing done: 每月, 每两周, 24小时; several in one sentence are all kept."""

import re
from typing import Final

_FREQUENCY: Final = re.compile(
    r"每(?:两|三|半|[\d一二三四五六十]+个?)?(?:个)?(?:工作日|小时|日|天|周|星期|旬|月|季度?|"
    r"半年|半月|学期|年|班次?)(?![家户个处项一二三四]*[家户处项])(?:度)?|"
    r"逢(?:周|星期)(?=[一二三四五六日天])|(?<!\d)(?<![今本明去当全上下双平])[日周月季年](?=(?:报告|调度|通报|排查|例会|分析|巡查|清查|研判|会商|检查|汇总|"
    r"报送|统计|小结|考核)(?:”|制|、|,))|按[日周月季年]|"
    r"(?<![一-龥])一[日天周月季旬](?=一(?!致))|(?:不定期|定期|常态化)|逐日|逐月|逐周|24小时(?=[^,。;]{0,6}(?:值|巡|监|驻|轮|开机|待命|备勤|在岗|专人|不间断))"
)
VAGUE: Final = frozenset(("定期", "不定期", "常态化"))  # 定期研究，每季度检查一次: the second says how often
_FREQUENT: Final = {
    "每季": "每季度",
    "每星期": "每周",
    "每年度": "每年",
    "每月度": "每月",
    "日": "每日",
    "周": "每周",
    "月": "每月",
    "季": "每季度",
    "年": "每年",
}


def frequencies(folded: str) -> tuple[str, ...]:
    """Return every frequency that a sentence names, each once, in its order; a vague one only where it stands alone.

    实行周调度、月通报 has two: 每周, 每月.
    """
    said = [one.group() for one in _FREQUENCY.finditer(folded)]
    exact = [one for one in said if one not in VAGUE]
    return tuple(dict.fromkeys(_named(one) for one in exact or said[:1]))


def how_often(folded: str, column: str = "") -> str | None:
    """Return all of them as one text, else those of the column of days of its table: 每周、每月."""
    return "、".join(frequencies(folded) or frequencies(column)) or None


def frequency(folded: str) -> str | None:
    """Return the first frequency of a sentence, or None: 每月, 每日, 定期."""
    return next(iter(frequencies(folded)), None)


def _named(said: str) -> str:
    return "每周" if said.startswith("逢") else _FREQUENT.get(said.removeprefix("一"), said)
