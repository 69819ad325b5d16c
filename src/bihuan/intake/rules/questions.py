"""How doubts are asked: of one kind as one batch, or one by one; and what may be answered."""

from dataclasses import dataclass
from typing import Final

from bihuan.intake.rules.cells import plain
from bihuan.intake.rules.fields import FIELD_NAMES, Field
from bihuan.intake.rules.items import Doubt
from bihuan.intake.rules.settling import NOT_TAKEN

KNOWN: Final = "known"
MANY: Final = 20

# Asked one by one unless there are very many.
_SINGLE: Final = frozenset({"after_today", "same_item_twice", "same_number_twice", "cell_split", "days_out_of_order"})
# Each batch's words: what the rows have in common, and the one answer beside the doubt's own options.
_TITLES: Final[dict[str, tuple[str, str]]] = {
    "major_without_criterion": ("写“重大”，没有判定依据", "待核实，逐条判定"),
    "empty_status_with_reason": ("整改情况空着，写了未完成原因", ""),
    "closed_without_review": ("声称已销号，没有复查人和时间", "声称已销号，须复查"),
    "unlikely_for_industry": ("隐患和行业像对不上", "照收，留记号"),
    "enterprise_from_above": ("企业空着，按上面一行算", "照上面一行"),
    "no_enterprise_but_place": ("没有写企业，按公共场所登记", "照此登记"),
    "level_not_legal": ("级别不是“一般”“重大”", "只作备注，级别待定"),
    "level_both": ("级别写了“一般”又写了“重大”", "级别待定"),
    "level_from_title": ("没有级别一栏，按标题算作重大", "待核实，逐条判定"),
    "status_unclear": ("整改情况看不出整改没有", "先按未整改算"),
    "claims_disagree": ("整改情况和后面的列不一致", "先按没整改完算"),
    "rectified_on_without_day": ("写了已整改，没有写日期", "只记所称，日期不详"),
    "closed_on_without_day": ("写了已销号，没有写日期", "只记所称，日期不详"),
    "closed_unclear": ("看不出销号没有", "先按没销号算"),
    "deadline_no_deadline": ("没有期限（长期坚持一类）", "入账后再定"),
    "deadline_resumption": ("期限与复工挂钩", "入账后再定"),
    "deadline_no_base_day": ("期限从哪天起算看不出来", "入账后再定"),
    "deadline_unclear": ("期限看不懂，原话已留着", "入账后再定"),
    "deadline_claim_in_deadline": ("期限一栏写的是整改情况", "入账后再定"),
    "control_characters": ("有看不见的控制字符", "已去掉"),
    "phone_unclear": ("不像电话号码", "照原样留着"),
    "fine_unclear": ("看不出罚款多少", "原话留着"),
    "cell_split": ("一格写了几条隐患", ""),
    "after_today": ("日期晚于今天", ""),
    "same_item_twice": ("像同一项", ""),
    "days_out_of_order": ("日期先后对不上", "照原样留着"),
    "same_number_twice": ("序号重复", "照原样留着"),
    "hidden_columns": ("在文件里是隐藏的列", "知道了"),
    "hidden_rows": ("在文件里是隐藏的行", ""),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer on offer."""

    value: str
    label: str


def batch_of(doubt: Doubt, place: int, *, of_its_code: int) -> str:
    """Return the batch of a doubt. of_its_code: how many doubts of the same code the file has."""
    if doubt.code in _SINGLE and of_its_code <= MANY:
        return f"{doubt.code}|{place}"
    value = plain(doubt.value)[:40] if doubt.options and doubt.code not in _SINGLE else ""
    return f"{doubt.code}|{doubt.column}|{value}"


def title_of(code: str, value: str) -> str:
    """Return what the rows of a batch have in common, in words; "" where the doubt's own sentence says it best."""
    if code == "hidden_rows":
        return ""
    if code == "deadline_festival":
        return f"写“{value}”"
    return _TITLES[code][0] if code in _TITLES else ""


def mark_name(code: str) -> str:
    """Return what an open doubt leaves on an item, in a few words; "" where there is nothing a person must know."""
    if code in _TITLES:
        return _TITLES[code][0]
    for ending, words in _KINDS.items():
        if code.endswith(ending):
            return FIELD_NAMES[Field(code.removesuffix(ending))] + words
    return ""


_KINDS: Final[dict[str, str]] = {
    "_year_assumed": "没有写年份",
    "_month_only": "只写到月",
    "_day_only": "只写了日",
    "_part_of_month": "写的是旬、周，不是哪一天",
    "_cut_number": "是个数字，看不准是哪一天",
    "_several_days": "写了几个日期",
    "_festival": "按节日算",
    "_unclear": "看不懂，原话已留着",
    "_without_day": "没有写日期",
}


def choices_of(code: str, options: tuple[tuple[str, str], ...]) -> tuple[Choice, ...]:
    """Return the answers on offer for a doubt."""
    offered = [Choice(value or NOT_TAKEN, label) for value, label in options]
    alone = _TITLES.get(code, ("", "" if options else "知道了"))[1]
    if alone:
        offered.insert(0, Choice(KNOWN, alone))
    return tuple(offered)
