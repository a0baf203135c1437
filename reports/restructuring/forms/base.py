"""The form of one change of organizations: its fields become rows of the loader's table, and the loader's problems its errors."""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError

from orgs.choices import SuccessionKind
from orgs.models import Organization
from orgs.restructuring.columns import COLUMNS
from reports.restructuring.forms.fields import CountyOrganizations, NotFound, day_field, note_field
from spreadsheets.tables import Table, TableProblems, TableRow

NAMES = tuple(column.name for column in COLUMNS)
Cells = Mapping[str, str]  # column -> text


class ChangeForm(forms.Form):
    """`units`: to which it happens. What a change may be is asked of the loader alone; here only what a typed text means."""

    kind: ClassVar[SuccessionKind]
    at_field: ClassVar[Mapping[str, str]] = {}  # column -> field, where they have different names

    def __init__(self, data=None, *, units: Sequence[Organization], organizations: CountyOrganizations):
        super().__init__(data, label_suffix="")
        self.units, self.organizations = units, organizations
        self.fields = {"on": day_field(), "note": note_field(), **self.own_fields()}

    def own_fields(self) -> dict[str, forms.Field]:
        """The fields that only this kind needs."""
        return {}

    def cells(self) -> Iterable[Cells]:
        """The rows of the table."""
        return [{"from_codes": self.codes}]

    @property
    def codes(self) -> str:
        return ";".join(unit.code for unit in self.units)

    @property
    def table(self) -> Table:
        """Only of a form that is valid."""
        shared = {"kind": self.kind.value, "on": self.cleaned_data["on"].isoformat(), "note": self.cleaned_data["note"]}
        places = {name: place for place, name in enumerate(NAMES)}
        rows = [
            TableRow(number, tuple({**shared, **cells}.get(name, "") for name in NAMES), places)
            for number, cells in enumerate(self.cells(), 1)
        ]
        return Table("", NAMES, rows, places)

    def add_problems(self, problems: TableProblems) -> None:
        """Each sentence at the field it is about, once."""
        found = {(self.field_of(problem.column, problem.row), problem.sentence) for problem in problems.problems}
        for name, sentence in sorted(found, key=str):
            self.add_error(name, sentence)

    def field_of(self, column: str, row: int) -> str | None:
        """The field that wrote the cell; None for what is not typed here."""
        name = self.at_field.get(column, column)
        return name if name in self.fields else None

    def code_meant(self, name: str) -> str:
        """The code of the organization that is typed in a field; "" where nothing is, or an error is added."""
        text = self.cleaned_data.get(name, "")
        if not text:
            return ""
        try:
            return self.organizations.meant(text).code
        except NotFound as error:
            self.add_error(name, str(error))
            return ""

    def refuse(self, name: str | None, sentence: str) -> None:
        self.add_error(name, ValidationError(sentence))
