"""Red variants of the formats of a workbook's cells: the same font, borders and number format on a red ground."""

from collections.abc import Collection

from spreadsheets.marking.parts import root_prefix, spans_at, with_attributes, with_children
from spreadsheets.patches.writing import opened

RED_GROUND = "FFFFC7CE"


def with_red(styles: bytes, wanted: Collection[int], wrapped: Collection[int]) -> tuple[bytes, dict[int, int], dict[int, int]]:
    """The styles part with a red variant of each format, and a red one that wraps its text of each of `wrapped`; format number ->
    number of its variant, of both. Raises BadPart.

    A number the part does not have gets the variant of the first format, as programs show such a cell.
    """
    prefix = root_prefix(styles)
    (fills,) = spans_at(styles, "fills")[:1]
    number = len(spans_at(styles, "fills", "fill"))
    styles = with_children(styles, fills, [_red_fill(prefix)], number)
    (formats,) = spans_at(styles, "cellXfs")[:1]
    standing = spans_at(styles, "cellXfs", "xf")
    made: list[bytes] = []
    red, wrapping = {}, {}
    for style in sorted(wanted):
        span = standing[style if style < len(standing) else 0]
        tag = with_attributes(styles[span.start : span.tag_end], {"fillId": number, "applyFill": 1})
        made.append(tag + styles[span.tag_end : span.end])
        red[style] = len(standing) + len(made) - 1
    for style in sorted(wrapped):
        span = standing[style if style < len(standing) else 0]
        made.append(_wrapping(styles[span.start : span.tag_end], number, prefix))
        wrapping[style] = len(standing) + len(made) - 1
    return with_children(styles, formats, made, len(standing)), red, wrapping


def _wrapping(tag: bytes, fill: int, prefix: bytes) -> bytes:
    """The font and borders of the format; its alignment and protection go."""
    opening = opened(with_attributes(tag, {"fillId": fill, "applyFill": 1, "applyAlignment": 1, "applyProtection": 0}))
    return opening + b"<" + prefix + b'alignment vertical="center" wrapText="1"/></' + prefix + b"xf>"


def _red_fill(prefix: bytes) -> bytes:
    fill = '<{0}fill><{0}patternFill patternType="solid"><{0}fgColor rgb="{1}"/><{0}bgColor indexed="64"/></{0}patternFill></{0}fill>'
    return fill.format(prefix.decode(), RED_GROUND).encode()
