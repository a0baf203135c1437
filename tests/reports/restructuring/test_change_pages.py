"""The pages of a change of organizations: chosen, entered, rehearsed, carried out, listed, taken back; refused with a sentence."""

from datetime import date

import pytest
from django.test import Client

from orgs.choices import Role
from orgs.models import Organization, Succession
from orgs.tree.queries import placed_on
from tests.acceptance.restructuring.county import County
from tests.factories.orgs import a_county, a_user, an_organization

pytestmark = pytest.mark.django_db
NEW, CARRY_OUT = "/organizations/changes/new/", "/organizations/changes/new/carry-out/"
KEEP = {"reports": "keep"}


@pytest.fixture
def county(tmp_path):
    county = County(tmp_path, "V1 V2 V3", others="W1")
    county.asks("A flow")
    county.open("F", "2025Q1", "2025Q2")
    county.figures("F", "2025Q1,V1,A,,5", "2025Q1,V2,A,,6", "2025Q1,W1,A,,1")
    county.figures("F", "2025Q2,V1,A,,7", state="submitted")
    return county


def org(code: str) -> Organization:
    return Organization.objects.get(code=code)


@pytest.fixture
def officer(county):
    return signed_in(Role.OFFICER, "C")


def signed_in(role: Role, code: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(a_user(role, org(code)))
    return client


def entered(kind: str, codes: str, on: str, **fields: str) -> dict:
    return {"kind": kind, "units": [org(code).pk for code in codes.split()], "on": on, **fields}


def rehearsed(client: Client, fields: dict) -> dict:
    """The fields with the fingerprint of what was shown."""
    answer = client.post(NEW, fields)
    assert "A rehearsal: nothing is written yet" in answer.content.decode(), answer.context["form"].errors
    return {**fields, "seen": answer.context["seen"]}


def carried_out(client: Client, fields: dict) -> list[Succession]:
    before = set(Succession.objects.values_list("pk", flat=True))
    assert Succession.objects.count() == len(before)
    assert client.post(CARRY_OUT, rehearsed(client, fields)).status_code == 302
    return list(Succession.objects.exclude(pk__in=before).order_by("pk"))


def errors(client: Client, fields: dict) -> dict:
    answer = client.post(NEW, fields)
    assert Succession.objects.count() == 0
    return {name: " ".join(sentences) for name, sentences in answer.context["form"].errors.items()}


def stands(code: str, on: str) -> str:
    """The code of what it stands under; "" for nowhere."""
    placed = org(code).placements.filter(placed_on(date.fromisoformat(on))).select_related("parent").first()
    return placed.parent.code if placed else ""


def test_a_merge_shows_its_effect_first_and_does_just_that(county, officer):
    fields = entered("merge", "V1 V2", "2025-05-10", into=f"unit-{org('V1').pk}", note="号", **KEEP)
    text = officer.post(NEW, fields).content.decode()
    assert stands("V2", "2025-06-30") == "T1"
    assert all(words in text for words in ("V2村 (V2) closed", "County totals of past periods: none changes", "added up"))
    [done] = carried_out(officer, fields)
    assert (done.note, stands("V2", "2025-06-30"), county.texts("A", "2025Q1", "T1", tree="now")["V1"]) == ("号", "", "11*")
    assert county.verified() == []


def test_what_changed_since_is_shown_again_and_nothing_done(county, officer):
    seen = rehearsed(officer, entered("close", "V1", "2025-03-20", note="号", **KEEP))
    county.figures("F", "2025Q2,W1,A,,3")
    assert officer.post(CARRY_OUT, {**seen, "seen": seen["seen"]}).status_code == 302  # it has nothing to do with V1
    seen = rehearsed(officer, entered("close", "V2", "2025-03-20", note="号", **KEEP))
    county.figures("F", "2025Q2,V2,A,,3")
    answer = officer.post(CARRY_OUT, seen)
    assert (answer.status_code, Succession.objects.count()) == (409, 1)
    assert "Something changed since you saw the effect" in answer.content.decode()
    assert officer.post(CARRY_OUT, {**seen, "seen": answer.context["seen"]}).status_code == 302


def test_a_village_closed_late_keeps_its_report(county, officer):
    fields = entered("close", "V1", "2025-03-20", note="县组〔2025〕3号", **KEEP)
    assert "go on counting where their unit stood" in officer.post(NEW, fields).content.decode()
    carried_out(officer, fields)
    assert county.texts("A", "2025Q1")["total"] == "12"
    assert county.verified() == []


KINDS = [
    ("suspend", "V1", {}, lambda: stands("V1", "2025-07-01") == ""),
    ("move", "V1", {"parent": "乙镇"}, lambda: stands("V1", "2025-07-01") == "T2"),
    ("open", "T1", {"code": "V9", "name": "新;村", "unit_category": "village"}, lambda: org("V9").name == "新;村"),
    ("recategorize", "V1", {"unit_category": "community"}, lambda: org("V1").unit_category == "community"),
    (
        "merge", "V1 V2", {"into": "new", "code": "V9", "name": "新村", **KEEP},
        lambda: (stands("V9", "2025-07-01"), stands("V1", "2025-07-01")) == ("T1", ""),
    ),
    ("merge", "V1", {"into": "other", "other": "W1村", **KEEP}, lambda: stands("V1", "2025-07-01") == ""),
    (
        "split", "V1", {"code_1": "V8", "name_1": "东村", "share_1": "60", "code_2": "V9", "name_2": "西村", "share_2": "40", **KEEP},
        lambda: (stands("V8", "2025-07-01"), stands("V9", "2025-07-01"), stands("V1", "2025-07-01")) == ("T1", "T1", ""),
    ),
    ("split", "V1", {"code_1": "V1", "code_3": "V9", "name_3": "西村", **KEEP}, lambda: stands("V1", "2025-07-01") == "T1"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "codes", "fields", "holds"), KINDS)
def test_every_kind_is_carried_out_and_taken_back(county, officer, kind, codes, fields, holds):
    if kind == "suspend":
        fields = {**fields, **KEEP}
    [done] = carried_out(officer, entered(kind, codes, "2025-07-01", **fields))
    assert holds()
    assert officer.get(f"/organizations/changes/{done.pk}/").status_code == 200
    shown = officer.post(f"/organizations/changes/{done.pk}/take-back/")
    assert Succession.objects.filter(pk=done.pk).exists()
    assert officer.post(f"/organizations/changes/{done.pk}/take-back/", {"seen": shown.context["seen"]}).status_code == 302
    assert (Succession.objects.count(), stands("V1", "2025-07-01"), org("V1").unit_category) == (0, "T1", "village")
    assert county.verified() == []


def test_names_are_changed_one_by_one_and_with_a_category(county, officer):
    names = {f"name_{org('V1').pk}": "甲；村", f"name_{org('V2').pk}": "V2村"}
    carried_out(officer, entered("rename", "V1 V2", "2025-07-01", **names))
    assert (org("V1").name, org("V2").name) == ("甲；村", "V2村")
    names = {f"name_{org('V3').pk}": "丙社区"}
    both = carried_out(officer, entered("recategorize", "V3", "2025-07-01", unit_category="community", **names))
    assert [one.kind for one in both] == ["recategorize", "rename"]
    assert (org("V3").name, org("V3").unit_category) == ("丙社区", "community")


def test_several_are_moved_at_once(county, officer):
    assert len(carried_out(officer, entered("move", "V1 V2", "2025-07-01", parent="T2"))) == 2
    assert {stands("V1", "2025-07-01"), stands("V2", "2025-07-01")} == {"T2"}


def test_what_was_suspended_is_reopened(county, officer):
    carried_out(officer, entered("suspend", "V3", "2025-04-01", **KEEP))
    carried_out(officer, entered("reopen", "V3", "2025-06-01", parent="T2"))
    assert [stands("V3", day) for day in ("2025-03-31", "2025-05-01", "2025-06-01")] == ["T1", "", "T2"]


REFUSED = [
    ("merge", "V1", {"into": "unit", **KEEP}, "into", "not merged with itself"),
    ("merge", "V1 V2", {**KEEP}, "into", "required"),
    ("merge", "V1 V2", {"into": "new", "code": "W1", "name": "新", **KEEP}, "code", "has this code already"),
    ("merge", "V1 V2", {"into": "new", **KEEP}, "name", "full name of the new one"),
    ("merge", "V1 V2", {"into": "other", "other": "没有村", **KEEP}, "other", "No organization of the county"),
    ("merge", "V1 V2", {"into": "other", **KEEP}, "other", "its code or full name"),
    ("merge", "V1 V2", {"into": "unit", "name": "新村", **KEEP}, "name", "This is of a new one"),
    ("close", "V1", {"reports": "exempt"}, "note", "name the decision"),
    ("close", "T1", KEEP, "__all__", "T1"),
    ("move", "V1", {}, "parent", "Name the organization under which it stands"),
    ("move", "V1", {"parent": "V1"}, "__all__", ""),
    ("open", "T1", {"code": "V1", "name": "新", "unit_category": "village"}, "code", "has this code already"),
    ("open", "T1", {"code": "V9", "name": "V1村", "unit_category": "village"}, "name", "stands there already"),
    ("open", "T1", {"code": "V9", "name": "\x00", "unit_category": "village"}, "name", "Null"),
    ("rename", "V1", {}, "name", "nothing differs"),
    ("recategorize", "V1", {}, "unit_category", "category"),
    ("split", "V1", {"code_1": "V8", "name_1": "东", **KEEP}, "code_1", "at least two"),
    ("split", "V1", {"code_1": "V8", "code_2": "V9", "name_2": "西", **KEEP}, "name_1", "full name of the new unit"),
    (
        "split", "V1", {"code_1": "V8", "name_1": "东", "share_1": "0.6;0.4", "code_2": "V9", "name_2": "西", **KEEP},
        "share_2", "share for every unit",
    ),
    (
        "split", "V1", {"code_1": "V8", "name_1": "东", "share_1": "0.6", "code_2": "V9", "name_2": "西", "share_2": "0.6", **KEEP},
        "share_1", "must add up",
    ),
    ("reopen", "V1", {}, "__all__", "not closed or suspended"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "codes", "fields", "field", "words"), REFUSED)
def test_what_cannot_be_is_said_at_its_field_and_nothing_written(county, officer, kind, codes, fields, field, words):
    if fields.get("into") == "unit":
        fields = {**fields, "into": f"unit-{org('V1').pk}"}
    found = errors(officer, entered(kind, codes, "2025-07-01", **fields))
    place = f"name_{org('V1').pk}" if (kind, field) == ("rename", "name") else field
    assert words in found[place]


@pytest.mark.parametrize("day", ["", "2025-13-01", "1 July", "0001-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_is_said(county, officer, day):
    assert errors(officer, entered("close", "V1", day, **KEEP))


def test_the_same_change_twice_changes_nothing(county, officer):
    fields = entered("close", "V1", "2025-07-01", **KEEP)
    carried_out(officer, fields)
    answer = officer.post(NEW, fields)
    assert "recorded already" in answer.content.decode()
    assert Succession.objects.count() == 1


def test_codes_of_another_county_are_not_meant(county, officer):
    other = a_county("D", "丁县")
    an_organization("V1", parent=other)
    an_organization("X1", parent=other, name="外村")
    officer_of_c = officer
    [done] = carried_out(officer_of_c, entered("close", "V2", "2025-07-01", **KEEP))
    assert done.county_id == org("C").pk
    v1 = Organization.objects.get(code="V1", county__code="C")
    fields = {"kind": "move", "units": [v1.pk], "on": "2025-07-02", "parent": "T2"}
    [done] = carried_out(officer_of_c, fields)
    assert done.county_id == org("C").pk
    assert "No organization of the county" in str(officer_of_c.post(NEW, {**fields, "parent": "X1"}).context["form"].errors)
    foreign = Organization.objects.get(code="V1", county__code="D")
    assert officer_of_c.get(NEW, {"units": foreign.pk}).status_code == 404


def test_it_is_taken_back_until_something_rests_on_it(county, officer):
    [first] = carried_out(officer, entered("suspend", "V3", "2025-04-01", **KEEP))
    [second] = carried_out(officer, entered("reopen", "V3", "2025-06-01"))
    text = officer.post(f"/organizations/changes/{first.pk}/take-back/").content.decode()
    assert "Later changes rest on it" in text
    assert "Take it back</button>" not in text
    assert officer.post(f"/organizations/changes/{first.pk}/take-back/", {"seen": "x"}).status_code == 200
    assert Succession.objects.count() == 2
    assert officer.post(f"/organizations/changes/{second.pk}/take-back/", {"seen": "old"}).status_code == 409
    assert Succession.objects.count() == 2


def test_the_list_is_searched_by_unit_kind_and_day(county, officer):
    assert "No organization has been changed yet." in officer.get("/organizations/changes/").content.decode()
    carried_out(officer, entered("close", "V1", "2025-07-01", note="甲文", **KEEP))
    carried_out(officer, entered("suspend", "V3", "2025-08-01", **KEEP))

    def found(query: str) -> list[str]:
        return [row.kind for row in officer.get(f"/organizations/changes/?sort=&{query}").context["table"].shown]

    assert found("q=") == ["suspend", "close"]
    assert (found("q=V1"), found("q=甲文"), found("kind=suspend")) == (["close"], ["close"], ["suspend"])
    assert (found("since=2025-07-02"), found("until=2025-07-31"), found("q=zzz")) == (["suspend"], ["close"], [])


def test_buttons_are_for_officers_of_the_county(county, officer):
    village = f"/organizations/{org('V1').pk}/"
    for client, is_officer in (
        (officer, True),
        (signed_in(Role.SYSTEM_ADMIN, "C"), False),
        (signed_in(Role.OFFICER, "T1"), False),
    ):
        tree, page = (client.get(address).content.decode() for address in ("/organizations/", village))
        assert ('name="units"' in tree, NEW in tree, NEW in page) == (is_officer, is_officer, is_officer)
    of_township = signed_in(Role.OFFICER, "T1")
    addresses = (f"{NEW}?units={org('V1').pk}", NEW, "/organizations/changes/")
    assert [of_township.get(address).status_code for address in addresses] == [404, 404, 404]


def test_nothing_ticked_and_no_kind_lead_on(county, officer):
    assert officer.get(NEW).url == "/organizations/"
    text = officer.get(NEW, {"units": [org("V1").pk, org("V2").pk]}).content.decode()
    assert "Choose one organization for this; you have chosen 2." in text
    assert officer.get(NEW, {"units": "x"}).status_code == 302
    assert officer.get(NEW, {"units": "99999999"}).status_code == 404


def test_ticks_are_kept_when_a_branch_is_opened(county, officer):
    pk = org("V1").pk
    text = officer.get(f"/organizations/?open={org('C').pk}&ticked={pk}").content.decode()
    assert f'value="{pk}" checked' in text
    assert f"ticked={pk}" in text
