"""Lists what does not fit into an upper level's table, figures and cells, each as a sentence with its figures."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from orgs.tree.trees import Tree
from reports.external.bindings.bindings import BRANCH, FIGURE, OWN, Binding
from reports.external.filling.answers import BindingAnswers, keys_shown
from reports.external.filling.incomplete_changes import Withheld
from reports.figures.output.grid import FigureRow, Grid
from reports.figures.plan.rows import CATEGORY, CHILDREN, DISTRICT, LINE, UNITS
from spreadsheets.patch.workbook_patch import Patched


@dataclass(frozen=True)
class Misfit:
    """One sentence. `figures`: label and number of each figure; `cells`: the addresses concerned. Both may be empty."""

    sentence: str
    figures: tuple[tuple[str, str], ...] = ()
    cells: tuple[str, ...] = ()


def misfits_of(answers: BindingAnswers, bindings: Mapping[str, Binding]) -> list[Misfit]:
    """All misfits: cells without an answer, by reason; then units and groups for which the table has no row."""
    figure_bindings = {address: binding for address, binding in bindings.items() if binding.kind == FIGURE}
    found = [*_without_answer(answers)]
    for by in (DISTRICT, LINE, CATEGORY):
        found += _other_groups(
            answers, by, {address: binding for address, binding in figure_bindings.items() if binding.by == by}
        )
    named = {address: binding for address, binding in figure_bindings.items() if binding.by in (BRANCH, OWN)}
    return [*found, *_other_units(answers, named)]


def _without_answer(answers: BindingAnswers) -> Iterator[Misfit]:
    cells: dict[str, list[str]] = {}
    for address, answer in answers.found.items():
        if answer.refusal:
            cells.setdefault(answer.refusal, []).append(address)
    for refusal, addresses in cells.items():
        sentence = _("%(cells)s stay empty: %(why)s.") % {"cells": few(addresses), "why": refusal}
        yield Misfit(sentence, cells=tuple(addresses))


def few(addresses: Collection[str]) -> str:
    """The first four addresses, and how many more there are."""
    shown = _(", ").join(list(addresses)[:4])
    return shown if len(addresses) <= 4 else _("%(cells)s and %(count)s more") % {"cells": shown, "count": len(addresses) - 4}


def _other_groups(answers: BindingAnswers, by: str, bindings: Mapping[str, Binding]) -> Iterator[Misfit]:
    """Groups that have figures but no row in the table."""
    known, keys = {binding.org for binding in bindings.values()}, keys_shown(bindings.values())
    for row, figures in _rows_with_figures(answers, (by,), keys) if bindings else ():
        if row.kind == "group" and row.org not in known:
            yield Misfit(_("%(name)s has figures, but no place in the table.") % {"name": row.name}, figures)


def _other_units(answers: BindingAnswers, bindings: Mapping[str, Binding]) -> Iterator[Misfit]:
    """Units that have figures while the table has a row neither for them nor for an organization above them."""
    occasion = answers.occasion
    known = {binding.org for binding in bindings.values() if binding.org} - {occasion.org.code}
    if not known:  # a table about the organization alone has no rows for units
        return
    tree = answers.tree_of(occasion.period)
    held = {org_id for code in known if (org_id := answers.place_of(code, occasion.period)) is not None}
    above_held = {node.id for org_id in held for node in tree.ancestors(org_id)}
    ids = {node.code: node.id for node in tree.nodes.values()}
    for row, figures in _rows_with_figures(answers, (UNITS, CHILDREN), keys_shown(bindings.values())):
        org_id = ids.get(row.org)  # None: closed in the meantime
        is_of_table = row.kind in ("total", "group") or org_id == occasion.org.id
        if is_of_table or (org_id is not None and _has_place(tree, org_id, held)):
            continue
        if row.kind != "subtotal" or org_id not in above_held:
            held |= {org_id} if row.kind == "subtotal" else set()
            yield Misfit(_("%(name)s (%(code)s) has figures, but no place in the table.") % _named(row), figures)


def _has_place(tree: Tree, org_id: int, held: Collection[int]) -> bool:
    """Whether the table has a row for the unit or an organization above it, or the unit is listed already."""
    return org_id in held or any(node.id in held for node in tree.ancestors(org_id))


def _named(row: FigureRow) -> dict[str, str]:
    return {"name": row.name, "code": row.org}


def _rows_with_figures(
    answers: BindingAnswers, groupings: Iterable[str], keys: Collection[str]
) -> Iterator[tuple[FigureRow, tuple[tuple[str, str], ...]]]:
    """Rows of the table's own organization and period that have any of the figures, each row once."""
    seen: set[tuple[str, str]] = set()
    for by in groupings:
        for question, grid in answers.grids.items():
            if question.by != by or question.top != answers.occasion.org.code:
                continue
            for row in grid.rows:
                figures = tuple(_figures(grid, row, keys, str(answers.occasion.period)))
                if figures and (row.org, row.kind) not in seen:
                    seen.add((row.org, row.kind))
                    yield row, figures


