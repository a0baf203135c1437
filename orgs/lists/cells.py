"""Markup for cells of lists: a pill, a link, a code beside a name, a moment."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

DASH = "—"


def pill(text: str, colour: str) -> SafeString:
    """A coloured label. `colour`: is-green, is-red, is-amber, is-blue or is-grey."""
    return format_html('<span class="pill {}">{}</span>', colour, text)


def link(address: str, text: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, text)


def code(text: str) -> SafeString:
    return format_html('<span class="code">{}</span>', text)


def quiet(text: str) -> SafeString:
    return format_html('<span class="quiet">{}</span>', text)


def moment(at: datetime | None, shape: str = "%Y-%m-%d %H:%M") -> str:
    """The moment in the time zone of the installation; a dash for None."""
    return timezone.localtime(at).strftime(shape) if at else DASH


def day(on: date | None) -> str:
    return on.isoformat() if on else DASH


def lines(*texts: str) -> SafeString:
    """Parts below each other; an empty one takes no line."""
    return format_html_join(mark_safe("<br>"), "{}", ((text,) for text in texts if text))


def words(*texts: str) -> SafeString:
    """Parts side by side; an empty one takes no room."""
    return format_html_join(" ", "{}", ((text,) for text in texts if text))
