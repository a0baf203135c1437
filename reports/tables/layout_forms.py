"""Forms of the page for a county's layout, and the layout that they describe."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.tables.layouts.definition import (
    EVER,
    PERIOD,
    YEAR_TO_DATE,
    ColumnSpec,
    Display,
    LayoutDefinition,
    LayoutPart,
    LayoutSubject,
    Rounding,
    RowsOf,
    usual_id,
)
from reports.tables.layouts.definition_reader import MOST_DECIMALS, MOST_LETTERS, complaints_about
from reports.tables.row_types.registry import offered_rows

BLANK_ROWS = 3
WAN_YUAN = Display("元", "万元", 10_000, 2)
ROUNDING_LABELS = {
    Rounding.NONE: gettext_lazy("Each number by itself"),
    Rounding.BALANCED: gettext_lazy("Parts adjusted to add up (balanced)"),
    Rounding.SHARES: gettext_lazy("Shares come to 100 (largest remainder)"),
}
VIEW_LABELS = {
    PERIOD: gettext_lazy("The period"),
    YEAR_TO_DATE: gettext_lazy("Year to date"),
    EVER: gettext_lazy("Since the beginning"),
}


class NewLayoutForm(forms.Form):
    """A new layout: its code, its title, the layout or form to copy."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=20)
    title = forms.CharField(label=gettext_lazy("Title (empty: as it is there)"), max_length=100, required=False)
    source = forms.ChoiceField(label=gettext_lazy("Begin with"))

    def __init__(self, *args, sources: list[tuple[str, str]], **given):
        super().__init__(*args, label_suffix="", **given)
        self.fields["source"].choices = sources


class LayoutForm(forms.Form):
    """The settings of the whole table."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=100)
    rows = forms.ChoiceField(label=gettext_lazy("Rows"), choices=[(str(rows), label) for rows, label in offered_rows().items()])
    rounding = forms.ChoiceField(
        label=gettext_lazy("Rounding"), choices=[(str(rounding), label) for rounding, label in ROUNDING_LABELS.items()]
    )
    in_wan = forms.BooleanField(label=gettext_lazy("Amounts of 元 in 万元, two decimals"), required=False)
    checks = forms.CharField(
        label=gettext_lazy("Checks printed below, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    notes = forms.CharField(label=gettext_lazy("Notes, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, layout: LayoutDefinition, **given):
        initial = {
            "title": layout.title, "rows": str(layout.rows), "rounding": str(layout.rounding),
            "in_wan": WAN_YUAN in layout.displays, "checks": "\n".join(layout.checks), "notes": "\n".join(layout.notes),
        }  # fmt: skip
        super().__init__(*args, label_suffix="", initial=initial, **given)


class ColumnForm(forms.Form):
    """One column; a row without a figure, formula and share is ignored."""

    key = forms.CharField(label=gettext_lazy("Figure"), max_length=160, required=False)
    group = forms.CharField(label=gettext_lazy("Head above"), max_length=MOST_LETTERS, required=False)
    head = forms.CharField(label=gettext_lazy("Head"), max_length=MOST_LETTERS, required=False)
    view = forms.ChoiceField(label=gettext_lazy("Time"), choices=list(VIEW_LABELS.items()), required=False)
    decimals = forms.IntegerField(label=gettext_lazy("Decimals"), min_value=0, max_value=MOST_DECIMALS, required=False)
    formula = forms.CharField(label=gettext_lazy("Formula"), max_length=300, required=False)
    share = forms.CharField(label=gettext_lazy("Share of"), max_length=160, required=False)
    id = forms.CharField(label=gettext_lazy("Name in formulas"), max_length=40, required=False)
    unit = forms.CharField(label=gettext_lazy("Unit of measure"), max_length=20, required=False)
    is_hidden = forms.BooleanField(label=gettext_lazy("Hidden"), required=False)
    has_total = forms.BooleanField(label=gettext_lazy("Totals"), required=False, initial=True)

    @property
    def column(self) -> ColumnSpec | None:
        values = self.cleaned_data
        key, view = values.get("key", "").strip(), values.get("view") or PERIOD
        if not (key or values.get("formula") or values.get("share")):
            return None
        own = values.get("id", "").strip() or (usual_id(key, view) if key else values.get("head", ""))
        return ColumnSpec(
            id=own, key=key, formula=values.get("formula", ""),
            share=values.get("share", ""), view=view, group=values.get("group", ""), head=values.get("head", ""),
            unit=values.get("unit", ""), decimals=values.get("decimals"), is_hidden=bool(values.get("is_hidden")),
            has_total=bool(values.get("has_total")),
        )  # fmt: skip


ColumnForms = forms.formset_factory(
    ColumnForm, extra=BLANK_ROWS, can_order=True, can_delete=True, max_num=110, absolute_max=110
)


def column_forms(layout: LayoutDefinition, data=None):
    """A row per column in its order, and a few empty ones."""
    initial = [vars(column) | {"id": _own_id(column)} for column in layout.parts[0].columns]
    return ColumnForms(data, initial=initial, prefix="column")


def _own_id(column: ColumnSpec) -> str:
    """The id of a column; "" for its usual one, which is not shown."""
    return "" if column.id == usual_id(column.key, column.view) else column.id


def edited(layout: LayoutDefinition, form: LayoutForm, rows) -> tuple[LayoutDefinition | None, list[str]]:
    """The layout that the forms describe, or sentences for its errors."""
    if not (form.is_valid() and rows.is_valid()):
        return None, [_("Some entries can not be kept; they are marked.")]
    columns = tuple(column for row in rows.ordered_forms if (column := row.column) is not None)
    displays = tuple(display for display in layout.displays if display.unit != WAN_YUAN.unit)
    values = form.cleaned_data
    found = LayoutDefinition(
        code=layout.code, title=values["title"], rows=RowsOf(values["rows"]), subject=LayoutSubject.COLUMNS,
        parts=(LayoutPart(title="", columns=columns),), displays=(*displays, WAN_YUAN) if values["in_wan"] else displays,
        rounding=Rounding(values["rounding"]), basis=layout.basis, checks=_lines(values["checks"]), notes=_lines(values["notes"]),
    )  # fmt: skip
    complaints = list(complaints_about(found))
    return (None, complaints) if complaints else (found, [])


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
