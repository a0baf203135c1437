"""Binding and filling a table by the operator's commands: what is found, filled, carried, and listed as not fitting."""

import json
from decimal import Decimal

import pytest
from django.core.management import CommandError

from audit.models import Event
from reports.models import UpperBinding, UpperEdition
from tests.factories.upper_tables import a_blank_table, values_in
from tests.spreadsheets.read.compound import label, old_workbook

HEADS = (
    ["2026年第  季度两新组织统计表"],
    ["填报单位："],
    ["单位", "受理件数", "办结", None, "活动经费（万元）", "备注"],
    [None, None, "办结件数", "办结率", None, None],
)
MERGED = ("A1:F1", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:F4")
WRITTEN_OUT = {"kind": "figure", "certainty": "sure", "item": None, "period": "this", "view": "period"}
BLANK = a_blank_table((*HEADS, ["青山镇"], ["白沙镇"], ["不知镇"], ["全县", "=SUM(B5:B7)"]), MERGED)


def written(folder, content: bytes = BLANK, name: str = "blank.xlsx") -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def bound(county, folder, *words: str, content: bytes = BLANK) -> dict:
    return json.loads(county.run("bind_template", written(folder, content), "--name", "两新", *words))


def filled(county, folder, *words: str) -> dict:
    out = folder / "out.xlsx"
    county.run("fill_template", "两新", "--period", "2026Q3", "--org", "C", "--out", str(out), *words)
    return values_in(out.read_bytes())


def test_binding_prints_what_was_found_and_what_was_not(county, tmp_path):
    report = bound(county, tmp_path)
    assert (report["name"], report["edition"], report["binding"]) == ("两新", 1, 1)
    assert report["unit_column"] == "A 单位"
    assert report["bindings"]["表1!E5"] == WRITTEN_OUT | {
        "key": "M-1", "org": "T1", "unit": "T1", "indicator": "M-1", "unit_of_measure": "万元",
    }  # fmt: skip
    assert "表1!B8" not in report["bindings"]
    assert [one["heads"] for one in report["unmatched"]] == ["不知镇"]
    assert report["unmatched"][0]["cells"] == ["表1!B7", "表1!C7", "表1!D7", "表1!E7"]


def test_filling_writes_figures_and_lists_what_did_not_fit(county, tmp_path):
    bound(county, tmp_path)
    values = filled(county, tmp_path)
    assert (values["A1"], values["A2"]) == ("2026年第三季度两新组织统计表", "填报单位：云岭县")
    assert [values[name] for name in ("B5", "C5", "D5", "E5")] == [30, 18, 60, 3.7035]
    assert [values[name] for name in ("B8", "C8", "E8")] == [90, 63, 11.1105]
    assert not {"B7", "C7", "F5"} & values.keys()
    assert "临河镇 (T3) has figures, but no place in the table." in county.printed
    assert "    受理件数 (件): 90\n" in county.printed
    assert "青山镇" not in county.printed


def test_the_same_file_again_changes_nothing(county, tmp_path):
    bound(county, tmp_path)
    assert bound(county, tmp_path)["binding"] == 1
    assert (UpperEdition.objects.count(), UpperBinding.objects.count()) == (1, 1)
    assert [event.kind for event in Event.objects.filter(kind__startswith="template").order_by("id")] == [
        "template.taken",
        "template.bound",
    ]


def test_bindings_from_a_file_take_the_place_of_what_was_found(county, tmp_path):
    report = bound(county, tmp_path)
    report["bindings"] = {
        "表1!F6": {"kind": "figure", "key": "A-1", "org": "V3"},
        "表1!F7": {"kind": "text", "what": "period label"},
    }
    mended = tmp_path / "bindings.json"
    mended.write_text(json.dumps(report), encoding="utf-8")
    assert bound(county, tmp_path, "--bindings", str(mended))["binding"] == 2
    values = filled(county, tmp_path)
    assert (values["F6"], values["F7"]) == (90, "2026年第三季度")
    assert "B5" not in values
    assert [event.kind for event in Event.objects.filter(kind="template.filled")] == ["template.filled"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is no JSON"), ("[]", "an object of addresses"), ('{"表1!B8": {"kind": "figure", "key": "A-1"}}', "holds a formula"),
        ('{"表1!B1": {"kind": "figure", "key": "A-1"}}', "inside a merged cell"),
        ('{"没有!B1": {"kind": "figure", "key": "A-1"}}', "no such visible"),
    ],
)  # fmt: skip
def test_a_file_of_bindings_that_is_none(county, tmp_path, text, message):
    path = tmp_path / "bindings.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=message):
        bound(county, tmp_path, "--bindings", str(path))
    assert not UpperEdition.objects.exists()


