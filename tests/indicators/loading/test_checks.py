"""Rules of forms are taken when they can be read; the same rule twice is the same rule."""

import json

import pytest

from audit.models import Event
from indicators.loading.checks import load_checks
from indicators.models import Check
from orgs.accounts.accounts import system_operator
from spreadsheets.tables import TableProblems
from tests.factories.indicators import AT, make_form, make_indicator
from tests.indicators.loading.tables import lines_of, table_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _form(settings):
    settings.LANGUAGE_CODE = "en"
    make_indicator("P", items=("初级",))
    make_form(codes=("A", "B", "P"))


def row(expression, **given):
    return {"form": "季01表", "expression": expression, "severity": "mandatory", **given}


def load(*rows):
    return load_checks(table_of(*rows), by=system_operator(), at=AT)


def test_rules_are_added_in_order():
    assert load(row("{A} <= {B}", message="甲不大于乙"), row("{P:初级} <= {P}", severity="hint")).sentence == (
        "Checks: 2 added, 0 changed, 0 unchanged."
    )
    assert list(Check.objects.order_by("position").values_list("expression", "severity", "message")) == [
        ("{A} <= {B}", "mandatory", "甲不大于乙"),
        ("{P:初级} <= {P}", "hint", ""),
    ]


def test_the_same_rule_spelled_otherwise_is_changed_not_doubled():
    load(row("{A} <= {B}"))
    assert load(row("{A}<={B}", severity="verify")).sentence == (
        "Checks: 0 added, 1 changed, 0 unchanged. 季01表: {A}<={B}: Severity Mandatory → Verify."
    )
    assert load(row("{A}<={B}", severity="verify")).sentence == "Checks: 0 added, 0 changed, 1 unchanged."
    assert list(Check.objects.values_list("expression", "severity")) == [("{A} <= {B}", "verify")]
    event = Event.objects.filter(kind="checks.loaded").order_by("-sequence").first()
    assert json.loads(event.data) == {"季01表: {A}<={B}": [["mandatory", ""], ["verify", ""]]}


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([row("{A} <= {B}", form="季09表")], "file.csv:2: form: No form has the number 季09表"),
        ([row("")], "file.csv:2: expression: This cell is empty"),
        ([row("{A} <=")], "file.csv:2: expression: Character 7: The formula ends too early."),
        ([row("{A} + {B}")], "file.csv:2: expression: This is a number"),
        ([row("1 <= 2")], "file.csv:2: expression: This rule looks at no figure"),
        ([row("{A} <= {Z}")], "file.csv:2: expression: No indicator has the code Z."),
        ([row("{P:高级} <= {P}")], "file.csv:2: expression: P has no item “高级”."),
        ([row("{A} <= {B}", severity="fatal")], "file.csv:2: severity: “fatal” is not one of"),
        ([row("{A} <= {B}", severity="")], "file.csv:2: severity: This cell is empty"),
        ([row("{A} <= {B}"), row("{A}<={B}")], "file.csv:3: expression: The same rule already stands in row 2."),
    ],
)
def test_what_is_wrong_is_named(rows, line):
    with pytest.raises(TableProblems) as problems:
        load(*rows)
    assert lines_of(problems.value)[0].startswith(line)
    assert Check.objects.count() == 0
