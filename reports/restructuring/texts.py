"""A rehearsal in sentences, in groups: organizations; reports touched; past periods; open tasks and reviews."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from indicators.periods import Period
from orgs.choices import UnitCategory
from orgs.loading.org_words import place_words
from orgs.models import Organization, Succession
from orgs.tree.dependants import ReportStage
from orgs.tree.spans import label_of
from reports.figures.sums.aggregation import THEN
from reports.restructuring.figure_changes import TREES, FigureChange
from reports.restructuring.rehearsal import FactChange, Rehearsal, RehearsedChange, TouchedReport

MOST_FIGURES = 200  # of one period and tree
NAMED = 10


def rehearsal_lines(rehearsal: Rehearsal, *, is_trial: bool) -> list[str]:
    """Every group under its head; a group in which nothing happens says so.

    `is_trial`: a change has no number yet; what was done is said without the figures, which were rehearsed before.
    """
    groups = [
        (_("Organizations"), list(organization_lines(rehearsal, with_numbers=not is_trial))),
        (_("Reports touched"), list(report_lines(rehearsal))),
        (_("Open tasks and reviews"), list(task_lines(rehearsal))),
    ]
    if is_trial:
        groups.insert(2, (_("Figures of past periods"), list(_figure_lines(rehearsal))))
    lines = []
    for head, found in groups:
        lines += ["", f"== {head}", *(found or [_("Nothing changes.")])]
    return lines[1:]


def change_line(change: RehearsedChange, rehearsal: Rehearsal, *, with_number: bool = True) -> str:
    """No. 12: 2026-07-01 merged 甲村 (V1), 乙村 (V2) → 新村 (V9); 县组〔2026〕5号."""
    before, after = (_listed((rehearsal.names[org] for org in orgs), most=None) for orgs in (change.before, change.after))
    who = before if change.before == change.after or not after else f"{before} → {after}" if before else after
    words = {"number": change.number, "day": change.on.isoformat(), "kind": change.kind.label, "who": who}
    line = (_("No. %(number)d: %(day)s %(kind)s %(who)s") if with_number else _("%(day)s %(kind)s %(who)s")) % words
    return f"{line}; {change.note}" if change.note else line


def units_of(succession: Succession) -> tuple[str, ...]:
    """Those before and, where they are others, an arrow and those after; of many the first are named. `ends` are prefetched."""
    ends = sorted(succession.ends.all(), key=lambda end: end.pk)
    before, after = ([end.organization for end in ends if end.is_predecessor == side] for side in (True, False))
    if before == after or not (before and after):
        return (_listed(label_of(org) for org in before or after),)
    return (_listed(label_of(org) for org in before), "→ " + _listed(label_of(org) for org in after))


def counts_line(rehearsal: Rehearsal) -> str:
    """How much was done, and how much had been before."""
    words = {"done": len(rehearsal.changes), "unchanged": rehearsal.unchanged}
    return _("Changes of organizations: %(done)d made, %(unchanged)d rows as they were.") % words


def organization_lines(rehearsal: Rehearsal, *, with_numbers: bool) -> Iterator[str]:
    """Each change, and below it, indented, what it does to places and facts."""
    for change in rehearsal.changes:
        yield change_line(change, rehearsal, with_number=with_numbers)
        for org, found in change.places.items():
            for place in found:
                yield "   " + place_words(rehearsal.names[org], place, rehearsal.names)
        for org, category in change.categories.items():
            words = {"unit": rehearsal.names[org], "category": UnitCategory(category).label}
            yield "   " + _("%(unit)s: unit category %(category)s.") % words
        for fact in change.facts:
            yield "   " + _fact_words(fact, rehearsal)


def _fact_words(fact: FactChange, rehearsal: Rehearsal) -> str:
    field = Organization._meta.get_field(fact.field)
    labels = dict(field.flatchoices)
    words = {"unit": rehearsal.names[fact.organization], "field": field.verbose_name}
    return _("%(unit)s: %(field)s %(old)s → %(new)s.") % {
        **words, "old": labels.get(fact.old, fact.old), "new": labels.get(fact.new, fact.new),
    }  # fmt: skip


def report_lines(rehearsal: Rehearsal) -> Iterator[str]:
    """What becomes of reports that were sent in, or begun."""
    kept = _(
        "%(form)s %(period)s: reports stand and go on counting where their unit stood (%(counts)s): %(units)s. "
        "On %(day)s the unit stands nowhere any more."
    )
    moved = _("%(form)s %(period)s: reports count where their unit stands on %(day)s now (%(counts)s): %(units)s.")

    def kind(touched: TouchedReport) -> tuple:
        return touched.report.day, touched.report.form, touched.report.period, touched.is_kept

    for (day, form, period, is_kept), group in groupby(sorted(rehearsal.reports, key=kind), key=kind):
        reports = [touched.report for touched in group]
        approved = sum(report.stage == ReportStage.APPROVED for report in reports)
        numbers = ((_("%(n)d approved"), approved), (_("%(n)d sent in"), len(reports) - approved))
        counts = [text % {"n": number} for text, number in numbers if number]
        words = {"form": form, "period": period, "day": day.isoformat(), "counts": _(", ").join(counts)}
        yield (kept if is_kept else moved) % {**words, "units": _units(rehearsal, (report.organization for report in reports))}
    yield from _per_form(
        rehearsal.followed.exempted, rehearsal, lambda: _("%(form)s %(period)s: exempted, with the reason kept: %(units)s.")
    )


def _figure_lines(rehearsal: Rehearsal) -> Iterator[str]:
    for period in rehearsal.periods:
        for tree in TREES:
            place = (period, tree)
            yield from _lines_of(
                place, [one for one in rehearsal.figures if (one.place.period, one.place.tree) == place], rehearsal
            )
    if rehearsal.periods:
        yield totals_line(rehearsal)


def totals_line(rehearsal: Rehearsal) -> str:
    """Whether any total of the county changes."""
    if totals := rehearsal.county_totals:
        return _("County totals of past periods: %(count)d change; see above.") % {"count": len(totals)}
    return _("County totals of past periods: none changes.")


def _lines_of(place: tuple[Period, str], found: list[FigureChange], rehearsal: Rehearsal) -> Iterator[str]:
    """One period under one tree: its head, and below each organization its figures."""
    head = tree_head(*place, rehearsal)
    if not found:
        yield _("%(head)s: no figure changes.") % {"head": head}
        return
    yield _("%(head)s:") % {"head": head}
    for (code, name), group in groupby(found[:MOST_FIGURES], key=lambda change: (change.place.row, change.organization)):
        yield f"   {name} ({code})" if code else f"   {name}"
        yield from ("      " + _figure_words(change) for change in group)
    if (more := len(found) - MOST_FIGURES) > 0:
        yield "   " + _("and %(count)d more figures") % {"count": more}


def tree_head(period: Period, tree: str, rehearsal: Rehearsal) -> str:
    """The period with the tree under which its figures are added up."""
    head = _("%(period)s, tree of then") if tree == THEN else _("%(period)s, tree of %(day)s")
    return head % {"period": period.label, "day": rehearsal.today.isoformat()}


def _figure_words(change: FigureChange) -> str:
    blank = _("(empty)")
    words = {
        "name": change.name, "key": change.place.key, "old": change.before or blank, "new": change.after or blank,
        "measure": change.unit, "rule": change.rule.text,
        "estimated": _(" (estimated)") if change.is_estimated else "",
    }  # fmt: skip
    return _("%(key)s %(name)s (%(measure)s): %(old)s → %(new)s%(estimated)s [%(rule)s]") % words


def task_lines(rehearsal: Rehearsal) -> Iterator[str]:
    """Who reviews now, who is asked newly, who no more."""
    followed = rehearsal.followed
    waits = _("%(form)s %(period)s waits for the review of %(new)s now, not of %(old)s; both see it on their pages: %(units)s.")

    def kind(change) -> tuple:
        return change.form, change.period, change.old, change.new

    for (form, period, old, new), group in groupby(sorted(followed.reviewers, key=kind), key=kind):
        words = {"form": form, "period": period, "old": rehearsal.names[old], "new": rehearsal.names[new]}
        yield waits % {**words, "units": _units(rehearsal, (change.organization for change in group))}
    yield from _per_form(followed.expected, rehearsal, lambda: _("%(form)s %(period)s is asked newly of: %(units)s."))
    yield from _per_form(
        followed.dropped,
        rehearsal,
        lambda: _("%(form)s %(period)s is no longer expected, and nothing was filled in yet: %(units)s."),
    )


def _per_form(reports: Iterable, rehearsal: Rehearsal, sentence: Callable[[], str]) -> Iterator[str]:
    def kind(report) -> tuple:
        return report.form, report.period

    for (form, period), group in groupby(sorted(reports, key=kind), key=kind):
        units = _units(rehearsal, (report.organization for report in group))
        yield sentence() % {"form": form, "period": period, "units": units}


def _units(rehearsal: Rehearsal, organization_ids: Iterable[int]) -> str:
    return _listed(rehearsal.names[org] for org in dict.fromkeys(organization_ids))


def _listed(names: Iterable[str], most: int | None = NAMED) -> str:
    names = list(names)
    more = len(names) - most if most else 0
    listed = _(", ").join(names[:most])
    return _("%(units)s and %(more)d more") % {"units": listed, "more": more} if more > 0 else listed
