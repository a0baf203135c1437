"""Whose a definition is: common ones are read, own ones changed, another's not seen; adopting a common form and giving it up."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from audit.models import Event
from indicators.catalogue.adoption import adopt_form, give_up_edition
from indicators.catalogue.adoption_changes import changes_since_adoption
from indicators.catalogue.check_actions import add_check
from indicators.catalogue.form_actions import change_form, make_form
from indicators.catalogue.queries import checks_for, layout_of
from indicators.definitions import forms_of, indicators_in_use, indicators_of
from indicators.models import Check, Form, FormLine, Indicator
from indicators.periods import read_period
from orgs.accounts.accounts import system_operator
from orgs.choices import Role
from submissions.core.refusals import ActRefused
from submissions.models import HeadName, Task
from submissions.tasks.opening import open_task
from tests.factories.indicators import AT, make_check, make_indicator
from tests.factories.indicators import make_form as stored_form
from tests.factories.orgs import a_county, a_post, a_user, an_organization
from tests.factories.submissions import DUE, PERIOD, a_task
from tests.indicators.catalogue.conftest import _client, messages_of, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return system_operator()


@pytest.fixture
def other(db):
    return a_county("D", name="柳河县")


@pytest.fixture
def common(db):
    form = stored_form("季01表", ("A", "B"), required=("A",), notes="统一")
    FormLine.objects.filter(indicator__code="B").update(section="二、其他")
    make_check(form, "{A} <= {B}", "verify", "甲不大于乙")
    return form


def codes(form):
    return list(FormLine.objects.filter(form=form).order_by("position").values_list("indicator__code", flat=True))


# --- the door -------------------------------------------------------------------------------------------------------


def test_a_county_sees_what_is_common_and_its_own(county, other):
    make_indicator("A")
    make_indicator("X", owner=county)
    make_indicator("X", owner=other)
    assert [one.code for one in indicators_of(county.pk).order_by("code")] == ["A", "X"]
    assert indicators_of(county.pk).get(code="X").owner == county
    assert [one.code for one in indicators_of(None)] == ["A"]
    assert indicators_of(county.pk, other.pk).count() == 3


@pytest.mark.parametrize("kind", [make_indicator, lambda code, **given: stored_form(code, (), **given)])
def test_codes_are_unique_among_the_common_and_among_a_countys(county, other, kind):
    kind("X")
    kind("X", owner=other)
    kind("X", owner=county)
    for owner in (None, county):
        with pytest.raises(IntegrityError), transaction.atomic():
            kind("X", owner=owner)


def test_a_common_form_stays_beside_editions_while_one_of_several_counties_has_none(common, county, other, by):
    edition = adopt_form(form=common, county=county, by=by, at=AT)
    assert list(forms_of(county.pk)) == [edition]
    assert list(forms_of(other.pk)) == [common]
    assert set(forms_of(county.pk, other.pk)) == {common, edition}
    adopt_form(form=common, county=other, by=by, at=AT)
    assert common not in forms_of(county.pk, other.pk)


def test_a_switched_off_common_indicator_is_in_use_where_a_county_asks_it(county, other, by):
    off = make_indicator("OFF", is_enabled=False)
    FormLine.objects.create(form=stored_form("县表", (), owner=county), indicator=off, position=1)
    assert off in indicators_in_use(county.pk)
    assert off not in indicators_in_use(other.pk)
    assert off not in indicators_in_use(None)


# --- pages ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["edit/", "lines/", "lines/add/", "give-up/"])
def test_a_common_form_is_not_changed_on_pages(common, officer, act):
    answer = officer.post(f"/forms/{common.pk}/{act}", {"code": "A", "title": "改"})
    assert answer.status_code == 403
    assert "own edition" in answer.content.decode()
    common.refresh_from_db()
    assert (common.title, codes(common)) == ("季01表基层表", ["A", "B"])
    assert Event.objects.filter(kind="access.refused", result="refused").count() == 1


def test_nor_a_common_rule_or_indicator(common, officer):
    check, indicator = Check.objects.get(), Indicator.objects.get(code="A")
    rule = {"expression": "{A} < {B}", "severity": "hint"}
    for url in (f"/checks/{check.pk}/edit/", f"/checks/{check.pk}/remove/", f"/indicators/{indicator.pk}/switch/"):
        assert officer.post(url, rule).status_code == 403
    assert officer.post(f"/indicators/{indicator.pk}/edit/", {}).status_code == 403
    assert Check.objects.get().expression == "{A} <= {B}"
    script = officer.post(f"/checks/{check.pk}/remove/", headers={"accept": "application/json"})
    assert (script.status_code, "Adopt the form" in script.json()["said"]) == (403, True)


def test_a_common_form_shows_no_editing_and_offers_adoption(common, officer, clerk):
    text = page(officer.get(f"/forms/{common.pk}/"))
    assert "Adopt it as 青山县" in text
    assert f"/forms/{common.pk}/edit/" not in text
    assert "Change the lines" not in text
    assert "Adopt it" not in page(clerk.get(f"/forms/{common.pk}/"))


def test_adopting_on_the_page_and_what_both_pages_say(common, officer, clerk, other):
    text = messages_of(officer, officer.post(f"/forms/{common.pk}/adopt/"))
    edition = Form.objects.get(adopted_from=common)
    assert "青山县's own edition, adapted" in text
    assert "Change the lines" in text
    assert "uses its own edition" in page(officer.get(f"/forms/{common.pk}/"))
    assert "already" in messages_of(officer, officer.post(f"/forms/{common.pk}/adopt/"))
    listed = page(officer.get("/forms/"))
    assert (listed.count("季01表基层表"), f"/forms/{edition.pk}/" in listed) == (1, True)
    stranger = _client(a_user(Role.OFFICER, other))
    assert stranger.get(f"/forms/{edition.pk}/").status_code == 404
    assert "own edition of it" not in page(stranger.get(f"/forms/{common.pk}/"))
    assert clerk.post(f"/forms/{common.pk}/adopt/").status_code == 404
    officer.post(f"/forms/{edition.pk}/give-up/")
    assert not Form.objects.filter(pk=edition.pk).exists()


def test_an_edition_keeps_its_number(common, county, officer, by):
    edition = adopt_form(form=common, county=county, by=by, at=AT)
    head = {"code": "季77表", "title": "县表", "frequency": "quarter", "expectation": "period_end"}
    officer.post(f"/forms/{edition.pk}/edit/", head)
    edition.refresh_from_db()
    assert (edition.code, edition.title) == ("季01表", "县表")
    with pytest.raises(ValidationError, match="keeps the number"):
        change_form(form=edition, code="季77表", by=by, at=AT)


def test_a_countys_own_rule_stands_on_a_common_form_for_it_alone(common, county, other, officer):
    officer.post(f"/forms/{common.pk}/checks/", {"expression": "{A} >= 3", "severity": "hint"})
    own = Check.objects.get(owner=county)
    layout = layout_of(common)
    seen = {one: [rule.formula.text for rule in checks_for(layout, common, one.pk) if rule.formula] for one in (county, other)}
    assert seen[county][:2] == ["{A} <= {B}", "{A} >= 3"]
    assert "{A} >= 3" not in seen[other]
    stranger = _client(a_user(Role.OFFICER, other))
    assert "{A} &gt;= 3" not in page(stranger.get(f"/forms/{common.pk}/checks/"))
    assert stranger.post(f"/checks/{own.pk}/remove/").status_code == 404
    assert "taken off" in messages_of(officer, officer.post(f"/checks/{own.pk}/remove/"))


@pytest.mark.parametrize("url", ["/forms/add/", "/indicators/add/"])
def test_who_is_officer_of_two_counties_says_for_which(county, other, url):
    user = a_user(Role.OFFICER, county)
    a_post(user, Role.OFFICER, other)
    client = _client(user)
    given = {
        "code": "X-1", "title": "县表", "frequency": "quarter", "expectation": "period_end", "name_zh": "指标", "unit": "个",
        "kind": "flow", "domain": "member", "direction": "none", "na_allowed": "1",
    }  # fmt: skip
    assert "County" in client.post(url, given).content.decode()
    assert not Form.objects.exists()
    assert not Indicator.objects.exists()
    client.post(url, {**given, "county": other.pk})
    kind = Form if "forms" in url else Indicator
    assert kind.objects.get(code="X-1").owner == other


def test_an_officer_adds_an_indicator_and_changes_it(county, other, officer):
    make_indicator("A")
    given = {
        "code": "XZ-1", "name_zh": "乡镇夜校", "unit": "所", "kind": "stock", "domain": "education", "frequency": "quarter",
        "direction": "none", "na_allowed": "1", "definition": "期末数",
    }  # fmt: skip
    assert "XZ-1 is added" in messages_of(officer, officer.post("/indicators/add/", given))
    made = Indicator.objects.get(code="XZ-1")
    assert (made.owner, made.kind, made.definition) == (county, "stock", "期末数")
    assert "common indicator" in officer.post("/indicators/add/", {**given, "code": "A"}).content.decode()
    assert "already" in officer.post("/indicators/add/", given).content.decode()
    assert (
        "No indicator has the code Q."
        in officer.post("/indicators/add/", {**given, "code": "R", "formula": "{Q}"}).content.decode()
    )
    url = f"/indicators/{made.pk}/edit/"
    assert "乡镇夜校" in page(officer.get(url))
    assert "XZ-1 is kept" in messages_of(officer, officer.post(url, {**given, "name_zh": "村级夜校", "code": "A"}))
    made.refresh_from_db()
    assert (made.code, made.name) == ("XZ-1", "村级夜校")
    stranger = _client(a_user(Role.OFFICER, other))
    assert stranger.get(f"/indicators/{made.pk}/").status_code == 404
    assert stranger.post(url, given).status_code == 404
    assert "村级夜校" not in page(stranger.get("/indicators/?q=XZ"))
    assert Event.objects.filter(kind="catalogue.loaded").values_list("chain", flat=True).distinct().get() == county.pk


# --- adopting -------------------------------------------------------------------------------------------------------


def test_an_edition_has_lines_and_rules_and_the_countys_tasks(common, county, other, by):
    own, theirs = a_task(county, common), a_task(other, common)
    HeadName.objects.create(county=county, organization=county, form=common, text="甲", means="line:A", said_at=AT, said_by=by)
    add_check(form=common, owner=county, expression="{A} >= 1", severity="hint", message="", by=by, at=AT)
    edition = adopt_form(form=common, county=county, by=by, at=AT)
    assert (edition.code, edition.title, edition.notes, codes(edition)) == ("季01表", "季01表基层表", "统一", ["A", "B"])
    assert list(edition.lines.order_by("position").values_list("is_required", "section")) == [(True, ""), (False, "二、其他")]
    assert list(edition.checks.order_by("position", "id").values_list("expression", "owner_id")) == [
        ("{A} <= {B}", county.pk), ("{A} >= 1", county.pk),
    ]  # fmt: skip
    assert common.checks.count() == 1
    assert Task.objects.get(pk=own.pk).form == edition
    assert Task.objects.get(pk=theirs.pk).form == common
    assert HeadName.objects.get().form == edition
    event = Event.objects.get(kind="form.adopted")
    assert (event.chain, json.loads(event.data)["tasks"]) == (county.pk, [None, 1])
    assert edition.family_id == common.family_id == common.pk


def test_a_task_goes_on_under_the_edition_with_its_frozen_lines(common, county, by):
    an_organization("V", parent=county, unit_category="village")
    task = a_task(county, common)
    edition = adopt_form(form=common, county=county, by=by, at=AT)
    edition.lines.filter(indicator__code="B").delete()
    with pytest.raises(ActRefused, match="own edition"):
        open_task(form=common, county=county, period=read_period("2026Q4"), due_on=date(2099, 4, 1), by=by, at=AT)
    assert Task.objects.get(pk=task.pk).layout.codes == {"A", "B"}
    again = open_task(form=edition, county=county, period=read_period(PERIOD), due_on=DUE, by=by, at=AT)
    assert again.pk == task.pk
    assert Task.objects.count() == 1


def test_another_countys_form_is_not_opened(county, other, by):
    form = stored_form("县表", ("A",), owner=other)
    with pytest.raises(ActRefused, match="another county's"):
        open_task(form=form, county=county, period=read_period("2026Q4"), due_on=date(2099, 4, 1), by=by, at=AT)


def test_only_common_forms_are_adopted_and_once(common, county, other, by):
    own = stored_form("县表", ("A",), owner=county)
    with pytest.raises(ValidationError, match="only common forms"):
        adopt_form(form=own, county=county, by=by, at=AT)
    edition = adopt_form(form=common, county=county, by=by, at=AT)
    for form in (common, edition):
        with pytest.raises(ValidationError):
            adopt_form(form=form, county=county, by=by, at=AT)
    adopt_form(form=common, county=other, by=by, at=AT)


def test_what_the_common_form_says_otherwise_since(common, county, by, officer):
    edition = adopt_form(form=common, county=county, by=by, at=AT)
    assert changes_since_adoption(edition) == []
    change_form(form=common, title="新名", valid_until=date(2030, 1, 1), aggregate_own=True, by=by, at=AT)
    FormLine.objects.create(form=common, indicator=make_indicator("C"), position=0)
    common.lines.filter(indicator__code="A").delete()
    common.lines.filter(indicator__code="B").update(section="三")
    add_check(form=common, expression="{C} >= 0", severity="hint", message="", by=by, at=AT)
    Check.objects.filter(form=common, expression="{A} <= {B}").update(severity="hint")
    edition = Form.objects.select_related("adopted_from").get(pk=edition.pk)
    assert changes_since_adoption(edition) == [
        "Title: 季01表基层表 → 新名.", "Valid until: — → 2030-01-01.", "Inner units fill it too: no → yes.", "It asks C too.",
        "It asks A no more.", "Other section, duty or units of B.", "Other severity or words of the rule {A} <= {B}.",
        "New rule: {C} >= 0.",
    ]  # fmt: skip
    assert codes(edition) == ["A", "B"]
    assert "The common form has changed since" in page(officer.get(f"/forms/{edition.pk}/"))


def test_giving_an_edition_up_takes_the_tasks_back(common, county, by):
    task = a_task(county, common)
    edition = adopt_form(form=common, county=county, by=by, at=AT)
    with pytest.raises(ValidationError, match="not adopted"):
        give_up_edition(edition=common, by=by, at=AT)
    give_up_edition(edition=edition, by=by, at=AT)
    assert Task.objects.get(pk=task.pk).form == common
    assert list(forms_of(county.pk)) == [common]
    assert json.loads(Event.objects.get(kind="form.edition_given_up").data)["lines"] == [["A", "B"], None]
    adopt_form(form=common, county=county, by=by, at=AT)


def test_numbers_collide_neither_way(common, county, other, by):
    head = {"title": "表", "frequency": "quarter", "by": by, "at": AT}
    with pytest.raises(ValidationError, match="common form"):
        make_form(owner=county, code="季01表", **head)
    make_form(owner=county, code="县01表", **head)
    make_form(owner=other, code="县01表", **head)
    with pytest.raises(ValidationError, match="already"):
        make_form(owner=county, code="县01表", **head)
    with pytest.raises(ValidationError, match="a form of"):
        make_form(code="县01表", **head)


def test_a_county_computes_from_common_figures(common, county, other):
    make_indicator("OWN", numerator="{A}", denominator="{B}", owner=county)
    assert [line.code for line in layout_of(common, county_id=county.pk).lines if line.is_derived] == ["OWN"]
    assert [line.code for line in layout_of(common, county_id=other.pk).lines if line.is_derived] == []
