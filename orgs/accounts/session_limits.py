"""How long a session may last, as plain arithmetic on seconds that the caller passes in."""

from enum import StrEnum


class Ended(StrEnum):
    """Why a session is over; the value goes into the audit."""

    IDLE = "idle"
    TOO_LONG = "too_long"
    ELSEWHERE = "elsewhere"
    WRONG_PASSWORDS = "wrong_passwords"
    WRONG_CODES = "wrong_codes"


# One write a minute at most keeps the last use of a session; a write with every page would queue behind the savers.
TOUCH_SECONDS = 60


def over(*, began: int, seen: int, now: int, idle: int, longest: int) -> Ended | None:
    """Why a session that began and was last used at these seconds is over now; None while it lasts.

    A clock that is set back makes no session older; one that is set forward ends sessions as if the time had passed.
    """
    if longest and now - began >= longest:
        return Ended.TOO_LONG
    if idle and now - seen >= idle:
        return Ended.IDLE
    return None


def should_touch(*, seen: int, now: int) -> bool:
    return abs(now - seen) >= TOUCH_SECONDS
