"""The Django forms of the pages of forms, lines and rules."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.catalogue.form_actions import why_code_is_taken, why_frequency_stays
from indicators.catalogue.line_actions import Arranged
from indicators.catalogue.pages import category_names
from indicators.choices import Severity
from indicators.models import Check, Form, FormLine
from orgs.choices import UnitCategory
from orgs.models import Organization
from orgs.web.day_input import DayInput


class CategoriesField(forms.MultipleChoiceField):
    """Categories as checkboxes, in their fixed order. None ticked means everyone."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value) -> tuple[str, ...]:
        ticked = super().clean(value)
        return tuple(category for category in UnitCategory.values if category in ticked)


class OwnedForm(forms.ModelForm):
    """The fields of something that a county adds or changes. Who is an officer of several counties is asked for which."""

    def __init__(self, *args, counties: Sequence[Organization], **kwargs):
        super().__init__(*args, **kwargs)
        self.counties = counties
        if len(counties) > 1:
            names = [(county.pk, county.name) for county in counties]
            self.fields = {"county": forms.TypedChoiceField(label=_("County"), choices=names, coerce=int), **self.fields}

    @property
    def owner(self) -> Organization:
        chosen = self.cleaned_data.get("county", self.counties[0].pk)
        return next(county for county in self.counties if county.pk == chosen)

    @property
    def values(self) -> dict[str, object]:
        return {name: value for name, value in self.cleaned_data.items() if name != "county"}


class HeadForm(OwnedForm):
    """The head of a form as it is printed, whom it asks and how often."""

    unit_categories = CategoriesField(
        label=_("Filled by"), choices=UnitCategory, required=False, help_text=_("None ticked: every unit fills it.")
    )

    class Meta:
        model = Form
        fields = (
            "code", "title", "frequency", "issuer", "document_number", "valid_until", "unit_categories", "expectation",
            "aggregate_own", "notes",
        )  # fmt: skip
        widgets = {"valid_until": DayInput}
        help_texts = {
            "valid_until": _("After this day the form asks nobody."),
            "aggregate_own": _("A unit with units below it fills it for itself too."),
            "notes": _("Printed at the foot of the table."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = bool(self.instance.adopted_from_id)

    def clean(self) -> dict:
        cleaned = super().clean()
        is_known = len(self.counties) == 1 or "county" in cleaned
        stored = self.instance if self.instance.pk else None
        if is_known and "code" in cleaned and (sentence := why_code_is_taken(cleaned["code"], self.owner.pk, but=stored)):
            self.add_error("code", sentence)
        return cleaned

    def clean_frequency(self) -> str:
        frequency = self.cleaned_data["frequency"]
        stored = self.instance
        if stored.pk and frequency != self.initial["frequency"] and (sentence := why_frequency_stays(stored)):
            raise forms.ValidationError(sentence)
        return frequency


class LineForm(forms.Form):
    """One line on the page that arranges lines. A line the page did not show (`seen`) is left as it is."""

    seen = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)
    position = forms.IntegerField(label=_("No."), min_value=1, max_value=9999)
    section = forms.CharField(label=_("Section"), required=False, max_length=100)
    is_required = forms.BooleanField(label=_("Required"), required=False)
    unit_categories = CategoriesField(label=_("Asked of"), required=False)
    is_removed = forms.BooleanField(label=_("Remove"), required=False)

    def __init__(self, data, *, line: FormLine, audience: list[tuple[str, str]]):
        initial = {name: getattr(line, name) for name in ("position", "section", "is_required", "unit_categories")}
        shown = data if data is not None and f"line-{line.pk}-seen" in data else None
        super().__init__(shown, prefix=f"line-{line.pk}", initial={**initial, "seen": True})
        self.line = line
        self.fields["unit_categories"].choices = audience
        self.fields["position"].widget.attrs = {"class": "place", "aria-label": self._label("position")}
        self.fields["section"].widget.attrs = {"aria-label": self._label("section"), "list": "sections"}
        for name in ("is_required", "is_removed"):
            self.fields[name].widget.attrs = {"aria-label": self._label(name)}

    def _label(self, name: str) -> str:
        return f"{self.fields[name].label}: {self.line.indicator.code} {self.line.indicator.name}"

    @property
    def asked_of(self) -> str:
        return category_names(self.line.unit_categories)

    @property
    def arranged(self) -> Arranged:
        cleaned = self.cleaned_data
        return Arranged(
            line_id=self.line.pk,
            position=cleaned["position"],
            section=cleaned["section"],
            is_required=cleaned["is_required"],
            unit_categories=cleaned["unit_categories"],
            is_removed=cleaned["is_removed"],
        )


class CheckForm(OwnedForm):
    """One rule: its expression, how severe it is, and the county's own words for it."""

    class Meta:
        model = Check
        fields = ("expression", "severity", "message")
        widgets = {"expression": forms.Textarea(attrs={"rows": 2, "class": "code", "spellcheck": "false"})}
        help_texts = {
            "expression": _(
                "For example {ORG-003} <= {ORG-002}. Other periods: {CODE@prev}, {CODE@ytd}, {CODE@same_last_year}."
            ),
            "severity": _("Mandatory blocks submitting; verify asks for an explanation; a hint only speaks."),
            "message": _("Shown beside the figures. Left empty, the sentence is made from the expression."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["severity"].choices = Severity.choices
        self.fields["severity"].initial = Severity.VERIFY
