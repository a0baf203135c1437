"""A table about one unit: what the sheet prints of its unit is whose figures it gets, or a doubt."""

from datetime import date

import pytest

from orgs.models import Organization
from reports.external.search.search import find
from spreadsheets.preview.sheet_preview import sheet_previews
from tests.factories.upper_tables import a_blank_table

TABLE = (["项目", "数量"], ["受理件数", None])


def units_in(*rows, title: str = "表1") -> list[tuple[str, str]]:
    found = find(sheet_previews(a_blank_table(rows, (), title)), Organization.objects.get(code="C"), date(2026, 9, 30))
    return [(one.org, one.certainty) for one in found.bindings.values() if one.kind == "figure"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("填报单位：白沙镇", ("T2", "sure")),
        ("填报单位（盖章）：白沙镇党委", ("T2", "sure")),
        ("单位名称：白沙镇", ("T2", "sure")),
        ("填报单位：云岭县", ("", "sure")),
        ("填报单位：中共云岭县委组织部", ("", "sure")),
        ("填报单位：云岭县 县（市、区）委组织部", ("", "sure")),
        ("填报单位：云泽县 县（市、区）委组织部", ("", "likely")),
        ("填报单位：    县（市、区）委组织部", ("", "sure")),
        ("填报单位：云泽县委组织部", ("", "likely")),
        ("填报单位：云岭县民政局", ("", "likely")),
        ("填报单位：", ("", "sure")),
        ("填报单位：____", ("", "sure")),
        ("填报单位：红旗镇", ("", "likely")),
        ("甲村情况统计表", ("V1", "likely")),
        ("云岭县青山镇情况统计表", ("T1", "likely")),
        ("云岭县情况统计表", ("", "sure")),
        ("两新组织统计表", ("", "sure")),
    ],
)
def test_a_label_or_a_title(county, text, unit):
    assert units_in([text, None], *TABLE) == [unit]


def test_a_label_with_its_answer_in_the_next_cell(county):
    assert units_in(["填报单位：", "白沙镇"], *TABLE) == [("T2", "sure")]
    assert units_in(["填报单位：", "云泽县委组织部"], *TABLE) == [("", "likely")]


@pytest.mark.parametrize(("title", "unit"), [("白沙镇", ("T2", "sure")), ("Sheet1", ("", "sure")), ("汇总", ("", "sure"))])
def test_the_name_of_the_sheet(county, title, unit):
    assert units_in(*TABLE, title=title) == [unit]


def test_places_that_name_different_units(county):
    assert units_in(["填报单位：白沙镇", None], *TABLE, title="青山镇") == [("", "likely")]


def test_the_total_of_a_units_own_list_is_that_units(county):
    rows = ["村名", "受理件数"], ["甲村", None], ["合计", None], ["全县", None]
    assert units_in(*rows, title="青山镇") == [("V1", "sure"), ("T1", "sure"), ("", "sure")]
