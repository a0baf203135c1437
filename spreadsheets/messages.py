"""Sentences of this package for people: English message ids with values, translated into the caller's language.

`reports.apps` passes Django's gettext to `speak_with` at start, for pages and commands alike; without it sentences are English.
"""

from collections.abc import Callable


def gettext_noop(message: str) -> str:
    """Marks a message for the catalogue (makemessages knows this name) and returns it unchanged."""
    return message


_translate: list[Callable[[str], str]] = [gettext_noop]


def speak_with(translate: Callable[[str], str]) -> None:
    """Sets the function that translates sentences each time they are read."""
    _translate[0] = translate


def say(message: str, **values: object) -> str:
    """The message in the reader's language with its values inserted."""
    spoken = _translate[0](message)
    return spoken % values if values else spoken
