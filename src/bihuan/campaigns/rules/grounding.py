"""What a figure rests on, in words for people: a law, a document, or what the plan itself orders.

The catalogue names our own rules, which nobody outside the house can look up; whoever reads a page or a paper is told
the text behind them. Names of laws only: the edition is that of the day of the figure (R0.1).
"""

import re
from typing import Final

HAZARDS: Final = "《安全生产事故隐患排查治理暂行规定》（国家安全监管总局令第16号）"
# fmt: off
WORDS: Final[dict[str, str]] = {
    "R0":    "发现当日施行的判定标准",
    "R1":    "党政同责、一岗双责、失职追责的规定",
    "R1.2":  "管行业必须管安全的规定",
    "R1.6":  "方案关于领导带队检查的要求",
    "R1.7":  "方案关于领导带队检查的要求",
    "R1.8":  "方案关于研究解决重点问题的要求",
    "R1.11": "全员安全生产责任制的规定",
    "R2":    "安全风险分级管控的要求",
    "R3":    HAZARDS,
    "R3.2":  "重大生产安全事故隐患判定标准",
    "R3.21": "方案关于举一反三的要求",
    "R3.22": "方案关于重大隐患挂牌督办的要求",
    "R3.31": "上级交办清单的回报要求",
    "R4":    "安全生产年度监督检查计划的规定",
    "R5":    "方案关于惩治违法行为的要求",
    "R6":    "方案关于事故起数和死亡人数的目标",
    "R7":    "方案关于复工复产的要求",
    "R8":    "方案关于重点时段安全保障的要求",
    "R9":    "方案关于专项行动的要求",
    "R9.1":  "方案关于起止时间和依据的规定",
    "R9.2":  "方案关于领导小组和各单位机构的要求",
    "R9.3":  "方案关于各单位制定子方案的要求",
    "R9.4":  "方案关于任务分解的要求",
    "R9.5":  "方案关于参加单位的规定",
    "R9.6":  "方案关于调度的要求",
    "R9.7":  "方案关于情况报送的要求",
    "R9.8":  "方案关于情况报送的要求",
    "R9.9":  "方案关于督查的要求",
    "R9.10": "方案关于通报批评的要求",
    "R9.11": "方案关于约谈的要求",
    "R9.12": "方案关于责任追究的要求",
    "R9.14": "关于延期的文件",
    "L3":    "隐患销号要有凭证的规定",
    "L11":   "上级认可才能销号的规定",
    "§13":   "方案的要求",
}
# fmt: on
_CODE: Final = re.compile(r"^(?:[RL]\d+(?:\.\d+[a-z]?)?|§\d+)$")
_CODES: Final = re.compile(r"（(?:[RL]\d+(?:\.\d+[a-z]?)?|§\d+)）")


def grounds_in_words(source: str) -> str:
    """Return what a source of the catalogue rests on; one that is no number of ours is returned as it is."""
    if not _CODE.match(source):
        return source
    return WORDS.get(source) or WORDS.get(source.partition(".")[0], "")


def without_codes(words: str) -> str:
    """Return a sentence without numbers of ours, for texts that were kept before these were left out."""
    return _CODES.sub("", words)
