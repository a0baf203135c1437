"""The line under a table where people sign: 单位负责人、审核人、填表人、联系电话、报出日期."""

from django.utils.translation import gettext as _

from indicators.printed.looks import SIGNATURES
from spreadsheets.write.text_metrics import line_count

_GAPS = ((7, 3), (6, 2), (5, 1), (4, 1))  # full-width spaces to sign on, and between two who sign


def signatures(room: float, telephone: str = "", reported_on: str = "") -> str:
    """In one line of at most `room` column units, with gaps where somebody signs by hand."""
    for gap, between in _GAPS:
        text = _signatures("　" * gap, "　" * between, telephone, reported_on)
        if line_count(text, room, SIGNATURES.size) == 1:
            break
    return text


def _signatures(gap: str, between: str, telephone: str, reported_on: str) -> str:
    return between.join(
        (
            _("Head of the unit: %(text)s") % {"text": gap},
            _("Reviewed by: %(text)s") % {"text": gap},
            _("Filled in by: %(text)s") % {"text": gap},
            _("Telephone: %(text)s") % {"text": telephone or gap},
            _("Date of report: %(text)s") % {"text": reported_on or gap},
        )
    )
