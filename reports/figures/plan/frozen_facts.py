"""What an indicator is called and measured in: as its tasks froze it, or as the catalogue says today. Adds nothing up."""

from dataclasses import replace

from django.utils.translation import gettext as _

from indicators.layout import Line
from indicators.periods import Period
from reports.figures.plan.query_plan import ColumnPlan


def as_of_today(asked: ColumnPlan) -> ColumnPlan:
    """The column under the tree of today: name, unit and decimals of today. What adds up is not touched."""
    if asked.line is None:
        return asked
    today = asked.indicator
    return replace(asked, line=replace(asked.line, name=today.name, unit=today.unit, decimals=today.decimals))


def differing_facts(asked: ColumnPlan) -> list[str]:
    """A sentence per period of the column in which it stood under another name, unit or with other decimals."""
    found: dict[Period, str] = {}
    for part in asked.parts:
        said = _differing(part.line, asked.line)
        if said:
            found.setdefault(part.period, said)
    return [
        _("%(code)s %(name)s stood in %(period)s as: %(facts)s.")
        % {"code": asked.code, "name": asked.line.name, "period": period.label, "facts": said}
        for period, said in found.items()
    ]


def _differing(then: Line, shown: Line) -> str:
    facts = [then.name] if then.name != shown.name else []
    if then.unit != shown.unit:
        facts.append(_("counted in %(unit)s") % {"unit": then.unit or _("none")})
    if then.decimals != shown.decimals:
        facts.append(_("with %(count)s decimals") % {"count": then.decimals})
    return _(", ").join(facts)
