"""Writes each record of the log as one line of JSON, with the incident number.

Nothing of a request is written but method, path, address and who: no query, no body, no header, so no password, no cookie.
Line ends are escaped, so nobody can forge a line.
"""

import logging
from datetime import UTC, datetime

from audit.doors import client_address
from audit.lines import one_line


class OneLine(logging.Formatter):
    """{"at": …, "level": …, "logger": …, "said": …} and, for a request, incident, method, path, address, user; the trace if any."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "said": record.getMessage(),
        }
        if hasattr(record, "request"):
            line |= _about_request(record.request)
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return one_line(line)


def _about_request(request) -> dict:
    """`request` may be a socket (of the development server) or a request that did not get far."""
    if not hasattr(request, "META"):
        return {}
    user = getattr(request, "_cached_user", None)  # not request.user: asking for it may be what failed
    about = {
        "incident": getattr(request, "incident", None),
        "method": request.method,
        "path": request.path,
        "address": client_address(request),
        "user": user.pk if user is not None else None,
    }
    return {key: value for key, value in about.items() if value is not None}
