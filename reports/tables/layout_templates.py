"""The starts of a county's own layout: a ready layout, a part of one, or the lines of a form, to be copied."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from indicators.catalogue.queries import layout_of as lines_of
from indicators.definitions import indicators_in_use
from indicators.domains import domain_name
from indicators.layout import Line
from indicators.models import Form, Indicator
from reports.tables.layouts.definition import ColumnSpec, LayoutDefinition, LayoutPart, LayoutSubject
from reports.tables.layouts.definition_reader import MOST_COLUMNS
from reports.tables.layouts.ready import ready_layouts
from reports.tables.row_types.registry import row_type_of


@dataclass(frozen=True)
class LayoutTemplate:
    """One choice. `name`: the value that the page submits."""

    name: str
    label: str


def template_choices(own: Sequence[LayoutDefinition], forms: Sequence[Form]) -> list[LayoutTemplate]:
    return [LayoutTemplate(name, label) for name, label, *_rest in _all(own, forms)]


def copied_layout(
    name: str, code: str, title: str, own: Sequence[LayoutDefinition], forms: Sequence[Form], county_id: int
) -> LayoutDefinition | None:
    """A layout with the copied columns; None if the name is not among the choices."""
    for known, _label, layout, part, form in _all(own, forms):
        if known == name:
            return _copied(layout, part, form, code, title, county_id)
    return None


def _all(own: Sequence[LayoutDefinition], forms: Sequence[Form]) -> Iterator[tuple]:
    """(name, label, layout, part, form) of everything that can be copied: tables of listed columns, areas, forms."""
    for layout in (*ready_layouts().values(), *own):
        if not row_type_of(layout).label:
            continue
        if layout.subject == LayoutSubject.FORM:
            for form in forms:
                yield (
                    f"{layout.code}/{form.code}",
                    f"{layout.code} {layout.title} · {form.code} {form.title}",
                    layout,
                    None,
                    form,
                )
        elif layout.subject in (LayoutSubject.COLUMNS, LayoutSubject.DOMAIN):
            for number, part in enumerate(layout.parts):
                title = part.title or domain_name(part.domain) or layout.title
                yield f"{layout.code}#{number}", f"{layout.code} {title}", layout, part, None


def _copied(
    layout: LayoutDefinition, part: LayoutPart | None, form: Form | None, code: str, title: str, county_id: int
) -> LayoutDefinition:
    if form is not None:
        columns = _columns(lines_of(form).printed)
    elif part.domain:
        columns = _columns_of_domain(part.domain, county_id)
    else:
        columns = part.columns
    ids = {column.id for column in columns}
    return replace(
        layout,
        code=code,
        title=title or (form.title if form else part.title or layout.title),
        subject=LayoutSubject.COLUMNS,
        parts=(LayoutPart(columns=columns[:MOST_COLUMNS]),),
        checks=tuple(check for check in layout.checks if _speaks_of(check, ids)),
    )


def _speaks_of(check: str, ids: set[str]) -> bool:
    return all(word.partition("}")[0] in ids for word in check.split("{")[1:])


def _columns(lines: Sequence[Line]) -> tuple[ColumnSpec, ...]:
    return tuple(ColumnSpec(id=line.key, key=line.key, group=line.section) for line in lines)


def _columns_of_domain(domain: str, county_id: int) -> tuple[ColumnSpec, ...]:
    codes = indicators_in_use(county_id).filter(domain=domain).order_by("sort_order", "code").values_list("code", flat=True)
    return tuple(ColumnSpec(id=code, key=code) for code in codes)


def offered_figures(indicators: Sequence[Indicator]) -> list[tuple[str, str]]:
    """(figure key, words) for picking: every indicator and its items."""
    found = []
    for indicator in indicators:
        found.append((indicator.code, f"{indicator.name} {indicator.unit}"))
        for item in indicator.breakdown_items.all():
            found.append(
                (f"{indicator.code}:{item.name}", _("%(name)s, item %(item)s") % {"name": indicator.name, "item": item.name})
            )
    return found
