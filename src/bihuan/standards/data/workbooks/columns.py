"""The tables of a standard's workbook: what each cell is called, what it means and how it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Holds(Enum):
    """How a cell is read."""

    TEXT = "text"
    DAY = "day"
    LINES = "lines"  # one a line
    WORDS = "words"  # one a line or between 、
    YES = "yes"
    NUMBER = "number"
    NAMED = "named"  # one of NAMES


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or a row of the first sheet. key: what the file of the schema calls it."""

    key: str
    title: str
    hint: str
    width: int = 14
    holds: Holds = Holds.TEXT
    must: bool = False


HEAD_SHEET: Final = "标准"
ITEM_SHEET: Final = "条目"
RULE_SHEET: Final = "通则"
GAP_SHEET: Final = "缺的条"
COUNT_SHEET: Final = "计数"
WORD_SHEET: Final = "可选的词"

SURE: Final[Mapping[str, str]] = {"verified": "已核对", "from-memory": "未核对"}
KINDS: Final[Mapping[str, str]] = {"direct": "直接判定", "comprehensive": "综合判定"}
WHOLE: Final[Mapping[str, str]] = {"partial": "不完整"}
NAMES: Final[Mapping[str, Mapping[str, str]]] = {"confidence": SURE, "kind": KINDS, "completeness": WHOLE}

_FAILING: Final = "设备装了但坏了，和没装一样算的写“是”（空着就是），只有没装才算的写“否”"
_CONDITIONS: Final = (
    "可以不填。一行一组，一组里的词都要成立：词 说到它；-词 没有它或坏了；--词 只算没有；+词 处在这种状态；"
    "人>9 数量超过；词一/词二 有一个就行；行首 ? 由人判断"
)

# A table is read by column, so the formatter leaves it alone.
# fmt: off
HEAD: Final = (
    Column("id", "编号", "小写字母、数字和短横线；更正时不改，新版换一个", must=True),
    Column("title", "名称", "照原件", must=True),
    Column("document_number", "文号", "没有的空着"),
    Column("issuer", "发布单位", "照原件", must=True),
    Column("issued_on", "印发日", "如 2026-12-20，不知道的空着", holds=Holds.DAY),
    Column("effective_on", "施行日", "从这一天起发现的隐患用它判定", holds=Holds.DAY, must=True),
    Column("effective_until", "用到", "最后一天，长期有效的空着", holds=Holds.DAY),
    Column("supersedes", "代替", "它代替的标准的编号，不代替的空着"),
    Column("sector", "行业", "词在“可选的词”表里", must=True),
    Column("source_note", "来源说明", "照什么整理的"),
    Column("confidence", "核对情况", "已核对：与原件核对过；未核对", holds=Holds.NAMED, must=True),
    Column("official_counts", "原文共几条", "条数对不上会提示，不知道的空着", holds=Holds.NUMBER),
    Column("failing_counts", "坏了算没装", _FAILING, holds=Holds.YES),
    Column("exclusions", "综合判定不算的", "消防标准才填，词在“可选的词”表里；没有的空着", holds=Holds.WORDS),
)
ITEMS: Final = (
    Column("clause", "条号", "照原文，如 一(一)、4.1.2", 10, must=True),
    Column("group", "类别", "归在哪一类下面", 14, must=True),
    Column("sectors", "适用行业", "一行一个，各行业都适用的写“通用”", 12, Holds.WORDS, must=True),
    Column("features", "安全特征", "只有具备这些特征的单位才适用；没有限制的空着", 14, Holds.WORDS),
    Column("text", "内容", "用自己的话写清楚", 48, must=True),
    Column("objects", "说到的设备和场所", "一行一个", 16, Holds.LINES),
    Column("cues", "平时怎么说", "检查人员平时的说法，一行一个，越多提示得越准", 30, Holds.LINES),
    Column("counter_cues", "容易混、不算的", "一行一个", 26, Holds.LINES),
    Column("conditions", "判定条件", _CONDITIONS, 30, Holds.LINES),
    Column("ask", "一问一答", "可以不填。一行一问，最多30个字，全答“是”才算", 26, Holds.LINES),
    Column("open_ended", "由人判断", "只有概括说法的写“是”", 8, Holds.YES),
    Column("refers_to", "指向的条款", "本条只说见别的条款时填", 12),
    Column("kind", "判定方式", "消防标准才填：直接判定、综合判定", 10, Holds.NAMED),
    Column("completeness", "完整", "条文没有找全的写“不完整”", 8, Holds.NAMED),
    Column("note", "说明", "我们的说明，不印在文书上", 24),
    Column("confidence", "核对情况", "已核对、未核对", 10, Holds.NAMED, must=True),
    Column("id", "编号", "空着的由系统编；更正时照原来的", 24),
)
RULES: Final = (
    Column("id", "编号", "小写字母、数字和短横线", 20, must=True),
    Column("clause", "条号", "照原文", 10),
    Column("text", "内容", "对所有条目都适用的话", 60, must=True),
    Column("cues", "平时怎么说", "一行一个", 30, Holds.LINES),
    Column("counter_cues", "不算的", "一行一个", 30, Holds.LINES),
)
GAPS: Final = (
    Column("clause", "条号", "原文有、这里没有的条", 20, must=True),
    Column("reason", "为什么没有", "如 未见原文", 40),
)
COUNTS: Final = (
    Column("clause", "条号", "消防标准才填：规定几条够数的条号，照原文", 14, must=True),
    Column("place_types", "哪些场所", "一行一个，词在“可选的词”表里", 22, Holds.WORDS, must=True),
    Column("min_count", "满几条", "够几条就是疑似，含本数", 10, Holds.NUMBER, must=True),
    Column("elements", "数哪些条", "一行一个条号，都是判定方式为“综合判定”的；哪一条都数的空着", 30, Holds.LINES),
)
# fmt: on
TABLES: Final = ((ITEM_SHEET, ITEMS), (RULE_SHEET, RULES), (COUNT_SHEET, COUNTS), (GAP_SHEET, GAPS))

_ALSO: Final[Mapping[str, str]] = {
    "superseded_by": "被代替",
    "unreconstructed": "“缺的条”表",
    "applies_to": "适用范围",
    "criteria": "条目",
    "standard": "标准",
    "true": "是",
    "false": "否",
    "total": "原文共几条",
    "general_rules": "通则",
    "procedure": "“计数”表",
    "rules": "“计数”表",
}
SPOKEN: Final[Mapping[str, str]] = {
    **{one.key: one.title for one in (*GAPS, *COUNTS, *RULES, *ITEMS, *HEAD)},
    **SURE,
    **KINDS,
    **_ALSO,
}
