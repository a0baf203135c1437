"""A reader that does what the file's name asks for, so that a child can be asked what it may do. Runs in the child only."""

import os
import socket
import sys
import time

from spreadsheets import limits

# Here, in the child alone: tests do not wait for twelve seconds.
limits.CHILD_CPU_SECONDS, limits.CHILD_WALL_SECONDS, limits.CHILD_ANSWER_BYTES = 1, 4, limits.MEBIBYTE


def _spin():
    while True:
        pass


QUESTIONS = {
    "environment": lambda: dict(os.environ),
    "modules": lambda: sorted({name.partition(".")[0] for name in sys.modules}),
    "open a file": lambda: open("/etc/hostname").read(),  # noqa: SIM115
    "write a file": lambda: open("written-by-a-child", "w").write("x"),  # noqa: SIM115
    "open a socket": lambda: socket.socket().fileno(),
    "start a program": lambda: os.pipe(),
    "take memory": lambda: len(bytearray(limits.CHILD_MEMORY)),
    "spin": _spin,
    "sleep": lambda: time.sleep(60),
    "abort": os.abort,
    "leave": lambda: os._exit(0),
    "answer too much": lambda: "x" * (limits.CHILD_ANSWER_BYTES + 1),
    "hold": lambda: 1,
}


def answered(_content, name):
    try:
        return {"answer": QUESTIONS[name]()}
    except OSError as error:
        return {"refused": type(error).__name__}
