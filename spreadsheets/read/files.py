"""Reads files that people send into ReadWorkbook, the one entry for uploads; parsing happens in child processes."""

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
    """Reads one file of any kind. Raises Unreadable with the kind and the sentence. `name` matters only for .et and .csv."""
    outcome = _outcome(_PendingFile(name, content).answer())
    if isinstance(outcome, Unreadable):
        raise outcome
    return outcome


def read_files(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, Outcome]]:
    """Reads many files in their order; the children work ahead while the caller uses earlier results."""
    waiting: deque[_PendingFile] = deque()
    for name, content in files:
        if len(waiting) < limits.CHILDREN:
            waiting.append(_PendingFile(name, content))
            continue
        oldest = waiting.popleft()
        answer = oldest.answer()
        waiting.append(_PendingFile(name, content))  # before the caller takes the answer, so that no child is idle
        yield oldest.name, _outcome(answer)
    for pending in waiting:
        yield pending.name, _outcome(pending.answer())


class _PendingFile:
    """A file that was given to a child, or is too large to be read."""

    def __init__(self, name: str, content: bytes):
        self.name = name[-limits.NAME_CHARACTERS :]
        self._content = content
        self._question = None if len(content) > limits.UPLOAD_BYTES else worker_pool.ask(self.name, content)

    def answer(self) -> Flat:
        if self._question is None:
            return flat_refusal(Refusal("too large", TOO_LARGE, limit=limits.UPLOAD_BYTES // limits.MEBIBYTE))
        answer = self._question.answer()
        return self._second_answer(answer[SECOND_READER]) if SECOND_READER in answer else answer

    def _second_answer(self, kind: str) -> Flat:
        try:
            return worker_pool.ask_second(self.name, self._content)
        except Refusal as refusal:  # the second reader ends its process on some files
            return flat_refusal(refused(kind) if kind in KINDS and refusal.message == GAVE_UP else refusal)


def _outcome(flat: Flat) -> Outcome:
    try:
        return unflattened(flat)
    except Refusal as refusal:
        return Unreadable(refusal.kind, refusal.sentence())
