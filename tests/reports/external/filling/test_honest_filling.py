"""What filling says and refuses: coverage, what stays as it is, changes of unequal sets, another period that is printed."""

import json

import pytest
from django.core.management import CommandError

from tests.factories.upper_tables import a_blank_table, values_in


def taken(story, folder, rows, merged=(), *words: str) -> dict:
    path = folder / "blank.xlsx"
    path.write_bytes(a_blank_table(rows, merged))
    return json.loads(story.run("bind_template", str(path), "--name", "表", *words))


def filled(story, folder, period: str = "2026Q3", *words: str) -> dict:
    story.run("fill_template", "表", "--period", period, "--org", "C", "--out", str(folder / "out.xlsx"), *words)
    return values_in((folder / "out.xlsx").read_bytes())


def test_coverage_is_shown_for_each_number_of_units(county, tmp_path):
    taken(county, tmp_path, [["单位", "受理件数", "办结件数"], ["全县", None, None]])
    filled(county, tmp_path)
    assert "3 of 3 approved" in county.printed.splitlines()
    county.open("F", "2026Q4")
    county.figures("F", "2026Q4,V1,A-1,,1", "2026Q4,V1,B-1,,1", "2026Q4,V2,A-1,,1")
    county.figures("F", "2026Q4,V3,A-1,,1", state="submitted")
    filled(county, tmp_path, "2026Q4")
    assert {"受理件数: 2 of 3 approved", "办结件数: 1 of 3 approved"} <= set(county.printed.splitlines())
    filled(county, tmp_path, "2026Q4", "--basis", "submitted")
    assert "受理件数: 3 of 3 sent in" in county.printed.splitlines()


def test_numbers_that_stay_and_totals_over_what_is_not_filled_are_listed(county, tmp_path):
    rows = [
        ["序号", "单位", "受理件数", "不明指标"],
        [1, "青山镇", None, None],
        [2, "白沙镇", None, None],
        ["合计", None, "=SUM(C2:C3)", "=SUM(D2:D3)"],
    ]
    taken(county, tmp_path, [*rows, [None, "去年", 180, 7]])
    values = filled(county, tmp_path)
    assert (values["C4"], values["D4"], values["C5"]) == (90, 0, 180)
    assert "- Numbers that stand in the table already and stay: 表1!C5, 表1!D5." in county.printed
    assert "- Totals over cells that are not filled: 表1!D4 add up 表1!D2, 表1!D3, which stay empty." in county.printed


def test_rows_and_columns_that_are_counted_are_no_numbers_of_the_table(county, tmp_path):
    taken(county, tmp_path, [["序号", "单位", "受理件数"], ["甲", "乙", 1, 2], [1, "青山镇", None]])
    filled(county, tmp_path)
    assert "stand in the table already" not in county.printed


CHANGES = [
    ["单位", "受理件数", None, None],
    [None, "本期", "比上期增减", "同比增减%"],
    ["青山镇", None, None, None],
    ["全县", None, None, None],
]
MERGED = ("A1:A2", "B1:D1")


def test_a_change_of_the_same_units_is_filled(county, tmp_path):
    taken(county, tmp_path, CHANGES, MERGED)
    values = filled(county, tmp_path)
    assert [values[cell] for cell in ("B3", "C3", "D3", "B4", "C4", "D4")] == [30, 10, 200, 180, 60, 200]


def test_a_change_made_of_other_units_stays_empty_and_is_listed(county, tmp_path):
    taken(county, tmp_path, CHANGES, MERGED)
    county.open("F", "2026Q4")
    county.figures("F", "2026Q4,V1,A-1,,40", "2026Q4,V2,A-1,,50")
    values = filled(county, tmp_path, "2026Q4")
    assert (values["B3"], values["C3"], values["B4"]) == (40, 10, 90)
    assert "C4" not in values
    assert (
        "表1!C4 stay empty: the change of A-1 would be made from different units: 2 answered in this period, 3 in the one"
        in county.printed
    )


