"""Lists the units behind an incomplete figure: half a ratio given, already counted on another form, split in the meantime."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from indicators.measures.document_measures import Leaf
from indicators.measures.history import NOTHING_EARLIER
from indicators.values.documents import NA
from orgs.choices import SuccessionKind
from orgs.models import Organization, Placement, SuccessionEnd
from orgs.tree.queries import standing_path
from orgs.tree.trees import after_branch
from reports.figures.plan.column_plan import ColumnPart, ColumnPlan, counted_parts
from reports.figures.plan.joined_forms import JoinedTask, joined_rows
from reports.figures.plan.overlapping_forms import LeftOut
from reports.figures.plan.report_trees import forest_on
from reports.figures.sums.aggregation import RowSums
from reports.figures.sums.amounts import divided_units, is_number
from reports.figures.sums.unit_values import organizations_without_base
from submissions.choices import STANDING, State
from submissions.core.earlier_reports import open_reports
from submissions.core.history import earlier_for

MOST_NAMES = 10


def half_answers(columns: Sequence[ColumnPlan], org: Organization) -> Iterator[str]:
    """One sentence per ratio and task where units gave only one of numerator and denominator, so that neither counts."""
    for column in columns:
        if not column.is_divided:
            continue
        for part in column.parts:
            names = _names(part, org)
            if names:
                words = {
                    "code": column.code, "name": part.line.name, "period": part.task.period,
                    "count": len(names), "units": _shortened(names),
                }  # fmt: skip
                yield (
                    _(
                        "%(code)s %(name)s, %(period)s: %(count)s units gave only one of numerator and denominator "
                        "and are not counted: %(units)s."
                    )
                    % words
                )


def _names(part: ColumnPart, org: Organization) -> list[str]:
    return _names_on(set(_half_answered(part)), org, part.period.last_day)


def _half_answered(part: ColumnPart) -> Iterator[int]:
    """The organizations that gave one side only."""
    task, line = part.task, part.line
    if isinstance(task, JoinedTask):
        rows = [(org_id, category, figures) for _join, org_id, category, _state, figures in joined_rows([task]) if figures]
        earlier = {}
    else:
        submissions = task.submissions.filter(state__in=STANDING)
        rows = list(submissions.values_list("organization_id", "unit_category", "standing__figures"))
        earlier = earlier_for(task, [org_id for org_id, _category, _figures in rows])
    for org_id, category, figures in rows:
        sides = Leaf(task.layout, figures, earlier.get(org_id, NOTHING_EARLIER)).sides(line)
        if line.asks(category) and NA not in sides and (sides[0] is None) != (sides[1] is None):
            yield org_id


def unknown_parts(columns: Sequence[ColumnPlan], row_sums: RowSums, org: Organization) -> Iterator[str]:
    """One sentence per running total of a group where a unit's part is not known, or its last total was not given."""
    for column in (column for column in columns if column.adds_parts and column.line is not None):
        words = {"code": column.code, "name": column.line.name, "period": column.period.label}
        silent = _names_of(_silent_since(column), org, column) if column.adds_year else []
        if silent:
            yield _(
                "%(code)s %(name)s: %(count)s units have not given the running total of %(period)s; "
                "the sum holds what they gave before: %(units)s."
            ) % (words | {"count": len(silent), "units": _shortened(silent)})
        heirs = _names_of(_heirs(column), org, column) if column.adds_year else []
        if heirs:
            yield _(
                "%(code)s %(name)s: %(units)s took over other units in the year. What those gave before is in the sum too; a "
                "running total that contains it counts it twice."
            ) % (words | {"units": _shortened(heirs)})
        baseless = (
            [] if column.adds_year else _names_of(_without_base(column, row_sums, org) - _open_before(column), org, column)
        )
        if baseless:
            yield _(
                "%(code)s %(name)s, %(period)s: %(count)s units did not give the running total before; "
                "what they added is not known and not in the sum: %(units)s."
            ) % (words | {"count": len(baseless), "units": _shortened(baseless)})


def _silent_since(column: ColumnPlan) -> set[int]:
    """The units that owe the last running total but reported only an earlier one in the year."""
    ends = counted_parts(column)
    given = {part: _given_totals(part) for part in column.parts}
    owed = {org_id for part in ends for org_id in _owing(part)} - {org_id for part in ends for org_id in given[part]}
    return owed & {org_id for part in column.parts if part not in ends for org_id in given[part]}


