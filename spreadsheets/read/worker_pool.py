"""The children of this process: at most two, kept running, shared by its threads, never with a forked process.

A question stays with its child until it is answered. Another thread that needs the child first stores that answer, so a batch
whose caller is busy elsewhere blocks nobody.
"""

import atexit
import os
import threading
from itertools import count

from spreadsheets import limits
from spreadsheets.ooxml.refusals import GAVE_UP, Refusal
from spreadsheets.read.children import FIRST, SECOND, Child, Retired
from spreadsheets.read.wire_format import Flat, flat_refusal


class Question:
    """A file that was given to a worker, and its answer when it comes."""

    def __init__(self, worker: "_Worker", name: str, content: bytes):
        self._worker, self.name, self.content = worker, name, content
        self.answered: Flat | None = None

    def answer(self) -> Flat:
        with self._worker.lock:
            if self.answered is None:
                self._worker.finish()
        return self.answered


class _FairLock:
    """A lock that is given in the order of asking: Python's own lets a busy thread take it again and again."""

    def __init__(self):
        self._changed, self._tickets, self._serving = threading.Condition(), count(), 0

    def __enter__(self) -> None:
        with self._changed:
            ticket = next(self._tickets)
            self._changed.wait_for(lambda: self._serving == ticket)

    def __exit__(self, *_raised: object) -> None:
        with self._changed:
            self._serving += 1
            self._changed.notify_all()


class _Worker:
    """A slot for one child: the child may change, its lock stays."""

    def __init__(self):
        self.lock = _FairLock()
        self._child: Child | None = None
        self._question: Question | None = None

    @property
    def is_busy(self) -> bool:
        return self._question is not None

    def ask(self, name: str, content: bytes) -> Question:
        """Gives the file to the child. Only with the lock held."""
        if self._question is not None:
            self.finish()
        question = Question(self, name, content)
        try:
            self._give(question)
            self._question = question
        except Refusal as refusal:
            question.answered = flat_refusal(refusal)
        return question

    def finish(self) -> None:
        """Stores the child's answer. Only with the lock held."""
        question, self._question = self._question, None
        question.answered = self._answer(question)
        question.content = b""

    def _answer(self, question: Question) -> Flat:
        try:
            return self._child.receive()
        except Retired:
            return self._answer_of_fresh_child(question)
        except Refusal as refusal:
            self._child = None
            return flat_refusal(refusal)

    def _answer_of_fresh_child(self, question: Question) -> Flat:
        self._child = None
        try:
            self._give(question)
            return self._child.receive()
        except (Retired, Refusal) as error:
            self._child = None
            return flat_refusal(error if isinstance(error, Refusal) else Refusal("strange", GAVE_UP))

    def _give(self, question: Question) -> None:
        if self._child is not None and self._child.mebibytes != limits.UPLOAD_MEBIBYTES:
            self._child.end()
            self._child = None
        try:
            self._child = self._child or Child(FIRST)
            self._child.send(question.name, question.content)
        except Retired:
            self._child = Child(FIRST)
            self._child.send(question.name, question.content)

    def leave(self) -> None:
        if self._child is not None:
            self._child.end()

    def disown(self) -> None:
        if self._child is not None:
            self._child.disown()


class WorkerPool:
    """All workers of a process."""

    def __init__(self):
        self._workers = tuple(_Worker() for _ in range(limits.CHILDREN))
        self._turn = count()

    def ask(self, name: str, content: bytes) -> Question:
        """Gives the file to an idle child, otherwise to the next in turn."""
        worker = (
            next((worker for worker in self._workers if not worker.is_busy), None)
            or self._workers[next(self._turn) % len(self._workers)]
        )
        with worker.lock:
            return worker.ask(name, content)

    def end(self) -> None:
        for worker in self._workers:
            worker.leave()

    def disown(self) -> None:
        for worker in self._workers:
            worker.disown()


_pool = [WorkerPool()]


def ask(name: str, content: bytes) -> Question:
    """Gives a file to one of this process's children."""
    return _pool[0].ask(name, content)


def ask_second(name: str, content: bytes) -> Flat:
    """The second reader in a child of its own, which ends with the file. Raises Refusal."""
    child = Child(SECOND)
    try:
        child.send(name, content)
        return child.receive()
    except Retired as error:
        raise Refusal("strange", GAVE_UP) from error
    finally:
        child.end()


def _begin_anew() -> None:
    """Starts a new pool in a forked process (a gunicorn worker)."""
    _pool[0].disown()
    _pool[0] = WorkerPool()


atexit.register(lambda: _pool[0].end())
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)
