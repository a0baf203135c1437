"""A county retires a common form: it opens no task of it any more, others do, what is there goes on; it may use it again."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError

from audit.models import Event
from indicators.catalogue.adoption import adopt_form, give_up_edition
from indicators.catalogue.form_retirement import resume_form, retire_form
from indicators.catalogue.retirement_effect import retirement_effect
from indicators.definitions import forms_in_use, forms_of, retirements_of
from indicators.models import FormRetirement
from indicators.periods import read_period
from orgs.accounts.accounts import system_operator
from orgs.choices import Role
from submissions.core.refusals import ActRefused
from submissions.models import Task
from submissions.tasks.opening import open_task
from tests.factories.indicators import AT, make_form
from tests.factories.orgs import a_county, a_post, a_user, an_organization
from tests.factories.submissions import DUE, PERIOD, a_task
from tests.indicators.catalogue.conftest import _client, messages_of, page

pytestmark = pytest.mark.django_db
Q3, NEXT = read_period(PERIOD), read_period("2026Q4")
LATER = date(2027, 1, 20)


@pytest.fixture
def by():
    return system_operator()


@pytest.fixture
def other(db):
    found = a_county("D", name="柳河县")
    an_organization("W", parent=found)
    return found


@pytest.fixture
def common(county):
    an_organization("V1", parent=county)
    return make_form("季01表", ("A", "B"), required=("A",))


def opened(form, county, period=NEXT):
    return open_task(form=form, county=county, period=period, due_on=LATER, by=system_operator(), at=AT)


def told(*arguments) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=out)
    return out.getvalue()


# --- the act --------------------------------------------------------------------------------------------------------


def test_the_county_opens_no_task_and_others_do(common, county, other, by):
    retire_form(form=common, county=county, by=by, at=AT)
    with pytest.raises(ActRefused, match="青山县 has retired the form 季01表"):
        opened(common, county)
    assert opened(common, other).submissions.count() == 1
    assert not Task.objects.filter(county_id=county.pk).exists()
    event = Event.objects.get(kind="form.retired")
    assert (event.chain, event.subject, json.loads(event.data)["code"]) == (
        county.pk,
        f"form:{common.pk}",
        ["季01表", None],
    )


def test_open_tasks_go_on_with_who_is_newly_expected(common, county, by):
    task = a_task(county, common)
    retire_form(form=common, county=county, by=by, at=AT)
    assert json.loads(Event.objects.get(kind="form.retired").data)["tasks_still_open"] == [None, [PERIOD]]
    an_organization("V2", parent=county)
    again = open_task(form=common, county=county, period=Q3, due_on=DUE, by=by, at=AT)
    assert (again.pk, again.submissions.count()) == (task.pk, 2)


def test_it_is_used_again(common, county, by):
    retire_form(form=common, county=county, by=by, at=AT)
    resume_form(form=common, county=county, by=by, at=AT)
    assert opened(common, county).submissions.count() == 1
    assert Event.objects.filter(kind="form.resumed", chain=county.pk).count() == 1
    with pytest.raises(ValidationError, match="has not retired"):
        resume_form(form=common, county=county, by=by, at=AT)


def test_what_is_not_retired_and_why(common, county, other, by):
    own = make_form("县表", (), owner=county)
    with pytest.raises(ValidationError, match="last day"):
        retire_form(form=own, county=county, by=by, at=AT)
    edition = adopt_form(form=common, county=county, by=by, at=AT)
    for form in (common, edition):
        with pytest.raises(ValidationError, match="last day"):
            retire_form(form=form, county=county, by=by, at=AT)
    retire_form(form=common, county=other, by=by, at=AT)
    with pytest.raises(ValidationError, match="already"):
        retire_form(form=common, county=other, by=by, at=AT)
    assert FormRetirement.objects.count() == 1
    assert Event.objects.filter(kind="form.retired").count() == 1


def test_a_retired_form_is_not_adopted_before_it_is_used_again(common, county, by):
    retire_form(form=common, county=county, by=by, at=AT)
    with pytest.raises(ValidationError, match="use it again first"):
        adopt_form(form=common, county=county, by=by, at=AT)
    resume_form(form=common, county=county, by=by, at=AT)
    give_up_edition(edition=adopt_form(form=common, county=county, by=by, at=AT), by=by, at=AT)
    retire_form(form=common, county=county, by=by, at=AT)


def test_of_several_counties_a_form_is_in_use_while_one_uses_it(common, county, other, by):
    third = a_county("E", name="临江县")
    retire_form(form=common, county=county, by=by, at=AT)
    edition = adopt_form(form=common, county=other, by=by, at=AT)
    assert list(forms_in_use(county.pk)) == []
    assert list(forms_of(county.pk)) == [common]
    assert list(forms_in_use(other.pk)) == [edition]
    assert set(forms_in_use(county.pk, other.pk)) == {edition}
    assert set(forms_in_use(county.pk, other.pk, third.pk)) == {common, edition}
    assert set(forms_in_use(None)) == set(forms_in_use()) == {common}
    assert {one.county_id for one in retirements_of(county.pk, other.pk)} == {county.pk}


def test_the_effect_names_what_goes_on_and_what_nobody_is_asked_for(common, county, by):
    effect = retirement_effect(common, county)
    assert (effect.use.tasks, effect.unsettled, [one.code for one in effect.unasked]) == (0, 0, ["A", "B"])
    a_task(county, common)
    make_form("月01表", ("B",), owner=county)
    retired = make_form("月02表", ("A",))
    retire_form(form=retired, county=county, by=by, at=AT)
    effect = retirement_effect(common, county)
    assert [(task.period, task.unsettled) for task in effect.use.running] == [(Q3, 1)]
    assert (effect.use.first, effect.use.last, [one.code for one in effect.unasked]) == (Q3, Q3, ["A"])


# --- pages ----------------------------------------------------------------------------------------------------------


def test_the_page_shows_the_effect_and_changes_nothing_before_the_button(common, county, officer):
    a_task(county, common)
    assert f"/forms/{common.pk}/retire/?county={county.pk}" in page(officer.get(f"/forms/{common.pk}/"))
    text = " ".join(page(officer.get(f"/forms/{common.pk}/retire/")).split())
    assert "1 task is under way" in text
    assert "1 report not approved yet" in text
    assert "2 indicators stand on no other form" in text
    assert not FormRetirement.objects.exists()
    said = messages_of(officer, officer.post(f"/forms/{common.pk}/retire/"))
    assert "does not use 季01表 any more" in said
    assert "Use it again in 青山县" in " ".join(said.split())
    assert "Adopt it as" not in said


def test_the_list_shows_it_as_retired_and_the_filter_finds_it(common, county, officer):
    make_form("月01表", ("A",))
    officer.post(f"/forms/{common.pk}/retire/")
    assert page(officer.get("/forms/?state=")).count('<span class="pill is-grey">Retired</span>') == 1
    assert "季01表" not in page(officer.get("/forms/?state=valid")).partition("<tbody")[2]
    assert "月01表" not in page(officer.get("/forms/?state=expired")).partition("<tbody")[2]
    assert "季01表" not in page(officer.get("/tasks/open/"))
    said = messages_of(officer, officer.post(f"/forms/{common.pk}/resume/"))
    assert "uses 季01表 again" in said
    assert "季01表" in page(officer.get("/tasks/open/"))


def test_only_the_countys_officer_retires_and_nobody_elses_county(common, county, other, clerk, auditor):
    stranger = _client(a_user(Role.OFFICER, other))
    for act in ("retire", "resume"):
        assert clerk.post(f"/forms/{common.pk}/{act}/").status_code == 404
        assert auditor.post(f"/forms/{common.pk}/{act}/").status_code == 404
        assert stranger.post(f"/forms/{common.pk}/{act}/", {"county": county.pk}).status_code == 404
    assert not FormRetirement.objects.exists()
    stranger.post(f"/forms/{common.pk}/retire/")
    assert FormRetirement.objects.get().county == other
    assert "柳河县" not in page(clerk.get(f"/forms/{common.pk}/"))


def test_an_officer_of_two_counties_says_which(common, county, other):
    user = a_user(Role.OFFICER, county)
    a_post(user, Role.OFFICER, other)
    both = _client(user)
    assert both.get(f"/forms/{common.pk}/retire/").status_code == 404
    said = messages_of(both, both.post(f"/forms/{common.pk}/retire/", {"county": other.pk}))
    assert "柳河县 does not use" in said
    assert f"/retire/?county={county.pk}" in said
    assert f"/retire/?county={other.pk}" not in said
    assert "Retired" not in page(both.get("/forms/")).partition("<tbody")[2]  # one of the two still uses it


def test_a_form_that_cannot_be_retired_says_why(common, county, officer, by):
    adopt_form(form=common, county=county, by=by, at=AT)
    said = messages_of(officer, officer.get(f"/forms/{common.pk}/retire/"))
    assert "has its own edition of 季01表" in said
    assert "/retire/" not in said


def test_the_page_of_a_common_indicator_leads_to_where_it_is_left_out(common, county, officer, clerk, by):
    indicator = common.lines.get(position=1).indicator
    address = f"/indicators/{indicator.pk}/"
    assert "Adopt 季01表 as your county's own edition, then take its line off" in " ".join(page(officer.get(address)).split())
    edition = adopt_form(form=common, county=county, by=by, at=AT)
    text = page(officer.get(address))
    assert f"/forms/{edition.pk}/lines/" in text
    assert f'"/forms/{common.pk}/"' not in text  # the county has its edition: the common one is not its form
    listed = next(row for row in officer.get("/indicators/").context["table"].shown if row.pk == indicator.pk)
    assert listed.form_count == 1
    assert "left out of a county" not in page(clerk.get(address))


# --- commands -------------------------------------------------------------------------------------------------------


def test_the_command_does_what_the_page_does(common, county, other):
    assert "nothing was written" in told("retire_form", "季01表", "--org", "C", "--dry-run")
    assert not FormRetirement.objects.exists()
    assert not Event.objects.filter(kind="form.retired").exists()
    said = told("retire_form", "季01表", "--org", "C")
    assert "青山县 does not use 季01表" in said
    assert "On no other form in use: A, B." in said
    assert "uses 季01表 again" in told("retire_form", "季01表", "--org", "C", "--resume")
    for arguments, sentence in (
        (("没有", "--org", "C"), "no common form"),
        (("季01表", "--org", "X"), "--org"),
        (("季01表", "--org", "C", "--resume"), "has not retired"),
    ):
        with pytest.raises(CommandError, match=sentence):
            told("retire_form", *arguments)


def test_opening_for_every_county_passes_over_who_retired_it(by):
    common = make_form("季01表", ("A",))
    top = an_organization("P", name="某市", unit_category="other")
    counties = [a_county(code, name=f"{code}县", parent=top) for code in ("C", "D")]
    for one in counties:
        an_organization(f"{one.code}1", parent=one)
    retire_form(form=common, county=counties[0], by=by, at=AT)
    asked = ("open_task", "季01表", "2026Q4", "--due", "2027-01-20", "--org")
    said = told(*asked, "P")
    assert "季01表 2026Q4 C: not asked, the county has retired the form." in said
    assert "季01表 2026Q4 D: 1 expected." in said
    assert [task.county for task in Task.objects.all()] == [counties[1]]
    with pytest.raises(CommandError, match="has retired the form"):
        told(*asked, "C")
    retire_form(form=common, county=counties[1], by=by, at=AT)
    with pytest.raises(CommandError, match="C县 has retired the form"):
        told("open_task", "季01表", "2027Q1", "--due", "2027-04-20", "--org", "P")
