"""The heads of a table as they were recognised, for a person to check and correct. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum

from orgs.names.name_similarity import Certainty
from submissions.imports.report.import_report import ImportQuestion, PlacedCell, Remark

# The meaning of a head: "line:CODE:item", "unit:CODE", "own:ADDRESS" (of the head of the units' own names), or "" to skip it.
LINE, UNIT, OWN = "line:", "unit:", "own:"
IS_OWN, IS_OTHER = f"{OWN}yes", f"{OWN}no"  # the form of remembered answers: this head names the row's own unit, or another one


class HeadRole(StrEnum):
    """The role of a head: a figure's line, a unit, something left out on purpose (a total, last period), or unknown."""

    LINE = "line"
    UNIT = "unit"
    IGNORED = "ignored"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class HeadChoice:
    """One possible meaning of the head.

    `remembered_as`: for a column that may name the units, the text under which the answer is stored.
    """

    means: str
    label: str
    remembered_as: str = ""


@dataclass(frozen=True)
class ReportedHead:
    """One head with its meaning.

    `address`: of its own cell, a sheet's title if the sheet names the unit, "" if the file's name does. `means`: "line:KEY",
    "unit:CODE", "" for none; `label`: that in words; `why`: how it was found. `choices`: the most probable meanings first, for
    the list beside it. `figures`: how many cells under it could be imported. `names_unit`: it is at a place for units, not
    figures. `remembered_as`: the text under which an answer is kept for the next quarter. `remembers`: what an answer to a
    question about several heads says of each of them, text and meaning.
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
        """Whether a person has to answer before its figures are imported: it is proposed, or one of several."""
        return bool(self.figures) and self.certainty in (Certainty.LIKELY, Certainty.AMBIGUOUS)

    @property
    def is_asked(self) -> bool:
        """Whether a person is asked: it is proposed, one of several, or unknown though figures are under it."""
        return self.needs_answer or (bool(self.figures) and self.certainty == Certainty.NONE and not self.is_chosen)


@dataclass(frozen=True)
class TableResult:
    """A free table. `task_id` None: `refused` says why; `task_choices` if a person may choose the task.

    `waiting`: unit code -> addresses of the heads to be confirmed before anything of that unit is imported. `of_units`: unit
    code -> remarks that prevent the import of the unit. `unplaced`: the sentence if no figure was read; `is_answerable`: a
    person may still give the meaning of the heads. `unit_column`: the column used for the units' own names, in words.
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
