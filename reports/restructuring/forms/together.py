"""Forms of the changes in which organizations become others: merge, split."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.choices import SuccessionKind
from orgs.tree.spans import label_of
from reports.restructuring.forms.base import Cells, ChangeForm
from reports.restructuring.forms.fields import category_field, code_field, name_field, organization_field, reports_field

OTHER, NEW = "other", "new"
PARTS = 6  # into how many one is split on the page; a table has no limit
_OF_NEW = ("code", "name", "parent", "unit_category")


class MergeForm(ChangeForm):
    """Into one of the chosen, another that exists, or a new one."""

    kind = SuccessionKind.MERGE
    at_field = {"parent_code": "parent"}

    def own_fields(self) -> dict[str, forms.Field]:
        choices = [
            *((f"unit-{unit.pk}", label_of(unit)) for unit in self.units), (OTHER, _("Another that exists")), (NEW, _("A new one")),
        ]  # fmt: skip
        as_before = gettext_lazy("Of a new one. Left empty: where those that are merged stand.")
        return {
            "into": forms.ChoiceField(label=_("Merged into"), choices=choices, widget=forms.RadioSelect),
            "other": organization_field(_("The other one"), help_text=_("Code or full name.")),
            "code": code_field(_("Code of the new one")),
            "name": name_field(_("Full name of the new one")),
            "parent": organization_field(_("Stands under"), help_text=as_before),
            "unit_category": category_field(),
            "reports": reports_field(),
        }

    def clean(self) -> dict:
        into = self.cleaned_data.get("into", "")
        self.successor, self.place = "", {}
        if into == NEW:
            self._clean_new()
        elif into:
            self._refuse_filled(_OF_NEW, _("This is of a new one; leave it empty, or choose “A new one” above."))
        if into == OTHER:
            self.successor = self.code_meant("other")
            if not self.cleaned_data.get("other"):
                self.refuse("other", _("Write into which one they are merged: its code or full name."))
        elif into:
            self._refuse_filled(("other",), _("Leave it empty, or choose “Another that exists” above."))
        if into.startswith("unit-"):
            self.successor = next(unit.code for unit in self.units if into == f"unit-{unit.pk}")
            if len(self.units) == 1:
                self.refuse("into", _("One alone is not merged with itself; choose another, or tick more units in the tree."))
        return self.cleaned_data

    def _clean_new(self) -> None:
        code = self.cleaned_data.get("code", "")
        for name, sentence in (
            ("code", _("Write the code of the new one.")),
            ("name", _("Write the full name of the new one.")),
        ):
            if not self.cleaned_data.get(name):
                self.refuse(name, sentence)
        known = self.organizations.with_codes([code]).get(code)
        if known is not None:
            sentence = _("%(unit)s has this code already. Choose “Another that exists” above, or write another code.")
            self.refuse("code", sentence % {"unit": label_of(known)})
        self.successor, self.place = code, {"parent_code": self.code_meant("parent")}

    def _refuse_filled(self, names: Iterable[str], sentence: str) -> None:
        for name in names:
            if self.cleaned_data.get(name):
                self.refuse(name, sentence)

    def field_of(self, column: str, row: int) -> str | None:
        if column == "to_codes":
            return {OTHER: "other", NEW: "code"}.get(self.cleaned_data.get("into", ""), "into")
        return super().field_of(column, row)

    def cells(self) -> Iterable[Cells]:
        data = self.cleaned_data
        return [
            {
                "from_codes": self.codes, "to_codes": self.successor, "name": data["name"], "unit_category": data["unit_category"],
                "reports": data["reports"], **self.place,
            }
        ]  # fmt: skip


class SplitForm(ChangeForm):
    """Into those that are written, by codes; names for those that are new, shares for all or for none."""

    kind = SuccessionKind.SPLIT
    at_field = {"parent_code": "parent", "to_codes": "code_1", "shares": "share_1", "name": "name_1"}

    def own_fields(self) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        for number in range(1, PARTS + 1):
            words = {"n": number}
            fields[f"code_{number}"] = code_field(_("Code of unit %(n)d") % words)
            fields[f"name_{number}"] = name_field(_("Full name of unit %(n)d") % words)
            fields[f"share_{number}"] = forms.CharField(label=_("Share of unit %(n)d") % words, required=False, max_length=20)
        where = _("Of the new ones. Left empty: where the divided one stands.")
        return {
            **fields,
            "parent": organization_field(_("Stands under"), help_text=where),
            "unit_category": category_field(),
            "reports": reports_field(),
        }

    @property
    def parts(self) -> list[list[forms.BoundField]]:
        """The fields of each unit into which it is split, side by side."""
        return [[self[f"{name}_{number}"] for name in ("code", "name", "share")] for number in range(1, PARTS + 1)]

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields that are not of one unit."""
        beside = {field.name for fields in self.parts for field in fields}
        return [field for field in self if field.name not in beside]

    def clean(self) -> dict:
        self.written = [number for number in range(1, PARTS + 1) if any(self._part(number))]
        known = self.organizations.with_codes([self._part(number)[0] for number in self.written])
        if len(self.written) < 2:
            self.refuse("code_1", _("Write at least two units into which it is divided; its own code too, where it goes on."))
        shares = [self._part(number)[2] for number in self.written]
        for number in self.written:
            code, name, share = self._part(number)
            if not code:
                self.refuse(f"code_{number}", _("Write the code of this unit."))
            elif code in known and name and name != known[code].name:
                sentence = _("%(unit)s has this code already. Leave the name empty, or write another code.")
                self.refuse(f"name_{number}", sentence % {"unit": label_of(known[code])})
            elif code not in known and not name:
                self.refuse(
                    f"name_{number}", _("No unit has the code %(code)s. Write the full name of the new unit.") % {"code": code}
                )
            if ";" in name or "；" in name:
                self.refuse(f"name_{number}", _("A name has no semicolon here."))
            if any(shares) and not share.strip("%％").replace(".", "", 1).isdecimal():
                self.refuse(f"share_{number}", _("Write a number such as 0.6 or 60, a share for every unit or for none."))
        self.known, self.place = known, {"parent_code": self.code_meant("parent")}
        return self.cleaned_data

    def _part(self, number: int) -> tuple[str, str, str]:
        code, name, share = (self.cleaned_data.get(f"{name}_{number}", "") for name in ("code", "name", "share"))
        return code, name, share

    def cells(self) -> Iterable[Cells]:
        parts, data = [self._part(number) for number in self.written], self.cleaned_data
        return [
            {
                "from_codes": self.codes, "to_codes": ";".join(code for code, _name, _share in parts),
                "name": ";".join(name for code, name, _share in parts if code not in self.known),
                "shares": ";".join(share for _code, _name, share in parts if share),
                "unit_category": data["unit_category"], "reports": data["reports"], **self.place,
            }
        ]  # fmt: skip
