"""The rules of a form on their page: added, changed, taken away, refused with the place of the mistake."""

import pytest

from indicators.models import Check, Indicator
from tests.factories.indicators import make_check, make_form
from tests.indicators.catalogue.conftest import messages_of, page

pytestmark = pytest.mark.django_db
RULE = {"expression": "{A} <= {B}", "severity": "verify", "message": ""}


@pytest.fixture
def form(county):
    return make_form(owner=county, codes=("A", "B"))


def test_only_officers(form, clerk, officer):
    check = make_check(form, "{A} <= {B}")
    for url in (f"/forms/{form.pk}/checks/", f"/checks/{check.pk}/edit/"):
        assert officer.get(url).status_code == 200
        assert clerk.get(url).status_code == 404
        assert clerk.post(url, RULE).status_code == 404
    assert clerk.post(f"/checks/{check.pk}/remove/").status_code == 404
    assert officer.get(f"/checks/{check.pk}/remove/").status_code == 405
    assert Check.objects.count() == 1


def test_a_rule_is_added_and_read_with_names(form, officer):
    text = messages_of(officer, officer.post(f"/forms/{form.pk}/checks/", {**RULE, "message": "甲不大于乙"}))
    assert "A 指标A ≤ B 指标B" in text
    assert "甲不大于乙" in text


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("{A} <=", "Character 7: The formula ends too early."),
        ("{A} + {B}", "This is a number"),
        ("{A} <= {Z}", "No indicator has the code Z."),
        ("{B}<={A}", "The form has this rule already."),
        ("", "This field is required."),
    ],
)
def test_what_is_no_rule_is_refused_at_once(form, officer, expression, words):
    make_check(form, "{B} <= {A}")
    assert words in page(officer.post(f"/forms/{form.pk}/checks/", {**RULE, "expression": expression}))
    assert Check.objects.count() == 1


def test_a_rule_is_changed(form, officer):
    check = make_check(form, "{A} <= {B}")
    assert "{A} &lt;= {B}" in page(officer.get(f"/checks/{check.pk}/edit/"))
    assert "Character" in page(officer.post(f"/checks/{check.pk}/edit/", {**RULE, "expression": "{A} <"}))
    officer.post(f"/checks/{check.pk}/edit/", {**RULE, "expression": "{A} < {B}"})
    check.refresh_from_db()
    assert (check.expression, check.severity) == ("{A} < {B}", "verify")


def test_a_rule_is_taken_away(form, officer):
    check = make_check(form, "{A} <= {B}")
    assert "taken off" in messages_of(officer, officer.post(f"/checks/{check.pk}/remove/"))
    assert Check.objects.count() == 0


def test_a_rule_of_an_indicator_is_not_changed_here(form, officer):
    check = Check.objects.create(indicator=Indicator.objects.get(code="A"), expression="{A} <= 3", severity="hint")
    assert officer.get(f"/checks/{check.pk}/edit/").status_code == 404
    assert officer.post(f"/checks/{check.pk}/remove/").status_code == 404
