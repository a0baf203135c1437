"""Makes the small openpyxl workbook whose styles, widths and print set-up a streamed sheet reuses."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.packaging.custom import CustomPropertyList, StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from spreadsheets.ooxml.addresses import letters_of
from spreadsheets.safe_text import clean, page_text, sheet_titles
from spreadsheets.write.control_parts import set_up_filling
from spreadsheets.write.entry_controls import Filling
from spreadsheets.write.excel_comments import as_excel_writes
from spreadsheets.write.page_breaks import MARGIN_BOTTOM, MARGIN_TOP
from spreadsheets.write.sheet import Paper, Properties, Sheet, Style

_THIN = Side(style="thin", color="000000")
_LINES = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_UNDERLINE = Border(bottom=_THIN)
_NO_LINES = Border()
# One unit of column width is a digit of the workbook's own font. Arial, or a font of its measure, is on every machine;
# openpyxl's Calibri is not, and columns came out a third wider where it was missing.
_MEASURE = Font(name="Arial", size=10, family=2)
_UNLOCKED = Protection(locked=False)
_CHARSET_GB = 134  # lets a program without the named font take another Chinese one
_PAPERS = {"A4": Worksheet.PAPERSIZE_A4, "A3": Worksheet.PAPERSIZE_A3}
_PAGE_TEXT = 200  # a page head or foot holds 255 characters, codes included
CORE_PART, CUSTOM_PART = "docProps/core.xml", "docProps/custom.xml"


class Template:
    """The parts of a workbook without rows, and the number of every style in it."""

    def __init__(self, sheets: Sequence[Sheet], properties: Properties):
        frames = tuple(map(_frame_of, sheets))
        made = _made(frames, bool(properties.custom))
        self.style_ids, self.titles = made.style_ids, made.titles
        self.parts = dict(made.parts)
        self.parts[CORE_PART] = tostring(_properties(properties).to_tree())
        if properties.custom:
            self.parts[CUSTOM_PART] = tostring(_custom(properties).to_tree())

    def sheet_part(self, index: int) -> str:
        return f"xl/worksheets/sheet{index + 1}.xml"


@dataclass(frozen=True)
class _Frame:
    """A sheet without its values: sheets with the same frame share what openpyxl makes of it."""

    title: str
    widths: tuple[float, ...]
    freeze: tuple[int, int]
    paper: Paper
    filling: Filling
    is_very_hidden: bool
    styles: tuple[Style, ...]


@dataclass(frozen=True)
class _Made:
    parts: dict[str, bytes]
    style_ids: dict[Style, int]
    titles: list[str]


def _frame_of(sheet: Sheet) -> _Frame:
    return _Frame(
        sheet.title, sheet.widths, sheet.freeze, sheet.paper, sheet.filling, sheet.is_very_hidden, tuple(styles_of(sheet))
    )


@lru_cache(maxsize=8)
def _made(frames: tuple[_Frame, ...], has_custom: bool) -> _Made:
    """The parts for the last few kinds of workbook, cached: one of 3,000 forms took 60 ms without the cache, and 1 ms with it."""
    workbook = new_workbook()
    style_ids: dict[Style, int] = {}
    titles = sheet_titles(frame.title for frame in frames)
    for frame, title in zip(frames, titles, strict=True):
        worksheet = workbook.create_sheet(title)
        set_up(worksheet, frame)
        set_up_filling(worksheet, frame.filling)
        if frame.is_very_hidden:
            worksheet.sheet_state = Worksheet.SHEETSTATE_VERYHIDDEN
        for row, style in enumerate(frame.styles, 1):
            cell = worksheet.cell(row, 1)
            apply_style(cell, style)
            style_ids[style] = cell.style_id
    if has_custom:  # with its entries in the lists of parts and types; each file inserts its own words
        workbook.custom_doc_props.append(StringProperty(name="-", value="-"))
    buffer = io.BytesIO()
    workbook.save(buffer)
    with ZipFile(buffer) as archive:
        parts = as_excel_writes({name: archive.read(name) for name in archive.namelist()})
    return _Made(parts, style_ids, titles)


def new_workbook() -> Workbook:
    """An openpyxl workbook without sheets, whose column widths mean the same on every machine."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook._fonts[0] = _MEASURE
    workbook._named_styles["Normal"].font = _MEASURE
    return workbook