def test_the_next_edition_carries_its_bindings_over(county, tmp_path):
    bound(county, tmp_path)
    rows = [list(row) for row in HEADS]
    rows[0] = ["2027年第  季度两新组织统计表"]
    rows[2].insert(1, "党员总数")
    rows[3].insert(1, None)
    merged = ("A1:G1", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "G3:G4")
    report = bound(county, tmp_path, content=a_blank_table((*rows, ["白沙镇"], ["全县", "", "=SUM(C5:C5)"]), merged))
    assert report["edition"] == 2
    assert report["bindings"]["表1!C5"]["org"] == "T2"
    assert report["bindings"]["表1!B5"] == WRITTEN_OUT | {"key": "P-1", "org": "T2", "unit": "T2", "indicator": "P-1"}
    assert {"before": "表1!B6", "after": "表1!C5", "heads": "白沙镇 | 受理件数"} in report["moved"]
    assert {one["address"] for one in report["lost"]} == {"表1!B5", "表1!C5", "表1!D5", "表1!E5"}
    assert filled(county, tmp_path)["C5"] == 60


def test_who_and_what_is_wrongly_named(county, tmp_path):
    bound(county, tmp_path)
    out = str(tmp_path / "out.xlsx")
    for words, message in (
        (("不知", "--period", "2026Q3", "--org", "C", "--out", out), "there are: 两新"),
        (("两新", "--period", "soon", "--org", "C", "--out", out), "is not a period"),
        (("两新", "--period", "2026Q3", "--org", "X", "--out", out), "no organization with code X"),
        (("两新", "--period", "2026Q3", "--org", "C", "--out", "out.doc"), "name a .xlsx / .xlsm file"),
        (("两新", "--period", "2026Q3", "--org", "C", "--out", str(tmp_path / "out.xlsm")), "the table is a .xlsx file"),
    ):
        with pytest.raises(CommandError, match=message):
            county.run("fill_template", *words)
    with pytest.raises(CommandError, match="is no county"):
        bound(county, tmp_path, "--county", "T1")
    with pytest.raises(CommandError, match="at most 100 characters"):
        county.run("bind_template", written(tmp_path), "--name", " ")
    with pytest.raises(CommandError, match=r"can not be read"):
        county.run("bind_template", str(tmp_path / "nothing.xlsx"), "--name", "x")


def test_a_file_that_is_no_workbook_is_refused_by_its_kind(county, tmp_path):
    path = written(tmp_path, b"\x89PNG\r\n\x1a\n" + bytes(64), "picture.xlsx")
    with pytest.raises(CommandError, match="picture"):
        county.run("bind_template", path, "--name", "两新")
    commas = written(tmp_path, "单位,数量\n青山镇,\n".encode(), "commas.csv")
    with pytest.raises(CommandError, match=r"must be \.xlsx"):
        county.run("bind_template", commas, "--name", "两新")


def test_two_counties_are_distinguished(county, tmp_path):
    county.orgs("D,平湖县,county,,,,,", "D1,东镇,township,D,,,,")
    with pytest.raises(CommandError, match=r"C 云岭县、D 平湖县"):
        bound(county, tmp_path)
    assert bound(county, tmp_path, "--county", "C")["edition"] == 1
    with pytest.raises(CommandError, match="there are: none"):
        county.run("fill_template", "两新", "--period", "2026Q3", "--org", "D", "--out", str(tmp_path / "out.xlsx"))


def test_what_is_filled_is_what_the_figures_say(county, tmp_path):
    bound(county, tmp_path)
    values = filled(county, tmp_path, "--basis", "submitted", "--tree", "now")
    answer = county.ask("A-1", "R-1", period="2026Q3", basis="submitted", tree="now")
    assert Decimal(values["B6"]) == answer.value("T2")
    assert Decimal(str(values["D6"])) == answer.value("T2", column=1)


LIKELY = (
    ["填表人：        填报日期：    年    月    日"],
    ["项目", "单位", "数量"],
    ["受理的件数", "件", None],
    ["活动经费总额", "人", None],
)


