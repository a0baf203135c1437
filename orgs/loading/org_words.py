"""What a load of organizations changes, in words: new, renamed, moved, closed, and the affected reports."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from orgs.models import Organization
from orgs.tree.dependants import DroppedReport, PlacedReport, ReportStage, ReviewerChange
from orgs.tree.place_changes import PlaceChange, PlaceDifference
from orgs.tree.placements import ONE_DAY
from orgs.tree.span_writer import PlacingResult
from orgs.tree.spans import label_of, names_of

NAMED = 10  # units named in one sentence
Facts = Mapping[str, Mapping[str, Sequence]]  # code -> field -> old and new


def words_of(
    organizations: Mapping[str, Organization], existing: Mapping[str, Organization], changes: Facts, placed: PlacingResult
) -> dict[str, tuple[str, ...]]:
    """The texts for the fields of Loaded: `made`, `changes`, `touched`, `notes`."""
    codes = {org.pk: code for code, org in organizations.items()}
    names = _names(placed, organizations.values())
    new = [org for org in placed.changes if codes[org] not in existing]
    moved = [org for org in placed.changes if codes[org] in existing]
    return {
        "made": tuple(_opened(names[org], placed.changes[org][0], names) for org in new),
        "changes": (
            *(_facts_words(organizations[code], differing) for code, differing in changes.items()),
            *(place_words(names[org], change, names) for org in moved for change in placed.changes[org]),
        ),
        "touched": tuple(_touched_words(placed.touched, names)),
        "notes": (*_hand_over_words(placed.followed.reviewers, names), *_dropped_words(placed.followed.dropped, names)),
    }


def place_words(unit: str, change: PlaceChange, names: Mapping[int, str]) -> str:
    """The sentence about one period of days with another place than before."""
    words = {"unit": unit, "days": _days(change)}
    old, new = (_place(stands[0], names) if stands else "" for stands in (change.old, change.new))
    match change.difference:
        case PlaceDifference.OPENED:
            return _opened(unit, change, names)
        case PlaceDifference.CLOSED if change.valid_to is None:
            return _("%(unit)s closed; its last day is %(day)s.") % {**words, "day": (change.valid_from - ONE_DAY).isoformat()}
        case PlaceDifference.CLOSED:
            return _("%(unit)s without a place %(days)s; it stood under %(old)s.") % {**words, "old": old}
        case PlaceDifference.MOVED:
            return _("%(unit)s moved from %(old)s to %(new)s, %(days)s.") % {**words, "old": old, "new": new}
    return _("%(unit)s: %(views)s, %(days)s.") % {**words, "views": _views(change, names)}


def _opened(unit: str, change: PlaceChange, names: Mapping[int, str]) -> str:
    if change.new[0] is None:
        return _("%(unit)s at the top of the tree, %(days)s.") % {"unit": unit, "days": _days(change)}
    words = {"unit": unit, "new": _place(change.new[0], names), "days": _days(change)}
    return _("%(unit)s placed under %(new)s, %(days)s.") % words


def _views(change: PlaceChange, names: Mapping[int, str]) -> str:
    labels = (_("District"), _("Industry line"))
    none = _("none")
    pairs = zip(labels, change.old[1:], change.new[1:], strict=True)
    return _("; ").join(f"{label} {names.get(old, none)} → {names.get(new, none)}" for label, old, new in pairs if old != new)


def _place(parent: int | None, names: Mapping[int, str]) -> str:
    return names[parent] if parent else _("the top of the tree")


def _days(change: PlaceChange) -> str:
    first = change.valid_from.isoformat()
    if change.valid_to is None:
        return _("from %(first)s on") % {"first": first}
    return _("from %(first)s to %(last)s") % {"first": first, "last": change.valid_to.isoformat()}


def _facts_words(organization: Organization, differing: Mapping[str, Sequence]) -> str:
    """The changed facts of one organization in words. `organization` has the new ones."""
    unit = label_of(organization)
    facts = [_fact(organization, field, *pair) for field, pair in differing.items() if field not in ("name", "initials")]
    if "name" in differing:
        facts.insert(0, _("renamed from %(old)s") % {"old": differing["name"][0]})
    return _("%(unit)s: %(facts)s.") % {"unit": unit, "facts": _("; ").join(facts)}


def _fact(organization: Organization, field: str, old, new) -> str:
    about = organization._meta.get_field(field)
    labels = dict(about.flatchoices) if about.choices else {True: _("yes"), False: _("no")} if isinstance(new, bool) else {}
    return f"{about.verbose_name} {labels.get(old, old) or '—'} → {labels.get(new, new)}"


def _touched_words(reports: Iterable[PlacedReport], names: Mapping[int, str]) -> Iterable[str]:
    """One sentence per form and period."""
    sentence = _("Reports touched: %(form)s %(period)s (%(counts)s), which count where the unit stands on %(day)s: %(units)s.")
    ordered = sorted(reports, key=lambda report: (report.day, report.form, report.period))
    for (day, form, period), group in groupby(ordered, key=lambda report: (report.day, report.form, report.period)):
        found = list(group)
        stages = Counter(report.stage for report in found)
        counts = [
            _("%(n)d approved") % {"n": stages[ReportStage.APPROVED]},
            _("%(n)d sent in") % {"n": stages[ReportStage.SENT_IN]},
        ]
        counted = [
            text for text, stage in zip(counts, (ReportStage.APPROVED, ReportStage.SENT_IN), strict=True) if stages[stage]
        ]
        units = _listed([names[report.organization] for report in found])
        words = {"form": form, "period": period, "day": day.isoformat(), "counts": _(", ").join(counted), "units": units}
        yield sentence % words


def _hand_over_words(changes: Iterable[ReviewerChange], names: Mapping[int, str]) -> Iterable[str]:
    def kind(change: ReviewerChange) -> tuple:
        return change.form, change.period, change.old, change.new

    for (form, period, old, new), group in groupby(sorted(changes, key=kind), key=kind):
        words = {"form": form, "period": period, "old": names[old], "new": names[new]}
        units = _listed([names[change.organization] for change in group])
        yield _(
            "%(form)s %(period)s waits for the review of %(new)s now, not of %(old)s; both see it on their pages: %(units)s."
        ) % {**words, "units": units}


def _dropped_words(reports: Iterable[DroppedReport], names: Mapping[int, str]) -> Iterable[str]:
    def kind(report: DroppedReport) -> tuple:
        return report.form, report.period

    for (form, period), group in groupby(sorted(reports, key=kind), key=kind):
        units = _listed([names[report.organization] for report in group])
        words = {"form": form, "period": period, "units": units}
        yield _("%(form)s %(period)s is no longer expected, and nothing was filled in yet: %(units)s.") % words


def _listed(units: Sequence[str]) -> str:
    listed = _(", ").join(units[:NAMED])
    more = len(units) - NAMED
    return _("%(units)s and %(more)d more") % {"units": listed, "more": more} if more > 0 else listed


def _names(placed: PlacingResult, loaded: Iterable[Organization]) -> dict[int, str]:
    """Names of all organizations in the sentences; those of the file are known."""
    names = {org.pk: label_of(org) for org in loaded}
    wanted = {report.organization for report in placed.touched}
    for change in (change for changes in placed.changes.values() for change in changes):
        wanted |= {org for stands in (change.old, change.new) if stands for org in stands if org}
    for handed in placed.followed.reviewers:
        wanted |= {handed.organization, handed.old, handed.new}
    wanted |= {report.organization for report in placed.followed.dropped}
    return names | names_of(wanted - names.keys())
