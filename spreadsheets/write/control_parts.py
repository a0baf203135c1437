"""Adds a sheet's drop-downs, validations, notes, highlights and protection to openpyxl's template."""

from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from spreadsheets.ooxml.addresses import letters_of
from spreadsheets.safe_text import clean
from spreadsheets.write.entry_controls import (
    ERROR_TEXT,
    ERROR_TITLE,
    PROMPT_TEXT,
    PROMPT_TITLE,
    Filling,
    Highlight,
    Limits,
    Note,
    Validation,
)

_ALLOWED = ("formatColumns", "formatRows", "sort", "autoFilter")


def set_up_filling(worksheet: Worksheet, filling: Filling) -> None:
    """Adds everything of a Filling except hidden rows, which the writer of rows marks."""
    for column in filling.hidden_columns:
        worksheet.column_dimensions[letters_of(column)].hidden = True
    for validation in filling.validations:
        worksheet.add_data_validation(_validation(validation))
    for highlight in filling.highlights:
        worksheet.conditional_formatting.add(highlight.area, _rule(highlight))
    for note in filling.notes:
        worksheet[note.cell].comment = _comment(note)
    if filling.start:
        for selection in worksheet.sheet_view.selection:
            selection.activeCell = selection.sqref = filling.start
    if filling.is_protected:
        _protect(worksheet)


def _validation(validation: Validation) -> DataValidation:
    """The openpyxl validation; texts are cut to what Excel accepts."""
    is_held = validation.limits != Limits.OPEN
    made = DataValidation(
        type=validation.kind,
        formula1=validation.formula,
        allow_blank=True,
        showErrorMessage=is_held,
        errorStyle=str(validation.limits) if is_held else None,
        showInputMessage=bool(validation.prompt),
        promptTitle=clean(validation.prompt_title)[:PROMPT_TITLE] or None,
        prompt=clean(validation.prompt)[:PROMPT_TEXT] or None,
        errorTitle=clean(validation.error_title)[:ERROR_TITLE] or None,
        error=clean(validation.error)[:ERROR_TEXT] or None,
    )
    for area in validation.area.split():
        made.add(area)
    return made


def _rule(highlight: Highlight) -> FormulaRule:
    return FormulaRule(
        formula=[highlight.formula],
        fill=PatternFill(bgColor=highlight.fill, fill_type="solid"),
        font=Font(color=highlight.color, bold=highlight.bold or None),
    )


def _comment(note: Note) -> Comment:
    return Comment(clean(note.text), "", width=round(note.width * 4 / 3), height=round(note.height * 4 / 3))


def _protect(worksheet: Worksheet) -> None:
    """Protects the sheet without a password. In the file an allowed act is a 0."""
    protection = worksheet.protection
    protection.sheet = protection.objects = protection.scenarios = True
    for act in _ALLOWED:
        setattr(protection, act, False)
