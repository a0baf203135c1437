"""封面, the first sheet of an export: its title, organization, period, signatures and contents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from indicators.printed.looks import MIDDLE, SIDE, TITLE
from spreadsheets.write.sheet import Block, Paper, Sheet, Style
from spreadsheets.write.text_metrics import line_count, row_height

_WIDTHS = (30.0, 26.0, 58.0, 26.0)
_LINE = replace(SIDE, size=14)
_MARK = replace(SIDE, bold=True)
_FEW = 3  # tables listed one below the other
_SIGN = 8  # the row of the first line to sign
_SUBTITLE = Style(font=TITLE.font, size=16)


@dataclass(frozen=True)
class Cover:
    """The facts on a cover. `tables`: the form number and title of each table."""

    title: str
    period: str
    organization: str
    status: str
    made: str
    digest: str
    tables: tuple[tuple[str, str], ...]
    telephone: str = ""
    reported_on: str = ""


def cover_sheet(cover: Cover) -> Sheet:
    """The cover as one landscape page."""
    signs = (
        (_("Reporting unit (seal)"), cover.organization),
        (_("Head of the unit"), ""),
        (_("Reviewed by"), ""),
        (_("Filled in by"), ""),
        (_("Telephone"), cover.telephone),
        (_("Date of report"), cover.reported_on),
    )
    blocks = [
        Block(1, 1, _("Internal material"), _MARK, columns=4),
        Block(3, 1, cover.title, replace(TITLE, size=26), columns=4),
        Block(5, 1, cover.period, _SUBTITLE, columns=4),
    ]
    for row, (name, value) in enumerate(signs, _SIGN):
        blocks += [Block(row, 2, f"{name}：", replace(_LINE, horizontal="right")), Block(row, 3, value or None, _UNDERLINED)]
    texts = [cover.status, cover.made]
    if cover.digest not in cover.made:  # once is enough
        texts.append(_("Check code of the figures: %(code)s") % {"code": cover.digest})
    blocks += [Block(row, 1, text, MIDDLE, columns=4) for row, text in enumerate(texts, _SIGN + len(signs) + 1)]
    first = _SIGN + len(signs) + 1 + len(texts) + 1
    blocks += _contents(cover.tables, first)
    return Sheet(
        title=_("Cover"),
        widths=_WIDTHS,
        head=tuple(blocks),
        heights=_heights(cover, first, len(signs)),
        looks={},
        body=(),
        paper=Paper(),
    )


_UNDERLINED = replace(_LINE, underlined=True)


def _contents(tables: Sequence[tuple[str, str]], first: int) -> list[Block]:
    lines = [f"{code}　{title}" for code, title in tables]
    if len(lines) <= _FEW:
        return [Block(row, 2, line, SIDE, columns=2) for row, line in enumerate((_("Tables:"), *lines), first)]
    half = (len(lines) + 1) // 2  # side by side, or they would fill a second page
    left = [Block(row, 1, line, SIDE, columns=2) for row, line in enumerate((_("Tables:"), *lines[:half]), first)]
    return left + [Block(row, 3, line, SIDE, columns=2) for row, line in enumerate(lines[half:], first + 1)]


def _heights(cover: Cover, first: int, signs: int) -> dict[int, float]:
    title = row_height(line_count(cover.title, sum(_WIDTHS), 26), 26)
    lines = dict.fromkeys(range(_SIGN, _SIGN + signs), 28.0)
    return {2: 40, 3: title, 4: 12, 5: 26, 6: 30, 7: 10, **lines, first - 1: 16}
