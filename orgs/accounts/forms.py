"""Forms for the pages of organizations, people and accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from orgs.choices import Role
from orgs.models import Organization, User
from orgs.web.day_input import DayInput

LONGEST_USERNAME = User._meta.get_field("username").max_length


class OrganizationForm(forms.ModelForm):
    """The facts that a system administrator edits by hand; all others come from a file."""

    class Meta:
        model = Organization
        fields = ("short_name", "contact", "telephone")


class PostForm(forms.Form):
    """A role at an organization, given by its code, from a day on. The caller passes the organizations to choose from."""

    code = forms.CharField(label=_("Organization code"), max_length=40, help_text=_("The code as it stands in the tree."))
    role = forms.ChoiceField(label=_("Role"), choices=Role)
    valid_from = forms.DateField(label=_("From"), input_formats=["%Y-%m-%d"], widget=DayInput)

    def __init__(self, *args, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        self._organizations = organizations

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].strip()
        self.organization = self._organizations.filter(code=code).first()
        if self.organization is None:
            raise forms.ValidationError(_("No organization of yours has the code %(code)s.") % {"code": code})
        return code


class AccountForm(PostForm):
    """A new person with a first post."""

    username = forms.CharField(
        label=_("User name"),
        max_length=LONGEST_USERNAME,
        help_text=_("Letters, digits or the signs . @ + - _; it cannot be changed later."),
    )
    name = forms.CharField(label=_("Name"), max_length=User._meta.get_field("name").max_length)
    field_order = ("username", "name", "code", "role", "valid_from")


class DayForm(forms.Form):
    """The day for which the tree is shown."""

    on = forms.DateField(required=False, label=_("As of"), input_formats=["%Y-%m-%d"], widget=DayInput)
