"""Forms are laid out from a table: head stated once or the same each time, lines in order, audiences joined."""

import json

import pytest

from audit.models import Event
from indicators.loading.forms import load_forms
from indicators.models import Form, FormLine, Indicator
from orgs.accounts.accounts import system_operator
from spreadsheets.tables import TableProblems
from tests.factories.indicators import AT, make_indicator
from tests.indicators.loading.tables import lines_of, table_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _indicators(settings):
    settings.LANGUAGE_CODE = "en"
    for code in ("A", "B", "C"):
        make_indicator(code)


def row(code, form="季01表", **given):
    return {"form": form, "title": "基层表", "frequency": "quarter", "indicator_code": code, **given}


def load(*rows):
    return load_forms(table_of(*rows), by=system_operator(), at=AT)


def refused(*rows):
    with pytest.raises(TableProblems) as problems:
        load(*rows)
    assert Form.objects.count() == 0
    return lines_of(problems.value)


def test_head_and_lines():
    sentence = load(
        row("B", section="一、组建", required="1", issuer="县委组织部", document_number="县组发〔2024〕6号", valid_until="2027-12-31"),
        row("A", section="一、组建", expectation="whole_period", aggregate_own="1"),
    ).sentence  # fmt: skip
    assert sentence == "Forms: 1 added, 0 changed, 0 unchanged."
    form = Form.objects.get()
    assert (form.code, form.title, form.frequency, form.issuer) == ("季01表", "基层表", "quarter", "县委组织部")
    assert (str(form.valid_until), form.expectation, form.aggregate_own) == ("2027-12-31", "whole_period", True)
    lines = FormLine.objects.order_by("position").values_list("indicator__code", "section", "is_required")
    assert list(lines) == [("B", "一、组建", True), ("A", "一、组建", False)]


def test_the_audience_is_that_of_all_lines_and_a_narrower_line_says_so():
    load(
        row("A", unit_categories="village;community"),
        row("B", unit_categories="village"),
        row("C", unit_categories="community;village"),
    )
    assert Form.objects.get().unit_categories == ("village", "community")
    assert list(FormLine.objects.order_by("position").values_list("unit_categories", flat=True)) == [(), ("village",), ()]


def test_no_audience_is_everyone():
    load(row("A"))
    assert Form.objects.get().unit_categories == ()


def test_a_switched_off_indicator_is_switched_on_and_reported():
    Indicator.objects.filter(code="B").update(is_enabled=False)
    assert "Switched on because a form asks for them: B." in load(row("A"), row("B")).sentence
    assert Indicator.objects.get(code="B").is_enabled


def test_twice_the_same_changes_nothing():
    rows = (row("A", issuer="县委组织部", unit_categories="village"), row("B", form="季02表", section="一"))
    load(*rows)
    before = Event.objects.count(), list(FormLine.objects.values_list("pk"))
    assert load(*rows).sentence == "Forms: 0 added, 0 changed, 2 unchanged."
    assert (Event.objects.count(), list(FormLine.objects.values_list("pk"))) == before


def test_a_change_holds_from_now_on_and_is_recorded():
    load(row("A"), row("B"))
    assert "Tasks already opened keep their lines" in load(row("B", title="新表"), row("C", title="新表")).sentence
    event = Event.objects.filter(kind="forms.loaded").order_by("-sequence").first()
    data = json.loads(event.data)
    assert data["季01表.title"] == ["基层表", "新表"]
    assert data["季01表.lines"] == [["A", "B"], ["B", "C"]]
    assert [line.indicator.code for line in FormLine.objects.order_by("position")] == ["B", "C"]


def test_a_column_the_file_does_not_have_says_nothing():
    load(row("A", issuer="县委组织部"))
    load(row("A"))
    assert Form.objects.get().issuer == "县委组织部"
    load(row("A", issuer=""))
    assert Form.objects.get().issuer == ""


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([row("A", form="")], "file.csv:2: form: A form needs its number"),
        ([row("")], "file.csv:2: indicator_code: This cell is empty"),
        ([row("Z")], "file.csv:2: indicator_code: No indicator has the code Z"),
        ([row("A"), row("A")], "file.csv:3: indicator_code: A already stands on this form, in row 2."),
        ([row("A", title="")], "file.csv:2: title: This cell is empty"),
        ([row("A"), row("B", title="别的表")], "file.csv:3: title: Row 2 says something else of the form 季01表"),
        ([row("A", frequency="daily")], "file.csv:2: frequency: “daily” is not one of"),
        ([row("A", unit_categories="town")], "file.csv:2: unit_categories: “town” is not one of"),
        ([row("A", valid_until="next year")], "file.csv:2: valid_until: “next year” is not a date"),
        ([row("A", expectation="always")], "file.csv:2: expectation: “always” is not one of"),
        ([row("A", required="x")], "file.csv:2: required: “x” is neither 1"),
        ([row("A", colour="red")], "file.csv:1: colour: This column is not known"),
    ],
)
def test_what_is_wrong_is_named(rows, line):
    assert refused(*rows)[0].startswith(line)
