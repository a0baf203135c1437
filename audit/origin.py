"""Where the act at hand comes from (address, channel, role): set once per request or command, read by every event."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """`channel`: page, api, command:NAME. `role`: the role the person acts in, where the door knows it."""

    address: str = ""
    channel: str = ""
    role: str = ""


_current: ContextVar[Origin] = ContextVar("audit_origin", default=Origin())


def current_origin() -> Origin:
    return _current.get()


@contextmanager
def origin(address: str = "", channel: str = "", role: str = ""):
    """Everything recorded inside names this origin."""
    token = _current.set(Origin(address, channel, role))
    try:
        yield
    finally:
        _current.reset(token)
