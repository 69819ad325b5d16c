"""Forms of papers."""

from django import forms


class VoidForm(forms.Form):
    """Make a paper void."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="作废原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        error_messages={"required": "请写明作废的原因。"},
    )
