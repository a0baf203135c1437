"""Arranging the lines of a form on its page, without script."""

import pytest

from indicators.models import FormLine, Indicator
from tests.factories.indicators import make_form, make_indicator
from tests.indicators.catalogue.conftest import messages_of, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(county):
    return make_form(owner=county, codes=("A", "B", "C"), unit_categories="village;community")


def codes(form):
    return list(FormLine.objects.filter(form=form).order_by("position").values_list("indicator__code", flat=True))


def typed(form, **changes):
    """What the page posts, with changes: `A_position=3`, `B_is_removed="on"`."""
    data = {}
    for line in FormLine.objects.filter(form=form).select_related("indicator"):
        own = {"seen": "True", "position": line.position, "section": line.section}
        for name in ("position", "section", "is_required", "is_removed", "unit_categories"):
            if f"{line.indicator.code}_{name}" in changes:
                own[name] = changes[f"{line.indicator.code}_{name}"]
        data |= {f"line-{line.pk}-{name}": value for name, value in own.items()}
    return data


def test_only_officers(form, clerk, officer):
    assert clerk.get(f"/forms/{form.pk}/lines/").status_code == 404
    assert clerk.post(f"/forms/{form.pk}/lines/", typed(form, A_is_removed="on")).status_code == 404
    assert clerk.post(f"/forms/{form.pk}/lines/add/", {"code": "A"}).status_code == 404
    assert officer.get(f"/forms/{form.pk}/lines/add/").status_code == 405
    assert codes(form) == ["A", "B", "C"]


def test_lines_are_moved_headed_required_restricted_and_removed(form, officer):
    data = typed(form, C_position=1, A_section="一、组建", A_is_required="on", A_unit_categories=["village"], B_is_removed="on")
    assert "The lines of 季01表 are kept." in messages_of(officer, officer.post(f"/forms/{form.pk}/lines/", data))
    assert codes(form) == ["C", "A"]
    line = FormLine.objects.get(indicator__code="A")
    assert (line.section, line.is_required, line.unit_categories) == ("一、组建", True, ("village",))


def test_nothing_changed_says_so(form, officer):
    assert "Nothing was changed" in messages_of(officer, officer.post(f"/forms/{form.pk}/lines/", typed(form)))


def test_a_line_that_came_meanwhile_is_left_alone(form, officer):
    data = typed(form, A_position=3)
    FormLine.objects.create(form=form, indicator=make_indicator("D"), position=4, section="二", is_required=True)
    officer.post(f"/forms/{form.pk}/lines/", data)
    assert codes(form) == ["B", "C", "A", "D"]
    assert FormLine.objects.get(indicator__code="D").is_required


@pytest.mark.parametrize("place", ["0", "-1", "x", "", "99999"])
def test_a_place_that_cannot_be_is_refused(form, officer, place):
    text = page(officer.post(f"/forms/{form.pk}/lines/", typed(form, A_position=place, B_is_removed="on")))
    assert "errorlist" in text
    assert codes(form) == ["A", "B", "C"]


def test_indicators_are_found_and_put_on(county, form, officer):
    make_indicator("ORG-1", name="台账总数")
    make_indicator("ORG-2", name="已建组织", is_enabled=False, owner=county)
    text = page(officer.get(f"/forms/{form.pk}/lines/?q=org"))
    assert "台账总数" in text
    assert "已建组织" in text
    assert 'value="A"' not in text
    answer = officer.post(f"/forms/{form.pk}/lines/add/", {"code": ["ORG-2", "ORG-1"], "section": "二、组织"})
    assert "2 lines were added" in messages_of(officer, answer)
    assert codes(form) == ["A", "B", "C", "ORG-2", "ORG-1"]
    assert Indicator.objects.get(code="ORG-2").is_enabled


@pytest.mark.parametrize(("given", "words"), [("Z", "No indicator has the code Z."), ("", "Tick an indicator")])
def test_what_cannot_be_put_on_is_reported(form, officer, given, words):
    assert words in messages_of(officer, officer.post(f"/forms/{form.pk}/lines/add/", {"code": given}))
    assert codes(form) == ["A", "B", "C"]


def test_the_page_takes_the_same_queries_for_one_line_and_for_many(county, officer, django_assert_num_queries):
    small = make_form("S", ("A",), owner=county)
    large = make_form("L", tuple(f"X{number}" for number in range(20)), owner=county)
    for form in (small, large):
        with django_assert_num_queries(6):
            officer.get(f"/forms/{form.pk}/lines/")
