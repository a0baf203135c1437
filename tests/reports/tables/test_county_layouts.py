"""A county's own layouts: begun with another, changed on the page, looked at, kept, exported, retired; recorded in the audit."""

import json

import pytest
from django.utils import timezone

from audit.models import Event
from orgs.accounts.accounts import system_operator
from orgs.choices import Role
from orgs.models import Organization
from reports.models import CountyLayout
from reports.tables.county_layouts import make_layout, retire_layout, save_layout
from reports.tables.known_layouts import layouts_of
from reports.tables.layouts.definition import RowsOf
from reports.tables.layouts.definition_reader import BadLayout, layout_of
from reports.tables.layouts.ready import ready_layouts
from tests.factories.submissions import AT, LATER
from tests.reports.layout_county import exported, story_with_orgs
from tests.reports.people import signed_in, text_of
from tests.reports.story import Story


@pytest.fixture(scope="module")
def module_county(module_story) -> Story:
    story_with_orgs(module_story)
    module_story.indicators("A,受理,件,flow,,,", "B,办结,件,flow,,,", "R,办结率,%,ratio,B,A,")
    module_story.form("F", "A", "B", "R")
    module_story.open("F", "2026Q3")
    module_story.figures("F", "2026Q3,V1,A,,40", "2026Q3,V1,B,,30", "2026Q3,V3,A,,10", "2026Q3,V3,B,,10")
    return module_story


@pytest.fixture
def county(module_county, db, tmp_path) -> Story:
    return module_county.in_folder(tmp_path)


@pytest.fixture
def org(county) -> Organization:
    return Organization.objects.get(code="C")


def begin(client, org, **changes):
    given = {"code": "县01", "title": "办理情况表", "source": "R2/F"} | changes
    return client.post(f"/layouts/{org.id}/", given)


def fields(row: CountyLayout, **changes) -> dict:
    """What the page sends for a layout as it stands, with changes: `0_head` is the head of the first column."""
    columns = row.definition["parts"][0]["columns"]
    sent = {"title": row.definition["title"], "rows": row.definition["rows"], "rounding": "none", "checks": "", "notes": ""}
    sent |= {"column-TOTAL_FORMS": len(columns) + 3, "column-INITIAL_FORMS": len(columns)}
    for number, column in enumerate(columns):
        sent |= {f"column-{number}-key": column.get("key", ""), f"column-{number}-ORDER": number + 1}
        sent |= {f"column-{number}-group": column.get("group", ""), f"column-{number}-has_total": "on"}
    return sent | {f"column-{key}" if key[0].isdigit() else key: value for key, value in changes.items()}


def test_a_layout_is_begun_changed_kept_and_exported(county, org):
    client = signed_in(Role.OFFICER, "C")
    assert begin(client, org).status_code == 302
    row = CountyLayout.objects.get()
    assert [column["key"] for column in row.definition["parts"][0]["columns"]] == ["A", "B", "R"]
    changed = fields(row, **{
        "title": "群众诉求办理表", "act": "save", "0-ORDER": 2, "0-head": "受理数", "1-ORDER": 1, "1-head": "办结数",
        "3-head": "未办结", "3-formula": "{A} - {B}", "3-ORDER": 9, "3-has_total": "on", "notes": "第一条\n第二条",
    })  # fmt: skip
    response = client.post(f"/layouts/{org.id}/{row.id}/", changed, follow=True)
    assert "Layout 县01 is kept." in text_of(response)
    book = exported(county, "县01")
    assert book.rows()["C"] == [40, 50, 80, 10]
    assert book.rows()["V1"] == [30, 40, 75, 10]
    assert [head.partition("\n")[0] for head in book.heads()][3:] == ["办结数", "受理数", "办结率", "未办结"]
    assert "第二条" in book.text()
    assert book.sheets[book.titles[1]][0][0] == "群众诉求办理表"
    kinds = list(Event.objects.filter(kind__startswith="layout.").order_by("id").values_list("kind", flat=True))
    assert kinds == ["layout.saved", "layout.saved"]


def test_looking_keeps_nothing(county, org):
    client = signed_in(Role.OFFICER, "C")
    begin(client, org)
    row = CountyLayout.objects.get()
    response = client.post(f"/layouts/{org.id}/{row.id}/", fields(row, **{"title": "换了", "act": "show", "0-head": "新表头"}))
    assert "新表头" in text_of(response)
    assert CountyLayout.objects.get().definition == row.definition
    assert Event.objects.filter(kind="layout.saved").count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"3-formula": "{A} - {Z}", "3-head": "差"}, "speaks of {Z}, which is no column before it"),
        ({"3-key": "A"}, "The column “A” stands there twice"),
        ({"title": ""}, "Some entries can not be kept; they are marked."),
        ({"checks": "{Z} <= {A}"}, "The check speaks of {Z}"),
    ],
)
def test_what_is_wrong_is_shown_and_not_kept(county, org, changes, sentence):
    client = signed_in(Role.OFFICER, "C")
    begin(client, org)
    row = CountyLayout.objects.get()
    response = client.post(f"/layouts/{org.id}/{row.id}/", fields(row, act="save", **changes))
    assert response.status_code == 400
    assert sentence in text_of(response)
    assert CountyLayout.objects.get().definition == row.definition


