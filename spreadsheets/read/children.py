"""A child process from its parent's side: starting it, sending files, waiting with a time limit."""

import os
import select
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from spreadsheets import limits
from spreadsheets.ooxml.refusals import BUSY, GAVE_UP, TOO_MUCH_TEXT, TOO_SLOW, Refusal
from spreadsheets.read.child import ANSWER, REQUEST, STARTED
from spreadsheets.read.wire_format import Flat, from_lines

_ROOT = str(Path(__file__).resolve().parents[2])
_CHUNK = 1 << 20
_SLOW_ENDS = (-24, -14)  # ended by the kernel for processor time (XCPU) or by its own clock (ALRM)
_CLOSING_SECONDS = 1

# The first reader needs nothing but Python; the second needs what is installed beside it.
FIRST = ("-I", "-S", "-c", "from spreadsheets.read.parser import parsed as read")
SECOND = ("-I", "-c", "from spreadsheets.read.second_reader import read_a_second_way as read")
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); from spreadsheets.limits import allow_uploads; allow_uploads(int(sys.argv[3])); "
    "{}; from spreadsheets.read.child import serve; serve(read, sys.argv[2])"
)


class Retired(Exception):
    """The child had ended before this file (idle, old, grown or killed); a fresh child has to read it."""


class Child:
    """A running child. One file at a time: `send`, then `receive`."""

    def __init__(self, program: tuple[str, ...] = FIRST):
        *flags, reader = program
        self._process = subprocess.Popen(
            [sys.executable, *flags, _PROGRAM.format(reader), _ROOT, tempfile.gettempdir(), str(limits.UPLOAD_MEBIBYTES)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_environment(), cwd=tempfile.gettempdir(), bufsize=0,
        )  # fmt: skip
        self.pid, self.mebibytes = self._process.pid, limits.UPLOAD_MEBIBYTES
        self._in, self._out = self._process.stdin.fileno(), self._process.stdout.fileno()
        if _CAN_POLL:
            os.set_blocking(self._in, False)

    def send(self, name: str, content: bytes) -> None:
        """Sends a file. Raises Retired when the child has ended, Refusal when it does not accept the file."""
        called = name.encode(errors="replace")
        view = memoryview(REQUEST.pack(len(called), len(content)) + called + content)
        deadline = time.monotonic() + limits.CHILD_WALL_SECONDS
        try:
            while view:
                _wait(self._in, _WRITABLE, deadline)
                view = view[os.write(self._in, view[:_CHUNK]) :]
        except BrokenPipeError as error:
            self.end()
            raise Retired from error

    def receive(self) -> Flat:
        """The child's answer. Raises Refusal when the child was stopped, Retired when it had ended before the file came."""
        watch = None if _CAN_POLL else threading.Timer(limits.CHILD_WALL_SECONDS, self._process.kill)
        if watch is not None:
            watch.start()
        try:
            return self._received()
        except TimeoutError as error:
            self.end()
            raise Refusal("strange", TOO_SLOW) from error
        finally:
            if watch is not None:
                watch.cancel()

    def _received(self) -> Flat:
        if self._read(len(STARTED), limits.TURN_SECONDS, BUSY) != STARTED:
            self.end()
            raise Retired  # ended before it began: whatever the reason, it was not this file
        deadline_seconds = limits.CHILD_WALL_SECONDS + 1  # its own clock ends it before
        head = self._read(ANSWER.size, deadline_seconds)
        if len(head) < ANSWER.size:
            raise self._gone()
        (length,) = ANSWER.unpack(head)
        if length > limits.CHILD_ANSWER_BYTES:
            self.end()
            raise Refusal("strange", TOO_MUCH_TEXT)
        answer = self._read(length, deadline_seconds)
        if len(answer) < length:
            raise self._gone()
        return from_lines(answer)

    def _read(self, length: int, seconds: float, message: str = TOO_SLOW) -> bytes:
        """Reads this many bytes, or fewer when the child is gone. Raises Refusal when the time limit is over."""
        deadline, found = time.monotonic() + seconds, bytearray()
        while len(found) < length:
            _wait(self._out, _READABLE, deadline)
            piece = os.read(self._out, min(_CHUNK, length - len(found)))
            if not piece:
                break
            found += piece
        return bytes(found)

    def _gone(self) -> Refusal:
        """The reason why the child's pipe ended in the middle of a file."""
        code = self.end(patience=_CLOSING_SECONDS)
        return Refusal("strange", TOO_SLOW if code in _SLOW_ENDS else GAVE_UP)

    def end(self, patience: float = 0) -> int:
        """Ends the child and returns its exit code; with `patience`, first waits for it to end by itself."""
        self.close()
        try:
            return self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def close(self) -> None:
        """Closes the pipes; the child ends when it notices."""
        self._process.stdin.close()
        self._process.stdout.close()

    def disown(self) -> None:
        """Forgets the child in a forked process: it belongs to the other process."""
        self.close()
        self._process.returncode = 0


_CAN_POLL = hasattr(select, "poll")
_READABLE, _WRITABLE = (select.POLLIN, select.POLLOUT) if _CAN_POLL else (0, 0)


def _wait(file: int, event: int, deadline: float) -> None:
    """Waits for an event.

    Raises TimeoutError when nothing happened until the deadline. Without poll (Windows) a timer ends the child instead.
    """
    if not _CAN_POLL:
        return
    poll = select.poll()
    poll.register(file, event)
    if not poll.poll(max(0, deadline - time.monotonic()) * 1000):
        raise TimeoutError


def _environment() -> dict[str, str]:
    """An empty environment; Windows starts no program without knowing its own folder."""
    return {key: os.environ[key] for key in ("PATH", "SYSTEMROOT") if key in os.environ}
