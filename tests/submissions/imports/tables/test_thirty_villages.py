"""The township's merge: thirty villages' workbooks, each made in its own way, come into one task without one wrong figure."""

import random

import pytest

from audit.models import Event
from orgs.choices import Role
from orgs.models import Organization
from spreadsheets.read.files import read_files
from spreadsheets.read.workbook import ReadWorkbook
from submissions.imports.report.import_report import FileVerdict
from submissions.imports.report.scope import scope_of
from submissions.imports.service.import_service import Incoming, accept_many, weigh_many
from submissions.imports.service.uploads import accept_upload, mend_upload, put_upload
from submissions.models import HeadName, Version
from tests.factories.orgs import a_user
from tests.factories.submissions import AT, a_task
from tests.submissions.imports.tables.county import a_township_with_villages, as_file
from tests.submissions.imports.tables.makers import a_table, figure_of
from tests.submissions.imports.tables.unit_makers import a_list, long_list, one_row, two_lists, with_items
from tests.submissions.imports.tables.world import VILLAGES, demonstration_layout, sheet_of


def _made(number: int, village):
    """Six kinds of makers, each with its own dice."""
    dice = random.Random(7000 + number)
    lines = dice.sample([line for line in demonstration_layout().typed if not line.item], 6)
    kinds = (
        lambda: a_list(dice, village, lines), lambda: two_lists(dice, village, lines), lambda: one_row(dice, village, lines),
        lambda: with_items(dice, [village]), lambda: long_list(dice, [village], lines), lambda: a_table(dice, [village], lines),
    )  # fmt: skip
    return kinds[number % len(kinds)]()


@pytest.mark.django_db
def test_thirty_workbooks_each_made_differently():
    township = a_township_with_villages()
    made = [_made(number, village) for number, village in enumerate(VILLAGES)]
    packed = [(f"{number:02d}-{one.name}", as_file(*one.sheets)) for number, one in enumerate(made)]
    scope = scope_of(township.clerk, AT.date())
    files = [Incoming(name, read, organization=township.place) for name, read in read_files(packed)]
    assert all(isinstance(file.read, ReadWorkbook) for file in files)
    result = accept_many(files, scope, by=township.clerk, at=AT)
    strange = {one.file for one in result if any(head.text == "不知道的村" and head.figures for head in one.heads)}
    assert {one.file for one in result if one.verdict != FileVerdict.ACCEPTED} == strange
    stored = {
        (version.submission.organization.code, key): str(figure)
        for version in Version.objects.select_related("submission__organization")
        for key, figure in version.figures.items()
    }
    assert stored == {whose: figure for one in made for figure, whose in one.truth.items()}


@pytest.mark.django_db
def test_the_queries_do_not_grow_with_the_files(django_assert_num_queries):
    township = a_township_with_villages(3)
    scope = scope_of(township.clerk, AT.date())
    line = demonstration_layout().by_key["PM-001"]

    def files(count):
        sheets = [sheet_of([["村", "党员总数"], [village.name, figure_of(village, line)]]) for village in VILLAGES[:count]]
        return [Incoming("a.xlsx", ReadWorkbook("xlsx", (sheet,)), organization=township.place) for sheet in sheets]

    for count in (1, 3):
        with django_assert_num_queries(13):
            result = weigh_many(files(count), scope)
        assert sum(len(list(one.changes())) for one in result) == count


@pytest.mark.django_db
def test_a_clerks_answer_is_known_next_quarter():
    township = a_township_with_villages(2)
    village = VILLAGES[0]

    def put(name, head, task=None):
        content = as_file(sheet_of([["村", head, "低保"], [village.name, 31, 5], ["不知村", 7, 7]]))
        facts = {"organization": township.place, "task": task or township.task, "by": township.clerk, "at": AT}
        return put_upload(name=name, content=content, **facts)

    upload, result = put("a.xlsx", "咱村党员")
    assert not any(unit.is_ready for unit in result.units)
    heads = {head.address: head for head in result.heads}
    asked = {"Sheet1!B1": "line:PM-001", "Sheet1!C1": "", "Sheet1!A3": ""}
    assert set(asked) <= set(heads)
    result = mend_upload(upload=upload, mended={}, heads=asked, by=township.clerk, at=AT)
    assert [(change.key, change.new) for _unit, change in result.changes()] == [("PM-001", "31")]
    result = accept_upload(upload=upload, sha256=upload.sha256, units=None, by=township.clerk, at=AT)
    assert result.verdict == FileVerdict.ACCEPTED
    assert dict(HeadName.objects.values_list("text", "means")) == {"咱村党员": "line:PM-001", "低保": ""}
    event = Event.objects.get(kind="heads.remembered")
    assert (event.organization_id, event.actor_id) == (township.place.pk, township.clerk.pk)
    later = a_task(township.county, township.form, period="2026Q4", due_on=AT.date().replace(year=2027))
    _upload, result = put("b.xlsx", "咱村党员", later)
    (unit,) = result.units
    assert unit.is_ready
    head = next(head for head in result.heads if head.address == "Sheet1!B1")
    assert (head.is_chosen, head.why) == (False, "as said for an earlier file")


@pytest.mark.django_db
def test_a_head_that_is_only_similar_keeps_the_unit_out_until_somebody_says_so():
    township = a_township_with_villages(1)
    content = as_file(sheet_of([["村", "在村党员"], [VILLAGES[0].name, 31]]))
    facts = {"organization": township.place, "task": None, "by": township.clerk, "at": AT}
    upload, result = put_upload(name="a.xlsx", content=content, **facts)
    (unit,) = result.units
    assert (unit.has_errors, unit.is_ready, [change.new for change in unit.changes]) == (True, False, ["31"])
    refused = accept_upload(upload=upload, sha256=upload.sha256, units=None, by=township.clerk, at=AT)
    assert refused.verdict == FileVerdict.REFUSED
    assert not Version.objects.exists()
    result = mend_upload(upload=upload, mended={}, heads={"Sheet1!B1": "line:PM-002"}, by=township.clerk, at=AT)
    assert [unit.is_ready for unit in result.units] == [True]


@pytest.mark.django_db
def test_a_village_takes_its_own_row_of_the_townships_table():
    """The others are not its units: their rows are listed, their names are not offered, and the file stays open."""
    township = a_township_with_villages(3)
    clerk = a_user(Role.CLERK, Organization.objects.get(code=VILLAGES[1].code))
    rows = [["村", "党员总数"], *([village.name, 30 + number] for number, village in enumerate(VILLAGES[:3]))]
    file = Incoming("a.xlsx", ReadWorkbook("xlsx", (sheet_of(rows),)), organization=clerk.posts.get().organization)
    (result,) = accept_many([file], scope_of(clerk, AT.date()), by=clerk, at=AT)
    assert (result.verdict, [change.new for _unit, change in result.changes()]) == (FileVerdict.PARTLY, ["31"])
    offered = {choice.means for head in result.heads if head.names_unit for choice in head.choices}
    assert offered == {f"unit:{VILLAGES[1].code}"}
    assert Version.objects.get().submission.organization.code == VILLAGES[1].code
    assert township.task.submissions.count() == 3
