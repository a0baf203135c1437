"""Adds formats to a workbook: red variants of the formats of its cells, and the formats of a list."""

from collections.abc import Collection
from dataclasses import dataclass

from spreadsheets.ooxml.xml_edits import opened, root_prefix, with_attributes, with_members
from spreadsheets.ooxml.xml_offsets import Span, spans_at

RED_GROUND = "FFFFC7CE"
SENTENCE_SIZE = 10.0  # points of the column of sentences
_WRAP = '<{0}alignment horizontal="left" vertical="{1}" wrapText="1"/>'
_LINE = '<{0}{1} style="thin"><{0}color rgb="FF808080"/></{0}{1}>'


@dataclass(frozen=True)
class ListFormats:
    """The numbers of the formats that a list uses."""

    heading: int
    guide: int
    head: int
    body: int


def with_red(styles: bytes, wanted: Collection[int], wrapped: Collection[int]) -> tuple[bytes, dict[int, int], dict[int, int]]:
    """The styles part with red variants of formats; those of `wrapped` also wrap their text. Raises BadPart.

    Also returns format number -> number of its variant, for both kinds. A number that the part does not have gets the variant
    of the first format, with which programs show such a cell.
    """
    prefix = root_prefix(styles)
    styles, number = with_members(styles, "fills", "fill", [_red_fill(prefix)])
    styles, font = _with_font(styles, SENTENCE_SIZE)
    existing = spans_at(styles, "cellXfs", "xf")
    made: list[bytes] = []
    red, wrapping = {}, {}
    for style in sorted(wanted):
        span = existing[style if style < len(existing) else 0]
        tag = with_attributes(styles[span.start : span.tag_end], {"fillId": number, "applyFill": 1})
        made.append(tag + styles[span.tag_end : span.end])
        red[style] = len(existing) + len(made) - 1
    for style in sorted(wrapped):
        span = existing[style if style < len(existing) else 0]
        made.append(_wrapping(styles[span.start : span.tag_end], number, font, prefix))
        wrapping[style] = len(existing) + len(made) - 1
    return with_members(styles, "cellXfs", "xf", made)[0], red, wrapping


def with_list_formats(styles: bytes) -> tuple[bytes, ListFormats]:
    """The styles part with the formats of a list: sentences between thin lines, aligned at the top. Raises BadPart."""
    prefix = root_prefix(styles).decode()
    styles, heading = _with_font(styles, 14, is_bold=True)
    styles, bold = _with_font(styles, 10, is_bold=True)
    styles, usual = _with_font(styles, 10)
    lines = "".join(_LINE.format(prefix, side) for side in ("left", "right", "top", "bottom"))
    styles, lined = with_members(styles, "borders", "border", [f"<{prefix}border>{lines}</{prefix}border>".encode()])
    numbers = []
    for font, border, vertical in (
        (heading, 0, "center"),
        (usual, 0, "center"),
        (bold, lined, "center"),
        (usual, lined, "top"),
    ):
        tag = f'<{prefix}xf numFmtId="49" fontId="{font}" fillId="0" borderId="{border}" xfId="0" applyNumberFormat="1" '
        tag += 'applyFont="1" applyBorder="1" applyAlignment="1">'
        made = f"{tag}{_WRAP.format(prefix, vertical)}</{prefix}xf>"
        styles, number = with_members(styles, "cellXfs", "xf", [made.encode()])
        numbers.append(number)
    return styles, ListFormats(*numbers)


def _with_font(styles: bytes, size: float, *, is_bold: bool = False) -> tuple[bytes, int]:
    """Adds a font with the workbook's usual font name."""
    prefix = root_prefix(styles).decode()
    (usual,) = spans_at(styles, "fonts", "font")[:1]
    names = [styles[span.start : span.end] for span in spans_at(styles, "fonts", "font", "name") if _is_within(span, usual)]
    bold = f"<{prefix}b/>" if is_bold else ""
    name = b"".join(names[:1]).decode()
    made = f'<{prefix}font>{bold}<{prefix}sz val="{size:g}"/>{name}</{prefix}font>'
    return with_members(styles, "fonts", "font", [made.encode()])


def _is_within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _wrapping(tag: bytes, fill: int, font: int, prefix: bytes) -> bytes:
    """A red format that wraps its text, with the borders of another; its alignment and protection are replaced."""
    given = {"fillId": fill, "applyFill": 1, "fontId": font, "applyFont": 1, "applyAlignment": 1, "applyProtection": 0}
    opening = opened(with_attributes(tag, given))
    return opening + b"<" + prefix + b'alignment vertical="top" wrapText="1"/></' + prefix + b"xf>"


def _red_fill(prefix: bytes) -> bytes:
    fill = '<{0}fill><{0}patternFill patternType="solid"><{0}fgColor rgb="{1}"/><{0}bgColor indexed="64"/></{0}patternFill></{0}fill>'
    return fill.format(prefix.decode(), RED_GROUND).encode()
