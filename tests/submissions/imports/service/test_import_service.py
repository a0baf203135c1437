"""Taking files in: the unit is the atom, a draft is written once and only where nobody was faster, many files cost as much as one."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from orgs.accounts.accounts import system_operator
from orgs.choices import Role
from spreadsheets.read.workbook import Unreadable
from submissions.choices import State
from submissions.imports.report.import_report import FileVerdict
from submissions.imports.report.scope import operator_scope, scope_of
from submissions.imports.service.import_service import Incoming, accept_many, weigh_many
from submissions.models import Version
from tests.factories.audit import broken_audit
from tests.factories.orgs import a_user, an_organization
from tests.factories.submissions import AT, a_task, bring_to, fill
from tests.submissions.imports.conftest import a_desk
from tests.submissions.imports.workbooks import FIRST_ROW, grid_sheet, unit_form, workbook


def test_a_form_becomes_a_draft_and_says_from_which_file(desk):
    result = desk.accept(unit_form(desk.task, desk.place.village, {"A": 12, "B": "1,200"}))
    assert (result.verdict, result.sentence) == (FileVerdict.ACCEPTED, "Taken in: 2 figures of 1 units.")
    report = desk.report()
    assert (report.state, desk.stored()) == (State.DRAFT, {"A": 12, "B": 1200})
    (event,) = Event.objects.filter(kind="submission.taken_in")
    data = json.loads(event.data)
    assert (data["_file"], data["_sha256"], data["A"], data["_revision"]) == ("a.xlsx", "aa", [None, 12], [0, 1])
    assert (event.actor_id, event.organization_id) == (desk.place.clerk.pk, desk.place.village.pk)
    assert Version.objects.get().on_behalf == ""


def test_a_preview_writes_nothing(desk):
    events = Event.objects.count()
    desk.weigh(unit_form(desk.task, desk.place.village, {"A": 12}))
    assert not Version.objects.exists()
    assert Event.objects.count() == events


def test_taking_the_same_file_in_again_changes_nothing(desk):
    read = unit_form(desk.task, desk.place.village, {"A": 12})
    desk.accept(read)
    version = Version.objects.values().get()
    result = desk.accept(read)
    assert (result.verdict, list(result.changes())) == (FileVerdict.ACCEPTED, [])
    assert Version.objects.values().get() == version
    assert Event.objects.filter(kind="submission.taken_in").count() == 1


def test_a_clerk_above_takes_in_on_behalf(desk):
    desk.accept(unit_form(desk.task, desk.place.village, {"A": 12}), a_user(Role.CLERK, desk.place.township))
    assert Version.objects.get().on_behalf == "a.xlsx"


def test_a_returned_report_goes_on_in_a_new_version(desk):
    bring_to(State.RETURNED, desk.report(), desk.place)
    desk.accept(unit_form(desk.task, desk.place.village, {"A": 12}))
    assert [version.figures for version in Version.objects.order_by("number")] == [{"A": 1}, {"A": 12}]
    assert desk.report().state == State.RETURNED


def test_a_unit_with_a_cell_that_cannot_be_read_is_left_out_and_its_neighbour_taken(desk):
    clerk = a_user(Role.CLERK, desk.place.township)
    one, two = desk.place.village, desk.place.other_village
    read = workbook(grid_sheet(desk.task, desk.place.township, {one.code: {"A": 1, "B": "1.2.3"}, two.code: {"A": 2}}))
    result = desk.accept(read, clerk)
    assert (result.verdict, [(unit.org, change.figure) for unit, change in result.changes()]) == (
        FileVerdict.PARTLY,
        [(two.code, 2)],
    )
    assert (desk.stored(one), desk.stored(two)) == ({}, {"A": 2})
    mended = {f"总表!D{FIRST_ROW}": "5"}
    assert desk.accept(read, clerk, mended=mended).verdict == FileVerdict.ACCEPTED
    assert desk.stored(one) == {"A": 1, "B": 5}


def test_nothing_but_an_unreadable_cell_is_refused_with_its_address(desk):
    read = unit_form(desk.task, desk.place.village, {"A": "1.2.3"})
    assert desk.weigh(read).verdict == FileVerdict.PREVIEW  # it can be mended
    result = desk.accept(read)
    assert result.verdict == FileVerdict.REFUSED
    assert f"{desk.place.village.name}!D{FIRST_ROW}: “1.2.3”" in result.sentence


def test_only_the_chosen_units_are_taken(desk):
    clerk = a_user(Role.CLERK, desk.place.township)
    one, two = desk.place.village, desk.place.other_village
    read = workbook(grid_sheet(desk.task, desk.place.township, {one.code: {"A": 1}, two.code: {"A": 2}}))
    result = desk.accept(read, clerk, units={desk.report(two).pk})
    assert result.verdict == FileVerdict.PARTLY
    assert (desk.stored(one), desk.stored(two)) == ({}, {"A": 2})


def test_somebody_saved_after_the_preview(desk):
    read = unit_form(desk.task, desk.place.village, {"A": 12})
    seen = {unit.submission_id: unit.revision for unit in desk.weigh(read).units}
    colleague = a_user(Role.CLERK, desk.place.village, name="李同")
    fill(desk.report(), {"B": 1}, by=colleague)
    result = desk.accept(read, revisions=seen)
    assert result.verdict == FileVerdict.REFUSED
    assert "李同 saved this report at 2026-10-08 10:00" in result.sentence
    assert desk.stored() == {"B": 1}
    assert desk.accept(read).verdict == FileVerdict.ACCEPTED  # looked at anew
    assert desk.stored() == {"A": 12, "B": 1}


def test_a_file_that_stands_already_is_not_overtaken_by_anybody(desk):
    read = unit_form(desk.task, desk.place.village, {"A": 12})
    seen = {unit.submission_id: unit.revision for unit in desk.weigh(read).units}
    desk.accept(read)
    assert desk.accept(read, revisions=seen).verdict == FileVerdict.ACCEPTED


def test_one_bad_file_stops_no_other(desk):
    scope = scope_of(a_user(Role.CLERK, desk.place.township), AT.date())
    files = [
        Incoming("damaged.xlsx", Unreadable("damaged", "The file is damaged.")),
        Incoming("one.xlsx", unit_form(desk.task, desk.place.village, {"A": 1})),
        Incoming("bad.xlsx", unit_form(desk.task, desk.place.other_village, {"A": "#REF!"})),
        Incoming("two.xlsx", unit_form(desk.task, desk.place.other_village, {"A": 2})),
    ]
    result = accept_many(files, scope, by=scope.user, at=AT)
    assert [(one.file, one.kind, one.verdict) for one in result] == [
        ("damaged.xlsx", "damaged", FileVerdict.REFUSED),
        ("one.xlsx", "form", FileVerdict.ACCEPTED),
        ("bad.xlsx", "form", FileVerdict.REFUSED),
        ("two.xlsx", "form", FileVerdict.ACCEPTED),
    ]
    assert (desk.stored(), desk.stored(desk.place.other_village)) == ({"A": 1}, {"A": 2})


def test_files_of_two_tasks_and_two_counties_at_once(desk):
    other = a_desk(code="350300")
    scope = operator_scope(system_operator(), AT.date())
    files = [
        Incoming("a.xlsx", unit_form(desk.task, desk.place.village, {"A": 1})),
        Incoming("b.xlsx", unit_form(other.task, other.place.village, {"A": 2})),
    ]
    accept_many(files, scope, by=scope.user, at=AT)
    assert (desk.stored(), other.stored()) == ({"A": 1}, {"A": 2})


def test_without_the_audit_nothing_is_taken_in(desk):
    with broken_audit() as refusal, pytest.raises(refusal):
        desk.accept(unit_form(desk.task, desk.place.village, {"A": 12}))
    assert not Version.objects.exists()


@pytest.mark.parametrize("act", ["weigh", "accept"])
def test_three_files_cost_as_many_statements_as_one(desk, act):
    villages = [an_organization(f"35010001{number:02d}", parent=desk.place.township) for number in range(10, 14)]
    a_task(desk.place.county)
    scope = scope_of(a_user(Role.CLERK, desk.place.township), AT.date())

    def statements(some) -> int:
        files = [Incoming("a.xlsx", unit_form(desk.task, village, {"A": 1})) for village in some]
        with CaptureQueriesContext(connection) as captured:
            if act == "weigh":
                weigh_many(files, scope)
            else:
                accept_many(files, scope, by=scope.user, at=AT)
        return len([one for one in captured if "audit_" not in one["sql"]])

    assert statements(villages[:1]) == statements(villages[1:])
