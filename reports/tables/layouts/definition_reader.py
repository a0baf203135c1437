"""Reads a layout from JSON data, with a sentence for every error in it, and writes it back."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from django.utils.translation import gettext as _

from indicators.formulas import FormulaError, parse
from reports.tables.layouts.definition import (
    PERIOD,
    VIEWS,
    ColumnSpec,
    Display,
    KindSpec,
    LayoutDefinition,
    LayoutPart,
    LayoutSubject,
    Rounding,
    RowsOf,
    usual_id,
)

MOST_COLUMNS = 100
MOST_DECIMALS = 6
MOST_LETTERS = 200
_LAYOUT = {"code", "title", "rows", "subject", "parts", "displays", "rounding", "basis", "checks", "notes"}
_PART = {"title", "columns", "kinds", "domain"}
_COLUMN = {"id", "key", "formula", "share", "view", "group", "head", "unit", "decimals", "is_hidden", "has_total"}
_BASES = ("", "approved", "submitted")


class BadLayout(ValueError):
    """The data is no valid layout; the message says where and why in sentences."""


def layout_of(data: Mapping) -> LayoutDefinition:
    """Reads a layout. Raises BadLayout with every complaint."""
    try:
        layout = _layout(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadLayout(_("The layout can not be read: %(why)s.") % {"why": error}) from error
    complaints = list(complaints_about(layout))
    if complaints:
        raise BadLayout("\n".join(complaints))
    return layout


def data_of(layout: LayoutDefinition) -> dict:
    """The data from which `layout_of` reads the same layout, without default values."""
    data = asdict(layout)
    data["parts"] = [_without_usual(part) for part in data["parts"]]
    for part in data["parts"]:
        if "columns" in part:
            part["columns"] = [_without_usual(column) for column in part["columns"]]
    return _without_usual(data)


def _without_usual(data: dict) -> dict:
    usual = {"view": PERIOD, "rounding": Rounding.NONE, "has_total": True}
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in data.items()
        if value != usual.get(key) and value not in ("", (), [], None) and not (value is False and key not in usual)
    }


def _layout(data: Mapping) -> LayoutDefinition:
    _only(data, _LAYOUT, _("a layout"))
    return LayoutDefinition(
        code=_text(data["code"]),
        title=_text(data["title"]),
        rows=RowsOf(data["rows"]),
        subject=LayoutSubject(data["subject"]),
        parts=tuple(map(_part, data.get("parts", [{}]))),
        displays=tuple(Display(**display) for display in data.get("displays", ())),
        rounding=Rounding(data.get("rounding", Rounding.NONE)),
        basis=_text(data.get("basis", "")),
        checks=tuple(map(_text, data.get("checks", ()))),
        notes=tuple(map(_text, data.get("notes", ()))),
    )


def _part(data: Mapping) -> LayoutPart:
    _only(data, _PART, _("a part"))
    return LayoutPart(
        title=_text(data.get("title", "")),
        columns=tuple(map(_column, data.get("columns", ()))),
        kinds=tuple(KindSpec(_text(kind["name"]), tuple(map(_text, kind["keys"]))) for kind in data.get("kinds", ())),
        domain=_text(data.get("domain", "")),
    )


def _column(data: Mapping) -> ColumnSpec:
    """One column; without an id it gets its usual one."""
    _only(data, _COLUMN, _("a column"))
    values = {"id": usual_id(data.get("key", ""), data.get("view", PERIOD)), **data}
    texts = {key: _text(value) for key, value in values.items() if key not in ("decimals", "is_hidden", "has_total")}
    return ColumnSpec(**{**values, **texts})


def _only(data: Mapping, known: set[str], where: str) -> None:
    unknown = sorted(set(data) - known)
    if unknown:
        raise ValueError(_("%(where)s knows no “%(words)s”") % {"where": where, "words": "”, “".join(unknown)})


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(_("“%(value)s” is no text") % {"value": value})
    return value


def complaints_about(layout: LayoutDefinition) -> Iterator[str]:
    """The faults of a layout that has the right shape."""
    if not layout.code or not layout.title:
        yield _("A layout needs a code and a title.")
    if layout.basis not in _BASES:
        yield _("The basis “%(basis)s” is none; write approved or submitted, or leave it out.") % {"basis": layout.basis}
    for display in layout.displays:
        if display.per <= 0 or not 0 <= display.decimals <= MOST_DECIMALS:
            yield _("%(unit)s can not be shown in units of %(per)s.") % {"unit": display.unit, "per": display.per}
    for part in layout.parts:
        yield from _about_part(layout, part)


def _about_part(layout: LayoutDefinition, part: LayoutPart) -> Iterator[str]:
    ids = [column.id for column in part.columns]
    if layout.subject == LayoutSubject.COLUMNS and not part.columns:
        yield _("%(code)s lists no column; name at least one figure.") % {"code": layout.code}
    if layout.subject == LayoutSubject.DOMAIN and not part.domain:
        yield _("%(code)s names no area of the catalogue.") % {"code": layout.code}
    if len(ids) > MOST_COLUMNS:
        yield _("%(code)s has %(n)d columns; at most %(most)d fit one table.") % {
            "code": layout.code, "n": len(ids), "most": MOST_COLUMNS
        }  # fmt: skip
    for twice in sorted({id for id in ids if ids.count(id) > 1}):
        yield _("The column “%(id)s” stands there twice; give one of them another id.") % {"id": twice}
    for kind in part.kinds:
        if len(kind.keys) != len(part.columns):
            yield _("The kind “%(name)s” fills %(n)d columns, the table has %(columns)d.") % {
                "name": kind.name, "n": len(kind.keys), "columns": len(part.columns)
            }  # fmt: skip
    known = {column.id for column in part.columns if column.key and not column.formula}
    for column in part.columns:
        yield from _about_column(column, known, bool(part.kinds))
        known.add(column.id)
    for check in layout.checks:
        yield from _about_formula(check, set(ids), _("The check"))


def _about_column(column: ColumnSpec, known: set[str], is_kind: bool) -> Iterator[str]:
    if not column.id or not (column.key or column.formula or column.share or is_kind):
        yield _("Column “%(id)s” names neither a figure nor a formula.") % {"id": column.id or column.head}
    if column.view not in VIEWS:
        yield _("Column “%(id)s”: “%(view)s” is no view; write %(views)s.") % {
            "id": column.id, "view": column.view, "views": _(", ").join(VIEWS)
        }  # fmt: skip
    if column.decimals is not None and not 0 <= column.decimals <= MOST_DECIMALS:
        yield _("Column “%(id)s”: decimals are between 0 and %(most)d.") % {"id": column.id, "most": MOST_DECIMALS}
    if len(column.head) > MOST_LETTERS or len(column.group) > MOST_LETTERS:
        yield _("Column “%(id)s”: a head has at most %(most)d letters.") % {"id": column.id, "most": MOST_LETTERS}
    if column.share and column.share not in known:
        yield _("Column “%(id)s” is a share of “%(of)s”, which is no column before it.") % {
            "id": column.id, "of": column.share
        }  # fmt: skip
    if column.formula:
        yield from _about_formula(column.formula, known, _("Column “%(id)s”") % {"id": column.id})


def _about_formula(text: str, known: set[str], where: str) -> Iterator[str]:
    try:
        formula = parse(text)
    except FormulaError as error:
        yield _("%(where)s: %(why)s") % {"where": where, "why": error}
        return
    for reference in formula.references:
        if reference.shift or reference.key not in known:
            yield _("%(where)s speaks of {%(key)s}, which is no column before it.") % {
                "where": where, "key": str(reference).strip("{}")
            }  # fmt: skip