def _figures(grid: Grid, row: FigureRow, keys: Collection[str], period: str) -> Iterator[tuple[str, str]]:
    for column, cell in zip(grid.columns, row.cells, strict=True):
        if column.period == period and column.key in keys and (cell.text or cell.reported):
            yield f"{column.name} ({column.unit})", cell.text


def withheld_of(withheld: Iterable[Withheld], bindings: Mapping[str, Binding]) -> Iterator[Misfit]:
    """Changes that are left out because a sum is not complete, by figure and by number of units."""
    cells: dict[tuple[str, int, int, int], list[str]] = {}
    for one in withheld:
        same = one.same_units
        cells.setdefault((bindings[one.address].key, same.here, same.there, same.units), []).append(one.address)
    sentence = _(
        "%(cells)s stay empty: the change of %(key)s would be made from different units: %(here)s answered in this period, %(there)s "
        "in the one compared with, %(both)s in both."
    )
    few_units = _(
        "%(cells)s stay empty: not every unit that owes %(key)s has answered; %(both)s did in this period, the same as in the one "
        "compared with."
    )
    for (key, here, there, both), addresses in cells.items():
        words = {"cells": few(addresses), "key": key, "here": here, "there": there, "both": both}
        yield Misfit((few_units if here == there == both else sentence) % words, cells=tuple(addresses))


def waiting_of(bindings: Mapping[str, Binding]) -> Iterator[Misfit]:
    """Proposals that nobody has confirmed, the likely ones listed separately."""
    likely = tuple(address for address, one in bindings.items() if one.is_likely)
    sure = tuple(address for address, one in bindings.items() if one.is_proposed and not one.is_likely)
    if sure:
        yield Misfit(
            _("Bindings that nobody has confirmed, their cells stay empty: %(cells)s.") % {"cells": few(sure)}, cells=sure
        )
    if likely:
        sentence = _("Bindings that are only likely and that nobody has confirmed, their cells stay as they are: %(cells)s.")
        yield Misfit(sentence % {"cells": few(likely)}, cells=likely)


def left_of(made: Patched, numbers: Collection[str]) -> list[Misfit]:
    """What filling leaves in the table.

    Numbers of the template, totals over empty cells, formulas of the file, formulas without result.
    """
    totals = tuple(made.over_unfilled)
    empty = list(dict.fromkeys(cell for cells in made.over_unfilled.values() for cell in cells))
    found = [
        (numbers, _("Numbers that stand in the table already and stay: %(cells)s.") % {"cells": few(numbers)}),
        (
            totals,
            _("Totals over cells that are not filled: %(cells)s add up %(empty)s, which stay empty.")
            % {"cells": few(totals), "empty": few(empty)},
        ),
        (made.kept, _("Cells that hold a formula of the table, which stays: %(cells)s.") % {"cells": few(made.kept)}),
        (
            made.uncomputed,
            _("Formulas whose result appears only when the file is opened and saved: %(cells)s.")
            % {"cells": few(made.uncomputed)},
        ),
    ]
    return [Misfit(sentence, cells=tuple(cells)) for cells, sentence in found if cells]
