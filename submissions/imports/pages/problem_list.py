"""The list of problems added to an annotated workbook: each sentence with its cell and the cell's text. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from spreadsheets.annotate.layout import SIGN
from spreadsheets.annotate.problem_list import Listing, Row, is_listing
from spreadsheets.ooxml.addresses import place_of, range_of
from spreadsheets.read.workbook import Place, ReadSheet, ReadWorkbook
from spreadsheets.safe_text import sheet_titles
from submissions.imports.report.import_report import FileResult, FileVerdict, Remark, UnitResult, Weight

MARKED = (Weight.ERROR, Weight.MANDATORY, Weight.VERIFY)
WIDTHS = (20.0, 22.0, 26.0, 14.0, 62.0)  # in all the width of a page across
LONGEST = 60  # characters that are repeated of a cell


@dataclass(frozen=True)
class ProblemLine:
    """One remark with the name of its unit, "" for the file."""

    unit: str
    remark: Remark


def problem_lines(result: FileResult) -> list[ProblemLine]:
    """The problems: why the file or a unit is refused, then errors and broken checks, in the order of the file.

    A check of figures that the file does not hold is left out: it is corrected in the draft, not in the file.
    """
    found = dict.fromkeys(_all_lines(result))
    return [
        one for one in found if one.remark.weight == Weight.ERROR or (one.remark.weight in MARKED and one.remark.is_at_cell)
    ]


def _all_lines(result: FileResult) -> Iterator[ProblemLine]:
    refusals = {unit.refused for unit in result.units}
    if result.verdict == FileVerdict.REFUSED and result.sentence not in refusals:
        yield ProblemLine("", Remark("", Weight.ERROR, result.sentence))
    yield from (ProblemLine("", remark) for remark in result.remarks)
    for unit in result.units:
        if unit.refused:
            yield ProblemLine(_name(unit), Remark("", Weight.ERROR, unit.refused))
        yield from (ProblemLine(_name(unit), remark) for remark in unit.remarks)


def _name(unit: UnitResult) -> str:
    """The unit's name; its code from the file where this person may not see the unit."""
    return unit.name or unit.org


def listing_of(read: ReadWorkbook, result: FileResult) -> Listing | None:
    """The list; None if there is no problem and no list of an earlier download to replace."""
    standing = next((sheet.title for sheet in read.sheets if is_listing(sheet)), "")
    problems = problem_lines(result)
    if not problems and not standing:
        return None
    return Listing(
        title=standing or _free_title(read),
        heading=f"{SIGN} " + _("To be corrected in “%(file)s”: %(n)s places") % {"file": result.file, "n": len(problems)},
        guide=_(
            "Correct the marked cells on the other sheets and put the workbook in again; this list is not read. Printing the form "
            "with its list: choose “Entire workbook”."
        ),
        heads=(
            _("Address of the cell"),
            _("Unit or organization"),
            _("Line"),
            _("What stands there"),
            _("What is wrong and what to do"),
        ),
        widths=WIDTHS,
        rows=_rows(read, problems),
    )


def _free_title(read: ReadWorkbook) -> str:
    wanted = _("To be corrected")
    return sheet_titles([*(sheet.title for sheet in read.sheets), f"{SIGN} {wanted}"])[-1]


def _rows(read: ReadWorkbook, problems: list[ProblemLine]) -> tuple[Row, ...]:
    """Rows for the whole file and for whole units first, then in the order of sheets and cells."""
    sheets = {sheet.title: sheet for sheet in read.sheets}
    order = {title: number for number, title in enumerate(sheets)}

    def place(one: ProblemLine) -> tuple[int, Place]:
        title, _mark, cell = one.remark.address.rpartition("!")
        return (order.get(title, -1), (range_of(cell) or (0, 0))[:2]) if title else (-1, (0, 0))

    return tuple(_row(one, sheets) for one in sorted(problems, key=place))


def _row(one: ProblemLine, sheets: Mapping[str, ReadSheet]) -> Row:
    title, _mark, cell = one.remark.address.rpartition("!")
    sheet, place = sheets.get(title), place_of(cell)
    where = one.remark.address or (_("Whole unit") if one.unit else _("Whole file"))
    if sheet is None or place is None:
        return Row((where, one.unit, one.remark.label, "", one.remark.sentence))
    stands = sheet.cells[place].text[:LONGEST] if place in sheet.cells else _("(blank)")
    return Row((where, one.unit, one.remark.label, stands, one.remark.sentence), title, cell)
