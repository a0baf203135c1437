"""One moment of the database: all reads inside see the state at its begin, whatever others write meanwhile."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from threading import local
from typing import TypeVar

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

Answer = TypeVar("Answer")
_under_way = local()  # .writes: what waits for the end of this thread's moment, .answers: what was read; absent outside of one


@contextmanager
def one_moment() -> Iterator[None]:
    """Reads one state: SQLite's deferred transaction, PostgreSQL's repeatable read, both refusing every write.

    Inside another moment it is part of that one. Inside a transaction that writes it is part of that transaction: an act reads
    first, in a moment, then writes.
    """
    if _writes() is not None:
        yield
        return
    _under_way.writes, _under_way.answers = (writes := []), {}
    try:
        with _snapshot():
            yield
    finally:
        del _under_way.writes, _under_way.answers
    for write in writes:
        write()


def after_the_moment(write: Callable[[], None]) -> None:
    """Runs the write after the current moment, and never if it failed; at once outside a moment."""
    writes = _writes()
    if writes is None:
        write()
    else:
        writes.append(write)


def once_in_a_moment(read: Callable[..., Answer]) -> Callable[..., Answer]:
    """Caches a read that one page needs several times: inside a moment nothing changes, so it is done once.

    Its arguments are hashable; nobody may change its result. Outside a moment it is done each time.
    """

    @wraps(read)
    def answer(*args: Hashable) -> Answer:
        if _writes() is None:
            return read(*args)
        if (read, args) not in _under_way.answers:
            _under_way.answers[read, args] = read(*args)
        return _under_way.answers[read, args]

    return answer


@contextmanager
def without_disk_wait() -> Iterator[None]:
    """For a write that may be lost when the power fails, because it is made again: its commit does not wait for the disk.

    A later commit waits for both. Inside a transaction that waits anyway nothing changes.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO OFF")
            yield
    else:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            level = cursor.execute("PRAGMA synchronous").fetchone()[0]
            cursor.execute(f"PRAGMA synchronous = {min(level, 1)}")  # NORMAL, of a log that is written ahead: no wait
            try:
                yield
            finally:
                cursor.execute(f"PRAGMA synchronous = {level}")


def page_of_one_moment(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorates a view so that its figures, counts and sentences are of one moment; a POST is an act and not wrapped."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        with one_moment():
            return view(request, *args, **kwargs)

    return answer


def _writes() -> list[Callable[[], None]] | None:
    return getattr(_under_way, "writes", None)


@contextmanager
def _snapshot() -> Iterator[None]:
    if connection.in_atomic_block:
        yield
        return
    with _postgres_snapshot() if connection.vendor == "postgresql" else _sqlite_snapshot():
        yield


@contextmanager
def _postgres_snapshot() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@contextmanager
def _sqlite_snapshot() -> Iterator[None]:
    """Deferred: IMMEDIATE, as writes begin here, would make readers wait for each other. The moment is that of the first read."""
    connection.ensure_connection()
    with ExitStack() as stack:
        stack.enter_context(_nothing_written())  # outermost: its end is executed outside a transaction that may be broken
        mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
        try:
            stack.enter_context(transaction.atomic())
        finally:
            connection.transaction_mode = mode
        yield


@contextmanager
def _nothing_written() -> Iterator[None]:
    """Refuses every write.

    In a deferred transaction a write would fail only now and then, under load; on PostgreSQL it always fails.
    """
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA query_only = OFF")
