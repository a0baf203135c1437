"""Forms of the sign-in: names, passwords and codes. They are verified in the acts."""

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from orgs.accounts.forms import LONGEST_USERNAME

LONGEST_PASSWORD = 128


def _password(label, autocomplete: str, **more) -> forms.CharField:
    """A password field.

    Pasting is allowed, attributes help password managers, and the length is limited because hashing long texts takes time.
    """
    attributes = {"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false"}
    widget = forms.PasswordInput(attrs=attributes)
    return forms.CharField(label=label, widget=widget, max_length=LONGEST_PASSWORD, strip=False, **more)


def _code() -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric"}
    return forms.CharField(label=_("Six-digit code"), max_length=10, widget=forms.TextInput(attrs=attributes))


class SignInForm(forms.Form):
    """A user name and a password, without any check."""

    username = forms.CharField(
        label=_("User name"),
        max_length=LONGEST_USERNAME,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = _password(_("Password"), "current-password")


class PasswordForm(forms.Form):
    """The current password, and the new one twice. `user` changes it; the view checks the rules for passwords."""

    current = _password(_("Password in use"), "current-password")
    new = _password(_("New password"), "new-password")
    again = _password(_("New password again"), "new-password")

    def __init__(self, data=None, *, user):
        super().__init__(data)
        self.user = user

    @property
    def rules(self) -> list[str]:
        return [text for text in password_validators_help_texts() if text]

    def clean_current(self) -> str:
        if not self.user.check_password(self.cleaned_data["current"]):
            raise ValidationError(_("This is not the password in use."), code="wrong")
        return self.cleaned_data["current"]

    def clean_again(self) -> str:
        if self.cleaned_data["again"] != self.cleaned_data.get("new"):
            raise ValidationError(_("The two new passwords differ; type the new one again."))
        return self.cleaned_data["again"]


class CodeForm(forms.Form):
    """The code on a phone; blanks within it are removed."""

    code = _code()

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split())


class RemoveFactorForm(CodeForm):
    """Removing the phone asks for both factors once more."""

    password = _password(_("Password in use"), "current-password")
