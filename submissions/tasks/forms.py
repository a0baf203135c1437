"""The Django forms of this app's pages: they read and check what was posted."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.definitions import forms_in_use
from indicators.layout import Layout
from indicators.models import Form
from indicators.periods import BadPeriod, read_period
from orgs.models import Organization, Placement
from orgs.tree.queries import placed_on
from submissions.tasks.places import PlacesField

REASON_LENGTH = 500
CELL_PREFIX = "cell-"
_NO_DAY = _("Empty: no day is set.")
_MOVES_ON = _("A day off moves on to the next working day.")


class ReturnForm(forms.Form):
    """Why a report goes back: one reason for all, and one field per cell."""

    reason = forms.CharField(
        label=_("Reason for the whole report"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    level = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args, layout: Layout, category: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = {f"{CELL_PREFIX}{number}": line.key for number, line in enumerate(layout.asked_of(category), 1)}
        for name in self.keys:
            self.fields[name] = forms.CharField(required=False, max_length=200)

    def cell_field(self, key: str) -> forms.BoundField:
        return self[next(name for name, its_key in self.keys.items() if its_key == key)]

    @property
    def cell_reasons(self) -> dict[str, str]:
        return {key: self.cleaned_data[name] for name, key in self.keys.items() if self.cleaned_data.get(name)}


def _day_input() -> forms.DateInput:
    """A browser's date field takes and gives ISO dates only, whatever the language of the page."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ReasonForm(forms.Form):
    """The reason for an act."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ExemptionForm(ReasonForm):
    """Why a unit is exempt, who asked for it, and who allowed it."""

    requester = forms.CharField(
        label=_("Requested by"), max_length=100, required=False,
        help_text=_("The person or unit that asked, for example 石桥镇党委 李志强. Empty: the county decided by itself."),
    )  # fmt: skip
    approver = forms.CharField(
        label=_("Approved by"), max_length=100, required=False,
        help_text=_("The leader who allowed it. Empty: you yourself."),
    )  # fmt: skip


class NoticeForm(forms.Form):
    """The text of a notice to units."""

    text = forms.CharField(label=_("Text of the notice"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))


class RenewalForm(forms.Form):
    """The townships that are not asked."""

    left_out = forms.ModelMultipleChoiceField(
        label=_("Leave out"), queryset=Organization.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Townships ticked here, and everything below them, are not asked."),
    )  # fmt: skip

    def __init__(self, *args, county: Organization, **kwargs):
        super().__init__(*args, **kwargs)
        below = Placement.objects.filter(placed_on(timezone.localdate()), parent=county)
        townships = Organization.objects.filter(pk__in=below.values("organization_id"))
        self.fields["left_out"].queryset = townships.order_by("sort_order", "code")


class OpenTaskForm(RenewalForm):
    """Form, period and days of a new task, and the townships that are not asked."""

    field_order = ("form", "period", "opens_on", "due_on", "review_due_on", "approval_due_on", "closes_on", "left_out")

    form = forms.ModelChoiceField(label=_("Form"), queryset=Form.objects.none(), to_field_name="code")
    period = forms.CharField(
        label=_("Period"), max_length=40, help_text=_("2026Q3, 2026-09, 2026H1, 2026, 2026W37 or 2026年第三季度")
    )
    opens_on = forms.DateField(
        label=_("Opens on"), required=False, widget=_day_input(), help_text=_("Empty: units may send as soon as it is opened.")
    )
    due_on = forms.DateField(label=_("Due on"), widget=_day_input(), help_text=_MOVES_ON)
    review_due_on = forms.DateField(label=_("Township review due on"), required=False, widget=_day_input(), help_text=_NO_DAY)
    approval_due_on = forms.DateField(label=_("County approval due on"), required=False, widget=_day_input(), help_text=_NO_DAY)
    closes_on = forms.DateField(
        label=_("Closes on"), required=False, widget=_day_input(),
        help_text=_("After this day nothing can be sent; empty: late reports stay possible."),
    )  # fmt: skip

    def __init__(self, *args, county: Organization, **kwargs):
        super().__init__(*args, county=county, **kwargs)
        self.fields["form"].queryset = forms_in_use(county.pk).order_by("sort_order", "code")

    def clean_period(self):
        try:
            return read_period(self.cleaned_data["period"])
        except BadPeriod as bad:
            raise forms.ValidationError(str(bad)) from bad


class DeadlineForm(forms.Form):
    """New days of a task, with the reason."""

    due_on = forms.DateField(label=_("Due on"), widget=_day_input(), help_text=_MOVES_ON)
    review_due_on = forms.DateField(label=_("Township review due on"), required=False, widget=_day_input(), help_text=_NO_DAY)
    approval_due_on = forms.DateField(label=_("County approval due on"), required=False, widget=_day_input(), help_text=_NO_DAY)
    closes_on = forms.DateField(
        label=_("Closes on"), required=False, widget=_day_input(),
        help_text=_("After this day nothing can be sent; empty: late reports stay possible."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class PostponementForm(forms.Form):
    """A later day for some units, with the reason."""

    places = PlacesField(
        label=_("For whom"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Codes or names, one a line. A township stands for every unit below it."),
    )  # fmt: skip
    due_on = forms.DateField(label=_("Due on"), widget=_day_input(), help_text=_MOVES_ON)
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, county_id: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["places"].county_id = county_id
