"""Figures above counties that have indicators and editions of their own: never two meanings added, editions of one form as one."""

import pytest

from indicators.catalogue.adoption import adopt_form
from indicators.catalogue.line_actions import add_lines
from indicators.definitions import indicators_of
from indicators.periods import read_period
from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from reports.dashboards.period_forms import asked_forms
from reports.figures.answers.figure_query import figures
from reports.figures.plan.query_plan import BadQuestion
from reports.scope.headlines import headlines_for
from reports.scope.task_queries import codes_of_form, forms_asked
from submissions.models import Task
from submissions.tasks.progress import progress_below
from tests.factories.indicators import AT, make_form, make_indicator
from tests.factories.orgs import a_user, an_organization
from tests.factories.submissions import a_task, send, submission_of

pytestmark = pytest.mark.django_db
PERIOD = read_period("2026Q3")


@pytest.fixture
def prefecture(db, settings):
    settings.LANGUAGE_CODE = "en"
    return an_organization("35", unit_category="other")


@pytest.fixture
def counties(prefecture):
    """Two, each with a village; the first has its own edition of the common form, with an indicator of its own."""
    found = [an_organization(code, parent=prefecture, unit_category="county") for code in ("3501", "3502")]
    for county in found:
        an_organization(f"{county.code}V", parent=county, unit_category="village")
    return found


@pytest.fixture
def sent(counties):
    one, other = counties
    common = make_form("季01表", ("A",))
    make_indicator("X", name="夜校", owner=one)
    make_indicator("X", name="书屋", owner=other)
    edition = adopt_form(form=common, county=one, by=system_operator(), at=AT)
    add_lines(form=edition, indicators=[one_of("X", one)], section="", by=system_operator(), at=AT)
    for county, form, given in ((one, edition, {"A": 3, "X": 7}), (other, common, {"A": 4})):
        task = a_task(county, form)
        village = Organization.objects.get(code=f"{county.code}V")
        send(submission_of(task, village), given, by=a_user("clerk", village))
    return list(Task.objects.select_related("form").order_by("pk"))


def one_of(code, county):
    return indicators_of(county.pk).get(code=code)


def first_row(code, org) -> list[str]:
    return [cell.text for cell in figures([code], periods=[PERIOD], org=org, basis="submitted").rows[0].cells]


def test_a_common_figure_is_added_over_editions(prefecture, sent):
    assert first_row("A", prefecture) == ["7"]


def test_two_meanings_of_a_code_are_not_added(prefecture, counties, sent):
    assert first_row("X", counties[0]) == ["7"]
    with pytest.raises(BadQuestion, match="X is another indicator in"):
        first_row("X", prefecture)


def test_nor_shown_first_above_counties(prefecture, counties, sent):
    ids = [county.pk for county in counties]
    assert [one.code for one in headlines_for(prefecture.pk, ids, PERIOD)] == ["A"]
    assert [one.code for one in headlines_for(counties[0].pk, ids[:1], PERIOD)] == ["A", "X"]


def test_a_countys_own_code_is_unknown_elsewhere(prefecture, counties, sent):
    make_indicator("Z", owner=counties[0])
    with pytest.raises(BadQuestion, match="no indicator Z"):
        first_row("Z", counties[1])


def test_editions_of_a_form_are_one_form_above_counties(prefecture, counties, sent):
    ids = [county.pk for county in counties]
    assert [form.code for form in forms_asked(ids)] == ["季01表"]
    assert codes_of_form("季01表", ids) == ["A", "X"]
    assert codes_of_form("季01表", ids[1:]) == ["A"]
    found = asked_forms(sent, progress_below(sent, prefecture))
    assert [(form.title, form.progress.expected, form.progress.submitted) for form in found] == [("季01表基层表", 2, 2)]
