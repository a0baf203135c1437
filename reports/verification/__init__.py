"""Recomputes and checks everything that must hold; each check is a function that yields one sentence per failure."""

from collections.abc import Callable, Iterable

from reports.verification.audits import audit_is_unbroken
from reports.verification.corrections import (
    approved_reports_change_by_corrections_alone,
    corrections_are_noted,
    corrections_change_what_they_say,
)
from reports.verification.definitions import definitions_follow_their_days, unlike_figures_are_apart
from reports.verification.ledgers import every_unit_stands_in_the_tree, states_fit_their_versions
from reports.verification.places import paths_follow_parents, places_do_not_overlap
from reports.verification.releases import releases_are_as_issued
from reports.verification.sums import kept_sums_equal_the_documents
from reports.verification.trails import (
    days_of_tasks_follow_the_trail,
    posts_follow_the_trail,
    reviews_and_states_follow_the_trail,
)
from reports.verification.versions import sealed_versions_are_as_sealed, trail_gives_the_figures

CHECKS: tuple[Callable[[], Iterable[str]], ...] = (
    audit_is_unbroken,
    places_do_not_overlap,
    paths_follow_parents,
    every_unit_stands_in_the_tree,
    states_fit_their_versions,
    sealed_versions_are_as_sealed,
    trail_gives_the_figures,
    reviews_and_states_follow_the_trail,
    posts_follow_the_trail,
    days_of_tasks_follow_the_trail,
    corrections_change_what_they_say,
    approved_reports_change_by_corrections_alone,
    corrections_are_noted,
    definitions_follow_their_days,
    unlike_figures_are_apart,
    kept_sums_equal_the_documents,
    releases_are_as_issued,
)
