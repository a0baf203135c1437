"""A trend as the points of a small line, drawn by the server so that it needs no script."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT, EDGE = 120, 26, 3


@dataclass(frozen=True)
class Spark:
    """`lines`: the points of each unbroken stretch ("3,20 60,4"); `last`: where the latest value stands, or None.

    `hollow`: where values stand that are not complete; the latest is among them where it is not.
    """

    lines: tuple[str, ...]
    last: tuple[str, str] | None
    hollow: tuple[tuple[str, str], ...] = ()


def spark(
    values: Sequence[Decimal | None], complete: Sequence[bool], sparse: Collection[int] = (), breaks: Collection[int] = ()
) -> Spark:
    """Oldest first; a period without a figure breaks the line instead of being bridged. Fewer than two values draw nothing.

    `breaks`: the places before which the line breaks, because the definition changed.
    `sparse`: the places of values to which no line leads, because most of what they are made of is still missing.
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return Spark((), None)
    points = [None if value is None else (_x(at, len(values)), _y(value, known)) for at, value in enumerate(values)]
    stretches: list[list[tuple[str, str]]] = [[]]
    for at, point in enumerate(points):
        if point is None or at in sparse or at in breaks:
            stretches.append([])
        if point is not None and at not in sparse:
            stretches[-1].append(point)
    lines = tuple(" ".join(f"{x},{y}" for x, y in stretch) for stretch in stretches if len(stretch) > 1)
    hollow = tuple(point for point, whole in zip(points, complete, strict=True) if point is not None and not whole)
    return Spark(lines, points[-1], hollow)


def _x(at: int, size: int) -> str:
    return f"{EDGE + (WIDTH - 2 * EDGE) * at / (size - 1):.1f}"


def _y(value: Decimal, known: Sequence[Decimal]) -> str:
    """The least at the bottom, the greatest at the top; a level trend runs through the middle."""
    low, high = min(known), max(known)
    share = float((value - low) / (high - low)) if high > low else 0.5
    return f"{HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * share:.1f}"
