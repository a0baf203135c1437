"""Recognises our forms: their units, their task, and which cells belong to the report. Refuses forms that do not fit here."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from indicators.layout import Layout
from submissions.core.texts import heads_of
from submissions.imports.forms.contradictions import contradiction
from submissions.imports.forms.files import FormFile
from submissions.imports.forms.names import NamesInHeads, names_in_heads
from submissions.imports.forms.sheets import FormRow, ReadFormSheet
from submissions.imports.forms.stamp_validation import Ground, Judged
from submissions.imports.report.import_report import ImportSubject, PlacedCell, Remark, Weight
from submissions.imports.report.recognition import FORM, FileRefusal, Recognised
from submissions.imports.report.scope import ImportScope
from submissions.models import Task
from submissions.workbooks.stamps import Shape, Stamp


def recognise_forms(files: Sequence[tuple[FormFile, Task | None]], scope: ImportScope) -> list[Recognised]:
    """Each file with the task it was uploaded for, if one was named; in their order. Constant queries, a few more per grid."""
    ground = Ground((stamp for file, _wanted in files for stamp in file.stamps), scope)
    sheets = [sheet for file, _wanted in files for sheet in file.sheets]
    names = names_in_heads(sheets, ground.organizations.values(), ground.tasks.values())
    return [_Recognising(file, wanted, ground, names).done() for file, wanted in files]


@cache
def titles_of_last_period(frequency: str) -> frozenset[str]:
    """The sheet's title in every language: a form may have been made in another language than it is read in."""
    titles = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            titles.add(heads_of(frequency).previous)
    return frozenset(titles)


