"""Files that hurt, are something else or are broken, through `take_in --accept`: named, refused, and the next good one is taken."""

import re
import zipfile

import pytest

from backups.tables import backed_up, lines_of
from tests.acceptance.excel import Office
from tests.spreadsheets.read import hostile, xlsx_parts
from tests.spreadsheets.read.compound import compound

Q = "2026Q2"
MEBIBYTE = 1 << 20
LOCKED = compound({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"x" * 5000})
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(500)
# name: (content, what it is called; None where it is read and nothing in it is understood)
FILES = {
    "锁了.xlsx": (lambda: LOCKED, "encrypted"),
    "照片.xlsx": (lambda: PICTURE, "picture"),
    "说明.xlsx": (lambda: b"%PDF-1.7\n%\xe2\xe3" + bytes(200), "PDF"),
    "网页.xls": (lambda: "<html><table><tr><td>单位</td><td>12</td></tr></table></html>".encode(), "HTML"),
    "断了.xlsx": (hostile.truncated, "damaged"),
    "空的.xlsx": (lambda: b"", "empty"),
    "逗号.xlsx": (lambda: "甲,乙\n丙,丁\n".encode(), None),
    "宏.xlsm": (lambda: xlsx_parts.workbook(macros=True), None),
    "=1+1.xlsx": (lambda: xlsx_parts.workbook(), None),
    "外链.xlsx": (hostile.with_links, None),
    "实体.xlsx": (hostile.with_entities, "strange"),
    "零.xlsx": (lambda: hostile.zeros_of(200 * MEBIBYTE), "strange"),
    "六十兆.xlsx": (lambda: b"PK\x03\x04" + bytes(60 * MEBIBYTE), "too large"),
    "一格合并.xlsx": (hostile.one_merge_over_all, None),
    "一个链接.xlsx": (hostile.one_link_over_all, None),
    "远方.xlsx": (lambda: hostile.far_cell("XFD1048576", 1048576), None),
    "百万空行.xlsx": (lambda: hostile.empty_styled_rows(1_000_000), "too large"),
    "一句长话.xlsx": (lambda: hostile.shared_text_bomb(16_000), "strange"),
    "长字.xlsx": (lambda: hostile.endless_text(30 * MEBIBYTE), "strange"),
    "谎报.xlsx": (hostile.lying_dimension, None),
    "合并.xlsx": (lambda: hostile.many_merges(300_000), "strange"),
    "深.xlsx": (lambda: hostile.deep_nesting(200_000), "strange"),
    "样式.xlsx": (lambda: hostile.style_bomb(400_000), None),
}


@pytest.fixture(scope="module")
def module_office(module_story) -> Office:
    module_story.villages("V", "W")
    office = Office(module_story)
    office.indicators("N,走访,人,flow,,,,,0")
    module_story.form("F", "N")
    module_story.open("F", Q)
    return office


@pytest.fixture
def office(module_office, db, tmp_path) -> Office:
    return Office(module_office.story.in_folder(tmp_path))


def everything() -> dict[str, list[bytes]]:
    """Every row of every table."""
    return {model._meta.label_lower: list(lines_of(model)) for model in backed_up()}


@pytest.mark.parametrize("name", FILES)
def test_each_is_named_and_refused_and_the_next_good_file_is_taken(office, name):
    content, kind = FILES[name]
    path = office.folder / name
    path.write_bytes(content())
    good = office.filled_form("F", Q, "V", N=12)
    before = everything()
    (report,) = office.take_in(path)
    assert everything() == before
    assert (report["file"], report["verdict"], report["changes"], office.code) == (name, "refused", [], 1)
    assert report["kind"] == (kind or "table")
    assert report["said"]
    bad, taken = office.take_in(path, good)
    assert (bad["verdict"], taken["verdict"], office.code) == ("refused", "accepted", 1)
    assert office.stored("V", Q) == {"N": 12}


def test_one_of_them_in_a_zip_stops_none_of_the_others(office):
    pack = office.folder / "退回来的.zip"
    with zipfile.ZipFile(pack, "w") as archive:
        archive.writestr("一.xlsx", office.filled_form("F", Q, "V", N=12).read_bytes())
        archive.writestr("照片.xlsx", PICTURE)
        archive.writestr("实体.xlsx", hostile.with_entities())
        archive.writestr("二.xlsx", office.filled_form("F", Q, "W", N=7).read_bytes())
    reports = office.take_in(pack)
    assert [one["verdict"] for one in reports] == ["accepted", "refused", "refused", "accepted"]
    assert (office.code, office.stored("V", Q), office.stored("W", Q)) == (1, {"N": 12}, {"N": 7})


@pytest.mark.parametrize("text", ["=1+1", "+1", "@SUM(A1)", "-2+3", "\t=1"])
def test_a_text_that_looks_like_a_formula_is_no_figure(office, text):
    """In a comma file, where nothing marks it as text."""
    path = office.folder / "汇总.csv"
    path.write_text(f"单位,走访\nV村,{text}\nW村,7\n", encoding="utf-8")
    (report,) = office.take_in(path)
    assert (report["verdict"], office.stored("V", Q), office.stored("W", Q)) == ("partly", {}, {"N": 7})
    assert [finding["address"].split("!")[1] for finding in report["findings"] if finding["severity"] == "error"] == ["B2"]


@pytest.mark.parametrize(
    "claim",
    ["", '<dimension ref="A1"/>', '<dimension ref="A1:B2"/>', '<dimension ref="A1:XFD1048576"/>', '<dimension ref=""/>'],
)
def test_what_a_sheet_claims_to_hold_loses_no_figure(office, claim):
    """Programs that write our form again claim too much, too little or nothing."""
    path = office.filled_form("F", Q, "V", N=12)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheets = [name for name in parts if name.startswith("xl/worksheets/sheet")]
    for name in sheets:
        parts[name] = re.sub(rb"<dimension [^>]*/>", claim.encode(), parts[name])
    path.write_bytes(xlsx_parts.packed(parts))
    (report,) = office.take_in(path)
    assert (report["verdict"], office.stored("V", Q)) == ("accepted", {"N": 12})
