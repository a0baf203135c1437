"""Finds our forms in a workbook: every stamped sheet, stamps whose sheet lost its marks, and repeated cells. Pure."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from spreadsheets.read.workbook import Place, ReadSheet, ReadWorkbook
from submissions.imports.forms.sheets import ReadFormSheet, read_form_sheet
from submissions.imports.report.import_report import PlacedCell
from submissions.workbooks.keys import FormerKeys
from submissions.workbooks.stamps import STAMPS_SHEET, BadStamp, Stamp, is_stamp_like, read_stamp


@dataclass
class FormFile:
    """A file with at least one stamp. `lost`: stamps that the file remembers but none of its sheets has any more."""

    sheets: list[ReadFormSheet] = field(default_factory=list)
    lost: list[Stamp] = field(default_factory=list)
    tampered: str = ""  # places of stamps that were changed by hand
    others: list[str] = field(default_factory=list)  # titles of sheets without a stamp that hold figures
    former: FormerKeys | None = None  # finds seals of stamps that are not in the settings

    @property
    def stamps(self) -> list[Stamp]:
        return [sheet.stamp for sheet in self.sheets] + self.lost


def read_form_file(read: ReadWorkbook, former: FormerKeys | None = None) -> FormFile | None:
    """The form in a file; None for a file that is not our form. `former`: shared by many files."""
    found = FormFile(former=former)
    remembered: list[Stamp] = []
    for sheet in read.sheets:
        if sheet.title == STAMPS_SHEET:
            remembered = _remembered(sheet, found)
        else:
            _read_sheet(sheet, found)
    carried = {sheet.stamp for sheet in found.sheets}
    found.lost = [stamp for stamp in remembered if stamp not in carried]
    if not (found.stamps or found.tampered):
        return None
    _refuse_repeated(found)
    return found


def _read_sheet(sheet: ReadSheet, found: FormFile) -> None:
    at = _stamped_at(sheet)
    if at is None:
        if sheet.state == "visible" and sheet.holds_numbers:
            found.others.append(sheet.title)
        return
    stamp = _stamp(sheet, at, found)
    if stamp is not None:
        found.sheets.append(read_form_sheet(sheet, stamp, at))


def _remembered(sheet: ReadSheet, found: FormFile) -> list[Stamp]:
    places = sorted(place for place, cell in sheet.cells.items() if is_stamp_like(cell.text))
    return [stamp for place in places if (stamp := _stamp(sheet, place, found)) is not None]


def _stamp(sheet: ReadSheet, at: Place, found: FormFile) -> Stamp | None:
    try:
        return read_stamp(sheet.cells[at].text, found.former)
    except BadStamp:
        found.tampered = sheet.address(*at)
        return None


def _stamped_at(sheet: ReadSheet) -> Place | None:
    """The place of the stamp: A1, or another if rows or columns were inserted before it."""
    corner = sheet.cells.get((1, 1))
    if corner is not None and is_stamp_like(corner.text):
        return 1, 1
    return next((place for place in sheet.long_texts if is_stamp_like(sheet.cells[place].text)), None)


def _refuse_repeated(found: FormFile) -> None:
    """Refuses the same cell of a report in two places, on one sheet or on two: nobody can know which counts, so all are named."""
    places: dict[tuple[str, str], list[tuple[ReadFormSheet, PlacedCell]]] = defaultdict(list)
    for sheet in found.sheets:
        for placed in sheet.cells:
            places[placed.org, placed.key].append((sheet, placed))
    for same in places.values():
        if len(same) > 1 and any(placed.cell.text.strip() for _sheet, placed in same):
            _refuse_each(same)


def _refuse_each(same: list[tuple[ReadFormSheet, PlacedCell]]) -> None:
    for sheet, placed in same:
        others = "、".join(other.address for _sheet, other in same if other is not placed)
        sentence = _("The same cell of the report stands at %(others)s too; keep one of the two.") % {"others": others}
        sheet.refuse(placed.org, placed.address, sentence, placed.key)
