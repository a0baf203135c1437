"""Several tables on one sheet: each is asked about by itself, a page break is one table, totals are held against all of it."""

from submissions.imports.report.import_report import Weight
from tests.submissions.imports.tables.strangers.reading import read_rows, sentences_at
from tests.submissions.imports.tables.world import VILLAGES, placed

BRIDGE, WILLOW, UPPER, LOWER = (village.code for village in VILLAGES[:4])
UNCLEAR = [
    ["示范村", "帮带村", "支部数"],
    ["石桥村", "大坪村", 1],
    [],
    ["先进村", "挂钩村", "全村人口"],
    ["柳沟村", "新庄村", 200],
]
AT_SECOND = "Sheet1!A4:C4"


def test_two_unclear_tables_are_two_questions():
    table = read_rows(UNCLEAR)
    assert [(question.what, question.address) for question in table.questions] == [
        ("unit_column", "Sheet1"),
        ("unit_column", AT_SECOND),
    ]
    assert placed(table) == {}
    answers = {"Sheet1": "own:Sheet1!A1", AT_SECOND: "own:Sheet1!B4"}
    table = read_rows(UNCLEAR, chosen=answers)
    assert placed(table) == {(BRIDGE, "A-2"): "1", (VILLAGES[5].code, "A-3"): "200"}
    assert table.questions == ()
    assert all(remark.weight == Weight.NOTICE for remark in table.remarks)


def test_the_second_answer_stands_where_it_was_asked_whichever_came_first():
    """One answer does not move the other question."""
    table = read_rows(UNCLEAR, chosen={"Sheet1": "own:Sheet1!A1"})
    assert [question.address for question in table.questions] == [AT_SECOND]
    assert placed(table) == {(BRIDGE, "A-2"): "1"}
    table = read_rows(UNCLEAR, chosen={AT_SECOND: "own:Sheet1!A4"})
    assert [question.address for question in table.questions] == ["Sheet1"]
    assert placed(table) == {(WILLOW, "A-3"): "200"}


def test_a_clear_table_does_not_wait_for_an_unclear_one():
    rows = [["村名", "支部数"], ["石桥村", 1], [], *UNCLEAR[3:]]
    table = read_rows(rows)
    assert placed(table) == {(BRIDGE, "A-2"): "1"}
    assert [question.address for question in table.questions] == ["Sheet1!A4:C4"]
    assert placed(read_rows(rows, chosen={"Sheet1": "own:Sheet1!A4"}))[WILLOW, "A-3"] == "200"


def test_one_answer_holds_after_a_page_break():
    head = ["示范村", "结对村", "支部数"]
    rows = [head, ["石桥村", "上湾村", 1], head, ["柳沟村", "下湾村", 2]]
    table = read_rows(rows, chosen={"Sheet1": "own:Sheet1!A1"})
    assert placed(table) == {(BRIDGE, "A-2"): "1", (WILLOW, "A-2"): "2"}
    assert table.questions == ()


def test_a_total_before_a_page_break_is_of_both_pages():
    head = ["村名", "支部数", "全村人口"]
    rows = [head, ["合计", 6, 7], ["石桥村", 1, 1], head, ["柳沟村", 2, 2], ["上湾村", 3, 3]]
    table = read_rows(rows)
    assert sentences_at(table, "Sheet1!B2") == []
    (sentence,) = sentences_at(table, "Sheet1!C2")
    assert "7" in sentence
    assert "6" in sentence
    rows = [head, ["合计", 5, 6], head, ["柳沟村", 2, 2], ["上湾村", 3, 3]]
    assert [bool(sentences_at(read_rows(rows), f"Sheet1!{column}2")) for column in "BC"] == [False, True]


def test_a_total_with_a_colon_is_compared_in_every_table():
    rows = [["村名", "支部数"], ["石桥村", 1], ["合计：", 2], [], ["村名", "全村人口"], ["总计：", 9], ["柳沟村", 8]]
    table = read_rows(rows)
    assert sentences_at(table, "Sheet1!B3")
    assert sentences_at(table, "Sheet1!B6")
    assert placed(table) == {(BRIDGE, "A-2"): "1", (WILLOW, "A-3"): "8"}