def styles_of(sheet: Sheet) -> Iterator[Style]:
    """The different styles of a sheet, in the order of their first use."""
    found = dict.fromkeys(block.style for block in sheet.head)
    for look in sheet.looks.values():
        found.update(dict.fromkeys((*look.styles, *look.marked)))
    found.update(dict.fromkeys(block.style for block in sheet.foot))
    yield from found


def apply_style(cell, style: Style) -> None:
    """Gives an openpyxl cell the style."""
    cell.font, cell.alignment, cell.border, cell.fill = _openpyxl_style(style)
    cell.number_format = style.number_format
    if not style.locked:
        cell.protection = _UNLOCKED


@lru_cache(maxsize=512)
def _openpyxl_style(style: Style) -> tuple[Font, Alignment, Border, PatternFill]:
    font = Font(name=style.font, size=style.size, bold=style.bold, color=style.color, charset=_CHARSET_GB)
    alignment = Alignment(
        horizontal=style.horizontal,
        vertical=style.vertical,
        wrap_text=style.wrap,
        indent=style.indent,
        shrink_to_fit=style.shrink,
    )
    fill = PatternFill("solid", fgColor=style.fill) if style.fill else PatternFill()
    border = _LINES if style.lines else _UNDERLINE if style.underlined else _NO_LINES
    return font, alignment, border, fill


def set_up(worksheet: Worksheet, sheet: _Frame | Sheet) -> None:
    """Sets widths, frozen panes and print set-up: everything of a sheet but its rows."""
    for number, width in enumerate(sheet.widths, 1):
        worksheet.column_dimensions[letters_of(number)].width = width
    rows, columns = sheet.freeze
    if rows or columns:
        worksheet.freeze_panes = worksheet.cell(rows + 1, columns + 1).coordinate
    worksheet.sheet_view.showGridLines = False
    _set_up_paper(worksheet, sheet.paper)


def _set_up_paper(worksheet: Worksheet, paper: Paper) -> None:
    worksheet.page_setup.paperSize = _PAPERS[paper.size]
    worksheet.page_setup.orientation = "landscape" if paper.is_landscape else "portrait"
    worksheet.page_setup.pageOrder = "overThenDown"
    if paper.column_breaks:
        worksheet.page_setup.scale = paper.scale
        for column in paper.column_breaks:
            worksheet.col_breaks.append(Break(id=column))
    else:
        worksheet.page_setup.fitToWidth = 1
        worksheet.page_setup.fitToHeight = 0  # any number of pages down
        worksheet.sheet_properties.pageSetUpPr.fitToPage = True
        worksheet.print_options.horizontalCentered = True
    margins = worksheet.page_margins
    margins.left = margins.right = 0.45
    margins.top, margins.bottom, margins.header, margins.footer = MARGIN_TOP, MARGIN_BOTTOM, 0.3, 0.3
    if paper.repeat_rows:
        worksheet.print_title_rows = "{}:{}".format(*paper.repeat_rows)
    if paper.repeat_columns:
        worksheet.print_title_cols = f"A:{letters_of(paper.repeat_columns)}"
    _set_up_page_texts(worksheet, paper)


def _set_up_page_texts(worksheet: Worksheet, paper: Paper) -> None:
    texts = worksheet.HeaderFooter
    texts.differentFirst = bool(paper.head_of_later_pages)
    texts.oddHeader.left.text = page_text(paper.head_of_later_pages)[:_PAGE_TEXT] or None
    for foot in (texts.oddFooter, texts.firstFooter):
        foot.left.text = page_text(paper.foot)[:_PAGE_TEXT] or None
        foot.left.size = foot.right.size = 8
        foot.right.text = "&P / &N"


def _properties(properties: Properties) -> DocumentProperties:
    made_at = properties.made_at.astimezone(UTC).replace(tzinfo=None)
    return DocumentProperties(
        title=clean(properties.title),
        creator=clean(properties.creator),
        subject=clean(properties.subject),
        description=clean(properties.description),
        created=made_at,
        modified=made_at,
    )


def _custom(properties: Properties) -> CustomPropertyList:
    made = CustomPropertyList()
    for name, text in properties.custom:
        made.append(StringProperty(name=clean(name), value=clean(text)))
    return made
