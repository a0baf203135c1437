"""The child process: takes files from its standard input one by one and answers with their content.

It starts with nothing of the server's (no environment, no open files). Before the first file comes, it gives up what it does
not need: memory, processor time, opening files and sockets, starting programs.

In:  lengths of name and content (>IQ), name, content.    Out: STARTED, length of the answer (>Q), the answer as lines.
"""

import codecs
import mmap
import os
import select
import signal
import struct
import sys
from collections.abc import Callable
from contextlib import suppress

from spreadsheets import limits
from spreadsheets.ooxml.refusals import TOO_HEAVY, TOO_MUCH_TEXT, Refusal
from spreadsheets.read.turns import Turns
from spreadsheets.read.wire_format import Flat, as_lines, flat_refusal

try:
    import resource
except ImportError:  # Windows: only the parent's time limit works there
    resource = None

REQUEST, ANSWER = struct.Struct(">IQ"), struct.Struct(">Q")
STARTED = b"\x01"
_CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp437", "gb18030")


def serve(read: Callable[[bytes, str], Flat], temporary_folder: str) -> None:
    """Reads files until the parent closes the pipe or none came for a while, then returns."""
    turns, memory = Turns(temporary_folder), _opened_memory()
    _warm_up()
    confine()
    for _ in range(limits.CHILD_FILES):
        request = _request()
        if request is None:
            return
        name, content = request
        with turns.turn():
            _write(STARTED)
            _begin_file()
            answer = _answered(read, content, name)
            _end_file()
        _write(ANSWER.pack(len(answer)) + answer)
        if _has_grown(memory):
            return


def confine() -> None:
    """Limits the process from now on: memory, no writing, no opening of files or sockets, no other processes."""
    if resource is None:
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles it; the child sees the closed pipe
    resource.setrlimit(resource.RLIMIT_AS, (limits.CHILD_MEMORY, limits.CHILD_MEMORY))
    for limit in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NPROC, resource.RLIMIT_NOFILE):
        resource.setrlimit(limit, (0, 0))


def _warm_up() -> None:
    """Loads codecs, which are files: later none can be opened."""
    for codec in _CODECS:
        codecs.lookup(codec)


def _request() -> tuple[str, bytes] | None:
    """Name and content; None when the parent is gone or nothing came for a while."""
    if resource is not None and not select.select([0], [], [], limits.CHILD_IDLE_SECONDS)[0]:
        return None
    head = _read(REQUEST.size)
    if len(head) < REQUEST.size:
        return None
    name_length, content_length = REQUEST.unpack(head)
    return _read(name_length).decode(errors="replace"), _read(content_length)


def _begin_file() -> None:
    """Starts the time limits of a file, after which the kernel ends the child.

    Eight seconds of processor time and twelve of the clock.
    """
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + limits.CHILD_CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    signal.setitimer(signal.ITIMER_REAL, limits.CHILD_WALL_SECONDS)


def _end_file() -> None:
    if resource is not None:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _answered(read: Callable[[bytes, str], Flat], content: bytes, name: str) -> bytes:
    try:
        answer = as_lines(read(content, name))
    except MemoryError:
        return as_lines(flat_refusal(Refusal("strange", TOO_HEAVY)))
    if len(answer) > limits.CHILD_ANSWER_BYTES:
        return as_lines(flat_refusal(Refusal("strange", TOO_MUCH_TEXT)))
    return answer


def _opened_memory() -> int | None:
    """Opens the file in which Linux shows how much memory this process has.

    The peak from `getrusage` is no substitute: it begins with that of the parent.
    """
    with suppress(OSError):
        return os.open("/proc/self/statm", os.O_RDONLY)
    return None


def _has_grown(memory: int | None) -> bool:
    return memory is not None and int(os.pread(memory, 200, 0).split()[1]) * mmap.PAGESIZE > limits.CHILD_GROWN_MEMORY


def _read(length: int) -> bytes:
    """Reads exactly this many bytes, or fewer when the parent is gone."""
    return sys.stdin.buffer.read(length)


def _write(content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(1, view) :]
