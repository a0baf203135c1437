"""The file downloaded back: the same workbook with red cells, comments and a column of sentences; figures untouched."""

import io

import pytest
from openpyxl import load_workbook

from spreadsheets.read.files import read_file
from submissions.imports.report.scope import scope_of
from submissions.imports.service.import_service import weigh
from tests.factories.submissions import AT
from tests.submissions.imports.pages.conftest import address, upload_in

RED = "FFFFC7CE"
LIST = "⚠ To be corrected"


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
    assert [sheet.title for sheet in after] == [*(sheet.title for sheet in before), LIST]
    for old, new in zip(before, after[:-1], strict=True):
        assert {place: new.cells.get(place) for place in old.cells} == dict(old.cells)
        assert (new.hidden_rows, new.hidden_columns, new.state) == (old.hidden_rows, old.hidden_columns, old.state)
        added = set(new.merged) - set(old.merged)
        assert set(old.merged) <= set(new.merged)
        assert all(left > max(column for _row, column in old.cells) for _top, left, _bottom, _right in added)


def test_it_comes_in_again_and_says_the_same(world, client):
    content = marked(client, upload_in(client, world.form({"A": "1.2万", "B": 3})))
    result = weigh("a.xlsx", read_file(content, "a.xlsx"), scope_of(world.place.clerk, AT.date()))
    (unit,) = result.units
    assert {change.key: change.new for change in unit.changes} == {"B": "3"}
    assert unit.has_errors


def test_marked_twice_has_one_column(world, client):
    once = marked(client, upload_in(client, world.form({"A": "1.2万"})))
    twice = marked(client, upload_in(client, once, "again.xlsx"))
    assert set(red_cells(twice)) == set(red_cells(once))


def listed(content: bytes) -> list[tuple]:
    """What the list says: address, what stands there, sentence."""
    rows = load_workbook(io.BytesIO(content))[LIST].iter_rows(min_row=4, values_only=True)
    return [(row[0], row[3], row[4]) for row in rows]


def test_every_sentence_stands_in_the_list_with_its_cell(world, client):
    content = marked(client, upload_in(client, world.form({"A": "1.2万", "B": "约3"})))
    rows, cells = listed(content), red_cells(content)
    bad = [cell for cell in cells.values() if cell.comment]
    assert [(at.partition("!")[2], stands) for at, stands, _sentence in rows] == [(cell.coordinate, cell.value) for cell in bad]
    assert [sentence for _at, _stands, sentence in rows] == [cell.comment.text for cell in bad]


def test_the_list_is_no_part_of_what_comes_in(world, client):
    form = world.form({"A": "1.2万", "B": 3})
    once = marked(client, upload_in(client, form))
    twice = marked(client, upload_in(client, once, "again.xlsx"))
    assert listed(twice) == listed(once)
    assert load_workbook(io.BytesIO(twice)).sheetnames == load_workbook(io.BytesIO(once)).sheetnames


def test_a_refused_file_says_so_in_the_list(world, client):
    """A head that contradicts the stamp is at no cell."""
    book = load_workbook(io.BytesIO(world.form({"A": 1})))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(max_row=6):
        for cell in row:
            if world.place.village.name in str(cell.value):
                cell.value = cell.value.replace(world.place.village.name, world.place.other_village.name)
    out = io.BytesIO()
    book.save(out)
    upload = upload_in(client, out.getvalue())
    assert upload.verdict == "refused"
    assert upload.said in [sentence for _at, _stands, sentence in listed(marked(client, upload))]


def test_a_mended_cell_gets_a_comment_and_no_red(world, client):
    upload = upload_in(client, world.form({"A": "1.2万", "B": "约3"}))
    content = marked(client, upload)
    at = next(at for at, stands, _sentence in listed(content) if stands == "1.2万")
    client.post(address("upload", upload), {"act": "mend", f"do {at}": "use", f"text {at}": "61"})
    after = marked(client, upload)
    cell = load_workbook(io.BytesIO(after)).worksheets[0][at.partition("!")[2]]
    assert (cell.value, cell.comment.text) == ("1.2万", "Changed to 61 on the page of the system.")
    assert at.partition("!")[2] not in red_cells(after)
    assert at not in [row[0] for row in listed(after)]


def test_a_settled_file_has_no_content_any_more(world, client):
    upload = upload_in(client, world.form({"A": 1}))
    client.post(address("upload_drop", upload))
    assert client.get(address("upload_marked", upload)).url == address("upload", upload)
