"""States how many units are behind the figures of a filled table: one sentence, or one per different number."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.external.bindings.bindings import FIGURE, THIS, Binding
from reports.external.filling.answers import BindingAnswers
from reports.figures.answers.figure_query import figures
from reports.figures.output.cells import APPROVED
from reports.figures.plan.query_plan import View
from reports.figures.plan.rows import SELF


@dataclass(frozen=True)
class TableCoverage:
    """The coverage of some indicators.

    `names`: of the indicators; empty where all of the table have the same numbers. `done`: the word of the basis, approved or
    sent in.
    """

    names: tuple[str, ...]
    done: int
    expected: int
    sentence: str


def coverage_of(answers: BindingAnswers, bindings: Mapping[str, Binding]) -> tuple[TableCoverage, ...]:
    """The coverage of the filled period for everything below the organization.

    `misfits` lists indicators that were not asked for.
    """
    occasion = answers.occasion
    keys_by_basis: dict[str, set[str]] = defaultdict(set)
    for address, binding in bindings.items():
        answer = answers.found.get(address)
        if binding.kind == FIGURE and binding.period == THIS and answer is not None and not answer.refusal:
            keys_by_basis[binding.basis or occasion.basis].add(binding.key)
    return tuple(one for basis, keys in keys_by_basis.items() for one in _of_basis(answers, sorted(keys), basis))


def _of_basis(answers: BindingAnswers, keys: list[str], basis: str) -> list[TableCoverage]:
    occasion = answers.occasion
    grid = figures(
        keys, periods=[occasion.period], org=occasion.org, by=SELF, basis=basis, view=View(), tree=occasion.tree, today=occasion.today
    )  # fmt: skip
    by_count: dict[tuple[int, int], list[str]] = defaultdict(list)
    for column, cell in zip(grid.columns, grid.rows[0].cells, strict=True):
        by_count[cell.approved if basis == APPROVED else cell.reported, cell.expected].append(column.name)
    is_one = len(by_count) == 1
    return [_coverage(() if is_one else tuple(names), done, expected, basis) for (done, expected), names in by_count.items()]


def _coverage(names: tuple[str, ...], done: int, expected: int, basis: str) -> TableCoverage:
    sentence = _("%(done)s of %(expected)s approved") if basis == APPROVED else _("%(done)s of %(expected)s sent in")
    sentence = sentence % {"done": done, "expected": expected}
    return TableCoverage(
        names,
        done,
        expected,
        _("%(names)s: %(said)s") % {"names": _(", ").join(names), "said": sentence} if names else sentence,
    )
