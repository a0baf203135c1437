"""Name and unit of measure of an indicator: as its tasks froze them, or as the catalogue has them today."""

from dataclasses import replace

from django.utils.translation import gettext as _

from indicators.layout import Line
from indicators.periods import Period
from reports.figures.plan.query_plan import ColumnPlan


def as_of_today(column: ColumnPlan) -> ColumnPlan:
    """The column under the tree of today: name, unit and decimals of today. The lanes do not change.

    Figures from before a change of the definition keep the facts with which they were counted.
    """
    today = column.indicator
    if column.line is None or (column.line.unit != today.unit and today.comparable_since is not None):
        return column
    return replace(column, line=replace(column.line, name=today.name, unit=today.unit, decimals=today.decimals))


def differing_facts(column: ColumnPlan) -> list[str]:
    """A sentence per period of the column in which it had another name, unit or number of decimals."""
    found: dict[Period, str] = {}
    for part in column.parts:
        facts = _differing(part.line, column.line)
        if facts:
            found.setdefault(part.period, facts)
    return [
        _("%(code)s %(name)s stood in %(period)s as: %(facts)s.")
        % {"code": column.code, "name": column.line.name, "period": period.label, "facts": facts}
        for period, facts in found.items()
    ]


def _differing(then: Line, shown: Line) -> str:
    facts = [then.name] if then.name != shown.name else []
    if then.unit != shown.unit:
        facts.append(_("counted in %(unit)s") % {"unit": then.unit or _("none")})
    if then.decimals != shown.decimals:
        facts.append(_("with %(count)s decimals") % {"count": then.decimals})
    return _(", ").join(facts)
