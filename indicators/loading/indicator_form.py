"""One indicator of a county typed on a page: a catalogue of one row, read by the same loader."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.choices import Direction, Frequency, Kind, OrgRule, PeriodRule
from indicators.domains import DOMAINS, NO_DOMAIN
from indicators.loading.columns import CATALOGUE
from indicators.loading.stored_rows import page_texts
from indicators.models import Indicator
from orgs.accounts.forms import DayInput
from orgs.choices import UnitCategory
from orgs.models import Organization
from spreadsheets.tables import Table, TableRow

_LABELS = {column.name: column.label for column in CATALOGUE}
_NOTES = {column.name: column.note for column in CATALOGUE}
_USUAL = ("", _("As usual for the kind"))
_DAYS = ("valid_from", "valid_to", "changed_from")
_OF_CHANGES = ("changed_from", "counts_on")  # what is new has not changed
_CHOICES = {
    "kind": [("", "---------"), *Kind.choices],
    "domain": [*DOMAINS.items(), (NO_DOMAIN, _("Other"))],
    "frequency": Frequency.choices,
    "org_rule": [_USUAL, *OrgRule.choices],
    "period_rule": [_USUAL, *PeriodRule.choices],
    "direction": Direction.choices,
    "na_allowed": [("1", _("allowed")), ("0", _("refused"))],
    "counts_on": [("0", _("no: the series breaks")), ("1", _("yes: the series goes on"))],
}
COLUMNS = (
    "code", "name_zh", "unit", "kind", "domain", "frequency", "definition", "org_kinds", "disaggregation", "part_of", "numerator",
    "denominator", "formula", "condition", "org_rule", "period_rule", "decimals", "direction", "na_allowed", "valid_from", "valid_to",
    "changed_from", "counts_on",
)  # fmt: skip


class IndicatorForm(forms.Form):
    """The columns of a catalogue as fields. What they may hold is asked of the loader alone."""

    def __init__(self, data=None, *, counties: Sequence[Organization], indicator: Indicator | None = None):
        super().__init__(
            data, label_suffix="", initial=page_texts(indicator) if indicator else {"frequency": Frequency.QUARTER}
        )
        self.counties = counties
        if len(counties) > 1:
            names = [(county.pk, county.name) for county in counties]
            self.fields["county"] = forms.TypedChoiceField(label=_("County"), choices=names, coerce=int)
        self.columns = tuple(name for name in COLUMNS if indicator is not None or name not in _OF_CHANGES)
        for name in self.columns:
            self.fields[name] = _field(name)
        self.fields["code"].disabled = indicator is not None

    @property
    def owner(self) -> Organization:
        chosen = self.cleaned_data.get("county", self.counties[0].pk)
        return next(county for county in self.counties if county.pk == chosen)

    @property
    def table(self) -> Table:
        """The fields as a catalogue of one row; columns that the page does not have are left as they stand."""
        values = {name: self.cleaned_data[name] for name in self.columns}
        texts = tuple(";".join(value) if isinstance(value, list) else str(value or "").strip() for value in values.values())
        places = {name: place for place, name in enumerate(self.columns)}
        return Table("", self.columns, [TableRow(1, texts, places)], places)

    def add_problems(self, problems) -> None:
        """Each sentence at the field it is about."""
        for problem in problems:
            self.add_error(problem.column if problem.column in self.fields else None, problem.sentence)


def _field(name: str) -> forms.Field:
    given = {"label": _LABELS[name], "help_text": _NOTES[name], "required": name in ("code", "name_zh", "unit", "kind")}
    if name == "org_kinds":
        given["help_text"] = _("None ticked: every unit.")
        return forms.MultipleChoiceField(choices=UnitCategory, widget=forms.CheckboxSelectMultiple, **given)
    if name in _CHOICES:
        return forms.ChoiceField(choices=_CHOICES[name], **given)
    widget = forms.Textarea(attrs={"rows": 3}) if name == "definition" else DayInput() if name in _DAYS else None
    return forms.CharField(widget=widget, max_length=4000, **given)