def _heirs(column: ColumnPlan) -> set[int]:
    """The units with a running total of the year that a merger or division in the year made heirs of others with one.

    Whether such a total contains the predecessors' work is not known (decision 176).
    """
    last_given: dict[int, date] = {}  # unit -> last day of the last period for which it gave a total
    for part in sorted(column.parts, key=lambda part: part.period.last_day):
        last_given |= dict.fromkeys(_given_totals(part), part.period.last_day)
    last_day = column.period.last_day
    ends = SuccessionEnd.objects.filter(
        succession__kind__in=(SuccessionKind.MERGE, SuccessionKind.SPLIT),
        succession__on__gt=date(last_day.year, 1, 1),
        succession__on__lte=last_day,
        county_id__in={part.task.county_id for part in column.parts},
    )
    rows = list(ends.values_list("succession_id", "succession__on", "organization_id", "is_predecessor"))
    before = {(succession, org_id) for succession, _on, org_id, is_before in rows if is_before and org_id in last_given}
    return {
        org_id
        for succession, on, org_id, is_before in rows
        if not is_before
        and last_given.get(org_id, date.min) >= on
        and any(one == succession and other != org_id for one, other in before)
    }


def _without_base(column: ColumnPlan, row_sums: RowSums, org: Organization) -> set[int]:
    """The units whose running total can not be split into periods, because no earlier one is known."""
    if column.follows_units:
        return organizations_without_base(column, ("total", org.id), row_sums)
    return {org_id for part in column.parts for org_id in _given_totals(part, "rest")}


def _open_before(column: ColumnPlan) -> set[int]:
    """The units whose report of the period before was sent in and is open again: `unapproved_sources` notes what depends on it."""
    before = {part.period.previous() for part in column.parts}
    return {report.organization_id for report in open_reports([part.task for part in column.parts], before)}


def _given_totals(part: ColumnPart, role: str = "total") -> set[int]:
    measure = part.measure(role)
    rows = part.task.submissions.filter(state__in=STANDING, standing__measures__isnull=False)
    rows = rows.values_list("organization_id", "standing__measures")
    return {org_id for org_id, vector in rows if org_id not in part.excluded and is_number(measure.given_in(bytes(vector)))}


def _owing(part: ColumnPart) -> set[int]:
    rows = part.task.submissions.exclude(state=State.EXEMPT).values_list("organization_id", "unit_category")
    return {org_id for org_id, category in rows if part.line.asks(category) and org_id not in part.excluded}


def _names_of(org_ids: set[int], org: Organization, column: ColumnPlan) -> list[str]:
    if not org_ids:
        return []
    return _names_on(org_ids, org, column.parts[-1].period.last_day)


def _names_on(org_ids: set[int], org: Organization, day: date) -> list[str]:
    """The names of the organizations on the day, for those in the branch, by their codes."""
    nodes = sorted(forest_on(org, day).nodes.values(), key=lambda node: node.code)
    named = [node.name for node in nodes if node.id in org_ids]
    return named if nodes or org.id not in org_ids else [org.name]


def repeated_answers(left_out: Sequence[tuple[ColumnPlan, LeftOut]], org: Organization) -> Iterator[str]:
    """One sentence per figure and form about units whose figure is not added, because another form already answers for them."""
    units: dict[tuple[str, str], set[int]] = defaultdict(set)
    days = [column.period.last_day for column, _one in left_out]
    for column, one in left_out:
        units[f"{column.code}:{column.item}" if column.item else column.code, one.form] |= one.units
    names = _names_below(set().union(*units.values()), org, max(days)) if units else {}
    for (key, form), org_ids in units.items():
        shown = [names[org_id] for org_id in sorted(org_ids & names.keys())]
        if shown:
            yield (
                _(
                    "%(key)s is also asked on form %(form)s of units that another form answers for; there it is not added: %(units)s."
                )
                % {"key": key, "form": form, "units": _shortened(shown)}
            )


def _names_below(org_ids: set[int], org: Organization, day: date) -> dict[int, str]:
    """Names of those organizations that were ever at or below another one."""
    path = standing_path(org.id, day)
    rows = Placement.objects.filter(organization_id__in=org_ids, path__gte=path, path__lt=after_branch(path)) if path else ()
    return dict(rows.values_list("organization_id", "organization__name").distinct()) if path else {}


def divided_answers(columns: Sequence[ColumnPlan], row_sums: RowSums, today: date) -> Iterator[str]:
    """One sentence per figure that cannot be shared among the successors of a unit; it names the unit and the day of the split."""
    found = {f"{column.code} {column.line.name}": divided_units(column, row_sums) for column in columns if column.parts}
    found = {name: org_ids for name, org_ids in found.items() if org_ids}
    if not found:
        return
    ends = SuccessionEnd.objects.filter(
        is_predecessor=True, organization_id__in=set().union(*found.values()), succession__kind=SuccessionKind.SPLIT,
        succession__on__lte=today,
    ).order_by("succession__on")  # fmt: skip
    days = {
        org_id: (name, day) for org_id, name, day in ends.values_list("organization_id", "organization__name", "succession__on")
    }
    for name, org_ids in found.items():
        for org_id in sorted(org_ids & days.keys()):
            unit, day = days[org_id]
            yield _("%(figure)s: not comparable after the split of %(unit)s on %(day)s.") % {
                "figure": name, "unit": unit, "day": day.isoformat(),
            }  # fmt: skip


def _shortened(names: Sequence[str]) -> str:
    return "、".join(names[:MOST_NAMES]) + ("…" if len(names) > MOST_NAMES else "")
