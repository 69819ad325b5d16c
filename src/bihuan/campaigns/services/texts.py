"""What people write in their own words: kept whole or refused with a sentence, never cut; how long, the model says."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import Model

from bihuan.kernel.errors import Refusal

NAMES: Final[Mapping[str, str]] = {  # columns as the forms call them
    "accident": "事故",
    "answer": "改正的情况",
    "body": "负责的机构",
    "cancelled_why": "取消的理由",
    "companions": "陪同人员",
    "contact": "联系人",
    "convener": "召集人",
    "decision": "议定的办法",
    "deliverable": "要交的材料",
    "doc_number": "文号",
    "due_text": "时限的原话",
    "end_text": "结束时间的原话",
    "findings": "发现的问题",
    "frequency": "频次",
    "gist": "要点",
    "grounds": "事实",
    "handed_to": "移交给",
    "heard_why": "采纳或者维持的理由",
    "holder": "姓名",
    "host": "主持人",
    "issue": "问题",
    "issuing_body": "发文机关",
    "leader": "负责人",
    "lighter": "从轻的情节",
    "members": "成员",
    "minutes": "约谈记录",
    "named": "方案里的写法",
    "not_by_data": "不能用数据衡量的理由",
    "note": "说明",
    "number": "文号",
    "organ": "决定的机关",
    "others": "其他参会人",
    "place": "地点",
    "plan_note": "审核意见",
    "problem": "问题",
    "raised_by": "提出人",
    "reason": "理由",
    "remark": "说明",
    "reply": "申辩",
    "report": "事故调查报告",
    "record_no": "记录编号",
    "result": "办理结果",
    "scope_text": "范围",
    "sent_back_why": "退回的理由",
    "subject": "督查的内容",
    "start_text": "开始时间的原话",
    "taken_back_why": "更正的理由",
    "text": "议定的事",
    "title": "名称",
    "to_whom": "报送给谁",
    "undertakings": "承诺",
    "who": "对象",
    "why": "理由",
    "withdrawn_why": "撤回的理由",
    "words": "指出的问题",
}
MOST: Final[Mapping[str, int]] = {"note": 4000}  # of columns whose model sets no limit


def longest(model: type[Model], name: str) -> int:
    """Return how many characters a column of a model holds."""
    most: int | None = getattr(model._meta.get_field(name), "max_length", None)
    return MOST[name] if most is None else most


def written(model: type[Model], name: str, text: Any, *, field: str = "", called: str = "") -> str:
    """Return what a person wrote for a column, without the blanks around it. Raises Refusal where it is too long.

    field: of the form, where it is named otherwise than the column. called: how people call it there.
    """
    return within(text, longest(model, name), called=called or NAMES.get(name, "这一项"), field=field or name)


def within(text: Any, most: int, *, called: str, field: str) -> str:
    """Return what a person wrote, without the blanks around it. most: characters. Raises Refusal where it is longer."""
    said = str(text or "").strip()
    if len(said) > most:
        say = f"“{called}”写了 {len(said)} 个字，最多 {most} 个字。请写短一些，全文可以作为材料上传。"
        raise Refusal("campaigns.too_long", say, field=field)
    return said


def all_written(model: type[Model], facts: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """Return what was written for several columns; what is left out is empty. Raises Refusal."""
    return {name: written(model, name, facts.get(name)) for name in names}
