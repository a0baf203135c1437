"""Verifies every audit chain from its first event and lists each event that was changed, removed or added, and missing locks."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from audit.models import ChainHead, Event
from audit.recorder import hash_of
from audit.write_guard import missing_locks


@dataclass(frozen=True)
class BrokenChain:
    """One place where the audit is not what it was. `sequence` 0: the whole chain, or (chain -1) the database."""

    chain: int
    sequence: int
    problem: str

    def __str__(self) -> str:
        return f"audit chain {self.chain}, event {self.sequence}: {self.problem}"


def broken_links() -> list[BrokenChain]:
    """Everything wrong with the audit, in the order of the chains; empty where all is well. Reads every event once."""
    found = [BrokenChain(-1, 0, f"the database lost its lock {name}") for name in missing_locks()]
    heads = {head.chain: head for head in ChainHead.objects.all()}
    events = Event.objects.order_by("chain", "sequence").iterator(chunk_size=2000)
    for chain, links in groupby(events, key=lambda event: event.chain):
        found += _broken_in_chain(chain, links, heads.pop(chain, None))
    found += [BrokenChain(chain, 0, "all events are gone") for chain, head in heads.items() if head.sequence]
    return found


def _broken_in_chain(chain: int, links: Iterator[Event], head: ChainHead | None) -> Iterator[BrokenChain]:
    sequence, before = 0, ""
    for event in links:
        if event.sequence != sequence + 1:
            yield BrokenChain(chain, event.sequence, f"{event.sequence - sequence - 1} events before it are gone")
        elif event.previous_hash != before:
            yield BrokenChain(chain, event.sequence, "it does not carry the hash of the event before it")
        if event.hash != hash_of(event):
            yield BrokenChain(chain, event.sequence, "it says something else than when it was recorded")
        sequence, before = event.sequence, event.hash
    if head is None or (head.sequence, head.hash) != (sequence, before):
        yield BrokenChain(chain, sequence, "it is not the last event that was recorded")