def test_as_many_units_are_not_the_same_units(county, tmp_path):
    taken(county, tmp_path, CHANGES, MERGED)
    county.open("F", "2026Q4", "2027Q1")
    county.figures("F", "2026Q4,V1,A-1,,40", "2026Q4,V2,A-1,,50", "2027Q1,V1,A-1,,1", "2027Q1,V3,A-1,,2")
    assert "C4" not in filled(county, tmp_path, "2027Q1")
    assert "2 answered in this period, 2 in the one compared with, 1 in both" in county.printed


def test_a_category_and_a_ratio_are_compared_like_for_like_too(county, tmp_path):
    bound = {
        "S!A1": {
            "kind": "figure",
            "key": "A-1",
            "org": "village",
            "by": "unit_category",
            "measure": "change",
            "against": "prev",
        },
        "S!A2": {"kind": "figure", "key": "R-1", "measure": "change", "against": "prev"},
        "S!A3": {"kind": "figure", "key": "A-1", "org": "T1", "by": "district", "measure": "change", "against": "prev"},
        "S!A4": {"kind": "figure", "key": "A-1", "view": "ytd", "measure": "change"},
    }
    path = tmp_path / "bindings.json"
    path.write_text(json.dumps({cell.replace("S", "表1"): one for cell, one in bound.items()}), encoding="utf-8")
    taken(county, tmp_path, [[None], [None], [None], [None], ["单位"]], (), "--bindings", str(path))
    values = filled(county, tmp_path)
    assert (values["A1"], values["A2"], values["A3"]) == (60, 0, 10)
    assert "A4" not in values  # three quarters beside one
    county.open("F", "2026Q4")
    county.figures("F", "2026Q4,V1,A-1,,40", "2026Q4,V1,B-1,,5", "2026Q4,V2,A-1,,50")
    values = filled(county, tmp_path, "2026Q4")
    assert values.keys() & {"A1", "A2", "A3"} == {"A3"}


def test_a_period_in_the_title_is_written_whole(county, tmp_path):
    rows = [
        ["2026年第二季度统计表", None],
        ["填报单位：      填报日期：    年    月    日", None],
        ["单位", "受理件数"],
        ["青山镇", None],
    ]
    taken(county, tmp_path, rows, ("A1:B1", "A2:B2"))
    values = filled(county, tmp_path)
    assert values["A1"] == "2026年第三季度统计表"
    assert values["A2"].startswith("填报单位：云岭县      填报日期：20")
    assert "    年" not in values["A2"]


def test_a_table_that_prints_another_period_is_refused(county, tmp_path):
    taken(county, tmp_path, [["指标", "二季度"], ["受理件数", None]])
    with pytest.raises(CommandError, match="表1!B1 prints “二季度”, but the table is to be filled for Third quarter of 2026"):
        filled(county, tmp_path)
    assert filled(county, tmp_path, "2026Q2")["B2"] == 120


def test_a_quarters_table_is_not_filled_for_a_year(county, tmp_path):
    taken(county, tmp_path, [["2026年第三季度统计表", None], ["指标", "数量"], ["受理件数", None]], ("A1:B1",))
    with pytest.raises(CommandError, match="表1!A1 prints “2026年第三季度”"):
        filled(county, tmp_path, "2026")


def test_what_a_person_leaves_as_it_is_printed_is_no_contradiction(county, tmp_path):
    rows = [["2019年第一季度起执行", None], ["指标", "数量"], ["受理件数", None]]
    report = taken(county, tmp_path, rows, ("A1:B1",))
    report["bindings"]["表1!A1"] = {"kind": "text", "what": "as printed"}
    path = tmp_path / "bindings.json"
    path.write_text(json.dumps(report), encoding="utf-8")
    taken(county, tmp_path, rows, ("A1:B1",), "--bindings", str(path))
    values = filled(county, tmp_path)
    assert (values["A1"], values["B3"]) == ("2019年第一季度起执行", 180)


def test_heads_over_cells_that_stay_empty_contradict_nothing(county, tmp_path):
    rows = [["2026年第三季度统计表", None, None], ["单位", "受理件数", "2024年第三季度受理件数"], ["青山镇", None, None]]
    taken(county, tmp_path, rows, ("A1:C1",))
    assert filled(county, tmp_path)["B3"] == 30