def test_what_is_only_likely_is_listed_and_never_filled(county, tmp_path):
    report = bound(county, tmp_path, content=a_blank_table(LIKELY))
    assert report["likely"] == ["表1!C3"]
    assert report["bindings"]["表1!C3"] == WRITTEN_OUT | {
        "key": "A-1", "certainty": "likely", "is_proposed": True, "unit": "C", "indicator": "A-1",
        "said": "“受理的件数” is only similar to 受理件数",
    }  # fmt: skip
    assert [one["cells"] for one in report["unmatched"]] == [["表1!C4"]]
    assert "C3" not in filled(county, tmp_path)
    assert "only likely and that nobody has confirmed, their cells stay as they are: 表1!C3." in county.printed


@pytest.mark.parametrize("command", ["bind", "fill"])
def test_what_is_likely_is_filled_where_the_operator_answers_for_it(county, tmp_path, command):
    bound(county, tmp_path, content=a_blank_table(LIKELY))
    if command == "bind":
        assert bound(county, tmp_path, "--confirm-likely", content=a_blank_table(LIKELY))["likely"] == []
    values = filled(county, tmp_path, *(["--confirm-likely"] if command == "fill" else []))
    assert values["C3"] == 180
    assert "C4" not in values


def test_nothing_found_is_reported(county, tmp_path):
    path = written(tmp_path, a_blank_table([["镇名称", "村名称", "受理件数"]]))
    with pytest.raises(CommandError, match="nothing found: no empty cell"):
        county.run("bind_template", path, "--name", "空")
    assert not UpperEdition.objects.exists()
    path = written(tmp_path, a_blank_table([["代码", "指标", "单位", "本季"], ["N1", "基站", None, None]]))
    with pytest.raises(CommandError, match="nothing found: no cell whose heads name"):
        county.run("bind_template", path, "--name", "空")
    assert UpperEdition.objects.count() == 1  # to be bound by hand


def test_what_was_printed_is_taken_again(county, tmp_path):
    report = bound(county, tmp_path)
    path = tmp_path / "bindings.json"
    path.write_text(json.dumps(report), encoding="utf-8")
    assert bound(county, tmp_path, "--bindings", str(path))["bindings"] == report["bindings"]
    path.write_text(
        '{"表1!E5": {"kind": "figure", "indicator": "M-1", "unit": "T2", "unit_of_measure": "万元"}}', encoding="utf-8"
    )
    assert bound(county, tmp_path, "--bindings", str(path))["bindings"]["表1!E5"]["key"] == "M-1"
    path.write_text('{"表1!E5": {"kind": "figure", "key": "M-1", "org": "T1", "unit": "万元"}}', encoding="utf-8")
    assert bound(county, tmp_path, "--bindings", str(path))["bindings"]["表1!E5"]["unit_of_measure"] == "万元"
    path.write_text('{"表1!E5": {"kind": "figure", "key": "M-1", "indicator": "A-1"}}', encoding="utf-8")
    with pytest.raises(CommandError, match="“key” says M-1 and “indicator” says A-1"):
        bound(county, tmp_path, "--bindings", str(path))
    path.write_text('{"表1!E5": {"kind": "figure", "key": "M-1", "org": "T1", "unit": "T2"}}', encoding="utf-8")
    with pytest.raises(CommandError, match="“org” says T1 and “unit” says T2"):
        bound(county, tmp_path, "--bindings", str(path))
    path.write_text('{"表1!A1": {"kind": "text", "what": "date", "pattern": "{} {day}"}}', encoding="utf-8")
    with pytest.raises(CommandError, match=r"nothing is called “\{day\}” in a pattern"):
        bound(county, tmp_path, "--bindings", str(path))


def test_the_operator_says_which_column_names_the_rows_own_unit(county, tmp_path):
    content = a_blank_table([["示范镇", "帮带镇", "受理件数"], ["青山镇", "白沙镇", None]])
    report = bound(county, tmp_path, "--unit-column", "表1!A", content=content)
    assert (report["unit_column"], report["bindings"]["表1!C2"]["unit"]) == ("A 示范镇", "T1")
    with pytest.raises(CommandError, match="such as 表1!A"):
        bound(county, tmp_path, "--unit-column", "别的!A", content=content)


def test_an_old_workbook_is_refused_with_the_way_to_convert_it(county, tmp_path):
    old = old_workbook(label(0, 0, "单位"), label(0, 1, "受理件数"), label(1, 0, "青山镇"))
    with pytest.raises(CommandError, match=r"\(\.xls\)\. A table that is to be filled must be \.xlsx.*choose “Save as”"):
        county.run("bind_template", written(tmp_path, old, "old.xls"), "--name", "旧")
