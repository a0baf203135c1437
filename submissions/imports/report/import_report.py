"""The result of reading a file: per unit the changes with old and new figure, and every finding with its address. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from indicators.values.documents import Figure
from spreadsheets.read.workbook import Cell


class FileVerdict(StrEnum):
    """The result for a file, as `take_in` prints it."""

    PREVIEW = "preview"
    ACCEPTED = "accepted"
    PARTLY = "partly"
    REFUSED = "refused"


# Stored for a previewed file whose figures are all stored already: a list of files then says so without reading them again.
UNCHANGED = "unchanged"


class Weight(StrEnum):
    """How heavy a remark is.

    ERROR: the cell could not be read, so its unit is not imported; the next three are the form's checks; NOTICE: a value was
    read differently from its text.
    """

    ERROR = "error"
    MANDATORY = "mandatory"
    VERIFY = "verify"
    HINT = "hint"
    NOTICE = "notice"


class OfLine:
    """Base of values about one line: `key` is its figure key, "" for none."""

    __slots__ = ()
    key: str

    @property
    def indicator(self) -> str:
        return self.key.partition(":")[0]

    @property
    def item(self) -> str:
        return self.key.partition(":")[2]


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell of the file with what it means: the unit's code and the figure key (`CODE` or `CODE:item`)."""

    org: str
    key: str
    address: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Remark(OfLine):
    """One sentence about an address ("Sheet1!D7", a sheet's title, or "" for the file). `suggestion` is never applied.

    `key` and `label`: the line that it is about and its name; both "" if it is about no line of the form.
    """

    address: str
    weight: Weight
    sentence: str
    suggestion: str = ""
    key: str = ""
    label: str = ""

    @property
    def is_at_cell(self) -> bool:
        """Whether it is about a single cell: not about a sheet, a row of heads or the whole file."""
        return "!" in self.address and ":" not in self.address.rpartition("!")[2]


@dataclass(frozen=True, slots=True)
class FigureChange(OfLine):
    """One cell of the report that the file would change. `old` and `new` as they are printed, "" for not reported."""

    key: str
    label: str
    figure: Figure | None
    old: str
    new: str
    address: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """The workbook to fill instead of one that was refused: ids for the page's link, codes for the command line."""

    task_id: int
    organization_id: int
    form: str
    period: str
    org: str
    shape: str

    @property
    def command(self) -> str:
        return f"form_workbook {self.form} {self.period} --org {self.org} --shape {self.shape} --out FILE.xlsx"


@dataclass(frozen=True, slots=True)
class ImportQuestion:
    """A question to answer before figures are imported; no answer is selected.

    `what`: "unit_column", "head", "period" or "task". `address`: the key of the answer (`Incoming.heads`). `choices`: (answer,
    its words).
    """

    what: str
    sentence: str
    address: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ImportSubject:
    """What a file is for: code and title of the form, the period.

    `units`: (code, name) the units of one of our forms that was refused; a name is "" for a unit that this person does not fill
    in.
    """

    form: str
    title: str
    period: str
    units: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class UnitResult:
    """One unit of the file: the changes to its report at `revision`; `refused` says why nothing can change.

    `says`: figure key -> the figure that was read, also an unchanged one; None for one to be cleared. `submission_id` is 0 and
    `name` is "" for a unit that this person does not fill in or that owes no report.
    """

    submission_id: int
    org: str
    name: str
    revision: int
    changes: tuple[FigureChange, ...] = ()
    remarks: tuple[Remark, ...] = ()
    refused: str = ""
    fresh: Fresh | None = None
    says: Mapping[str, Figure | None] = field(default_factory=dict)

    @property
    def figures(self) -> int:
        return len(self.says)

    @property
    def is_ready(self) -> bool:
        """Whether anything would change and no error prevents it.

        Broken checks do not prevent it: they are corrected in the draft.
        """
        return bool(self.changes) and not self.refused and not self.has_errors

    @property
    def has_errors(self) -> bool:
        return any(remark.weight == Weight.ERROR for remark in self.remarks)


@dataclass(frozen=True)
class FileResult:
    """A whole file. `kind`: "form" (one of ours), "table" (of anyone's making), or the real kind of a refused file.

    `unit_column`: the column used for the units' own names, in words, "" if the table has none; of a table only. `questions`:
    those to be answered first. `subject`: unit, form and period of the file, if known. `period_words`: the first sentence about
    a file for an earlier period than the current one.
    """

    file: str
    verdict: FileVerdict
    kind: str
    sentence: str
    units: tuple[UnitResult, ...] = ()
    remarks: tuple[Remark, ...] = ()
    task_id: int | None = None
    sha256: str = ""
    seconds: float = 0.0
    heads: tuple = field(default=())  # for a table: the meanings of its heads; see submissions.imports.tables
    fresh: Fresh | None = None
    unit_column: str = ""
    questions: tuple[ImportQuestion, ...] = ()
    subject: ImportSubject | None = None
    period_words: str = ""

    @property
    def named_units(self) -> tuple[tuple[str, str], ...]:
        """(code, name) of every unit of the file; for a refused form the units it was made for."""
        if self.units:
            return tuple((unit.org, unit.name) for unit in self.units)
        return self.subject.units if self.subject else ()

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """Contradictions within the file, above all wrong totals; not the checks of a unit's report."""
        return tuple(remark for remark in self.remarks if remark.weight == Weight.VERIFY)

    @property
    def has_figures(self) -> bool:
        """Whether at least one figure was read, even if it is stored already."""
        return any(unit.figures for unit in self.units)

    @property
    def is_unchanged(self) -> bool:
        """Whether every figure was read and is stored already: there is nothing to import, to correct or to answer."""
        if self.verdict != FileVerdict.PREVIEW or not self.has_figures or any(head.is_asked for head in self.heads):
            return False
        is_wrong = any(unit.changes or unit.refused or unit.has_errors for unit in self.units)
        return not is_wrong and not any(remark.weight == Weight.ERROR for remark in self.remarks)

    @property
    def kept_verdict(self) -> str:
        return UNCHANGED if self.is_unchanged else self.verdict

    def changes(self) -> Iterator[tuple[UnitResult, FigureChange]]:
        for unit in self.units:
            for change in unit.changes:
                yield unit, change