@pytest.mark.parametrize("source", ["R4/F", "R3/F", "R5#0", "R7#1"])
def test_every_beginning_can_be_opened(county, org, source):
    client = signed_in(Role.OFFICER, "C")
    assert begin(client, org, source=source).status_code == 302
    row = CountyLayout.objects.get()
    assert client.get(f"/layouts/{org.id}/{row.id}/").status_code == 200
    assert layout_of(row.definition).code == "县01"


def test_an_area_without_figures_begins_nothing(county, org):
    response = begin(signed_in(Role.OFFICER, "C"), org, source="R11#0")
    assert response.status_code == 400
    assert "县01 lists no column; name at least one figure." in text_of(response)


@pytest.mark.parametrize(("code", "message"), [("R5", "There is a layout “R5” already"), ("", "This field is required")])
def test_a_code_that_is_taken_or_missing_is_refused(county, org, code, message):
    response = begin(signed_in(Role.OFFICER, "C"), org, code=code)
    assert response.status_code == 400
    assert message in text_of(response)
    assert not CountyLayout.objects.exists()


def test_a_retired_layout_is_offered_no_longer_and_can_come_back(county, org):
    client = signed_in(Role.OFFICER, "C")
    begin(client, org)
    row = CountyLayout.objects.get()
    assert "县01" in layouts_of(org.id)
    client.post(f"/layouts/{org.id}/{row.id}/retire/")
    assert "县01" not in layouts_of(org.id)
    client.post(f"/layouts/{org.id}/{row.id}/retire/", {"back": "1"})
    assert "县01" in layouts_of(org.id)


def test_the_county_page_offers_its_own_layout(county, org):
    begin(signed_in(Role.OFFICER, "C"), org)
    body = signed_in(Role.LEADER, "C").get("/exports/?layout=县01&period=2026Q3")
    assert "办理情况表" in text_of(body)


@pytest.mark.parametrize("role", [Role.LEADER, Role.REVIEWER, Role.CLERK])
def test_who_is_no_officer_lays_out_nothing(county, org, role):
    assert signed_in(role, "C").get(f"/layouts/{org.id}/").status_code == 404


def test_what_is_no_county_has_no_layouts(county, org):
    township = Organization.objects.get(code="T1")
    assert signed_in(Role.OFFICER, "C").get(f"/layouts/{township.id}/").status_code == 404


def test_other_methods_are_refused(county, org):
    begin(signed_in(Role.OFFICER, "C"), org)
    row = CountyLayout.objects.get()
    client = signed_in(Role.OFFICER, "C")
    assert client.put(f"/layouts/{org.id}/").status_code == 405
    assert client.put(f"/layouts/{org.id}/{row.id}/").status_code == 405
    assert client.get(f"/layouts/{org.id}/{row.id}/retire/").status_code == 405


# --- the actions ----------------------------------------------------------------------------------------------------


def test_the_actions_record_what_changed(county, org):
    by, layout = system_operator(), ready_layouts()["R5"]
    own = layout_of(
        {"code": "县02", "title": "表", "rows": "units", "subject": "columns", "parts": [{"columns": [{"key": "A"}]}]}
    )
    row = make_layout(county=org, layout=own, by=by, at=AT)
    with pytest.raises(BadLayout, match="There is a layout “县02” already"):
        make_layout(county=org, layout=own, by=by, at=AT)
    with pytest.raises(BadLayout, match="There is a layout “R5” already"):
        make_layout(county=org, layout=layout, by=by, at=AT)
    assert not save_layout(row=row, layout=own, by=by, at=LATER)
    changed = layout_of(row.definition | {"title": "新表", "rows": RowsOf.CHILDREN})
    assert save_layout(row=row, layout=changed, by=by, at=LATER)
    assert retire_layout(row=row, is_retired=True, by=by, at=timezone.now())
    assert not retire_layout(row=row, is_retired=True, by=by, at=timezone.now())
    events = list(Event.objects.filter(kind__startswith="layout.").order_by("id"))
    assert [event.kind for event in events] == ["layout.saved", "layout.saved", "layout.retired"]
    assert [json.loads(event.data)["definition"][1]["title"] for event in events[:2]] == ["表", "新表"]
