"""Recomputes and checks everything that must hold; each check is a function that yields one sentence per failure."""

from collections.abc import Callable, Iterable

from reports.verifying.audits import audit_is_unbroken
from reports.verifying.ledgers import every_unit_stands_in_the_tree, states_fit_their_versions
from reports.verifying.places import paths_follow_parents, places_do_not_overlap
from reports.verifying.sums import kept_sums_equal_the_documents
from reports.verifying.versions import sealed_versions_are_as_sealed, trail_gives_the_figures

CHECKS: tuple[Callable[[], Iterable[str]], ...] = (
    audit_is_unbroken,
    places_do_not_overlap,
    paths_follow_parents,
    every_unit_stands_in_the_tree,
    states_fit_their_versions,
    sealed_versions_are_as_sealed,
    trail_gives_the_figures,
    kept_sums_equal_the_documents,
)
