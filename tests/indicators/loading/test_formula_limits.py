"""A formula whose values could not be added up exactly, or would silently be blank, is refused where it is made, and says what to do."""

import pytest

from indicators.catalogue.check_actions import add_check
from indicators.loading.catalogue import load_catalogue
from indicators.loading.checks import load_checks
from indicators.models import Form, Indicator
from orgs.accounts.accounts import system_operator
from spreadsheets.tables import TableProblems
from tests.factories.indicators import AT
from tests.indicators.loading.tables import lines_of, table_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def row(code, formula="", **given):
    return {"code": code, "name_zh": f"指标{code}", "unit": "家", "kind": "flow", "formula": formula, **given}


def load(*rows):
    load_catalogue(table_of(row("A"), row("B"), row("C"), *rows), by=system_operator(), at=AT)


def refused(*rows) -> list[str]:
    with pytest.raises(TableProblems) as problems:
        load(*rows)
    assert not Indicator.objects.exists()
    return lines_of(problems.value)


QUOTIENTS = (
    "{A} / {B}", "{A} * 100 / {B}", "({A} - {B}) / ({B} + {C})", "1 / {A}", "{C} + {A} / {B}", "-({A} / {B})",
    "if({B} > 0, {A} / {B}, 0)", "coalesce({A} / {B}, 0)", "max({A} / {B}, 1)", "sum({A}, {B} / {C})", "{A} / (2 * {B})",
    "{A} / 2 / {B}", "{A} / ({B} * 0 + 6)", "{A} / {B@prev}", "{A} / abs({B})", "{A} / if({B} > 1, 2, 3)",
)  # fmt: skip


@pytest.mark.parametrize("formula", QUOTIENTS)
def test_a_quotient_of_figures_is_a_ratio_or_nothing(formula):
    [line] = refused(row("Q", formula))
    assert line.startswith("file.csv:5: formula: It divides by a figure ({")
    assert "choose the kind ratio" in line


@pytest.mark.parametrize("column", ["numerator", "denominator"])
def test_nor_does_a_side_of_a_ratio_divide(column):
    sides = {"numerator": "{A}", "denominator": "{B}", column: "{A} / {C}"}
    [line] = refused(row("R", kind="ratio", **sides))
    assert line.startswith(f"file.csv:5: {column}: It divides by a figure ({{C}})")


@pytest.mark.parametrize("text", ["computed:A/B", "computed:(A+C)/B"])
def test_the_short_hand_of_a_catalogue_does_not_divide_either(text):
    assert "It divides by a figure" in refused(row("Q", validation=text))[0]


@pytest.mark.parametrize(
    "formula",
    [
        "{A} / 6", "{A} * 100 / 12", "{A} / (3 * 4)", "({A} + {B}) / 7 * {C}", "floor({A} / {B})", "if({A} / {B} > 0.5, 1, 0)",
        "if({A} * 3 >= {B} / 2, {A}, {B}) / 8", "{R} * 0.4", "{A} / max(2, 3)",
    ],
)  # fmt: skip
def test_a_number_may_divide_and_what_answers_whole_too(formula):
    load(row("R", kind="ratio", unit="%", numerator="{A}", denominator="{B}"), row("Q", formula))
    assert Indicator.objects.get(code="Q").formula == formula


def test_a_product_without_room_is_refused():
    load(row("D", kind="flow", validation="decimal(6)"), row("P", " * ".join(["{D}"] * 12)))
    Indicator.objects.all().delete()
    [line] = refused(row("D", validation="decimal(6)"), row("P", " * ".join(["{D}"] * 16)))
    assert line.startswith("file.csv:6: formula: It multiplies so many figures")
    powers = [row("P1", " * ".join(["{A}"] * 60)), *(row(f"P{n}", " * ".join([f"{{P{n - 1}}}"] * 60)) for n in range(2, 6))]
    assert len(refused(*powers)) == 5


NESTED = {
    "prev of prev": ("{A} - {A@prev}", "{X@prev}"),
    "prev of the year to date": ("{A@ytd}", "{A} + {X@prev}"),
    "the year to date of prev": ("{A} - {A@prev}", "{X@ytd}"),
    "last year of last year": ("{A@same_last_year}", "if({X@same_last_year} > 1, 1, 0)"),
    "through another": ("{W} * 2", "{X@prev} * 2"),
}


@pytest.mark.parametrize("name", NESTED)
def test_another_period_of_what_looks_at_other_periods(name):
    x, y = NESTED[name]
    [line] = refused(row("W", "{A@prev}"), row("X", x), row("Y", y))
    assert line.startswith("file.csv:7: formula: {X@")
    assert "would be blank: X is itself computed from another period ({A@" in line


def test_of_its_own_last_period():
    [line] = refused(row("X", "coalesce({X@prev}, 0) + {A}"))
    assert line.startswith("file.csv:5: formula: {X@prev} would be blank")


def test_what_looks_at_no_sum_over_the_year_may_be_asked_to_date():
    load(row("X", "{A@prev}", kind="stock"), row("Y", "{X@ytd} + {A@ytd} - {B@prev} + {X}"))
    assert Indicator.objects.count() == 5


def test_a_running_total_is_not_computed_from_other_periods():
    [line] = refused(row("K", "{A@ytd}", kind="cumulative"))
    assert line.startswith("file.csv:5: formula: A running total that is computed cannot look at other periods ({A@ytd})")


def test_what_stands_is_not_made_blank_by_a_change_beside_it():
    load(row("X", kind="stock"), row("Y", "{X@prev} + 1"))
    with pytest.raises(TableProblems) as problems:
        load(row("X", "{A@prev}", kind="stock"))
    [line] = lines_of(problems.value)
    assert line.startswith("file.csv:5: formula: {X@prev} would be blank")


@pytest.fixture
def form(db) -> Form:
    load(row("X", "{A} - {A@prev}"))
    return Form.objects.create(code="F", title="表", frequency="quarter")


def test_a_rule_over_such_a_figure_is_refused_by_the_loader(form):
    rows = [{"form": "F", "expression": "{X} >= {X@prev}", "severity": "verify"}]
    with pytest.raises(TableProblems) as problems:
        load_checks(table_of(*rows), by=system_operator(), at=AT)
    assert lines_of(problems.value)[0].startswith("file.csv:2: expression: {X@prev} would be blank")


def test_and_on_the_page(form):
    with pytest.raises(Exception, match="would be blank"):
        add_check(form=form, expression="{X@ytd} <= 5", severity="hint", message="", by=system_operator(), at=AT)


def test_a_rule_that_stands_is_named_when_its_figure_becomes_such_a_one(form):
    add_check(form=form, expression="{B} <= {B@prev}", severity="hint", message="", by=system_operator(), at=AT)
    with pytest.raises(TableProblems) as problems:
        load_catalogue(table_of(row("B", "{C@prev}")), by=system_operator(), at=AT)
    assert lines_of(problems.value)[0].startswith("file.csv:2: formula: The form F has the rule {B} <= {B@prev}.")


def test_what_cannot_be_read_is_reported_beside_what_is_computed_from_it():
    bad = row("D", decimals="x", period_rule="x", kind="x", org_rule="x")
    lines = refused(bad, row("X", "{D} * 2 + {D@ytd} / {D}"), row("Y", "{D@prev} + {M}"), row("Z", "{X@ytd} + {Y@prev}"))
    assert [line.split(":")[1] for line in lines] == ["5", "5", "5", "5", "6", "7", "8"]
