"""Parts of a year printed anywhere in a text, and what becomes of them when the table is filled for another period."""

import json

import pytest
from django.core.management import CommandError

from indicators.periods import read_period
from reports.external.names.printed_spans import printed_stretches
from tests.factories.upper_tables import a_blank_table, values_in

STRETCHES = {
    "全县4—6月情况表": [("4—6月", None, 4, 6)],
    "4-6月": [("4-6月", None, 4, 6)],
    "4月份至6月份情况": [("4月份至6月", None, 4, 6)],
    "情况表（四至六月）": [("四至六月", None, 4, 6)],
    "2026年4月1日至6月30日": [("2026年4月1日至6月30日", 2026, 4, 6)],
    "第2季度情况表": [("第2季度", None, 4, 6)],
    "情况表（二季度）": [("二季度", None, 4, 6)],
    "2025年第四季度": [("2025年第四季度", 2025, 10, 12)],
    "情况表Q2": [("Q2", None, 4, 6)],
    "上半年情况": [("上半年", None, 1, 6)],
    "截至6月底": [("截至6月底", None, 6, 6)],
    "9月末党员数": [("9月末", None, 9, 9)],
    "截至9月30日": [("截至9月30日", None, 9, 9)],
    "请于6月底前报送": [],
    "本季度情况": [],
    "一季一评": [],
    "每半年一报": [],
    "2026年9月30日": [],
    "报送时间：7月10日": [],
}


@pytest.mark.parametrize("text", STRETCHES)
def test_what_is_printed(text):
    assert [(one.text, one.year, one.first, one.last) for one in printed_stretches(text)] == STRETCHES[text]


@pytest.mark.parametrize(
    ("text", "period", "fits"),
    [
        ("7—9月", "2026Q3", True), ("4—6月", "2026Q3", False), ("1—9月", "2026Q3", True), ("2025年7—9月", "2026Q3", False),
        ("截至9月底", "2026Q3", True), ("截至9月底", "2026-09", True), ("三季度", "2026", False), ("1—12月", "2026", True),
        ("下半年", "2026H2", True), ("7—8月", "2026Q3", False),
    ],
)  # fmt: skip
def test_whether_it_is_of_a_period(text, period, fits):
    assert printed_stretches(text)[0].fits(read_period(period)) == fits


TITLES = (
    "全县4—6月情况统计表",
    "情况统计表（四至六月）",
    "第2季度情况统计表",
    "统计时段：4月1日—6月30日",
    "截至6月底情况统计表",
)


def taken(story, folder, *rows) -> None:
    (folder / "blank.xlsx").write_bytes(a_blank_table(rows))
    json.loads(story.run("bind_template", str(folder / "blank.xlsx"), "--name", "表"))


def filled(story, folder, period: str = "2026Q3") -> dict:
    story.run("fill_template", "表", "--period", period, "--org", "C", "--out", str(folder / "out.xlsx"))
    return values_in((folder / "out.xlsx").read_bytes())


@pytest.mark.parametrize("title", TITLES)
def test_another_part_of_the_year_in_a_title_is_refused(county, tmp_path, title):
    taken(county, tmp_path, [title], ["指标", "数量"], ["受理件数", None])
    with pytest.raises(CommandError, match=r"表1!A1 prints “.+”, but the table is to be filled for Third quarter of 2026"):
        filled(county, tmp_path)
    assert filled(county, tmp_path, "2026Q2")["B3"] == 120


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("2026年4—6月情况表", "2026年7—9月情况表"),
        ("2026年4月至2026年6月情况表", "2026年7—9月情况表"),
        ("二〇二六年四至六月情况表", "2026年7—9月情况表"),
        ("2026年第2季度情况表", "2026年第三季度情况表"),
    ],
)
def test_a_whole_period_is_written_anew_as_it_was_written(county, tmp_path, title, written):
    taken(county, tmp_path, [title], ["指标", "数量"], ["受理件数", None])
    values = filled(county, tmp_path)
    assert (values["A1"], values["B3"]) == (written, 180)


def test_months_of_a_quarter_are_not_filled_for_a_year(county, tmp_path):
    taken(county, tmp_path, ["2026年4—6月情况表"], ["指标", "数量"], ["受理件数", None])
    with pytest.raises(CommandError, match="表1!A1 prints “2026年4—6月”"):
        filled(county, tmp_path, "2026")


def test_a_stretch_since_january_over_the_table_asks_which_is_meant(county, tmp_path):
    (tmp_path / "blank.xlsx").write_bytes(
        a_blank_table([["2026年1—9月情况表"], ["指标", "数量"], ["受理件数", None], ["党员总数", None]])
    )
    report = json.loads(county.run("bind_template", str(tmp_path / "blank.xlsx"), "--name", "表"))
    cells = {cell: (one["view"], one["certainty"]) for cell, one in report["bindings"].items() if one["kind"] == "figure"}
    assert cells == {"表1!B3": ("ytd", "likely"), "表1!B4": ("period", "sure")}
    assert report["bindings"]["表1!B3"]["said"].startswith("the table speaks of “2026年1—9月”")
