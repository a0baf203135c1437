"""The result of recognising a file, one of our forms or a free table: its cells and their meanings. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from submissions.imports.report.import_report import Fresh, ImportQuestion, ImportSubject, PlacedCell, Remark
from submissions.models import Task

FORM, TABLE = "form", "table"


@dataclass(frozen=True)
class FileRefusal:
    """Why the file is refused, and which fresh form to fill instead."""

    sentence: str
    fresh: Fresh | None = None


@dataclass(frozen=True)
class Recognised:
    """A recognised file: its task, its cells with their meaning (blank ones too if known), and remarks.

    `remarks` are about the file, `of_units` about units by their code (an error there prevents the import of that unit),
    `refusals` are units that are refused; `refusal` is that of the whole file. `unplaced` is the sentence if no figure was
    read; `is_answerable`: answers about the heads of a table may still place some. `unit_column`, `questions` and `subject` as
    in FileResult; the last is only needed where there is no task. It is not checked here whether the person may fill a unit,
    whether it is asked and whose turn it is.
    """

    kind: str
    task: Task | None = None
    cells: Sequence[PlacedCell] = ()
    remarks: Sequence[Remark] = ()
    of_units: Mapping[str, Sequence[Remark]] = field(default_factory=dict)
    refusals: Mapping[str, FileRefusal] = field(default_factory=dict)
    refusal: FileRefusal | None = None
    heads: tuple = ()
    unplaced: str = ""
    is_answerable: bool = False
    unit_column: str = ""
    questions: Sequence[ImportQuestion] = ()
    subject: ImportSubject | None = None
