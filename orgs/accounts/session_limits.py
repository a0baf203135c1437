"""How long a session may last, computed from seconds that the caller passes in."""

from enum import StrEnum


class Ended(StrEnum):
    """Why a session is over; the audit stores the value."""

    IDLE = "idle"
    TOO_LONG = "too_long"
    ELSEWHERE = "elsewhere"
    WRONG_PASSWORDS = "wrong_passwords"
    WRONG_CODES = "wrong_codes"


# The last use of a session is written at most once a minute; a write with every page would wait for the savers.
TOUCH_SECONDS = 60


def over(*, began: int, seen: int, now: int, idle: int, longest: int) -> Ended | None:
    """Why a session is over now, given when it began and was last used; None while it lasts.

    A clock that is set back makes no session older; one that is set forward ends sessions as if the time had passed.
    """
    if longest and now - began >= longest:
        return Ended.TOO_LONG
    if idle and now - seen >= idle:
        return Ended.IDLE
    return None


def should_touch(*, seen: int, now: int) -> bool:
    return abs(now - seen) >= TOUCH_SECONDS
