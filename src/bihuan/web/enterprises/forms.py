"""Forms of enterprises. They read what was typed; whether it may be is decided by the room."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from django import forms

from bihuan.enterprises.rules.facts import Entry, Place
from bihuan.enterprises.rules.industries import EDITIONS
from bihuan.enterprises.rules.licences import LICENCE_KIND_NAMES, Licence, LicenceKind
from bihuan.enterprises.rules.sizes import WAN
from bihuan.hazards.queries import OpenOfFirm
from bihuan.standards.rules import FEATURE_NAMES, SECTOR_NAMES
from bihuan.web.enterprises.words import grouped_features

_CHOOSE: Final = [("", "请选择")]


class FeatureBoxes(forms.Form):
    """The check boxes of safety features, laid out in groups; a group with a tick is open."""

    features = forms.MultipleChoiceField(
        label="安全特征",
        choices=list(FEATURE_NAMES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="决定适用哪些重大隐患判定标准；现场有的才勾。",
    )

    def groups(self) -> list[dict[str, Any]]:
        """Return title, boxes and whether any is ticked, for each group."""
        boxes = {str(box.data["value"]): box for box in self["features"]}
        ticked = {str(one) for one in self["features"].value() or ()}
        return [
            {
                "title": title,
                "boxes": [boxes[str(one)] for one in codes],
                "ticked": ticked & {str(one) for one in codes},
            }
            for title, codes in grouped_features()
        ]


class FirmForm(FeatureBoxes):
    """The facts of an enterprise. Money in 万元 on the screen, in 元 inside."""

    name = forms.CharField(
        label="企业名称", max_length=120, error_messages={"required": "请填写企业名称，与营业执照一致。"}
    )
    uscc = forms.CharField(
        label="统一社会信用代码",
        max_length=40,
        required=False,
        help_text="营业执照上的 18 位代码。个体摊点没有的留空，系统给临时编号；不要填身份证号。",
    )
    uscc_confirmed = forms.BooleanField(label="已核对营业执照，代码确实如此", required=False)
    path = forms.ChoiceField(label="所属村（社区）", error_messages={"required": "请选所属村（社区），不清楚的选镇。"})
    lead_sector = forms.ChoiceField(
        label="牵头行业",
        choices=[*_CHOOSE, *SECTOR_NAMES.items()],
        help_text="一家一个，主管部门由它确定。",
        error_messages={"required": "请选一个牵头行业。"},
    )
    sectors = forms.MultipleChoiceField(
        label="还涉及的行业",
        choices=list(SECTOR_NAMES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    short_name = forms.CharField(label="简称", max_length=60, required=False, help_text="列表里显示；不填由系统取。")
    industry_code = forms.CharField(
        label="国民经济行业代码",
        max_length=10,
        required=False,
        help_text="GB/T 4754 的 2—4 位数字，规模由它和下面的数字算出。",
    )
    industry_edition = forms.ChoiceField(
        label="行业分类版本", choices=[(one, f"GB/T 4754-{one}") for one in EDITIONS], required=False
    )
    staff = forms.IntegerField(
        label="从业人数", min_value=0, max_value=9_999_999, required=False, error_messages={"invalid": "请填整数。"}
    )
    revenue = forms.DecimalField(
        label="年营业收入（万元）", min_value=0, max_digits=13, decimal_places=6, required=False,
        error_messages={"invalid": "请填数字，如 1200。"},
    )  # fmt: skip
    assets = forms.DecimalField(
        label="资产总额（万元）", min_value=0, max_digits=13, decimal_places=6, required=False,
        error_messages={"invalid": "请填数字，如 800。"},
    )  # fmt: skip
    one_person = forms.BooleanField(
        label="一人企业", required=False, help_text="只有一个人的，自查的隐患不能自己复查销号。"
    )
    processes = forms.CharField(
        label="产品、工艺和设备",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="用自己的话写，查同类企业（举一反三）时用。",
    )
    address = forms.CharField(label="地址", max_length=200, required=False)
    latitude = forms.FloatField(label="纬度", min_value=-90, max_value=90, required=False)
    longitude = forms.FloatField(label="经度", min_value=-180, max_value=180, required=False)
    contact_name = forms.CharField(label="联系人", max_length=40, required=False)
    contact_phone = forms.CharField(label="联系电话", max_length=40, required=False)

    def __init__(self, *args: Any, villages: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["path"]
        field.choices = list(villages) if len(villages) == 1 else [*_CHOOSE, *villages]

    def entry(self) -> Entry:
        """Return what was typed as an entry."""
        return Entry(**typed_facts(self.cleaned_data, edition=EDITIONS[0]))


class ChangeForm(FirmForm):
    """The same facts without village and lead sector, which are moved, not changed."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, villages=(), **kwargs)
        del self.fields["path"]
        del self.fields["lead_sector"]

    def changed_entry(self, before: Entry) -> Entry:
        """Return the facts as they would be after the change."""
        facts = typed_facts(self.cleaned_data, edition=before.industry_edition)
        facts.pop("seen_version")
        return replace(before, **facts)


