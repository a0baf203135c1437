"""Template tags for the cells of a row of figures; a dashboard prints some three hundred of them.

A node per variable took a third of the page's time: of one cell five to nine, each looked up, localized and escaped by itself.
"""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from reports.dashboards.cell_texts import Shown

register = template.Library()


@register.simple_tag
def figure_cells(cells: Iterable[Shown]) -> SafeString:
    """One td per figure: what charts read in its data attributes, its coverage as title, "(2/3)" behind an incomplete one."""
    return mark_safe("".join(_cell(cell, cell.part) for cell in cells))


@register.simple_tag
def trend_cells(cells: Iterable[Shown]) -> SafeString:
    """The same for a row of the trend, where an incomplete figure says so in words."""
    return mark_safe("".join(_cell(cell, cell.short or cell.part) for cell in cells))


def _cell(cell: Shown, behind: str) -> str:
    cover = escape(cell.cover)
    value = f' data-value="{escape(cell.value)}"' if cell.value else ""
    short = f' data-short="{escape(cell.short)}"' if cell.short else ""
    sparse = " data-sparse" if cell.is_sparse else ""
    quiet = f' <span class="quiet">{escape(behind)}</span>' if behind else ""
    sparse += " data-break" if cell.is_after_break else ""
    changed = _("definition changed") if cell.is_after_break else ""
    quiet += f' <span class="quiet">{escape(changed)}</span>' if changed else ""
    corrected = _("corrected") if cell.is_revised else ""
    quiet += f' <span class="quiet">{escape(corrected)}</span>' if corrected else ""
    return f'<td class="num"{value} data-cover="{cover}"{short}{sparse} title="{cover}">{escape(cell.text)}{quiet}</td>\n'
