"""SUMIF, COUNTIF and similar functions: values selected by the cells beside them."""

from collections.abc import Iterator
from decimal import Decimal

from spreadsheets.formulas.amounts import Arguments, areas_of, numbers_among, total
from spreadsheets.formulas.criteria import meets
from spreadsheets.formulas.nodes import Scope
from spreadsheets.formulas.values import VALUE, Area, Failed, Scalar


def _chosen(scope: Scope, pairs: list[tuple[Area, Scalar]], like: Area) -> Iterator[tuple[int, int]]:
    """The offsets into areas of one shape at which every criterion is met."""
    used = scope.cells.used(like)
    for row in range(used.top, used.bottom + 1):
        for column in range(used.left, used.right + 1):
            offset = row - like.top, column - like.left
            if all(meets(_at(scope, area, offset), criterion) for area, criterion in pairs):
                yield offset


def _at(scope: Scope, area: Area, offset: tuple[int, int]) -> Scalar:
    return scope.cells.value(area.sheet, area.top + offset[0], area.left + offset[1])


def _matching(scope: Scope, arguments: Arguments, *more: Area) -> tuple[list[tuple[Area, Scalar]], Area]:
    """The areas with their criteria, and the area whose sheet has most used cells; cells beyond it are blank in all of them."""
    areas = areas_of(scope, *arguments[::2])
    if len({area.shape for area in (*areas, *more)}) != 1 or len(arguments) % 2:
        raise Failed(VALUE)
    criteria = [scope.scalar(node.value(scope)) for node in arguments[1::2]]
    widest = max((*areas, *more), key=lambda area: scope.cells.used(area).shape)
    return list(zip(areas, criteria, strict=True)), widest


def sum_if(scope: Scope, arguments: Arguments, rule=total) -> Decimal:
    """Computes SUMIF or AVERAGEIF; the parser has given the added area the shape of the tested one."""
    return sum_ifs(scope, (arguments[-1] if len(arguments) > 2 else arguments[0], *arguments[:2]), rule)


def sum_ifs(scope: Scope, arguments: Arguments, rule=total) -> Decimal:
    added = areas_of(scope, arguments[0])[0]
    pairs, like = _matching(scope, arguments[1:], added)
    return rule(_numbers_at(scope, added, _chosen(scope, pairs, like)))


def _numbers_at(scope: Scope, area: Area, offsets: Iterator[tuple[int, int]]) -> Iterator[Decimal]:
    return numbers_among(_at(scope, area, offset) for offset in offsets)


def count_ifs(scope: Scope, arguments: Arguments) -> Decimal:
    pairs, like = _matching(scope, arguments)
    counted = sum(1 for _offset in _chosen(scope, pairs, like))
    if all(meets(None, criterion) for _area, criterion in pairs):
        height, width = like.shape
        used = scope.cells.used(like).shape
        counted += height * width - used[0] * used[1]
    return Decimal(counted)
