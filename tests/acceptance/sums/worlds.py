"""Small counties with everything in them, drawn by hypothesis and lived through the real acts; the oracle's book is kept beside.

Three levels, quarters of 2026, every kind of line; units that come, go and move; reports in every state.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from indicators.periods import read_period
from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from submissions.choices import State
from submissions.filling.bulk_entry import BulkEntry as Entered
from submissions.filling.bulk_entry import enter_many
from submissions.filling.draft_actions import save_draft
from submissions.filling.submission_actions import submit, withdraw
from submissions.models import Submission, Task
from submissions.review.actions import approve, send_back
from submissions.tasks.exemptions import exempt, lift
from tests.acceptance.sums.oracle import NA, SENT, Book, Entry, Rule
from tests.reports.story import Story

FORM = "甲表"
CATEGORIES = ("county", "township", "village", "community", "private_enterprise")
AT = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
WORD = "与台账核对无误，数据属实，特此说明。"
NEVER = date(2000, 1, 1)


def _sum_of_two(documents: list[dict]):
    pair = documents[-1].get("F"), documents[-1].get("S")
    return NA if NA in pair else None if None in pair else pair[0] + pair[1]


def _meets_three(documents: list[dict]):
    value = documents[-1].get("F")
    return value if value in (None, NA) else (1 if value >= 3 else 0)


def _growth_of_stock(documents: list[dict]):
    """This quarter's less the last one's; the quarter before the first is of another year and was never asked."""
    pair = documents[-1].get("S"), documents[-2].get("S") if len(documents) > 1 else None
    return NA if NA in pair else None if None in pair else pair[0] - pair[1]


def _so_far(documents: list[dict]):
    """What was reported this year, if anything is reported now."""
    now = documents[-1].get("F")
    return now if now in (None, NA) else sum(value for document in documents if (value := document.get("F")) not in (None, NA))


RULES = {
    rule.key: rule
    for rule in (
        Rule("F"), Rule("D", decimals=2, asked_of=("village", "township")), Rule("S", over_time="last"),
        Rule("K", running=True), Rule("N"), Rule("W"), Rule("L", over_time="last"),
        Rule("B"), Rule("B:甲"), Rule("B:乙"), Rule("M", over_units="mean", over_time="mean", decimals=1),
        Rule("X", over_units="max", over_time="last"), Rule("I", over_units="min"), Rule("E", over_units="mean", decimals=1),
        Rule("U", over_time="none"), Rule("G", of_unit=_sum_of_two), Rule("Y", of_unit=_meets_three),
        Rule("H", of_unit=_growth_of_stock), Rule("Z", of_unit=_so_far, over_time="last"),
        Rule("R", ratio=("N", "W"), times=100, decimals=1), Rule("RS", ratio=("S", "L"), times=1, decimals=2),
        Rule("RM", ratio=("N", "L"), times=1000, decimals=2),
    )
}  # fmt: skip
TYPED = ("F", "D", "S", "K", "N", "W", "L", "B", "B:甲", "B:乙", "M", "X", "I", "E", "U")
CATALOGUE_HEAD = "code,name_zh,unit,kind,numerator,denominator,disaggregation,validation,org_rule,period_rule,formula,decimals"
CATALOGUE = (
    "F,走访,次,flow,,,,int>=0,,,,0", "D,增收,万元,flow,,,,decimal(2),,,,2", "S,党员,名,stock,,,,int>=0,,,,0",
    "K,累计培训,人次,cumulative,,,,int>=0,,,,0", "N,办结,件,flow,,,,int>=0,,,,0", "W,收集,件,flow,,,,int>=0,,,,0",
    "L,应建,家,stock,,,,int>=0,,,,0", "B,活动,次,flow,,,甲;乙,int>=0,,,,0", "M,平均在岗,名,stock,,,,int>=0,mean,mean,,1",
    "X,最多,名,stock,,,,int>=0,max,,,0", "I,最少,次,flow,,,,int>=0,min,,,0", "E,得分,分,score,,,,,mean,,,1",
    "U,参训,人,flow,,,,int>=0,,none,,0", "G,合计,次,flow,,,,,,,{F} + {S},0", "Y,达标,家,flow,,,,,count_if,,{F} >= 3,0",
    "H,净增,名,flow,,,,,,,{S} - {S@prev},0", "Z,本年累计,次,stock,,,,,,,{F@ytd},0",
    "R,办结率,%,ratio,N,W,,,,,,1", "RS,组建率,名/家,ratio,S,L,,,,,,2", "RM,密度,‰,ratio,N,L,,,,,,2",
)  # fmt: skip


# --- what is drawn ---------------------------------------------------------------------------------------------------


@st.composite
def documents(draw) -> dict:
    """A report that may be sent: something in it, parts within their wholes, nothing out of nothing."""
    cell = st.one_of(st.none(), st.just(NA), st.just(0), st.integers(1, 40))
    figures = {key: draw(cell) for key in TYPED}
    if figures["D"] not in (None, NA):
        figures["D"] = Decimal(draw(st.integers(-5000, 5000))).scaleb(-2)
    if figures["W"] == 0 and figures["N"] not in (None, NA):
        figures["N"] = 0
    if figures["L"] == 0:
        figures["L"] = 1
    for item in ("B:甲", "B:乙"):
        if not isinstance(figures["B"], int) or not isinstance(figures[item], int):
            figures[item] = None
        else:
            figures[item] = min(figures[item], figures["B"])
    given = {key: value for key, value in figures.items() if value is not None}
    return given or {"F": 0}


Span = tuple[str | None, date, date | None]


@dataclass
class Unit:
    code: str
    category: str
    spans: list[Span]


@dataclass
class Plan:
    """A drawn county: units, how many quarters, whether townships and county answer for themselves, first reports."""

    units: list[Unit]
    quarters: int
    own: bool
    reports: list[tuple[int, str, str, dict]]  # quarter, unit, state, document


@st.composite
def spans(draw, townships: list[str]) -> list[Span]:
    """In place all the time, from a day on, up to a day, or moved on a day."""
    home = draw(st.sampled_from(townships))
    day = draw(st.sampled_from([date(2026, 3, 31), date(2026, 4, 1), date(2026, 5, 20), date(2026, 6, 30), date(2026, 7, 1)]))
    other = draw(st.sampled_from(townships))
    eve = date.fromordinal(day.toordinal() - 1)
    return draw(
        st.sampled_from(
            [[(home, NEVER, None)]] * 3 + [[(home, day, None)], [(home, NEVER, day)], [(home, NEVER, eve), (other, day, None)]]
        )
    )


@st.composite
def plans(draw) -> Plan:
    townships = ["TA", "TB", "TC"][: draw(st.integers(2, 3))]
    units = [Unit("C", "county", [(None, NEVER, None)])]
    units += [Unit(code, "township", [("C", NEVER, None)]) for code in townships]
    # The third township has a village only while one stands there; without any it is asked itself.
    units += [Unit(f"{code}0", "village", [(code, NEVER, None)]) for code in townships[:2]]
    units.append(Unit("D1", "private_enterprise", [("C", NEVER, None)]))
    for number in range(draw(st.integers(1, 6))):
        category = draw(st.sampled_from(["village", "village", "community", "private_enterprise"]))
        units.append(Unit(f"V{number}", category, draw(spans(townships))))
    quarters, own = draw(st.integers(1, 3)), draw(st.booleans())
    state = st.sampled_from(["", "draft", "submitted", "approved", "approved"])
    answering = [unit.code for unit in units if own or unit.code not in ("C", "TA", "TB")]
    reports = [(quarter, code, draw(state), draw(documents())) for quarter in range(1, quarters + 1) for code in answering]
    return Plan(units, quarters, own, [report for report in reports if report[2]])


# --- what is lived ---------------------------------------------------------------------------------------------------


@dataclass
class World:
    """A county in the database, with what the oracle needs to know of it."""

    story: Story
    plan: Plan
    book: Book = field(init=False)

    def __post_init__(self):
        self.by = system_operator()
        self.periods = [f"2026Q{quarter}" for quarter in range(1, self.plan.quarters + 1)]
        self.book = Book(RULES, {period: read_period(period).last_day for period in self.periods})
        self.place()
        categories = ";".join(CATEGORIES)
        asked = [f"{FORM},{FORM},quarter,{row.split(',')[0]}" for row in CATALOGUE]
        rows = [f"{row},{int(self.plan.own)},{'village;township' if row.endswith(',D') else categories}" for row in asked]
        head = "form,title,frequency,indicator_code,aggregate_own,unit_categories"
        self.story.run("load_forms", self.story._file("forms.csv", head, rows))
        self.story.open(FORM, *self.periods)
        self.load(self.plan.reports)

    @property
    def county(self) -> Organization:
        return Organization.objects.get(code="C")

    def place(self) -> None:
        """load_orgs with every place as the plan has it now."""
        rows = [
            f"{unit.code},{unit.code}单位,{unit.category},{parent or ''},,,{start},{end or ''}"
            for unit in self.plan.units
            for parent, start, end in unit.spans
        ]
        self.story.orgs(*rows)
        self.book.places = {unit.code: list(unit.spans) for unit in self.plan.units}

    def task(self, period: str) -> Task:
        return Task.objects.get(period=period)

    def submissions(self, period: str) -> dict[str, Submission]:
        rows = Submission.objects.filter(task__period=period).select_related("task__form", "organization", "standing")
        return {row.organization.code: row for row in rows}

    def load(self, reports) -> None:
        for quarter, period in enumerate(self.periods, start=1):
            held = self.submissions(period)
            for upto in ("draft", "submitted", "approved"):
                entries = [
                    Entered(held[code], _asked(held[code], document))
                    for of, code, state, document in reports
                    if (of, state) == (quarter, upto) and code in held
                ]
                entered = enter_many(
                    task=self.task(period), entries=entries, upto=State(upto), explanation=WORD, by=self.by, at=AT
                )
                assert entered.refused == []
        self.read()

    def read(self) -> None:
        """What stands in the database now, as the oracle's ledger."""
        self.book.ledger = {
            period: {
                code: Entry(row.state, row.unit_category, dict(row.standing.figures) if row.standing else None)
                for code, row in self.submissions(period).items()
            }
            for period in self.periods
        }

    # --- acts ---------------------------------------------------------------------------------------------------------

    def act(self, name: str, period: str, pick: int, document: dict) -> bool:
        """One act on one unit that it fits, chosen by `pick`; False where it fits none."""
        fitting = [row for _code, row in sorted(self.submissions(period).items()) if row.state in ACTS[name]]
        if not fitting:
            return False
        getattr(self, f"_{name}")(fitting[pick % len(fitting)], document)
        self.read()
        return True

    def _send(self, submission: Submission, document: dict) -> None:
        newest = submission.versions.order_by("-number").first()
        changes = dict.fromkeys(newest.figures if newest else ()) | _asked(submission, document)
        arguments = {"explanations": {"falling:K": f"{WORD}{submission.times_returned}"}, "key": "", "by": self.by, "at": AT}
        draft = save_draft(submission=submission, changes=changes, revision=newest.revision if newest else 0, **arguments)
        submit(submission=submission, revision=draft.revision, by=self.by, at=AT)

    def _load(self, submission: Submission, document: dict) -> None:
        """As load_figures does it: straight to approved."""
        entry = Entered(submission, _asked(submission, document))
        entered = enter_many(task=submission.task, entries=[entry], upto=State.APPROVED, explanation=WORD, by=self.by, at=AT)
        assert entered.refused == []

    def _withdraw(self, submission: Submission, document: dict) -> None:
        withdraw(submission=submission, by=self.by, at=AT)

    def _return(self, submission: Submission, document: dict) -> None:
        send_back(
            submission=submission, version_number=submission.standing.number, reason=WORD, cell_reasons={}, by=self.by, at=AT
        )

    def _approve(self, submission: Submission, document: dict) -> None:
        approve(submission=submission, version_number=submission.standing.number, by=self.by, at=AT)

    def _exempt(self, submission: Submission, document: dict) -> None:
        exempt(submission=submission, reason=WORD, by=self.by, at=AT)

    def _lift(self, submission: Submission, document: dict) -> None:
        lift(submission=submission, by=self.by, at=AT)

    def move(self, pick: int, township: str, day: date) -> None:
        """A village stands elsewhere from a day on, also one of the past: load_orgs again."""
        movable = [unit for unit in self.plan.units if unit.code[0] == "V"]
        unit = movable[pick % len(movable)]
        eve = date.fromordinal(day.toordinal() - 1)
        kept = [(parent, start, min(end or eve, eve)) for parent, start, end in unit.spans if start < day]
        unit.spans = [*kept, (township, day, None)]
        self.place()


ACTS = {
    "send": ("blank", "draft", "returned"), "load": ("blank",), "withdraw": ("submitted",), "return": ("submitted", "passed"),
    "approve": ("submitted", "passed"), "exempt": ("blank", "draft", "returned"), "lift": ("exempt",),
}  # fmt: skip
assert set(ACTS["return"]) < set(SENT)


def _asked(submission: Submission, document: dict) -> dict:
    """The cells of a document that this unit is asked."""
    layout = submission.task.layout
    return {key: value for key, value in document.items() if layout.by_key[key].asks(submission.unit_category)} or {"F": 0}
