"""Reads the rows of a figures file: the task, unit and cell of each row, and its value."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from indicators.definitions import forms_of, own_forms, readable_forms
from indicators.kinds.registry import kind_of
from indicators.models import Form
from indicators.periods import BadPeriod, Period, read_period
from indicators.values.documents import Figure
from orgs.loading.codes import NotOneOrganization, OrganizationColumn
from orgs.models import Organization
from spreadsheets.tables import Problems, Table, TableRow
from submissions.models import Submission, Task

NIL = ("nil", "零报告")


@dataclass
class Document:
    """The figures of the file for one unit and task. `rows`: the row of each cell (key "" = the first row of the unit)."""

    submission: Submission
    figures: dict[str, Figure | None] = field(default_factory=dict)
    nil_report: bool = False
    rows: dict[str, int] = field(default_factory=dict)


def read_documents(table: Table, problems: Problems) -> list[tuple[Task, list[Document]]]:
    """Every task of the file with its units' documents, earlier periods first. Faults are added to `problems`."""
    reader = _FigureRowReader(table, problems)
    for row in table:
        reader.read(row)
    tasks = {task.id: task for task in reader.tasks.values() if task is not None}
    by_task: dict[int, list[Document]] = {}
    for document in reader.documents.values():
        by_task.setdefault(document.submission.task_id, []).append(document)
    order = sorted(by_task, key=lambda task_id: (tasks[task_id].period.last_day, tasks[task_id].form.sort_order, task_id))
    return [(tasks[task_id], by_task[task_id]) for task_id in order]


class _FigureRowReader:
    """Reads rows; forms, organizations, tasks and expected units are read from the database once."""

    def __init__(self, table: Table, problems: Problems):
        self.problems = problems
        self.numbers = {row["form"] for row in table}
        self.forms: dict[int | None, dict[str, Form]] = {}  # by county
        self.organizations = OrganizationColumn(table, "org_code")
        self.periods: dict[str, Period | str] = {}
        self.tasks: dict[tuple, Task | None] = {}
        self.ledgers: dict[int, dict[int, Submission]] = {}
        self.documents: dict[int, Document] = {}

    def read(self, row: TableRow) -> None:
        submission = self._submission(row)
        if submission is None:
            return
        document = self.documents.setdefault(submission.pk, Document(submission))
        document.rows.setdefault("", row.number)
        if not row["indicator_code"]:
            self._read_nil(row, document)
        else:
            self._read_cell(row, document)

    def _submission(self, row: TableRow) -> Submission | None:
        """The unit's report, or None, with the problem recorded at the column with the fault."""
        period, organization = self._period(row), self._organization(row)
        form = self._form(row, organization)
        if form is None or period is None or organization is None:
            return None
        task = self._task(form, period, organization)
        if task is None:
            sentence = _("No task is open for form %(form)s and %(period)s; open it with open_task.")
            self.problems.add(row.number, "period", sentence % {"form": form.code, "period": period})
            return None
        submission = self._ledger(task).get(organization.pk)
        if submission is None:
            sentence = _("%(org)s is not expected to fill form %(form)s for %(period)s.")
            self.problems.add(
                row.number, "org_code", sentence % {"org": organization.name, "form": form.code, "period": period}
            )
        return submission

    def _form(self, row: TableRow, organization: Organization | None) -> Form | None:
        """The form by the county of the unit; if the unit is not known, by any county."""
        county_id = organization.county_id if organization else None
        if county_id not in self.forms:
            found = forms_of(county_id) if organization else readable_forms(None) | own_forms()
            self.forms[county_id] = {form.code: form for form in found.filter(code__in=self.numbers)}
        form = self.forms[county_id].get(row["form"])
        if form is None:
            self.problems.add(row.number, "form", _("There is no form “%(code)s”.") % {"code": row["form"]})
        return form

    def _period(self, row: TableRow) -> Period | None:
        text = row["period"]
        if text not in self.periods:
            try:
                self.periods[text] = read_period(text)
            except BadPeriod as bad:
                self.periods[text] = str(bad)
        found = self.periods[text]
        if isinstance(found, str):
            self.problems.add(row.number, "period", found)
            return None
        return found

    def _organization(self, row: TableRow) -> Organization | None:
        try:
            return self.organizations.organization(row)
        except NotOneOrganization as error:
            self.problems.add(row.number, "org_code", str(error))
            return None

    def _task(self, form: Form, period: Period, organization: Organization) -> Task | None:
        key = (organization.county_id, form.pk, str(period))
        if key not in self.tasks:
            found = Task.objects.select_related("form").filter(county_id=key[0], form_id=key[1], period=key[2])
            self.tasks[key] = found.first()
        return self.tasks[key]

    def _ledger(self, task: Task) -> dict[int, Submission]:
        if task.pk not in self.ledgers:
            rows = Submission.objects.filter(county_id=task.county_id, task=task)
            self.ledgers[task.pk] = {submission.organization_id: submission for submission in rows}
            for submission in self.ledgers[task.pk].values():
                submission.task = task
        return self.ledgers[task.pk]

    def _read_nil(self, row: TableRow, document: Document) -> None:
        if row["value"].lower() not in NIL or row["item"]:
            sentence = _("A row without indicator declares a nil report; write NIL as its value, or name the indicator.")
            self.problems.add(row.number, "value" if row["indicator_code"] == "" else "item", sentence)
            return
        document.nil_report = True

    def _read_cell(self, row: TableRow, document: Document) -> None:
        code, item = row["indicator_code"], row["item"]
        key = f"{code}:{item}" if item else code
        line = document.submission.task.layout.by_key.get(key)
        why = self._why_not(code, item, key, document)
        if why:
            self.problems.add(
                row.number, "item" if item and code in document.submission.task.layout.by_key else "indicator_code", why
            )
            return
        reading = kind_of(line).read(row["value"], line)
        if reading.error:
            self.problems.add(row.number, "value", reading.error)
            return
        document.figures[key] = reading.figure
        document.rows[key] = row.number

    def _why_not(self, code: str, item: str, key: str, document: Document) -> str:
        """Why the cell cannot be loaded; "" if it can."""
        submission = document.submission
        line = submission.task.layout.by_key.get(key)
        names = {"code": code, "item": item, "form": submission.task.form.code}
        if line is None and item and code in submission.task.layout.codes:
            return _("Indicator %(code)s has no item “%(item)s” on form %(form)s.") % names
        if line is None:
            return _("Form %(form)s does not ask indicator %(code)s.") % names
        if line.is_computed:
            return _("Indicator %(code)s is computed, not typed; leave the row out.") % names
        if not line.asks(submission.unit_category):
            return _("Form %(form)s does not ask indicator %(code)s of this kind of unit.") % names
        if key in document.figures:
            return _("The same cell stands in row %(row)s already; keep one of them.") % {"row": document.rows[key]}
        return ""
