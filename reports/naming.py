"""Names the units behind a coverage that is not whole: who gave only half of a ratio. Adds nothing up."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from indicators.documents import NA
from indicators.measures import Leaf
from indicators.periods import read_period
from orgs.models import Organization
from reports.asking import Asked
from reports.trees import forest_on
from submissions.history import earlier_for
from submissions.kinds import STANDING

MOST_NAMES = 10


def half_answers(asked: Sequence[Asked], org: Organization) -> Iterator[str]:
    """One sentence per ratio and task where units gave only one of numerator and denominator, which therefore counts nowhere."""
    for column in asked:
        if column.line is None or not column.line.numerator:
            continue
        for part in column.parts:
            names = _names(part, org)
            if names:
                shown = "、".join(names[:MOST_NAMES]) + ("…" if len(names) > MOST_NAMES else "")
                said = {
                    "code": column.code, "name": part.line.name, "period": part.task.period,
                    "count": len(names), "units": shown,
                }  # fmt: skip
                yield (
                    _(
                        "%(code)s %(name)s, %(period)s: %(count)s units gave only one of numerator and denominator "
                        "and are not counted: %(units)s."
                    )
                    % said
                )


def _names(part, org: Organization) -> list[str]:
    task, line = part.task, part.line
    nodes = forest_on(org, read_period(task.period).last_day).nodes
    below = nodes.keys() | {org.id}
    rows = [
        row
        for row in task.submissions.filter(state__in=STANDING)
        .select_related("standing", "organization")
        .order_by("organization__code")
        if row.organization_id in below and line.asks(row.unit_category)
    ]
    earlier = earlier_for(task, [row.organization_id for row in rows])
    names = {org.id: org.name} | {node.id: node.name for node in nodes.values()}
    return [names[row.organization_id] for row in rows if _is_half(task, line, row, earlier[row.organization_id])]


def _is_half(task, line, row, earlier) -> bool:
    sides = Leaf(task.layout, row.standing.figures, earlier).sides(line)
    return NA not in sides and (sides[0] is None) != (sides[1] is None)
