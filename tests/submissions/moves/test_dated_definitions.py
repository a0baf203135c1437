"""A definition changes from a day after the reports begun in its old meaning; tasks freeze the one of their period."""

from datetime import date

import pytest

from indicators.catalogue.queries import layout_of
from indicators.definitions import indicator_on
from indicators.loading.catalogue import load_catalogue
from indicators.models import FormerDefinition, Indicator
from orgs.accounts.accounts import system_operator
from spreadsheets.tables import TableProblems
from submissions.choices import State
from tests.factories.indicators import AT, make_form, make_indicator
from tests.factories.submissions import a_task, bring_to, submission_of
from tests.indicators.loading.tables import lines_of, table_of

pytestmark = pytest.mark.django_db
ROW = {"code": "A", "name_zh": "指标A", "unit": "家", "kind": "flow", "definition": "半天以上", "changed_from": "2026-10-01"}


@pytest.fixture
def task(place, settings):
    """The third quarter of a form with A and a ratio of A, begun by a village."""
    settings.LANGUAGE_CODE = "en"
    form = make_form(codes=("A", "B"))
    make_indicator("R", numerator="{A}", denominator="{B}")
    opened = a_task(place.county, form)
    bring_to(State.DRAFT, submission_of(opened, place.village), place)
    return opened


def load(*rows):
    return load_catalogue(table_of(*rows), by=system_operator(), at=AT)


def refusal(*rows) -> str:
    with pytest.raises(TableProblems) as problems:
        load(*rows)
    return "\n".join(lines_of(problems.value))


def test_each_period_asks_what_held_on_its_last_day(task):
    load(ROW)
    load({**ROW, "definition": "一天以上", "unit": "次", "changed_from": "2027-01-01"})
    found = {day: layout_of(task.form, day).by_key for day in (date(2026, 9, 30), date(2026, 10, 1), date(2027, 3, 31))}
    assert [(lines["A"].definition, lines["A"].unit, lines["A"].comparable_since) for lines in found.values()] == [
        ("", "家", ""), ("半天以上", "家", "2026-10-01"), ("一天以上", "次", "2027-01-01"),
    ]  # fmt: skip
    # A ratio that nobody changed breaks with what it is made of.
    assert [lines["R"].comparable_since for lines in found.values()] == ["", "2026-10-01", "2027-01-01"]
    assert [lines["B"].comparable_since for lines in found.values()] == ["", "", ""]


def test_loading_the_change_again_changes_nothing(task):
    load(ROW)
    assert load(ROW).sentence == "Indicators: 0 added, 0 changed, 1 unchanged."
    assert FormerDefinition.objects.count() == 1


def test_before_anybody_begins_the_change_may_be_put_right(task):
    load(ROW)
    load({**ROW, "definition": "三小时以上", "counts_on": "1"})
    indicator = Indicator.objects.get(code="A")
    assert (indicator.definition, indicator.comparable_since, FormerDefinition.objects.count()) == ("三小时以上", None, 1)
    assert indicator_on(indicator, date(2026, 9, 30)).definition == ""


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"changed_from": "2026-09-30"}, "The first day from which it can is 2026-10-01"),
        ({"changed_from": "2026-02-01"}, "The first day from which it can is 2026-10-01"),
        ({"definition": ""}, "Nothing in this row differs"),
        ({"unit": "次", "counts_on": "1"}, "Unit of measure never count on"),
        ({"kind": "stock", "counts_on": "是"}, "Kind never count on"),
        ({"code": "NEW"}, "NEW is new and has nothing to change from"),
        ({"changed_from": "", "counts_on": "1"}, "write the day in changed_from"),
        ({"changed_from": "10/2026"}, "changed_from"),
        ({"changed_from": "", "unit": "次"}, "write that day in changed_from, 2026-10-01 at the earliest"),
    ],
)
def test_refused_and_nothing_written(task, given, sentence):
    before = list(Indicator.objects.order_by("pk").values())
    assert sentence in refusal({**ROW, **given})
    assert (list(Indicator.objects.order_by("pk").values()), FormerDefinition.objects.count()) == (before, 0)


def test_no_change_before_one_that_stands(task):
    load(ROW)
    load({**ROW, "definition": "一天以上", "changed_from": "2027-01-01"})
    for day in ("2026-10-01", "2026-11-01"):
        assert "changed again from 2027-01-01" in refusal({**ROW, "definition": "两天以上", "changed_from": day})


def test_a_change_before_the_first_day_is_refused(db, settings):
    settings.LANGUAGE_CODE = "en"
    make_indicator("A", valid_from=date(2026, 10, 1))
    assert "begins only on 2026-10-01" in refusal(ROW)


def test_without_a_day_the_series_stays_one_and_that_is_said(task, place):
    bring_to(State.APPROVED, submission_of(task, place.other_village), place)
    loaded = load({**ROW, "changed_from": ""})
    assert any("changes without a day" in note for note in loaded.notes)
    assert Indicator.objects.get(code="A").comparable_since is None


def test_the_preview_says_what_changes_and_from_when(task):
    assert "A 指标A: the definition changes from 2026-10-01." in load(ROW).changes
