"""Whose row is it: the head decides, not the number of names below it. Each table is the smallest one of its kind."""

import pytest

from orgs.names.name_matching import Candidate
from orgs.names.name_similarity import Certainty
from submissions.imports.report.import_report import Weight
from tests.submissions.imports.tables.strangers.reading import read_rows, sentences_at, turned
from tests.submissions.imports.tables.world import TWINS, VILLAGES, placed

BRIDGE, WILLOW, UPPER, LOWER = (village.code for village in VILLAGES[:4])
OWN = {(BRIDGE, "A-2"): "1", (BRIDGE, "A-3"): "100", (WILLOW, "A-2"): "2", (WILLOW, "A-3"): "300"}
FIGURES = [["支部数", "全村人口"], [1, 100], [2, 300]]
RELATIONS = (
    "结对村", "结对单位", "帮扶村", "帮扶单位名称", "原村名", "曾用名", "对口村", "对口支援村", "联系村", "联系单位", "包保村", "挂点村",
    "挂点单位", "上级党组织", "所属党组织", "结对共建党支部", "原单位名称", "结对帮扶村（社区）", "结对村名称",
)  # fmt: skip
OWNS = (
    "村名", "单位名称", "填报单位", "党组织名称", "支部", "村（社区）", "名称", "现村名", "单位", "行政村", "党支部名称", "村", "村名：",
    "填报单位名称", "支部名称", "村级党组织名称", "村 名",
)  # fmt: skip
UNCLEAR = ("帮带村", "示范村", "挂钩村", "先进村", "牵头村", "试点村", "片区村")


def _beside(*columns):
    """Columns put together: each a list of rows."""
    return [[value for part in parts for value in part] for parts in zip(*columns, strict=True)]


def _own(head="村名"):
    return [[head], ["石桥村"], ["柳沟村"]]


def _other(head="结对村"):
    if head.startswith(("上级", "所属")):
        return [[head], ["青山镇党委"], ["青山镇党委"]]
    return [[head], ["上湾村"], ["下湾村"]]


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_relation_never_names_the_row(relation):
    """On either side of the figures or of the names, in rows and turned: nothing is asked."""
    for own in OWNS:
        names, other = _own(own), _other(relation)
        for columns in ((names, FIGURES, other), (other, names, FIGURES), (names, other, FIGURES)):
            rows = _beside(*columns)
            for table in (read_rows(rows), read_rows(turned(rows))):
                assert placed(table) == OWN, own
                assert (table.questions, table.waiting) == ((), {}), own


def test_a_relation_that_holds_more_known_names_than_the_units_own():
    names = [["村名"], ["石桥村"], ["不知道的村"], ["外县村"]]
    others = [["结对村"], ["上湾村"], ["下湾村"], ["大坪村"]]
    assert placed(read_rows(_beside(names, [["支部数"], [1], [2], [3]], others))) == {(BRIDGE, "A-2"): "1"}


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_relation_alone_places_nothing(relation):
    table = read_rows(_beside(_other(relation), FIGURES))
    assert placed(table) == {}
    assert table.questions or table.unplaced or table.refused


@pytest.mark.parametrize("band", ["结对情况", "结对帮扶", "对口支援", "帮扶情况"])
@pytest.mark.parametrize("head", ["村名", "单位名称", "名称"])
def test_a_band_that_ties_the_names_below_it(band, head):
    rows = [
        ["村名", "支部数", band, None],
        [None, None, head, "结对时间"],
        ["石桥村", 1, "上湾村", "3月"],
        ["柳沟村", 2, "下湾村", "4月"],
    ]
    table = read_rows(rows, merged=[(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4)])
    assert placed(table) == {(BRIDGE, "A-2"): "1", (WILLOW, "A-2"): "2"}
    assert table.questions == ()


@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize("right", [(None, None), (3, None), (3, 4)])
def test_two_lists_side_by_side(gap, right):
    """The right one blank, half filled, filled: each village keeps its own."""
    left = _beside(_own(), FIGURES)
    blank = [[None] * gap] * 3
    other = [["村名", "支部数", "全村人口"], ["上湾村", right[0], None], ["下湾村", right[1], None]]
    table = read_rows(_beside(left, blank, other))
    filled = {(UPPER, "A-2"): right[0], (LOWER, "A-2"): right[1]}
    assert placed(table) == OWN | {whose: str(value) for whose, value in filled.items() if value is not None}
    assert table.questions == ()


def test_two_lists_above_each_other_whenturned():
    left = _beside(_own(), FIGURES)
    other = [["村名", "支部数", "全村人口"], ["上湾村", None, None], ["下湾村", None, None]]
    assert placed(read_rows(turned(_beside(left, [[None]] * 3, other)))) == OWN


