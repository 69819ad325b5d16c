"""The forms by which a superior's workbook comes in and its cells are bound."""

from collections.abc import Collection
from typing import Any, Final

from django import forms

from bihuan.campaigns.queries.returns import Choices
from bihuan.campaigns.rules.lines import CampaignLine
from bihuan.campaigns.rules.returns.binding import (
    COMPUTED,
    PERIOD_NAMES,
    SOURCE_NAMES,
    Binding,
    PeriodKind,
    Source,
    formula_of,
)
from bihuan.campaigns.rules.returns.deadlines import EXAMPLES
from bihuan.campaigns.rules.returns.rhythm import DUE_WORDS, RHYTHM_NAMES, Rhythm
from bihuan.campaigns.rules.returns.written import CellsError, cells_written
from bihuan.hazards.rules.found import OF_LEVELS
from bihuan.standards.rules import SECTOR_NAMES
from bihuan.stats.rules import NO_SECTOR, NO_SECTOR_NAME, sectors_read, sectors_said

CELLS: Final = {
    Source.SUM: "合计几格",
    Source.RATE: "比率（分子 ÷ 分母）",
    Source.DIFFERENCE: "几格相减（被减的在前）",
}
MADE_MEANING: Final = {
    Source.SUM: "下面写哪几格相加",
    Source.RATE: "下面写分子和分母，显示为百分数",
    Source.DIFFERENCE: "下面写哪几格，第一格减其余",
    Source.TYPED: "每期由填报人写，要写理由",
    Source.BLANK: "这一格空着",
}
SECTORS: Final = [
    *((str(code), name) for code, name in SECTOR_NAMES.items()),
    (sectors_said([NO_SECTOR]), NO_SECTOR_NAME),
]
RHYTHMS: Final = [(one.value, f"{name}（{DUE_WORDS[one]}）") for one, name in RHYTHM_NAMES.items()]


class UploadForm(forms.Form):
    """A superior's workbook."""

    file = forms.FileField(
        label="上级的报表",
        help_text=".xlsx 或 .xls，最大 2 MB。原来什么样就传什么样，填好还是那个样。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.et"}),
        error_messages={"required": "请选一个文件。", "empty": "文件是空的（0 字节）。请重新另存后再上传。"},
    )
    rhythm = forms.ChoiceField(label="多久报一次", choices=RHYTHMS, initial=Rhythm.WEEKLY.value)
    due = forms.CharField(
        label="上级定的报送时间",
        max_length=60,
        required=False,
        help_text=f"空着就按上面的。写法如 {EXAMPLES}",
    )
    to_whom = forms.CharField(label="报给谁", max_length=64, required=False, help_text="如 区安委办")
    campaign = forms.ChoiceField(
        label="属于哪个专项行动", required=False, help_text="累计数从它的开始日期算起；不选的从当年 1 月 1 日算起"
    )
    cumulative_from = forms.DateField(
        label="累计数从哪天算起", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, lines: tuple[CampaignLine, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(str(line.id), line.title) for line in lines if line.starts_on]
        self.fields["campaign"].choices = [("", "不属于专项行动"), *found]  # type: ignore[attr-defined] # -- a choice field


class BindForm(forms.Form):
    """What one cell wants."""

    figure = forms.ChoiceField(label="取什么数")
    level = forms.ChoiceField(label="级别", required=False, choices=[("", "不分"), *OF_LEVELS.items()])
    period = forms.ChoiceField(label="哪段时间", choices=[(one.value, name) for one, name in PERIOD_NAMES.items()])
    unit = forms.ChoiceField(label="哪个单位", required=False)
    sector = forms.MultipleChoiceField(label="哪些行业", required=False, choices=SECTORS)
    amount = forms.ChoiceField(
        label="金额按", required=False, choices=[("", "不是金额"), ("万元", "万元"), ("元", "元")]
    )
    cells = forms.CharField(
        label="由哪几格算出",
        required=False,
        max_length=400,
        help_text="用空格隔开，如 C5 D5，连着的写 C7:C18；比率写 D5 ÷ C5，几格相加的写 D5+G5 ÷ C5+F5",
    )
    whole = forms.BooleanField(label="就按全部算，不分单位和行业", required=False)
    along = forms.ChoiceField(
        label="用到", choices=[("cell", "只这一格"), ("column", "这一列"), ("row", "这一行")], required=False
    )

    def __init__(
        self, choices: Choices, *args: Any, is_named: bool = False, slots: Collection[str] = (), **kwargs: Any
    ) -> None:
        """slots: the cells of the form that hold numbers."""
        super().__init__(*args, **kwargs)
        self._slots: Final = slots
        if not is_named:
            del self.fields["whole"]
        made = [(f"{source}:", name) for source, name in CELLS.items()]
        made += [(f"{one}:", SOURCE_NAMES[one]) for one in (Source.TYPED, Source.BLANK)]
        self.fields["figure"].choices = [*choices.figures, *made]  # type: ignore[attr-defined] # -- a choice field
        self.fields["unit"].choices = [("", "填报单位"), *choices.units]  # type: ignore[attr-defined] # -- the same

    def clean(self) -> dict[str, Any]:
        """Read the cells that the figure follows from, or say what to write."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        source = Source(said.get("figure", "").partition(":")[0] or Source.BLANK)
        if source in COMPUTED:
            try:
                said["read"] = cells_written(said.get("cells", ""), source, self._slots)
            except CellsError as bad:
                self.add_error("cells", str(bad))
        return said

    def binding(self, choices: Choices) -> Binding:
        """Return what was chosen."""
        said = self.cleaned_data
        kind, _, name = said["figure"].partition(":")
        source = Source(kind)
        if source in COMPUTED:
            cells, above = said["read"]
            return Binding(source, cells=cells, above=above if source is Source.RATE else 1)
        if source in {Source.TYPED, Source.BLANK}:
            return Binding(source)
        return Binding(
            source,
            name=name,
            level=said["level"],
            period=PeriodKind(said["period"]),
            unit_id=said["unit"],
            sectors=sectors_read(",".join(said["sector"])),
            own=choices.own.get(name) if source is Source.OWN else None,
            amount=said["amount"],
            whole=said.get("whole", False),
        )


def initial(binding: Binding | None) -> dict[str, Any]:
    """Return a binding as the form shows it; what a new cell begins with."""
    if binding is None:
        return {"period": PeriodKind.THIS.value, "along": "cell"}
    return {
        "figure": f"{binding.source}:{binding.name}",
        "level": binding.level,
        "period": binding.period.value,
        "unit": binding.unit_id,
        "sector": sectors_said(binding.sectors).split(","),
        "amount": binding.amount,
        "cells": formula_of(binding) if binding.source is Source.RATE else " ".join(binding.cells),
        "along": "cell",
        "whole": binding.whole,
    }
