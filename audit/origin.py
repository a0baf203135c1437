"""Where the act at hand comes from (address, channel, role): set once per request or command, read by every event."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """`channel`: page, api, command:NAME. `role`: the roles the person acts in; may be lazy text, read when an event is."""

    address: str = ""
    channel: str = ""
    role: str = ""


NOWHERE = Origin()
_current: ContextVar[Origin] = ContextVar("audit_origin")


def current_origin() -> Origin:
    return _current.get(NOWHERE)


@contextmanager
def origin(address: str = "", channel: str = "", role: str = ""):
    """Everything recorded inside names this origin."""
    token = _current.set(Origin(address, channel, role))
    try:
        yield
    finally:
        _current.reset(token)
