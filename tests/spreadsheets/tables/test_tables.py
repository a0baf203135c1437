"""A table reads as its user sees it, or is refused with the place and the reason."""

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from spreadsheets import limits
from spreadsheets.tables import Problems, TableProblems, read_table


def workbook(rows, formats=()):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cell, number_format in formats:
        book.active[cell].number_format = number_format
    return saved(book)


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def texts(table):
    return [(row.number, *(row[column] for column in table.columns)) for row in table]


def refused(content, name="figures.csv"):
    with pytest.raises(TableProblems) as caught:
        read_table(content, name)
    return str(caught.value)


def test_a_comma_file_gives_rows_with_the_numbers_excel_shows():
    content = '\ufeffcode,name,,\r\n370883, 东关村 ,,\r\n\r\n , ,,\r\n370884,"two\nlines",,\r\n'.encode()
    table = read_table(content, "orgs.csv")
    assert table.columns == ("code", "name")
    assert texts(table) == [(2, "370883", "东关村"), (5, "370884", "two\nlines")]


def test_a_short_row_and_an_absent_column_read_as_empty():
    table = read_table(b"code,name\n1\n", "orgs.csv")
    assert table.rows[0]["name"] == ""
    assert table.rows[0]["contact"] == ""


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (370883, None, "370883"),
        (370883.0, None, "370883"),
        (0.1, None, "0.1"),
        (0.0000001, None, "0.0000001"),
        (12.50, "0.00", "12.5"),
        (0.85, "0%", "85%"),
        (0.801, "0.0%", "80.1%"),
        (371001, "0000000", "0371001"),
        (1234, "00", "1234"),
        (-7, "000", "-7"),
        (True, None, "1"),
        (False, None, "0"),
        (0, None, "0"),
        (-5, None, "-5"),
        (date(2026, 9, 30), None, "2026-09-30"),
        (datetime(2026, 9, 30, 23, 30), None, "2026-09-30 23:30:00"),
        ("  0012 ", None, "0012"),
        ("_x005F_x0041_", None, "_x0041_"),
        ("无", None, "无"),
    ],
)
def test_a_workbook_cell_reads_as_its_user_sees_it(value, number_format, text):
    content = workbook([["code", "value"], ["A", value]], [("B2", number_format)] if number_format else ())
    assert read_table(content, "figures.xlsx").rows[0]["value"] == text


def test_a_row_knows_which_of_its_cells_hold_numbers():
    content = workbook(
        [["code", "name", "at"], [371001, "7", None], ["0371001", 7, None], [7, "x", date(2026, 9, 30)]], [("A4", "000")]
    )
    rows = read_table(content, "orgs.xlsx").named({"code": "c", "name": "n", "at": "a"}).rows
    assert [[row.is_number(column) for column in ("c", "n", "a", "none")] for row in rows] == [
        [True, False, False, False],
        [False, True, False, False],
        [False, False, False, False],
    ]
    assert rows[0].beside({"none": "1"}).is_number("c")
    assert not read_table(b"code\n7\n", "orgs.csv").rows[0].is_number("code")


def test_a_workbook_gives_row_numbers_past_empty_rows_and_ignores_styled_emptiness():
    book = Workbook()
    book.active["A1"], book.active["B1"], book.active["A7"] = "code", "name", 370883
    book.active["F9"].number_format = "0.0"
    assert texts(read_table(saved(book), "orgs.xlsx")) == [(7, "370883", "")]


def test_the_first_visible_sheet_is_read():
    book = Workbook()
    book.active.append(["wrong"])
    book.active.sheet_state = "hidden"
    book.create_sheet("shown").append(["right"])
    assert read_table(saved(book), "orgs.xlsx").columns == ("right",)


@pytest.mark.parametrize(
    ("head", "rows", "is_read"),
    [
        (["code", "name"], [["2", "乙"]], False),
        (["序号", "name", "code"], [["1", "乙", "2"]], False),
        (["code", "name"], [], True),
        (["code", "说明"], [["2", "乙"]], True),
        (["列名", "说明"], [["code", "编码"]], True),
        ([], [], True),
    ],
)
def test_a_second_list_is_not_passed_over(head, rows, is_read):
    book = Workbook()
    book.active.title = "村"
    for row in (["code", "name"], ["1", "甲"]):
        book.active.append(row)
    other = book.create_sheet("社区")
    for row in (head, *rows):
        other.append(row)
    if is_read:
        assert len(read_table(saved(book), "orgs.xlsx").rows) == 1
        return
    with pytest.raises(TableProblems, match=r"社区.*村") as refused:
        read_table(saved(book), "orgs.xlsx")
    assert len(refused.value.problems) == 1
    other.sheet_state = "hidden"
    assert len(read_table(saved(book), "orgs.xlsx").rows) == 1


def test_a_path_is_read_and_names_the_problem(tmp_path):
    path = tmp_path / "orgs.csv"
    path.write_bytes(b"code\n1\n")
    assert len(read_table(path).rows) == 1
    with pytest.raises(TableProblems) as caught:
        read_table(tmp_path / "missing.csv")
    assert str(caught.value).startswith(f"{tmp_path / 'missing.csv'}: ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"code,name\n1,\xff\xff\x81\n", "figures.csv:2: "),
        (b"code\0,name\n", "figures.csv: "),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "figures.csv: "),
        (b"", "figures.csv:1: "),
        (b",,\n1,2,3\n", "figures.csv:1: "),
        (b"code,name,code\n", "figures.csv:1: code: "),
        (b"code;name\n1;2\n", "figures.csv:1: "),
        (b"code,name\n1,2,3\n", "figures.csv:2: "),
        (b"code,,name\n1,2,3\n", "figures.csv:2: "),
        (b'code,name\n"1"x,2\n', "figures.csv:2: "),
        (b'code,name\n1,"2\n', "figures.csv:2: "),
        (b"PK\x03\x04 not a zip at all", "figures.csv: "),
    ],
)
def test_a_file_that_can_not_be_right_is_refused_at_its_place(content, message):
    assert refused(content).startswith(message)


