"""Forms of the changes that happen to each organization by itself: close, suspend, reopen, rename, move, another category, open."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.choices import OrgType, SuccessionKind, UnitCategory
from orgs.models import Organization
from orgs.tree.spans import label_of
from reports.restructuring.forms.base import Cells, ChangeForm
from reports.restructuring.forms.fields import (
    category_field,
    code_field,
    name_field,
    organization_field,
    reports_field,
    type_field,
)

_DISTRICT, _LINE = gettext_lazy("District"), gettext_lazy("Line of work")
_CODE_OR_NAME = gettext_lazy("Code or full name.")


class CloseForm(ChangeForm):
    """No place from the day on."""

    kind = SuccessionKind.CLOSE

    def own_fields(self) -> dict[str, forms.Field]:
        return {"reports": reports_field()}

    def cells(self) -> Iterable[Cells]:
        return [{"from_codes": self.codes, "reports": self.cleaned_data["reports"]}]


class SuspendForm(CloseForm):
    """No place until it is reopened."""

    kind = SuccessionKind.SUSPEND


class PlaceForm(ChangeForm):
    """A place by codes or full names: what it stands under, district, line of work."""

    at_field = {"parent_code": "parent", "district_code": "district", "line_code": "line"}

    def clean(self) -> dict:
        self.place = {column: self.code_meant(name) for column, name in self.at_field.items() if name in self.fields}
        return self.cleaned_data


class ReopenForm(PlaceForm):
    """Again where it stood last, or under another organization."""

    kind = SuccessionKind.REOPEN

    def own_fields(self) -> dict[str, forms.Field]:
        words = gettext_lazy("Code or full name. Left empty: where it stood last.")
        return {"parent": organization_field(gettext_lazy("Stands under"), help_text=words)}

    def cells(self) -> Iterable[Cells]:
        return [{"from_codes": self.codes, **self.place}]


class MoveForm(PlaceForm):
    """Under another parent, or into another district or line."""

    kind = SuccessionKind.MOVE

    def own_fields(self) -> dict[str, forms.Field]:
        as_it_was = gettext_lazy("Code or full name. Left empty: as it was.")
        return {
            "parent": organization_field(gettext_lazy("Stands under"), help_text=as_it_was),
            "district": organization_field(_DISTRICT, help_text=as_it_was),
            "line": organization_field(_LINE, help_text=as_it_was),
        }

    def cells(self) -> Iterable[Cells]:
        return [{"from_codes": self.codes, **self.place}]


class OpenForm(PlaceForm):
    """A new organization below the one that is chosen."""

    kind = SuccessionKind.OPEN
    at_field = {"to_codes": "code", "from_codes": "code", "district_code": "district", "line_code": "line"}

    def own_fields(self) -> dict[str, forms.Field]:
        return {
            "code": code_field(gettext_lazy("Code of the new unit"), required=True),
            "name": name_field(gettext_lazy("Full name of the new unit"), required=True),
            "unit_category": category_field(required=True),
            "org_type": type_field(),
            "district": organization_field(_DISTRICT, help_text=_CODE_OR_NAME),
            "line": organization_field(_LINE, help_text=_CODE_OR_NAME),
        }

    def clean(self) -> dict:
        names = ("district", "line")
        self.place = {f"{name}_code": self.code_meant(name) for name in names}
        code = self.cleaned_data.get("code", "")
        known = self.organizations.with_codes([code]).get(code)
        if known is not None:
            sentence = _("%(unit)s has this code already. To give it a place again choose Reopen, or write another code.")
            self.refuse("code", sentence % {"unit": label_of(known)})
        return self.cleaned_data

    def cells(self) -> Iterable[Cells]:
        data = self.cleaned_data
        typed = {name: data[name] for name in ("name", "unit_category", "org_type")}
        return [{"to_codes": data["code"], "parent_code": self.units[0].code, **typed, **self.place}]


class NamesForm(ChangeForm):
    """A name for each organization, a row of the table for each new one."""

    def name_fields(self) -> dict[str, forms.Field]:
        return {
            self.name_of(unit): name_field(
                _("New name of %(unit)s") % {"unit": label_of(unit)}, required=False, initial=unit.name
            )
            for unit in self.units
        }

    def name_of(self, unit: Organization) -> str:
        return f"name_{unit.pk}"

    @property
    def renamed(self) -> list[Organization]:
        """Those whose name is another than it was."""
        return [unit for unit in self.units if self.cleaned_data.get(self.name_of(unit)) not in ("", None, unit.name)]

    def name_cells(self) -> list[Cells]:
        return [
            {"kind": SuccessionKind.RENAME.value, "from_codes": unit.code, "name": self.cleaned_data[self.name_of(unit)]}
            for unit in self.renamed
        ]

    def field_of(self, column: str, row: int) -> str | None:
        place = row - 1 - len(list(self.cells())) + len(self.renamed)
        if column in ("name", "from_codes") and 0 <= place < len(self.renamed):
            return self.name_of(self.renamed[place])
        return super().field_of(column, row)


class RenameForm(NamesForm):
    """Another full name."""

    kind = SuccessionKind.RENAME

    def own_fields(self) -> dict[str, forms.Field]:
        return self.name_fields()

    def clean(self) -> dict:
        if not self.renamed:
            self.refuse(self.name_of(self.units[0]), _("Write the new name; nothing differs from the present one."))
        return self.cleaned_data

    def cells(self) -> Iterable[Cells]:
        return self.name_cells()


class RecategorizeForm(NamesForm):
    """Another category or type, and with it another name where one is typed (撤村改社区)."""

    kind = SuccessionKind.RECATEGORIZE

    def own_fields(self) -> dict[str, forms.Field]:
        as_before = ("", _("As before"))
        fields = {
            "unit_category": forms.ChoiceField(
                label=_("Unit category"), required=False, choices=[as_before, *UnitCategory.choices]
            ),
            "org_type": forms.ChoiceField(label=_("Organization type"), required=False, choices=[as_before, *OrgType.choices]),
        }
        return fields | self.name_fields()

    def cells(self) -> Iterable[Cells]:
        changed = {name: self.cleaned_data[name] for name in ("unit_category", "org_type")}
        return [{"from_codes": self.codes, **changed}, *self.name_cells()]