@pytest.mark.parametrize("head", UNCLEAR)
@pytest.mark.parametrize("own", ["村名", "单位名称", "党组织名称"])
def test_an_own_head_beside_settles_an_unclear_one(head, own):
    for columns in ((_own(own), FIGURES, _other(head)), (_other(head), _own(own), FIGURES)):
        table = read_rows(_beside(*columns))
        assert (placed(table), table.questions) == (OWN, ())


@pytest.mark.parametrize("pair", [("帮带村", "示范村"), ("示范村", "先进村"), ("", "示范村")])
def test_heads_that_settle_nothing_are_asked_about_once(pair):
    one, other = pair
    rows = _beside(_own(one), _other(other), FIGURES)
    table = read_rows(rows)
    assert placed(table) == {}
    (question,) = table.questions
    assert (question.what, len(question.choices)) == ("unit_column", 2)
    answered = [placed(read_rows(rows, chosen={question.address: means})) for means, _words in question.choices]
    assert answered[0] == OWN
    assert {org for org, _key in answered[1]} == {UPPER, LOWER}
    assert read_rows(rows, chosen={question.address: question.choices[0][0]}).questions == ()


def test_the_turned_table_is_asked_about_once():
    rows = turned(_beside(_own("帮带村"), _other("示范村"), FIGURES))
    table = read_rows(rows)
    assert (placed(table), [question.what for question in table.questions]) == ({}, ["unit_column"])
    (question,) = table.questions
    assert placed(read_rows(rows, chosen={question.address: question.choices[0][0]})) == OWN


@pytest.mark.parametrize("head", ["代码", "组织代码", "单位代码", "编码"])
def test_a_code_column_decides_over_names(head):
    """Misspelt names beside it do not matter; a name that is another unit's is an error of that row alone."""
    codes = [[head], [BRIDGE], [WILLOW]]
    assert placed(read_rows(_beside(codes, [["村名"], ["石挢村"], ["柳勾村"]], FIGURES))) == OWN
    assert placed(read_rows(_beside(_own(), FIGURES, codes))) == OWN
    table = read_rows(_beside(codes, [["村名"], ["石桥村"], ["上湾村"]], FIGURES))
    assert placed(table) == {whose: text for whose, text in OWN.items() if whose[0] == BRIDGE}
    assert any(remark.weight == Weight.ERROR and remark.address.endswith("3") for remark in table.remarks)


def test_a_code_of_a_relation_decides_nothing():
    rows = _beside(_own(), FIGURES, _other(), [["结对村代码"], [UPPER], [LOWER]])
    assert placed(read_rows(rows)) == OWN


@pytest.mark.parametrize("head", ["乡镇", "镇", "镇（街道）", "乡镇（街道）", "所属乡镇", "乡镇名称", "街道"])
def test_a_place_above_narrows_names(head):
    rows = [[head, "村名", "支部数"], ["白沙镇", "新村", 2], ["青山镇", "新村", 1], ["青山镇", "石桥村", 3]]
    here, there = (twin.code for twin in TWINS)
    table = read_rows(rows)
    assert placed(table) == {(there, "A-2"): "2", (here, "A-2"): "1", (BRIDGE, "A-2"): "3"}
    assert table.questions == ()


@pytest.mark.parametrize(
    "name",
    [
        "中共青山镇石桥村支部委员会", "中共石桥村支部委员会", "中共石桥村党支部委员会", "中国共产党青山镇石桥村支部委员会", "石桥村支部",
        "青山镇石桥村", "青山镇石桥村党支部", "云泽县青山镇石桥村党支部", "石桥村支部委员会", "石桥村党支部委员会",
        "中共云泽县青山镇石桥村支部委员会",
        "石 桥 村", "1.石桥村", "石桥村（党支部）", "石桥村：",
    ],
)  # fmt: skip
def test_names_as_offices_write_them(name):
    table = read_rows([["党组织名称", "支部数"], [name, 1]])
    assert (placed(table), table.waiting) == ({(BRIDGE, "A-2"): "1"}, {})


@pytest.mark.parametrize(
    "name", ["中共青山镇下湾村总支部委员会", "中共下湾村总支部委员会", "下湾村党总支", "下湾村总支", "下湾村总支部"]
)
def test_names_of_a_general_branch(name):
    table = read_rows([["党组织名称", "支部数"], [name, 1]])
    assert (placed(table), table.waiting) == ({(LOWER, "A-2"): "1"}, {})


