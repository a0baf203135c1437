"""Cells bound by hand to another unit than their sheet prints are listed when the table is filled."""

import json

import pytest

from tests.factories.upper_tables import a_blank_table, values_in


def filled(story, folder, label: str, org: str) -> dict:
    (folder / "blank.xlsx").write_bytes(a_blank_table([[label], ["项目", "数量"], ["受理件数", None]]))
    (folder / "b.json").write_text(json.dumps({"表1!B3": {"kind": "figure", "key": "A-1", "org": org}}), encoding="utf-8")
    story.run("bind_template", str(folder / "blank.xlsx"), "--name", "表", "--bindings", str(folder / "b.json"))
    story.run("fill_template", "表", "--period", "2026Q3", "--org", "C", "--out", str(folder / "out.xlsx"))
    return values_in((folder / "out.xlsx").read_bytes())


@pytest.mark.parametrize("org", ["", "T1"])
def test_another_unit_is_listed(county, tmp_path, org):
    assert filled(county, tmp_path, "填报单位：白沙镇", org)["B3"] == {"": 180, "T1": 30}[org]
    assert "Bound by hand to another unit than 白沙镇, which the sheet prints as its own: 表1!B3." in county.printed


def test_a_unit_that_is_not_of_the_county_is_listed(county, tmp_path):
    filled(county, tmp_path, "填报单位：云泽县委组织部", "")
    assert "Bound by hand, but the sheet names “云泽县委组织部”, which is no unit of the county: 表1!B3." in county.printed


OWN = [("填报单位：白沙镇", "T2"), ("填报单位：白沙镇", "V2"), ("填报单位：", "T1"), ("填报单位：云岭县", "T1")]


@pytest.mark.parametrize(("label", "org"), OWN)
def test_the_units_own_and_what_stands_below_it_is_not(county, tmp_path, label, org):
    filled(county, tmp_path, label, org)
    assert "by hand" not in county.printed
