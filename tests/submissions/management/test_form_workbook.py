"""`form_workbook FORM PERIOD --org CODE --out FILE.xlsx`: one workbook, or one per unit, or a sentence."""

from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from submissions.workbooks.stamps import Shape, read_stamp
from tests.factories.submissions import a_place, a_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    place = a_place()
    a_task(place.county)
    return place


def run(*words: str) -> str:
    out = StringIO()
    call_command("form_workbook", *words, stdout=out)
    return out.getvalue()


def stamp_in(path):
    return read_stamp(openpyxl.load_workbook(path).worksheets[0]["A1"].value)


@pytest.mark.parametrize(
    ("org", "words", "shape"),
    [
        ("3501000101", (), Shape.UNIT),
        ("35010001", (), Shape.SHEETS),
        ("35010001", ("--shape", "grid"), Shape.GRID),
        ("350100", ("--shape", "sheets"), Shape.SHEETS),
    ],
)
def test_it_writes_what_was_asked(place, tmp_path, org, words, shape):
    path = tmp_path / "form.xlsx"
    assert run("季01表", "2026Q3", "--org", org, "--out", str(path), *words) == f"{path} written.\n"
    assert stamp_in(path).shape == shape
    event = Event.objects.get(kind="form_workbook.made")
    assert event.channel == "command:form_workbook"


def test_one_file_per_unit(place, tmp_path):
    run("季01表", "2026Q3", "--org", "350100", "--out", str(tmp_path), "--each")
    found = sorted(tmp_path.iterdir())
    assert [stamp_in(path).org for path in found] == [place.village.code, place.other_village.code]
    assert all(path.name.startswith(stamp_in(path).org) for path in found)
    assert Event.objects.filter(kind="form_workbook.made").count() == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("季09表", "2026Q3", "--org", "350100"), "No task of form “季09表” is open for 2026Q3 at 350100"),
        (("季01表", "2026Q5", "--org", "350100"), "is not a period"),
        (("季01表", "2026Q3", "--org", "999"), "There is no organization with code 999"),
        (("季01表", "2026Q3", "--org", "350100", "--shape", "unit"), "is not asked form 季01表"),
    ],
)
def test_what_can_not_be_made_is_a_sentence(place, tmp_path, words, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*words, "--out", str(tmp_path / "form.xlsx"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("out", "more"), [("form.xls", ()), ("nowhere/form.xlsx", ()), ("nowhere", ("--each",))])
def test_a_place_that_can_not_be_written_is_a_sentence(place, tmp_path, out, more):
    with pytest.raises(CommandError, match="folder that exists"):
        run("季01表", "2026Q3", "--org", "35010001", "--out", str(tmp_path / out), *more)
