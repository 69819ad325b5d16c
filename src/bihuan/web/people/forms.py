"""Forms of log-in, passwords and users."""

from django import forms

from bihuan.kernel.roles import ROLE_NAMES, Role

LONGEST_PASSWORD = 128


class LogInForm(forms.Form):
    """Account and password."""

    account = forms.CharField(
        label="账号",
        max_length=64,
        error_messages={"required": "请填账号。"},
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label="密码",
        max_length=LONGEST_PASSWORD,
        strip=False,
        error_messages={"required": "请填密码。"},
        widget=forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "current-password"}),
    )


def _new_password(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_PASSWORD,
        strip=False,
        error_messages={"required": "请填新密码。"},
        widget=forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "new-password"}),
    )


class ChangePasswordForm(forms.Form):
    """The old password, and the new one twice."""

    old = forms.CharField(
        label="原密码",
        max_length=LONGEST_PASSWORD,
        strip=False,
        error_messages={"required": "请填原密码。"},
        widget=forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "current-password"}),
    )
    new = _new_password("新密码")
    again = _new_password("再输一遍新密码")

    def clean_again(self) -> str:
        """Refuse two new passwords that differ."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new", again):
            raise forms.ValidationError("两次输入的新密码不一样。请再输一遍。")
        return again


class NewUserForm(forms.Form):
    """A person to get an account."""

    name = forms.CharField(
        label="姓名",
        max_length=64,
        error_messages={"required": "请填姓名。"},
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    account = forms.CharField(
        label="账号",
        max_length=64,
        help_text="登录时用，不能与别人重复；不要用身份证号。",
        error_messages={"required": "请填账号。"},
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label="电话",
        max_length=32,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control", "inputmode": "tel", "autocomplete": "off"}),
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="原因",
        max_length=200,
        error_messages={"required": "请写明原因。"},
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )


class CertificateForm(forms.Form):
    """The number of an enforcement certificate."""

    certificate = forms.CharField(
        label="执法证号",
        max_length=32,
        required=False,
        help_text="印在这个人出具的责令限期整改指令书上；不是执法人员的不填。",
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )


class RoleForm(forms.Form):
    """A role to be given to one of a person's posts."""

    post = forms.UUIDField(widget=forms.HiddenInput)
    role = forms.ChoiceField(
        label="角色",
        choices=[(role.value, name) for role, name in ROLE_NAMES.items() if role is not Role.SYSTEM],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