def test_an_old_workbook_is_named():
    assert ".xls" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


TEXT = "编码,名称\r\n007,东关村\r\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(), TEXT.encode("utf-8-sig"), TEXT.encode("gbk"), TEXT.encode("gb18030"), TEXT.encode("utf-16"),
        TEXT.replace(",", "\t").encode("utf-16"), TEXT.replace(",", "\t").encode(), TEXT.replace(",", "\t").encode("gbk"),
    ],
)  # fmt: skip
def test_what_offices_save_as_text_is_read(content):
    table = read_table(content, "orgs.csv")
    assert (table.columns, texts(table)) == (("编码", "名称"), [(2, "007", "东关村")])


@pytest.mark.parametrize("text", ["镕㛃村", "𠮷村", "“红领”党支部—①组"])
def test_rare_characters_of_gb18030_are_read(text):
    assert read_table(f"名称\n{text}\n".encode("gb18030"), "orgs.csv").rows[0]["名称"] == text


def test_a_title_above_the_heads_is_named():
    message = refused("两新组织名单,,\n编码,名称,\n1,东关村,\n".encode())
    assert message.startswith("figures.csv:1: ")
    assert "两新组织名单" in message
    assert len(read_table(b"code\n1\n2\n", "a.csv").rows) == 2


def test_a_code_written_as_a_formula_is_its_text():
    assert read_table('code,name\n="007",东关村\n'.encode(), "a.csv").rows[0]["code"] == "007"
    assert read_table(b'code,name\n"=""007""",x\n', "a.csv").rows[0]["code"] == "007"
    assert read_table(b"code,name\n=1+1,x\n", "a.csv").rows[0]["code"] == "=1+1"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_machine(end):
    assert len(read_table(f"编码,名称{end}1,东\t关{end}2,西关{end}".encode("gb18030"), "a.csv").rows) == 2


def test_a_damaged_utf8_text_is_not_read_as_other_characters():
    content = "code,name\n1,石桥村党支部\n2,东关".encode()[:-1]
    assert refused(content).startswith("figures.csv:3: ")


def test_a_text_that_two_encodings_read_differently_is_refused():
    assert refused("code,name\n1,小山\n".encode("gbk")).startswith("figures.csv: ")
    assert read_table("code,name\n1,小山村\n".encode("gbk"), "a.csv").rows[0]["name"] == "小山村"
    assert read_table("\ufeffcode,name\n1,é\n".encode(), "a.csv").rows[0]["name"] == "é"


@pytest.mark.parametrize("formula", ["=1+1", "=A2", "=SUM(A1:A3)"])
def test_a_formula_that_was_never_computed_is_refused_not_blank(formula):
    assert "B2" in refused(workbook([["code", "value"], [1, formula]]), "figures.xlsx")


def test_an_error_cell_is_refused_not_blank():
    book = Workbook()
    book.active.append(["code", "value"])
    book.active.append([1, "#REF!"])
    message = refused(saved(book), "figures.xlsx")
    assert "B2" in message
    assert "#REF!" in message


def test_a_figure_beside_the_table_is_not_dropped():
    assert "figures.xlsx:2: " in refused(workbook([["code", "value"], [1, 2, None, 99]]), "figures.xlsx")


def test_sizes_are_checked_before_anything_is_parsed(monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 10)
    assert refused(b"code,name\n1,2\n").startswith("figures.csv: ")
    monkeypatch.undo()
    monkeypatch.setattr(limits, "TABLE_ROWS", 2)
    assert refused(b"code\n1\n2\n").startswith("figures.csv:3: ")
    monkeypatch.undo()
    monkeypatch.setattr(limits, "TABLE_COLUMNS", 2)
    assert refused(b"a,b,c\n").startswith("figures.csv:1: ")
    assert refused(workbook([["a", "b", "c"]])).startswith("figures.csv: ")


def test_renamed_columns_are_read_and_named_as_they_stand_in_the_file():
    table = read_table("编码,名称\n1,东关村\n".encode(), "orgs.csv").named({"编码": "code", "名称": "name"})
    assert (table.columns, table.rows[0]["name"], table.rows[0]["contact"]) == (("code", "name"), "东关村", "")
    problems = table.problems()
    problems.add(2, "code", "wrong")
    with pytest.raises(TableProblems) as caught:
        problems.raise_if_any()
    assert caught.value.lines()[0] == "orgs.csv:2: 编码: wrong"


def test_a_row_answers_for_absent_columns_only():
    row = read_table(b"code,name\n1,\n", "orgs.csv").rows[0].beside({"name": "kept", "contact": "kept"})
    assert (row["name"], row["contact"], row["telephone"]) == ("", "kept", "")


def test_problems_come_in_row_order_twenty_and_a_count():
    problems = Problems("figures.csv")
    problems.raise_if_any()
    for row in range(30, 1, -1):
        problems.add(row, "value", "not a number")
    assert len(problems) == 29
    with pytest.raises(TableProblems) as caught:
        problems.raise_if_any()
    lines = caught.value.lines()
    assert len(lines) == 21
    assert lines[0] == "figures.csv:2: value: not a number"
    assert lines[19] == "figures.csv:21: value: not a number"
    assert "29" in lines[20]
