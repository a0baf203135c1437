"""The file downloaded back: the same workbook with red cells, comments and a column of sentences; figures untouched."""

import io

import pytest
from openpyxl import load_workbook

from spreadsheets.reading.files import read_file
from submissions.intake.scope import scope_of
from submissions.intake.taking import weigh
from tests.factories.submissions import AT
from tests.submissions.uploads.conftest import address, upload_in

RED = "FFFFC7CE"


@pytest.fixture
def client(world, signed):
    return signed(world.place.clerk)


def marked(client, upload) -> bytes:
    answer = client.get(address("upload_marked", upload))
    assert answer["Content-Disposition"].startswith("attachment;")
    return answer.content


def red_cells(content: bytes) -> dict:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return {cell.coordinate: cell for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == RED}


def test_the_cell_is_red_and_says_why(world, client):
    content = marked(client, upload_in(client, world.form({"A": "1.2万", "B": 3})))
    bad, sentence = sorted(red_cells(content).values(), key=lambda cell: cell.column)
    assert bad.value == "1.2万"
    assert "1.2万" in bad.comment.text
    assert sentence.value.startswith("⚠ ")
    assert sentence.row == bad.row


def test_every_other_cell_stays_as_it_was(world, client):
    form = world.form({"A": "1.2万", "B": 3})
    before = read_file(form, "a.xlsx").sheets
    after = read_file(marked(client, upload_in(client, form)), "a.xlsx").sheets
    assert [sheet.title for sheet in after] == [sheet.title for sheet in before]
    for old, new in zip(before, after, strict=True):
        assert {place: new.cells.get(place) for place in old.cells} == dict(old.cells)
        assert (new.hidden_rows, new.hidden_columns, new.state, new.merged) == (
            old.hidden_rows, old.hidden_columns, old.state, old.merged,
        )  # fmt: skip


def test_it_comes_in_again_and_says_the_same(world, client):
    content = marked(client, upload_in(client, world.form({"A": "1.2万", "B": 3})))
    told = weigh("a.xlsx", read_file(content, "a.xlsx"), scope_of(world.place.clerk, AT.date()))
    (unit,) = told.units
    assert {change.key: change.new for change in unit.changes} == {"B": "3"}
    assert unit.has_errors


def test_marked_twice_has_one_column(world, client):
    once = marked(client, upload_in(client, world.form({"A": "1.2万"})))
    twice = marked(client, upload_in(client, once, "again.xlsx"))
    assert set(red_cells(twice)) == set(red_cells(once))


def test_a_settled_file_has_no_content_any_more(world, client):
    upload = upload_in(client, world.form({"A": 1}))
    client.post(address("upload_drop", upload))
    assert client.get(address("upload_marked", upload)).url == address("upload", upload)
