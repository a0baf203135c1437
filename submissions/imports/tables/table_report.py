"""The heads of a table as they were recognised, for a person to check and correct. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum

from orgs.names.name_similarity import Certainty
from submissions.imports.report.import_report import ImportQuestion, PlacedCell, Remark

# What a head means: "line:CODE:item", "unit:CODE", "own:ADDRESS" (of the head of the units' own names), or "" to be passed over.
LINE, UNIT, OWN = "line:", "unit:", "own:"
IS_OWN, IS_OTHER = f"{OWN}yes", f"{OWN}no"  # as an answer is remembered: this head names the row's own unit, or another one


class HeadRole(StrEnum):
    """What a head is: a figure's line, a unit, something left out on purpose (a total, last period), or not understood."""

    LINE = "line"
    UNIT = "unit"
    IGNORED = "ignored"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class HeadChoice:
    """One thing that the head may mean. `remembered_as`: of a column that may name the units, under which text it is kept."""

    means: str
    label: str
    remembered_as: str = ""


@dataclass(frozen=True)
class ReportedHead:
    """One head as it was understood.

    `address`: of its own cell, a sheet's title where the sheet names the unit, "" where the file's name does.
    `means`: "line:KEY", "unit:CODE", "" where nothing is meant; `label`: that in words; `why`: how it was understood.
    `choices`: the likeliest meanings first, for the list beside it. `figures`: how many cells under it could be taken.
    `names_unit`: it stands where the table names units, not figures.
    `remembered_as`: the text under which an answer is kept for the next quarter. `remembers`: what an answer to a question about
    several heads says of each of them, text and meaning.
    """

    address: str
    text: str
    role: HeadRole
    means: str
    label: str
    certainty: Certainty
    why: str = ""
    choices: tuple[HeadChoice, ...] = ()
    figures: int = 0
    remembered_as: str = ""
    names_unit: bool = False
    is_chosen: bool = False  # a person chose it for this file
    remembers: tuple[tuple[str, str], ...] = ()

    @property
    def needs_answer(self) -> bool:
        """Proposed, or one of several: a person has to say, before its figures are taken."""
        return bool(self.figures) and self.certainty in (Certainty.LIKELY, Certainty.AMBIGUOUS)

    @property
    def is_asked(self) -> bool:
        """Proposed, one of several, or not understood though figures stand under it."""
        return self.needs_answer or (bool(self.figures) and self.certainty == Certainty.NONE and not self.is_chosen)


@dataclass(frozen=True)
class TableResult:
    """A workbook of anyone's making. `task_id` None: `refused` says why; `task_choices` where a person may say which task.

    `waiting`: unit code -> addresses of the heads to be confirmed before anything of that unit is taken.
    `of_units`: unit code -> remarks that keep the unit out. `unplaced`: what to say where no figure of it was read;
    `is_answerable`: a person may yet say what the heads mean. `unit_column`: what was taken as the units' own names, in words.
    """

    task_id: int | None
    heads: tuple[ReportedHead, ...] = ()
    cells: tuple[PlacedCell, ...] = ()
    remarks: tuple[Remark, ...] = ()
    of_units: dict[str, tuple[Remark, ...]] = field(default_factory=dict)
    waiting: dict[str, tuple[str, ...]] = field(default_factory=dict)
    refused: str = ""
    task_choices: tuple[int, ...] = ()
    unplaced: str = ""
    is_answerable: bool = False
    unit_column: str = ""
    questions: tuple[ImportQuestion, ...] = ()
