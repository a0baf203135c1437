"""A drawn county of mixed frequencies, lived stage by stage through the real acts, with the oracle's book and places kept beside."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from random import Random

from django.core.exceptions import ValidationError
from django.db import transaction

from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from orgs.tree.restructuring import close, merge, move, open_organization, split
from submissions.choices import State
from submissions.filling.bulk_entry import BulkEntry, enter_many
from submissions.filling.submission_actions import withdraw
from submissions.models import Submission
from submissions.models import Task as StoredTask
from submissions.review.actions import approve, send_back
from submissions.tasks.exemptions import exempt, lift
from tests.acceptance.mixed.book import Book, Form, Report, Task
from tests.acceptance.mixed.calendar import stretch
from tests.acceptance.mixed.lines import HEAD, drawn_catalogue, drawn_document
from tests.acceptance.mixed.places import Heir, Places
from tests.acceptance.mixed.plan import KINDS, TOWNSHIPS, Plan
from tests.acceptance.sums.computed_lines import NA, Number
from tests.reports.story import Story

AT = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
TODAY = date(2026, 12, 31)
WORD = "与台账核对无误，数据属实，特此说明。"
ACTS = {
    "send": ("blank", "draft", "returned"), "withdraw": ("submitted",), "return": ("submitted", "passed"),
    "approve": ("submitted", "passed"), "exempt": ("blank", "draft", "returned"), "lift": ("exempt",),
}  # fmt: skip


class County:
    """`book` and `places` are what the oracle reads; every act is done in the database and told to them."""

    def __init__(self, story: Story, dice: Random):
        self.story, self.dice, self.by = story, dice, system_operator()
        self.plan = Plan(dice)
        self.catalogue = drawn_catalogue(dice)
        self.book, self.places = Book(self.catalogue.lines), Places()
        self.totals: dict[tuple[str, str], dict[str, Fraction]] = {}
        self.done: list[str] = []
        story.run("load_catalogue", story._file("catalogue.csv", HEAD, self.catalogue.rows))
        self._found()
        self._lay_out()

    # --- stages -----------------------------------------------------------------------------------------------------

    def live(self) -> None:
        """Each stage: its tasks are opened and reported, some reports go on, then the tree changes."""
        for number, day in enumerate(self.plan.stages):
            for form, period in self.plan.tasks_before(day, self.plan.stages[number - 1] if number else None):
                self.story.open(form, period)
                self._report(form, period)
            self.act_some(4)
            for _change in range(self.dice.randint(1, 3)):
                self.change_tree(day)
        self.read()

    def _found(self) -> None:
        self.places.found("C", "county", [(None, date(2000, 1, 1), None)])
        for code in TOWNSHIPS:
            self.places.found(code, "township", [("C", date(2000, 1, 1), None)])
        for code, category, spans in self.plan.units:
            self.places.found(code, category, list(spans))
        rows = [
            f"{code},{code}单位,{self.places.categories[code]},{parent or ''},,,{start},{end or ''}"
            for code in self.places.order
            for parent, start, end in self.places.spans[code]
        ]
        self.story.orgs(*rows)

    def _lay_out(self) -> None:
        """Forms as planned; a form's derived ratios are those whose sides stand on it."""
        head = "form,title,frequency,indicator_code,aggregate_own,unit_categories"
        rows = []
        for form in self.plan.forms:
            for code in form.lines([line for line in self.catalogue.lines if ":" not in line]):
                asked = ";".join(one for one in form.categories if self.catalogue.lines[code].asks(one))
                rows += [f"{form.code},{form.code}表,{form.length},{code},{int(form.own)},{asked}"] if asked else []
        self.story.run("load_forms", self.story._file("forms.csv", head, rows))

    def _report(self, form: str, period: str) -> None:
        """Some units' first reports, each as far as it comes."""
        task = StoredTask.objects.get(form__code=form, period=period)
        reports = sorted(task.submissions.select_related("organization", "task"), key=lambda one: one.organization.code)
        states: dict[str, list[BulkEntry]] = {"draft": [], "submitted": [], "approved": []}
        for report in reports:
            state = self.dice.choice(("", "draft", "submitted", "submitted", *["approved"] * 6))
            if state:
                states[state].append(BulkEntry(report, self._document(report)))
        for state, entries in states.items():
            self._enter(task, entries, State(state))

    def _enter(self, task: StoredTask, entries: list[BulkEntry], upto: State) -> None:
        entered = enter_many(task=task, entries=entries, upto=upto, explanation=WORD, by=self.by, at=AT)
        assert entered.refused == [], entered.refused

    def _document(self, report: Submission) -> dict[str, object]:
        key = (report.task.form.code, report.organization.code, str(report.task.period)[:4])
        document = drawn_document(self.dice, self.totals.get(key, {}))
        self.totals[key] = {code: document[code] for code in ("K", "J") if document.get(code) not in (None, NA)}
        layout = report.task.layout
        asked = {code: value for code, value in document.items() if code in layout.by_key}
        asked = {code: _written(value) for code, value in asked.items() if layout.by_key[code].asks(report.unit_category)}
        return asked or {"A": 1}

    # --- acts on reports --------------------------------------------------------------------------------------------

    def act_some(self, count: int) -> None:
        for _number in range(count):
            rows = Submission.objects.select_related("organization", "task__form", "standing").order_by(
                "task__period", "organization__code"
            )
            name = self.dice.choice((*ACTS, "send", "approve", "return", "return"))
            fitting = [row for row in rows if row.state in ACTS[name]]
            if fitting:
                report = self.dice.choice(fitting)
                self.done.append(f"{name} {report.task.form.code} {report.task.period} {report.organization.code}")
                getattr(self, f"_{name}")(report)
        self.read()

    def _send(self, report: Submission) -> None:
        newest = report.versions.order_by("-number").first()
        changes = dict.fromkeys(newest.figures if newest else ()) | self._document(report)
        self._enter(report.task, [BulkEntry(report, changes)], State.SUBMITTED)

    def _withdraw(self, report: Submission) -> None:
        withdraw(submission=report, by=self.by, at=AT)

    def _return(self, report: Submission) -> None:
        send_back(submission=report, version_number=report.standing.number, reason=WORD, cell_reasons={}, by=self.by, at=AT)

    def _approve(self, report: Submission) -> None:
        approve(submission=report, version_number=report.standing.number, by=self.by, at=AT)

    def _exempt(self, report: Submission) -> None:
        exempt(submission=report, reason=WORD, by=self.by, at=AT)

    def _lift(self, report: Submission) -> None:
        lift(submission=report, by=self.by, at=AT)

    # --- acts on the tree -------------------------------------------------------------------------------------------

    def change_tree(self, on: date) -> None:
        """One change of a unit from the day on; what the product refuses is done by neither."""
        standing = [code for code in self.places.order if code[0] in "VN" and self.places.stands(code, on)]
        if len(standing) < 2:
            return
        unit, name = (
            self.dice.choice(standing),
            self.dice.choice(("move", "move", "merge", "join", "split", "split", "divide", "close", "turn")),
        )
        try:
            with transaction.atomic():
                told = getattr(self, f"_{name}")(unit, on, [code for code in standing if code != unit])
        except ValidationError:
            return
        for tell in told:
            tell()
        self.done.append(f"{name} {unit} {on}")
        self.read()

    def _said(self, on: date) -> dict:
        return {"on": on, "by": self.by, "at": AT}

    def _move(self, unit: str, on: date, others: list[str]):
        """Also entered late, from a day of the past."""
        on = self.dice.choice((on, on, date(2026, 3, 10)))
        there = self.dice.choice([code for code in TOWNSHIPS if code != self.places.parent(unit, on)])
        if any(start > on for _parent, start, _end in self.places.spans[unit]) or not self.places.stands(unit, on):
            return []
        move(organization=org(unit), parent=org(there), **self._said(on))
        return [lambda: self.places.put(unit, there, on)]

    def _merge(self, unit: str, on: date, others: list[str]):
        """Into another that stands."""
        heir = self.dice.choice(others)
        merge(predecessors=[org(unit), org(heir)], successor=org(heir), **self._said(on))
        return [lambda: self.places.end(unit, on), lambda: self._succeeded(on, (unit, heir), {heir: Fraction(1)})]

    def _join(self, unit: str, on: date, others: list[str]):
        """Two into a new one."""
        other, heir = self.dice.choice(others), self._new(on)
        merge(predecessors=[org(unit), org(other)], successor=org(heir), **self._said(on))
        return [
            lambda: self.places.end(unit, on), lambda: self.places.end(other, on),
            lambda: self._succeeded(on, (unit, other), {heir: Fraction(1)}),
        ]  # fmt: skip

    def _split(self, unit: str, on: date, others: list[str]):
        """Into new ones, or some of it into a new one and the rest going on."""
        shares = self.dice.choice((("0.6", "0.4"), ("0.5", "0.3", "0.2"), ("0.25", "0.75"), ("0.333", "0.667")))
        heirs = [self._new(on) for _share in shares]
        if self.dice.random() < 0.3:
            heirs[0] = unit
        split(
            predecessor=org(unit),
            successors={org(heir): Decimal(share) for heir, share in zip(heirs, shares, strict=True)},
            **self._said(on),
        )
        shared = {heir: Fraction(share) for heir, share in zip(heirs, shares, strict=True)}
        return [*([] if unit in heirs else [lambda: self.places.end(unit, on)]), lambda: self._succeeded(on, (unit,), shared)]

    def _divide(self, unit: str, on: date, others: list[str]):
        heirs = [self._new(on) for _heir in range(2)]
        split(predecessor=org(unit), successors={org(heir): None for heir in heirs}, **self._said(on))
        return [lambda: self.places.end(unit, on), lambda: self._succeeded(on, (unit,), dict.fromkeys(heirs))]

    def _close(self, unit: str, on: date, others: list[str]):
        close(organization=org(unit), **self._said(on))
        return [lambda: self.places.end(unit, on)]

    def _turn(self, unit: str, on: date, others: list[str]):
        """It becomes something else, a community of a village."""
        kind = self.dice.choice([one for one in KINDS if one != self.places.categories[unit]])
        self.story.run("load_orgs", self.story._file("turned.csv", "code,name,unit_category", [f"{unit},{unit}单位,{kind}"]))
        return [lambda: self.places.categories.update({unit: kind})]

    def _new(self, on: date) -> str:
        code = f"N{len(self.places.order):02d}"
        category, parent = self.dice.choice(KINDS), self.dice.choice(TOWNSHIPS)
        open_organization(code=code, name=f"{code}单位", parent=org(parent), unit_category=category, **self._said(on))
        self.places.found(code, category, [(parent, on, None)])
        return code

    def _succeeded(self, on: date, before: tuple[str, ...], shares: dict[str, Fraction | None]) -> None:
        heirs = sorted(shares, key=self.places.order.index)
        self.places.changes.append((on, before, tuple(Heir(heir, shares[heir]) for heir in heirs)))

    # --- what stands ------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Who was asked and what stands in the database now, as the oracle's ledger."""
        ledger: dict[Task, dict[str, Report]] = {}
        for stored in StoredTask.objects.select_related("form"):
            form = Form(stored.form.code, stored.form.frequency, stored.form.sort_order, frozenset(stored.layout.by_key))
            reports = stored.submissions.select_related("organization", "standing")
            ledger[Task(form, stretch(str(stored.period)))] = {
                row.organization.code: Report(
                    row.state, row.unit_category, _read(row.standing.figures) if row.standing else None
                )
                for row in reports
            }
        self.book.read(ledger)


def org(code: str) -> Organization:
    return Organization.objects.get(code=code)


def _written(value: Number) -> object:
    if value == NA:
        return value
    return int(value) if value.denominator == 1 else Decimal(value.numerator) / Decimal(value.denominator)


def _read(figures: dict) -> dict[str, Number]:
    return {key: value if value == NA else Fraction(str(value)) for key, value in figures.items()}
