"""Reads what is typed at the door: names, passwords, codes, and the filters of two lists. Decides nothing about them."""

from datetime import datetime, time

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.queries import EventFilter

LONGEST_PASSWORD = 128


def _password(label, autocomplete: str, **more) -> forms.CharField:
    """Pasting is allowed and managers are told what goes where; a longer text would only cost time to hash."""
    attributes = {"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false"}
    widget = forms.PasswordInput(attrs=attributes)
    return forms.CharField(label=label, widget=widget, max_length=LONGEST_PASSWORD, strip=False, **more)


def _code() -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric"}
    return forms.CharField(label=_("Six-digit code"), max_length=10, widget=forms.TextInput(attrs=attributes))


class SignInForm(forms.Form):
    """A user name and a password; both only read."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = _password(_("Password"), "current-password")


class PasswordForm(forms.Form):
    """The password in use, and the new one twice. `user` is who changes it; whether it is good is asked in the view."""

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
    """The code that a phone shows; blanks within it are left out."""

    code = _code()

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split())


class RemoveFactorForm(CodeForm):
    """Taking the phone away asks for both factors once more."""

    password = _password(_("Password in use"), "current-password")


class AccountsForm(forms.Form):
    """Which accounts to list."""

    q = forms.CharField(label=_("Name or user name"), max_length=60, required=False)


class AuditForm(forms.Form):
    """Which events to list; `wanted` is what was asked for, empty where the form is not valid."""

    who = forms.CharField(label=_("Who (user name)"), max_length=60, required=False)
    kind = forms.CharField(label=_("Kind of event"), max_length=60, required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    organization = forms.CharField(label=_("Organization code"), max_length=40, required=False)

    @property
    def wanted(self) -> EventFilter:
        """Days are whole days in the place of the installation, both inclusive."""
        asked = self.cleaned_data if self.is_valid() else {}
        since, until = asked.get("since"), asked.get("until")
        return EventFilter(
            who=asked.get("who", ""),
            kind=asked.get("kind", ""),
            since=timezone.make_aware(datetime.combine(since, time.min)) if since else None,
            until=timezone.make_aware(datetime.combine(until, time.max)) if until else None,
        )