class FeaturesForm(FeatureBoxes):
    """The safety features alone, for those who see them on the spot."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """An act that needs nothing but a reason."""

    reason = forms.CharField(
        label="原因",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明原因。"},
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class CloseForm(ReasonForm):
    """Close an enterprise. left: its open hazards; whoever goes on says that they are known."""

    is_known = forms.BooleanField(required=False)

    def __init__(self, *args: Any, left: OpenOfFirm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if left.open and not left.major:
            self.fields["is_known"].label = f"已经知道还有 {left.open} 项未销号；注销后由安监办逐项核实、办到销号"
        else:
            del self.fields["is_known"]


class MoveForm(ReasonForm):
    """Another village, another lead sector, or both."""

    path = forms.ChoiceField(label="所属村（社区）")
    lead_sector = forms.ChoiceField(label="牵头行业", choices=list(SECTOR_NAMES.items()))
    field_order = ("path", "lead_sector", "reason")

    def __init__(self, *args: Any, villages: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["path"]
        field.choices = list(villages)


class MergeForm(ReasonForm):
    """Which file this one is merged into."""

    winner = forms.UUIDField(label="并入哪一家", error_messages={"required": "请选并入哪一家。"})
    winner_seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SiteForm(forms.Form):
    """A site and a part of it."""

    name = forms.CharField(
        label="场所", max_length=60, help_text="如“二号厂房”。", error_messages={"required": "请填写场所名称。"}
    )
    part = forms.CharField(label="部位", max_length=60, required=False, help_text="如“喷漆房”。")
    address = forms.CharField(label="地址", max_length=200, required=False, help_text="与企业地址不同时填。")
    latitude = forms.FloatField(label="纬度", min_value=-90, max_value=90, required=False)
    longitude = forms.FloatField(label="经度", min_value=-180, max_value=180, required=False)

    def place(self) -> Place:
        """Return what was typed as a place."""
        return Place(**{name: self.cleaned_data[name] for name in SiteForm.base_fields})


class SiteChangeForm(SiteForm):
    """A site that is there: changed, or no longer used."""

    is_used = forms.BooleanField(label="还在使用", required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class LicenceForm(forms.Form):
    """A safety licence."""

    kind = forms.ChoiceField(label="种类", choices=[(str(key), name) for key, name in LICENCE_KIND_NAMES.items()])
    number = forms.CharField(
        label="许可证编号", max_length=64, help_text="照证件抄。", error_messages={"required": "请填写许可证编号。"}
    )
    organ = forms.CharField(
        label="发证机关",
        max_length=64,
        help_text="暂扣许可证由它决定。",
        error_messages={"required": "请填写发证机关。"},
    )
    valid_from = forms.DateField(
        label="有效期起", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    valid_to = forms.DateField(
        label="有效期止", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def licence(self) -> Licence:
        """Return what was typed as a licence."""
        typed = {name: self.cleaned_data[name] for name in LicenceForm.base_fields}
        return Licence(**(typed | {"kind": LicenceKind(typed["kind"])}))


class LicenceChangeForm(LicenceForm):
    """A licence that is on file: changed, or no longer held."""

    is_held = forms.BooleanField(label="仍然持有", required=False, help_text="注销、吊销或换了新证的，去掉勾。")
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class UploadForm(forms.Form):
    """A workbook of enterprises."""

    file = forms.FileField(
        label="企业名单",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls"}),
        error_messages={"required": "请选择要上传的表格。", "empty": "这个文件是空的，请重新保存后再上传。"},
    )


def typed_facts(cleaned: Mapping[str, Any], *, edition: str) -> dict[str, Any]:
    """Return cleaned form data as facts of an entry: money in 元, lists as tuples. edition: where none was chosen."""
    facts = dict(cleaned)
    facts |= {f"{name}_yuan": yuan(facts.pop(name)) for name in ("revenue", "assets")}
    facts |= {name: tuple(facts[name]) for name in ("sectors", "features")}
    facts["industry_edition"] = facts["industry_edition"] or edition
    return facts


def yuan(wan: Decimal | None) -> Decimal | None:
    """Turn 万元 into 元."""
    return None if wan is None else (wan * WAN).quantize(Decimal("0.01"))


def wan(amount: Decimal | None) -> str:
    """Turn 元 into 万元 for a form, without idle zeros."""
    return "" if amount is None else f"{(amount / WAN).normalize():f}"


def initial_of(entry: Entry) -> dict[str, Any]:
    """Return an entry as the first values of a form."""
    plain = (name for name in FirmForm.base_fields if name not in {"revenue", "assets", "sectors", "features"})
    return {name: getattr(entry, name) for name in plain} | {
        "revenue": wan(entry.revenue_yuan),
        "assets": wan(entry.assets_yuan),
        "sectors": list(entry.sectors),
        "features": list(entry.features),
    }
