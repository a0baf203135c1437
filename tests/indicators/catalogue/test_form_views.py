"""The forms: the list, one as it is printed, its head."""

from datetime import date

import pytest

from indicators.models import Form, FormLine
from tests.factories.indicators import make_check, make_form, make_indicator
from tests.indicators.catalogue.conftest import messages_of, page

pytestmark = pytest.mark.django_db
HEAD = {"code": "季09表", "title": "新表", "frequency": "quarter", "expectation": "period_end"}


def test_anyone_who_works_may_look_and_only_officers_lay_out(county, officer, clerk, auditor):
    form = make_form(owner=county)
    for url in ("/forms/", f"/forms/{form.pk}/"):
        assert [client.get(url).status_code for client in (officer, clerk, auditor)] == [200, 200, 404]
        assert officer.post(url).status_code == 405
    for url in ("/forms/add/", f"/forms/{form.pk}/edit/"):
        assert [client.get(url).status_code for client in (officer, clerk, auditor)] == [200, 404, 404]
        assert clerk.post(url, HEAD).status_code == 404
    assert "Lay out a form" in page(officer.get("/forms/"))
    assert "Lay out a form" not in page(clerk.get("/forms/"))
    assert clerk.get("/forms/999999/").status_code == 404


def test_the_list_tells_who_fills_it_and_what_is_expired(clerk):
    make_form("季01表", ("A", "B"), unit_categories="village;community", sort_order=1)
    make_form("季02表", ("A",), valid_until=date(2020, 12, 31), sort_order=2)
    text = page(clerk.get("/forms/"))
    assert text.index("季01表") < text.index("季02表")
    assert "Village, Community" in text
    assert "2020-12-31" in text
    assert text.count("Expired") == 1


def test_the_list_takes_the_same_queries_for_one_and_for_three(clerk, django_assert_num_queries):
    make_form("A", ("X",))
    for more in ((), ("B", "C")):
        for code in more:
            make_form(code, ("X", "Y"))
        with django_assert_num_queries(6):
            clerk.get("/forms/")


def test_a_form_as_it_is_printed(clerk):
    make_indicator("P", name="指导员", unit="名", items=("专职",))
    make_indicator("RATE", name="覆盖率", numerator="{A}", denominator="{B}")
    form = make_form(
        "季01表",
        ("A", "B", "P"),
        required=("A",),
        issuer="县委组织部",
        document_number="县组发〔2024〕6号",
        valid_until=date(2027, 12, 31),
    )
    FormLine.objects.filter(indicator__code="A").update(section="一、组建")
    make_check(form, "{A} <= {B}", "mandatory", "甲不大于乙")
    text = page(clerk.get(f"/forms/{form.pk}/"))
    for words in (
        "县委组织部",
        "县组发〔2024〕6号",
        "2027-12-31",
        "一、组建",
        "专职",
        "Required",
        "甲不大于乙",
        "RATE",
        "must be filled in",
    ):
        assert words in text, words
    assert "Change the lines" not in text


def test_a_form_takes_the_same_queries_with_one_line_and_with_many(clerk, django_assert_num_queries):
    small, large = make_form("S", ("A",)), make_form("L", tuple(f"X{number}" for number in range(20)))
    for number in range(5):
        make_check(large, f"{{X1}} <= {{X2}} * {number}")
    for form in (small, large):
        with django_assert_num_queries(11):
            clerk.get(f"/forms/{form.pk}/")


def test_a_form_without_lines_says_what_comes_next(county, officer):
    form = make_form(owner=county, codes=())
    assert "Put indicators on it" in page(officer.get(f"/forms/{form.pk}/"))


def test_a_form_is_made_and_leads_to_its_lines(officer):
    answer = officer.post("/forms/add/", {**HEAD, "unit_categories": ["village", "community"], "valid_until": "2027-12-31"})
    form = Form.objects.get()
    assert answer["Location"] == f"/forms/{form.pk}/lines/"
    assert (form.title, form.unit_categories, str(form.valid_until)) == ("新表", ("village", "community"), "2027-12-31")
    assert "put its lines on it" in messages_of(officer, answer)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"code": ""}, "This field is required"),
        ({"code": "季01表"}, "季01表 already"),
        ({"frequency": "daily"}, "Select a valid choice"),
        ({"unit_categories": ["moon"]}, "Select a valid choice"),
        ({"valid_until": "soon"}, "Enter a valid date"),
    ],
)
def test_a_head_that_cannot_be_is_refused_at_its_field(county, officer, wrong, words):
    make_form("季01表", owner=county)
    assert words in page(officer.post("/forms/add/", {**HEAD, **wrong}))
    assert Form.objects.count() == 1


def test_a_head_is_changed(county, officer):
    form = make_form("季01表", owner=county, unit_categories="village", notes="旧注")
    text = page(officer.get(f"/forms/{form.pk}/edit/"))
    assert "旧注" in text
    answer = officer.post(f"/forms/{form.pk}/edit/", {**HEAD, "code": "季01表", "notes": "新注", "sort_order": 99})
    assert "The head of 季01表 is kept." in messages_of(officer, answer)
    form.refresh_from_db()
    assert (form.title, form.unit_categories, form.notes, form.sort_order) == ("新表", (), "新注", 0)
