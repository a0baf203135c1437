"""Files that people send -> ReadWorkbook: the one way in. Parsing happens in child processes; knows no Django and no meaning."""

from collections import deque
from collections.abc import Iterable, Iterator

from spreadsheets import limits
from spreadsheets.ooxml.refusals import GAVE_UP, KINDS, TOO_LARGE, Refusal, refused
from spreadsheets.read import worker_pool
from spreadsheets.read.parser import SECOND_READER
from spreadsheets.read.wire_format import Flat, flat_refusal, unflattened
from spreadsheets.read.workbook import ReadWorkbook, Unreadable

__all__ = ["read_file", "read_files"]

Outcome = ReadWorkbook | Unreadable


def read_file(content: bytes, name: str) -> ReadWorkbook:
    """One file, whatever it is. Raises Unreadable with the kind and the sentence. `name` decides nothing but .et and .csv."""
    outcome = _outcome(_Asked(name, content).told())
    if isinstance(outcome, Unreadable):
        raise outcome
    return outcome


def read_files(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, Outcome]]:
    """Many files in their order; the children work ahead while the caller is busy with what was read."""
    waiting: deque[_Asked] = deque()
    for name, content in files:
        if len(waiting) < limits.CHILDREN:
            waiting.append(_Asked(name, content))
            continue
        oldest = waiting.popleft()
        told = oldest.told()
        waiting.append(_Asked(name, content))  # before the caller takes the answer, so that no child stands idle
        yield oldest.name, _outcome(told)
    for asked in waiting:
        yield asked.name, _outcome(asked.told())


class _Asked:
    """A file that was given to a child, or is too large to be given to anyone."""

    def __init__(self, name: str, content: bytes):
        self.name = name[-limits.NAME_CHARACTERS :]
        self._content = content
        self._question = None if len(content) > limits.UPLOAD_BYTES else worker_pool.ask(self.name, content)

    def told(self) -> Flat:
        if self._question is None:
            return flat_refusal(Refusal("too large", TOO_LARGE, limit=limits.UPLOAD_BYTES // limits.MEBIBYTE))
        told = self._question.answer()
        return self._told_a_second_way(told[SECOND_READER]) if SECOND_READER in told else told

    def _told_a_second_way(self, kind: str) -> Flat:
        try:
            return worker_pool.ask_second(self.name, self._content)
        except Refusal as refusal:  # the second reader ends its process on some files
            return flat_refusal(refused(kind) if kind in KINDS and refusal.message == GAVE_UP else refusal)


def _outcome(told: Flat) -> Outcome:
    try:
        return unflattened(told)
    except Refusal as refusal:
        return Unreadable(refusal.kind, refusal.said())
