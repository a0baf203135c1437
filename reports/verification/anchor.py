"""The anchor: the last event of each audit chain, kept in a file outside the database.

Whoever can write to the database can cut the last events of a chain and set its head back; every link that is left still
fits. A file on another disk, to which only the operator writes, shows it.

One line per chain and run: moment, chain, number of the last event, its hash, parted by tabs.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from audit.models import ChainHead, Event
from orgs.moments import one_moment


class Anchor(NamedTuple):
    """The last event of one chain at some moment."""

    at: str
    chain: int
    sequence: int
    hash: str


class BadAnchor(ValueError):
    """A line of the file is no anchor; the message says which."""


def read_anchors(path: Path) -> list[Anchor]:
    """Every line of the file; none where there is no file yet. Raises BadAnchor."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [_anchor(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _anchor(path: Path, number: int, line: str) -> Anchor:
    fields = line.split("\t")
    if len(fields) != 4 or not (fields[1].isascii() and fields[1].isdigit() and fields[2].isascii() and fields[2].isdigit()):
        sentence = _("%(file)s, line %(line)s is no anchor: it has a moment, a chain, a number and a hash, parted by tabs.")
        raise BadAnchor(sentence % {"file": path, "line": number})
    return Anchor(fields[0], int(fields[1]), int(fields[2]), fields[3])


@one_moment()
def differences_from(anchors: Iterable[Anchor]) -> list[str]:
    """A sentence for each anchored event that is gone or says something else now."""
    return list(_differences(anchors))


def _differences(anchors: Iterable[Anchor]) -> Iterator[str]:
    for anchor in dict.fromkeys(anchors):
        found = Event.objects.filter(chain=anchor.chain, sequence=anchor.sequence).values_list("hash", flat=True).first()
        words = anchor._asdict()
        if found is None:
            yield _("Audit chain %(chain)s: event %(sequence)s, anchored at %(at)s, is gone.") % words
        elif found != anchor.hash:
            yield _("Audit chain %(chain)s: event %(sequence)s is another one than was anchored at %(at)s.") % words


@one_moment()
def present_anchors(at: datetime) -> list[Anchor]:
    """The last event of each chain that has any."""
    heads = ChainHead.objects.filter(sequence__gt=0).order_by("chain")
    return [Anchor(at.isoformat(timespec="seconds"), head.chain, head.sequence, head.hash) for head in heads]


def add_anchors(path: Path, anchors: Iterable[Anchor]) -> None:
    """Adds lines to the file; what is there stays."""
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{anchor.at}\t{anchor.chain}\t{anchor.sequence}\t{anchor.hash}\n" for anchor in anchors)