def test_a_value_under_a_merged_cell_is_reported_at_its_address():
    table = read_rows([["村名", "支部数", "全村人口"], ["石桥村", 1, 100], ["柳沟村", 9, 200]], merged=[(2, 2, 3, 2)])
    assert (WILLOW, "A-2") not in placed(table)
    assert placed(table)[WILLOW, "A-3"] == "200"
    assert any("9" in sentence for sentence in sentences_at(table, "Sheet1!B3"))


def test_a_name_under_a_merged_cell_names_no_row():
    table = read_rows([["村名", "支部数"], ["石桥村", 1], ["柳沟村", 2]], merged=[(2, 1, 3, 1)])
    assert (WILLOW, "A-2") not in placed(table)
    assert sentences_at(table, "Sheet1!A3") or sentences_at(table, "Sheet1!B3")


@pytest.mark.parametrize("label", ["合计", "合　计", "总计", "全镇合计", "小计"])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_total_that_differs_is_a_finding_at_its_cell(label, is_first):
    total = [label, 2, 999]
    units = [["石桥村", 1, 100], ["柳沟村", 1, 200]]
    table = read_rows([["村名", "支部数", "全村人口"], *([total, *units] if is_first else [*units, total])])
    assert len(placed(table)) == 4
    at = 2 if is_first else 4
    (sentence,) = sentences_at(table, f"Sheet1!C{at}")
    assert "999" in sentence
    assert "300" in sentence
    assert sentences_at(table, f"Sheet1!B{at}") == []


def test_a_total_column_is_compared_too():
    table = read_rows([["指标", "石桥村", "柳沟村", "合计"], ["支部数", 1, 1, 2], ["全村人口", 100, 200, 301]])
    assert sentences_at(table, "Sheet1!D3")
    assert sentences_at(table, "Sheet1!D2") == []


@pytest.mark.parametrize("way", ["{0}{1}", "{1}（{0}）", "{0}\n{1}", "{1}-{0}", "{1}({0})"])
@pytest.mark.parametrize(
    ("period", "asked", "other"),
    [
        ("2026Q3", "202609", "202606"), ("2026Q3", "本期", "上年同期"), ("2026Q3", "2026年三季度", "2025年三季度"),
        ("2026Q3", "第三季度", "第二季度"), ("2026Q3", "本季度", "上季度"), ("2026Q3", "7-9月", "4-6月"), ("2026Q3", "2026Q3", "2026Q2"),
        ("2026Q3", "2026年", "2025年"), ("2026-09", "9月", "6月"), ("2026-09", "202609", "202606"), ("2026-09", "2026年9月", "2026年8月"),
        ("2026-09", "本月", "上月"), ("2026", "2026年", "2025年"), ("2026", "本年", "上年"), ("2026", "2026年度", "2025年度"),
    ],
)  # fmt: skip
def test_the_asked_period_in_a_head_is_taken_and_others_are_reported(way, period, asked, other):
    heads = [way.format(other, "受理件数"), way.format(asked, "受理件数")]
    table = read_rows([["村名", *heads], ["石桥村", 4, 1], ["柳沟村", 5, 2]], period=period)
    assert placed(table) == {(BRIDGE, "A-1"): "1", (WILLOW, "A-1"): "2"}
    assert table.waiting == {}
    assert sentences_at(table, "Sheet1!B1")


@pytest.mark.parametrize(("asked", "other"), [(202609, 202606), ("202609", "202606")])
def test_months_as_heads_of_a_list(asked, other):
    rows = [
        ["石桥村党组织情况表"], ["指标代码", "指标名称", "单位", other, asked, "变化原因"], ["A-2", "支部数", "个", 1, 2, "新建"],
        ["A-3", "全村人口", "人", 100, 110, "迁入"],
    ]  # fmt: skip
    table = read_rows(rows)
    assert placed(table) == {(BRIDGE, "A-2"): "2", (BRIDGE, "A-3"): "110"}
    assert (table.waiting, table.questions) == ({}, ())
    assert sentences_at(table, "Sheet1!D2")


def test_an_own_full_name_is_not_ambiguous():
    """新村党支部 is one unit's very name though another township calls its 新村党总支 新村 too."""
    other = Candidate("990101102298", "新村党总支", "新村", ("白沙镇党委", "白沙镇", "云泽县"))
    table = read_rows([["党组织名称", "支部数"], ["新村党支部", 1]], candidates=(*VILLAGES, TWINS[0], other))
    assert placed(table) == {(TWINS[0].code, "A-2"): "1"}


def test_namesakes_without_a_place_beside_are_asked_about():
    table = read_rows([["村名", "支部数"], ["新村", 1]])
    assert placed(table) == {}
    assert any(head.certainty == Certainty.AMBIGUOUS for head in table.heads)
