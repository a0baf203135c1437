"""Forms for uploading an upper level's table and for the binding of one cell."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.catalogue.queries import known_figures
from indicators.definitions import indicators_in_use
from orgs.choices import UnitCategory
from orgs.models import Organization
from reports.external.bindings.bindings import (
    AGAINST,
    AS_PRINTED,
    BY_PERSON,
    FIGURE,
    GROUP_NAMES,
    MEASURE_NAMES,
    MOST_DIGITS,
    PERIOD_NAMES,
    TEXT,
    THIS,
    VIEW_NAMES,
    WHAT_NAMES,
    WHATS,
    Binding,
    unknown_places,
)
from reports.figures.output.cells import BASES
from reports.figures.plan.rows import CATEGORY
from reports.scope.page_scope import BASIS_LABELS

_SUGGESTED = 80  # units offered in the list; any other is written by its code or name


class TableForm(forms.Form):
    """A blank table to upload: a new table needs a name, the next edition keeps it."""

    name = forms.CharField(label=_("Name of the table"), max_length=100, required=False)
    file = forms.FileField(label=_("Blank table (.xlsx)"))
    county = forms.ModelChoiceField(Organization.objects.none(), label=_("County"), empty_label=None)

    def __init__(self, data=None, files=None, *, counties: list[Organization]):
        super().__init__(data, files, label_suffix="")
        self.fields["county"].queryset = Organization.objects.filter(pk__in=[county.pk for county in counties])
        if len(counties) == 1:
            del self.fields["county"]
        self._counties = counties

    @property
    def chosen_county(self) -> Organization:
        return self.cleaned_data.get("county") or self._counties[0]

    @property
    def chosen_name(self) -> str:
        """The name that was typed, or that of the file."""
        return self.cleaned_data["name"].strip() or self.cleaned_data["file"].name.rpartition(".")[0][:100]


class EditionForm(forms.Form):
    """The next edition of a table."""

    file = forms.FileField(label=_("Blank table (.xlsx)"), label_suffix="")


class FigureForm(forms.Form):
    """The binding of a cell to a figure."""

    key = forms.CharField(
        label=_("Indicator"), max_length=200, widget=forms.TextInput(attrs={"list": "figures", "autocomplete": "off"})
    )
    org = forms.CharField(
        label=_("Unit"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
        help_text=_("Empty: the unit for which the table is filled."),
    )  # fmt: skip
    by = forms.ChoiceField(label=_("Row"), choices=list(GROUP_NAMES.items()), required=False)
    period = forms.ChoiceField(label=_("Period"), choices=list(PERIOD_NAMES.items()))
    view = forms.ChoiceField(label=_("Time covered"), choices=list(VIEW_NAMES.items()))
    measure = forms.ChoiceField(label=_("What is shown"), choices=list(MEASURE_NAMES.items()))
    against = forms.ChoiceField(label=_("Measured from"), choices=[(name, PERIOD_NAMES[name]) for name in AGAINST])
    unit = forms.CharField(
        label=_("Unit of measure in the table"),
        max_length=20,
        required=False,
        help_text=_("Only where it differs, such as 万元."),
    )
    digits = forms.TypedChoiceField(
        label=_("Decimals"), choices=[("", _("As the cell's format shows")), *((str(n), str(n)) for n in range(MOST_DIGITS + 1))],
        coerce=int, empty_value=None, required=False,
    )  # fmt: skip
    basis = forms.ChoiceField(
        label=_("Basis of the figures"), choices=[("", _("As chosen when filling")), *((name, BASIS_LABELS[name]) for name in BASES)],
        required=False,
    )  # fmt: skip

    def __init__(self, data=None, *, county: Organization, binding: Binding | None = None):
        super().__init__(data, label_suffix="", initial=_initial(binding))
        self._county = county

    def clean_key(self) -> str:
        """A code with its item, or a name that only one indicator has."""
        text = self.cleaned_data["key"].strip()
        known = known_figures(self._county.id)
        code, _colon, item = text.partition(":")
        if code in known and (not item or item in known[code]):
            return text
        named = list(indicators_in_use(self._county.id).filter(name=text).values_list("code", flat=True)[:2])
        if len(named) == 1:
            return named[0]
        raise forms.ValidationError(
            _("“%(text)s” is no indicator; choose one of the list or write its code."), params={"text": text[:60]}
        )

    def clean(self) -> dict:
        """Checks the unit against the row: for categories it is a category, otherwise an organization."""
        values = self.cleaned_data
        text = values.get("org", "").strip()
        if values.get("by") == CATEGORY:
            values["org"] = _category(text)
            if not values["org"]:
                self.add_error("org", _("Write a category here, such as the one for villages."))
        elif text:
            values["org"] = _code(text, self._county)
            if not values["org"]:
                self.add_error(
                    "org", _("No unit of the county has this code or name; choose one of the list or write its code.")
                )
        return values

    @property
    def binding(self) -> Binding:
        return Binding(FIGURE, certainty=BY_PERSON, **self.cleaned_data)


class TextForm(forms.Form):
    """The binding of a cell to a text."""

    what = forms.ChoiceField(label=_("Text"), choices=list(WHAT_NAMES.items()))
    pattern = forms.CharField(
        label=_("Written as"), max_length=200, required=False, strip=False,
        help_text=_("{} stands for the text; everything else is written as it is."),
    )  # fmt: skip
    period = forms.ChoiceField(label=_("Period"), choices=list(PERIOD_NAMES.items()), required=False)

    def __init__(self, data=None, *, binding: Binding | None = None, text: str = ""):
        initial = (
            {"what": binding.what, "pattern": binding.pattern, "period": binding.period}
            if binding and binding.kind == TEXT
            else {"pattern": f"{text}{{}}"}
        )
        super().__init__(data, label_suffix="", initial=initial)

    def clean_pattern(self) -> str:
        pattern = self.cleaned_data["pattern"] or "{}"
        if self.cleaned_data.get("what") != AS_PRINTED and pattern.count("{}") != 1:
            raise forms.ValidationError(_("Write {} once, where the text is to stand."))
        if unknown := unknown_places(pattern):
            sentence = _("“%(name)s” is no text that is known here; known are: %(names)s.")
            raise forms.ValidationError(sentence, params={"name": unknown[0], "names": ", ".join(WHATS)})
        return pattern

    def clean_period(self) -> str:
        return self.cleaned_data["period"] or THIS

    @property
    def binding(self) -> Binding:
        return Binding(TEXT, certainty=BY_PERSON, **self.cleaned_data)


def units_offered(county: Organization, children: Mapping[str, str]) -> list[tuple[str, str]]:
    """Codes and names for the list of units: organizations directly below the county, then the categories."""
    return [*list(children.items())[:_SUGGESTED], *((category.value, str(category.label)) for category in UnitCategory)]


def _initial(binding: Binding | None) -> dict:
    if binding is None or binding.kind != FIGURE:
        return {}
    names = ("key", "org", "by", "period", "view", "measure", "against", "unit", "digits", "basis")
    return {name: getattr(binding, name) for name in names}


def _category(text: str) -> str:
    return next((one.value for one in UnitCategory if text in (one.value, str(one.label))), "")


def _code(text: str, county: Organization) -> str:
    """The code of an organization of the county, found by its code or by a name that only one has."""
    own = Organization.objects.filter(county_id=county.id)
    if own.filter(code=text).exists():
        return text
    named = list(own.filter(name=text).values_list("code", flat=True)[:2])
    return named[0] if len(named) == 1 else ""
