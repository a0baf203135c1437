"""The layouts that a county can print: those that come with the program, and its own."""

from django.utils.translation import gettext as _

from reports.models import CountyLayout
from reports.tables.layouts.definition import LayoutDefinition
from reports.tables.layouts.definition_reader import layout_of
from reports.tables.layouts.ready import ready_layouts


class UnknownLayout(ValueError):
    """No layout has this code; the message is a sentence."""


def layouts_of(county_id: int) -> dict[str, LayoutDefinition]:
    """Code -> layout: the ready ones in their order, then the county's own by code, without those it has retired."""
    own = CountyLayout.objects.filter(county_id=county_id, is_retired=False).order_by("code")
    return {**ready_layouts(), **{row.code: layout_of(row.definition) for row in own}}


def layout_named(code: str, county_id: int) -> LayoutDefinition:
    """The layout with this code. Raises UnknownLayout."""
    known = layouts_of(county_id)
    if code not in known:
        sentence = _("“%(code)s” is no layout; choose one of %(codes)s.")
        raise UnknownLayout(sentence % {"code": code[:40], "codes": _(", ").join(known)})
    return known[code]
