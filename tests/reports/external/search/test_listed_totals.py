"""合计 is sure only where the units listed with it are all that give the figure."""

import pytest

from tests.reports.external.search.test_search import found_in

HEADS = ["单位", "受理件数"]


def certainties(*names: str) -> dict[str, str]:
    bindings, _unmatched = found_in(HEADS, *([name, None] for name in names))
    return {names[int(cell[1:]) - 2]: binding["certainty"] for cell, binding in bindings.items()}


@pytest.mark.parametrize(
    "names",
    [
        ["合计"],
        ["甲村", "乙村", "丙村", "合计"],
        ["合计", "青山镇", "白沙镇", "临河镇"],
        ["青山镇", "乙村", "丙村", "总计"],
        ["甲村", "全县"],
        ["甲村", "云岭县"],
        ["行政村", "合计"],
    ],
)
def test_all_that_give_the_figure_or_the_whole_by_name(county, names):
    assert certainties(*names)[next(name for name in names if name in ("合计", "总计", "全县", "云岭县"))] == "sure"


@pytest.mark.parametrize(
    "names",
    [
        ["合计", "甲村", "乙村"],
        ["甲村", "总 计"],
        ["青山镇", "白沙镇", "共计"],
        ["甲村", "乙村", "不知村", "合计"],
        ["不知村", "合计"],
    ],
)
def test_some_of_the_units_alone(county, names):
    total = next(name for name in names if "计" in name)
    assert certainties(*names)[total] == "likely"


def test_a_unit_that_is_not_asked_is_not_missed(county):
    county.orgs("A,民政局,agency,C,,,,")
    county.form("G", "Z-1", head="unit_categories", values="village")
    county.open("G", "2026Q3")
    bindings, _unmatched = found_in(["单位", "从未要求"], *([name, None] for name in ("甲村", "乙村", "丙村", "合计")))
    assert bindings["B5"]["certainty"] == "sure"


def test_two_lists_with_a_total_each(county):
    names = ["甲村", "合计", "乙村", "丙村", "合计"]
    bindings, _unmatched = found_in(HEADS, *([name, None] for name in names))
    assert [bindings[cell]["certainty"] for cell in ("B3", "B6")] == ["likely", "likely"]


def test_units_whose_figures_stand_there_already_are_listed(county):
    bindings, _unmatched = found_in(HEADS, ["甲村", None], ["合计", None], ["乙村", None], ["丙村", None])
    assert bindings["B3"]["certainty"] == "sure"


def test_units_across(county):
    some, _unmatched = found_in(["项目", "甲村", "合计"], ["受理件数", None, None])
    every, _unmatched = found_in(["项目", "甲村", "乙村", "丙村", "合计"], ["受理件数", None, None, None, None])
    assert (some["C2"]["certainty"], every["E2"]["certainty"]) == ("likely", "sure")


def test_a_townships_own_total(county):
    county.orgs("V4,丁村,village,T1,,,,")
    bindings, _unmatched = found_in(["乡镇", "村", "受理件数"], ["青山镇", "甲村", None], ["青山镇", "小计", None])
    assert (bindings["C3"]["org"], bindings["C3"]["certainty"]) == ("T1", "likely")