class _Recognising:
    """Recognises one file."""

    def __init__(self, file: FormFile, wanted: Task | None, ground: Ground, names: NamesInHeads):
        self.file, self.ground, self.names = file, ground, names
        self.judged: dict[Stamp, Judged] = {stamp: ground.judge(stamp, wanted) for stamp in dict.fromkeys(file.stamps)}
        for sheet in file.sheets:
            self._compare_head(sheet)
        self.remarks: list[Remark] = []
        self.of_units: dict[str, list[Remark]] = defaultdict(list)
        self.refusals: dict[str, FileRefusal] = {}
        self.cells: list[PlacedCell] = []

    def done(self) -> Recognised:
        refusal = self._refusal()
        if refusal is not None:
            return Recognised(FORM, refusal=refusal, remarks=self.remarks, subject=self._subject())
        task = next(judged.task for judged in self.judged.values() if judged.task)
        self._remark_on_added_sheets(task)
        for sheet in self.file.sheets:
            self._take(sheet, task)
        for stamp in self.file.lost:
            self._refuse(stamp, self.judged[stamp].refusal or self._lost(stamp))
        empty = _("The form is empty: no cell was filled in (a dash counts as blank).")
        return Recognised(FORM, task, self.cells, self.remarks, self.of_units, self.refusals, unplaced=empty)

    def _subject(self) -> ImportSubject | None:
        """The subject of the stamps if they agree; else None."""
        if len({(stamp.form, stamp.period) for stamp in self.judged}) != 1:
            return None
        stamps = [stamp for stamp in self.judged if stamp.shape != Shape.GRID]
        any_stamp = next(iter(self.judged))
        units = tuple((stamp.org, self.ground.name_of(stamp)) for stamp in stamps)
        return ImportSubject(any_stamp.form, self.ground.title_of(any_stamp), any_stamp.period, units)

    def _compare_head(self, sheet: ReadFormSheet) -> None:
        task = self.judged[sheet.stamp].task
        if task is not None:
            organization = self.ground.organization_of(sheet.stamp)
            sentence = contradiction(sheet.head, sheet.stamp, organization, task.form, self.names)
            if sentence:
                self.judged[sheet.stamp] = Judged(refusal=FileRefusal(sentence))

    def _refusal(self) -> FileRefusal | None:
        """Why the whole file is refused; None if something can be imported."""
        if self.file.tampered:
            sentence = _(
                "The hidden mark at %(address)s was changed by hand, so it cannot be told what this form is. Take a fresh form."
            )
            return FileRefusal(sentence % {"address": self.file.tampered})
        refused = [judged.refusal for judged in self.judged.values() if judged.refusal]
        if len(refused) == len(self.judged):
            return refused[0]
        if len({judged.task.pk for judged in self.judged.values() if judged.task}) > 1:
            sentence = _("The sheets of this file are of several forms or periods; take in each form as a file of its own.")
            return FileRefusal(sentence)
        if any(self.judged[sheet.stamp].task for sheet in self.file.sheets):
            return None
        if self.file.sheets:
            return self.judged[self.file.sheets[0].stamp].refusal
        return self._lost(next(stamp for stamp in self.file.lost if self.judged[stamp].task))

    def _lost(self, stamp: Stamp) -> FileRefusal:
        """The refusal of a form without keys: its rows are then known by their place alone, and people sort, move and add rows."""
        organization = self.ground.organization_of(stamp)
        sentence = _(
            "The hidden first column and row of the sheet of %(name)s were deleted, or the sheet itself; without them it cannot "
            "be told which row is which. Fill in a fresh form; it carries what is stored already."
        )
        return FileRefusal(
            sentence % {"name": organization.name}, self.ground.fresh(stamp, self.judged[stamp].task, organization)
        )  # fmt: skip

    def _refuse(self, stamp: Stamp, refusal: FileRefusal, address: str = "") -> None:
        if stamp.shape == Shape.GRID:
            self.remarks.append(Remark(address, Weight.ERROR, refusal.sentence))
        else:
            self.refusals[stamp.org] = refusal

    def _remark_on_added_sheets(self, task: Task) -> None:
        """Remarks on report sheets that somebody added; the sheet of the last period is ours and ignored."""
        ours = titles_of_last_period(task.form.frequency)
        for title in self.file.others:
            if title not in ours:
                sentence = _("The sheet “%(title)s” has no marks of a form; nothing of it is taken in.") % {"title": title}
                self.remarks.append(Remark(title, Weight.NOTICE, sentence))

    def _take(self, sheet: ReadFormSheet, task: Task) -> None:
        refusal = self.judged[sheet.stamp].refusal
        if refusal is not None:
            self._refuse(sheet.stamp, refusal, sheet.title)
            return
        for org, remarks in sheet.errors.items():
            (self.of_units[org] if org else self.remarks).extend(remarks)
        self._place(sheet, task.layout)
        self._refuse_displaced(sheet, task.layout)

    def _place(self, sheet: ReadFormSheet, layout: Layout) -> None:
        """Places the cells of the form.

        For a key that it does not have, a filled cell is an error, and blank ones are reported once.
        """
        known = layout.by_key
        self.cells += [placed for placed in sheet.cells if placed.key in known]
        blank = {}
        for placed in [placed for placed in sheet.cells if placed.key not in known]:
            if placed.cell.text.strip():
                self.of_units[placed.org].append(Remark(placed.address, Weight.ERROR, _no_line(placed.key)))
            else:
                blank.setdefault(placed.key, placed.address)
        self.remarks += [Remark(address, Weight.NOTICE, _no_line(key)) for key, address in blank.items()]

    def _refuse_displaced(self, sheet: ReadFormSheet, layout: Layout) -> None:
        """Refuses a row whose hidden key belongs to another row.

        The row was sorted or moved without the key, so its figures are not the key's.
        """
        is_grid = sheet.stamp.shape == Shape.GRID
        items = {line.label for line in layout.lines if line.item}
        for row in sheet.rows:
            if self._is_another_unit(sheet, row) if is_grid else _is_another_line(row, layout, items):
                sentence = _(
                    "This row shows %(shown)s, but its hidden mark is that of %(key)s: it was moved without the hidden column."
                )
                shown = row.name if row.code == row.key else row.code or row.name
                words = {"shown": shown, "key": row.key}
                org = row.key if is_grid else sheet.stamp.org
                self.of_units[org].append(Remark(row.address, Weight.ERROR, sentence % words))

    def _is_another_unit(self, sheet: ReadFormSheet, row: FormRow) -> bool:
        if row.code and row.code != row.key:
            return True
        return bool(row.name) and self.names.is_another_row(self.ground.counties[sheet.stamp.county], row.key, row.name)


def _no_line(key: str) -> str:
    return _("“%(key)s” is no line of this form.") % {"key": key[:60]}


def _is_another_line(row: FormRow, layout: Layout, items: Collection[str]) -> bool:
    """Whether the row is another line's: by its code; an item of a breakdown shows none, so by its name."""
    line = layout.by_key.get(row.key)
    if line is None:
        return False
    if row.code:
        return row.code != line.code and row.code in layout.codes
    return row.name != line.label and row.name in items
