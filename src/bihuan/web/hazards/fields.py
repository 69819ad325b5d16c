"""The fields that forms of acts are put together from; names are those of `rules.facts.Given` where they can be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django import forms

from bihuan.hazards.rules.amounts import MONEY_SAY, MOST_MONEY_YUAN
from bihuan.hazards.rules.states import (
    CATEGORY_NAMES,
    DEADLINE_KIND_NAMES,
    EVALUATOR_NAMES,
    LISTING_LEVEL_NAMES,
    SANCTION_NAMES,
    ListingLevel,
)
from bihuan.web.hazards.cited import CriterionField, Need

Group = tuple[str, Sequence[tuple[str, str]]]
LONG: Final = 2000
SHORT: Final = 64


@dataclass(frozen=True, slots=True)
class Choices:
    """What a form offers for one hazard on one day.

    criteria: groups of (value, words); see `cited`. by_clause: their older names. needs: what those ask of a person
    that do not conclude by themselves.
    supervisors: posts that may supervise.
    units: departments and villages. delegates: units that may re-inspect. earlier: hazards that this may repeat.
    first: values to begin with, by field.
    acts_for_others: somebody else speaks here, so 代办 and its paper are asked for. is_superiors: a superior handed it
    down, so its list may set the deadline. steps: of being late that it has climbed to (R3.20). has_deadline: it has
    been ordered, so a listing does not set the day. needs_site_review: an application to resume waits for its visit.
    parties: units that may have to rectify what is no enterprise's.
    licences: safety licences that the enterprise holds. issues_papers: an organ acts, whose papers take numbers.
    """

    criteria: Sequence[Group] = ()
    by_clause: Mapping[str, Sequence[str]] = field(default_factory=dict)
    needs: Mapping[str, Need] = field(default_factory=dict)
    supervisors: Sequence[tuple[str, str]] = ()
    units: Sequence[tuple[str, str]] = ()
    delegates: Sequence[tuple[str, str]] = ()
    parties: Sequence[tuple[str, str]] = ()
    earlier: Sequence[tuple[str, str]] = ()
    first: Mapping[str, Any] = field(default_factory=dict)
    today: date | None = None
    acts_for_others: bool = True
    is_superiors: bool = False
    steps: Sequence[tuple[int, str]] = ()
    has_deadline: bool = False
    needs_site_review: bool = False
    licences: Sequence[tuple[str, str]] = ()
    issues_papers: bool = True


def _words(label: str, hint: str = "", *, rows: int = 2, needed: bool = False) -> forms.Field:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=needed,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _line(label: str, hint: str = "") -> forms.Field:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=SHORT)


def _day(label: str, hint: str = "") -> forms.Field:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "日期写成 2018-02-28 这样，或在日历里选。"},
    )


def _tick(label: str, hint: str = "") -> forms.Field:
    return forms.BooleanField(label=label, help_text=hint, required=False)


def _pick(label: str, choices: Sequence[Any], hint: str = "", *, empty: str = "请选择") -> forms.Field:
    return forms.ChoiceField(label=label, help_text=hint, required=False, choices=[("", empty), *choices])


def _criterion(given: Choices) -> forms.Field:
    return CriterionField(
        label="判定依据",
        help_text="重大隐患必选；写发现当日有效的条款",
        required=False,
        choices=[("", "不适用"), *given.criteria],
        by_clause=given.by_clause,
        needs=given.needs,
    )


def _named(names: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(str(key), name) for key, name in names.items()]


def _above_town() -> list[tuple[str, str]]:
    return _named({key: name for key, name in LISTING_LEVEL_NAMES.items() if key is not ListingLevel.TOWN})


def _deadline_kind(given: Choices) -> forms.Field:
    names = {kind: name for kind, name in DEADLINE_KIND_NAMES.items() if given.is_superiors or kind != "superior"}
    return _pick("怎样整改", _named(names))


def _yes_no(label: str, hint: str = "") -> forms.Field:
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        required=False,
        choices=[("", "还不能判断"), ("no", "能保证安全"), ("yes", "不能保证安全，须停产停用")],
        coerce=lambda value: {"yes": True, "no": False}.get(value),
        empty_value=None,
    )


def _fixed() -> forms.Field:
    return forms.TypedChoiceField(
        label="现场情况",
        required=False,
        choices=[("no", "未整改：还是原来的样子，或没有改完"), ("yes", "已整改：请对方提交整改，或代办并附凭据")],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        empty_value=None,
    )


def _decided() -> forms.Field:
    return forms.TypedChoiceField(
        label="发证机关的决定",
        required=False,
        choices=[("", "请选择"), ("yes", "暂扣安全生产许可证"), ("no", "不暂扣")],
        coerce=lambda value: {"yes": True, "no": False}.get(value),
        empty_value=None,
    )


def _level() -> forms.Field:
    return forms.ChoiceField(
        label="级别",
        choices=[("general", "一般：能当场或短期整改"), ("major", "重大：须写明判定依据，挂牌督办")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选一般或重大。", "invalid_choice": "请选一般或重大。"},
    )


def _step(given: Choices) -> forms.Field:
    return forms.TypedChoiceField(
        label="按哪一步督促",
        help_text="按过了期限的工作日算，到了哪几步",
        required=False,
        choices=[("", "只催办，不升级"), *given.steps],
        coerce=int,
        empty_value="",
        initial=given.steps[-1][0] if given.steps else "",
    )


def _money() -> forms.Field:
    return forms.DecimalField(
        label="花费（元）",
        required=False,
        min_value=0,
        max_value=MOST_MONEY_YUAN,
        max_digits=12,
        decimal_places=2,
        error_messages={
            "invalid": "只写数字，单位是元，如 3600。",
            "min_value": "花费不能是负数。",
            "max_value": MONEY_SAY,
            "max_digits": MONEY_SAY,
            "max_whole_digits": MONEY_SAY,
        },
    )


def _percent() -> forms.Field:
    return forms.IntegerField(
        label="完成比例（%）",
        required=False,
        min_value=0,
        max_value=100,
        error_messages={"invalid": "写 0 到 100 的整数。", "min_value": "最小是 0。", "max_value": "最大是 100。"},
    )


MAKERS: Final[dict[str, Callable[[Choices], forms.Field]]] = {
    "level": lambda _: _level(),
    "criterion": _criterion,
    "checked": lambda _: _tick("由人核对过", "这一条不能单独下结论：对照条文看过再勾，理由里写明为什么够重大"),
    "fire_organ": lambda _: _line("消防救援机构", "重大火灾隐患由它判定，写明是哪一个；没有判定文书的，办“移送”"),
    "fire_number": lambda _: _line("判定文书文号", "消防救援机构的"),
    "whole_judgement": lambda _: _tick("没有对应条款，由专家整体判定", "须附专家签字的意见"),
    "category": lambda _: _pick("隐患类型", _named(CATEGORY_NAMES)),
    "deadline_kind": _deadline_kind,
    "deadline": lambda _: _day("期限", "到这一天 24 时止"),
    "order_deadline": lambda _: _day("整改期限", "下达整改的期限不能晚于这一天"),
    "party_unit_id": lambda given: _pick("整改单位", given.parties, "谁去改：由它签收、提交，复查另由别的单位"),
    "supervisor_post_id": lambda given: _pick("监管责任人", given.supervisors),
    "supervising_unit_id": lambda given: _pick("监管单位", given.units, "没有指定到岗位时选单位"),
    "delegate_unit_id": lambda given: _pick(
        "委托复查",
        given.delegates,
        "一般隐患可委托别的单位复查；代企业办理过的单位不能受委托",
        empty="不委托，自己复查",
    ),
    "order_unit": lambda given: _pick("督办单位（责任部门）", given.units),
    "is_order": lambda _: _tick("出具责令限期整改指令书", "须由持证执法人员；村（社区）出隐患告知单"),
    "second_officer": lambda _: _line("同行执法人员", "出指令书的必填：执法由两人进行，写姓名；证号由平台带出或手填"),
    "issue_paper": lambda _: _tick("同时出文书", "编号发出后不可收回"),
    "duty": lambda _: _words("责任", "谁牵头、谁实施、谁监管"),
    "measures": lambda _: _words("措施", "怎么改"),
    "funds": lambda _: _words("资金", "多少、从哪里出"),
    "time": lambda _: _words("时限", "什么时候完成，中间分几步"),
    "plan": lambda _: _words("预案", "整改期间怎样防止出事"),
    "interim": lambda _: _words("临时管控措施", "改完之前怎样保证安全"),
    "cannot_assure_safety": lambda _: _yes_no("整改期间能不能保证安全"),
    "escalation": _step,
    "on": lambda _: _day("事情发生的日期", "不填按今天"),
    "money": lambda _: _money(),
    "signed_by": lambda _: _line("签字人", "责任单位在场的负责人"),
    "sign_refused": lambda _: _tick("对方拒绝签字", "没有人签字时勾选；意见里写明谁在场"),
    "fixed": lambda _: _fixed(),
    "acting_for": lambda _: _line("代谁办", "对方不在平台上的，写明代谁办，并附纸质凭据"),
    "on_site": lambda _: _tick("到现场看过"),
    "companions": lambda _: _words("同行复查人", "每行一人：姓名 单位。外单位的专家一定写单位"),
    "organ": lambda _: _line("机关或单位"),
    "superior_number": lambda _: _line("上级文号", "期限不在导入的清单上的，写文号并附上级文件"),
    "number": lambda _: _line("文号"),
    "evaluated_by": lambda _: _pick("由谁评估", _named(EVALUATOR_NAMES)),
    "evaluator": lambda _: _line("评估的机构或人员", "安全评价机构的全称；自己评估的写专家和技术人员姓名"),
    "conclusion": lambda _: _words("评估结论", "是否具备安全生产条件"),
    "visited_on": lambda _: _day("现场审查的日期"),
    "visited_by": lambda _: _line("到现场审查的人", "姓名和单位，几个人用顿号隔开"),
    "sanction": lambda _: _pick("整改无望或拒不执行的，建议", _named(SANCTION_NAMES), empty="不提建议"),
    "sanction_organ": lambda _: _line("建议报给哪个机关", "镇里只提建议，由有权机关决定"),
    "licence": lambda given: _pick("许可证", given.licences),
    "licence_organ": lambda _: _line("发证机关", "由它决定是否暂扣"),
    "licence_suspended": lambda _: _decided(),
    "repeat_of": lambda given: _pick("以前的哪一项", given.earlier),
    "order_level": lambda _: _pick("挂牌级别", _above_town(), empty="请选定"),
    "closing_organ": lambda _: _line("销号单位"),
    "demands": lambda _: _words("督办要求"),
    "enterprise_person": lambda _: _line("企业责任人", "必填：姓名、职务"),
    "supervisor": lambda _: _line("监管责任人", "必填：姓名、职务"),
    "leader": lambda _: _line("挂钩领导", "必填：姓名、职务；在“责任分工”设定后自动带出"),
    "stop_production": lambda _: _tick("挂牌期间停产停业"),
    "goals": lambda _: _words("一、治理的目标和任务"),
    "methods": lambda _: _words("二、采取的方法和措施"),
    "plan_funds": lambda _: _words("三、经费和物资的落实"),
    "organ_persons": lambda _: _words("四、负责治理的机构和人员"),
    "time_limits": lambda _: _words("五、治理的时限和要求"),
    "emergency": lambda _: _words("六、安全措施和应急预案"),
    "cause": lambda _: _words("一、隐患的现状及产生原因"),
    "harm": lambda _: _words("二、危害程度和整改难易程度分析"),
    "report_plan": lambda _: _words("三、治理方案", "已交六项治理方案的，写要点"),
    "percent": lambda _: _percent(),
    "evaluation": lambda _: _words("评估情况", "谁评估的，结论是什么"),
}


def make(name: str, choices: Choices) -> forms.Field:
    """Make one field, with the value it begins with."""
    made = MAKERS[name](choices)
    if name in choices.first:
        made.initial = choices.first[name]
    return made


def text_field(label: str, hint: str) -> forms.Field:
    """Make the free text of an act."""
    return _words(label, hint, rows=3)
