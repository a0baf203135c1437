"""Fields of the forms for changes of organizations, and the organizations of one county that typed codes and names mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.choices import OrgType, UnitCategory
from orgs.models import Organization, Placement
from orgs.restructuring.columns import ReportsDecision
from orgs.tree.queries import placed_on
from orgs.web.day_input import DayInput

SUGGESTED = "organizations-above"  # the list that the page offers while one types
_ABOVE = (
    UnitCategory.COUNTY, UnitCategory.TOWNSHIP, UnitCategory.STREET, UnitCategory.DEV_ZONE, UnitCategory.INDUSTRY_COMMITTEE,
    UnitCategory.DEPARTMENT,
)  # fmt: skip
_AS_BEFORE = ("", gettext_lazy("As before"))


def day_field() -> forms.DateField:
    return forms.DateField(
        label=gettext_lazy("Day of the change"), input_formats=["%Y-%m-%d"], widget=DayInput,
        help_text=gettext_lazy("It holds from this day; the day before is the last of the old state. It may lie in the past."),
    )  # fmt: skip


def note_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Note (document number)"), max_length=300, required=False,
        help_text=gettext_lazy("The document on which it rests."),
    )  # fmt: skip


def organization_field(label: str, *, required: bool = False, help_text: str = "") -> forms.CharField:
    """A code or a full name, with suggestions while one types."""
    widget = forms.TextInput(attrs={"list": SUGGESTED, "autocomplete": "off"})
    return forms.CharField(label=label, required=required, max_length=200, help_text=help_text, widget=widget)


def name_field(label: str, *, required: bool = False, **more) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=200, **more)


def code_field(label: str, *, required: bool = False, **more) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=40, **more)


def category_field(*, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Unit category"), required=required, choices=[_first(required), *UnitCategory.choices]
    )


def type_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Organization type"),
        required=False,
        choices=[("", gettext_lazy("As usual for the category")), *OrgType.choices],
    )


def reports_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Reports already sent in"), choices=ReportsDecision.choices, widget=forms.RadioSelect,
        initial=ReportsDecision.KEEP,
        help_text=gettext_lazy(
            "Reports for a period at whose end the unit stands no more. To exempt them, name the decision in the note. "
            "What was not sent in is exempted in any case."
        ),
    )  # fmt: skip


def _first(required: bool) -> tuple[str, str]:
    return ("", "---------") if required else _AS_BEFORE


class NotFound(ValueError):
    """The text means no organization of the county, or several; the message is a sentence."""


@dataclass(frozen=True)
class CountyOrganizations:
    """The organizations of one county as they stand today."""

    county_id: int
    today: date

    def meant(self, text: str) -> Organization:
        """The one with this code, else the only one with this full name. Raises NotFound."""
        own = Organization.objects.filter(county_id=self.county_id)
        if (found := own.filter(code=text).first()) is not None:
            return found
        named = list(own.filter(name=text).order_by("code")[:11])
        if len(named) == 1:
            return named[0]
        if named:
            codes = _(", ").join(org.code for org in named)
            raise NotFound(
                _("Several organizations are called %(name)s; write the code: %(codes)s.") % {"name": text, "codes": codes}
            )
        raise NotFound(_("No organization of the county has the code or full name “%(text)s”.") % {"text": text[:60]})

    def with_codes(self, codes: Sequence[str]) -> dict[str, Organization]:
        """Those that exist."""
        return {org.code: org for org in Organization.objects.filter(county_id=self.county_id, code__in=codes)}

    def above(self) -> list[Organization]:
        """Those under which others stand, or usually stand."""
        placed = Placement.objects.filter(placed_on(self.today))
        stands = Exists(placed.filter(organization=OuterRef("pk")))
        has_below = Exists(placed.filter(parent=OuterRef("pk")))
        own = Organization.objects.filter(Q(stands), Q(has_below) | Q(unit_category__in=_ABOVE), county_id=self.county_id)
        return list(own.order_by("sort_order", "code", "pk"))
