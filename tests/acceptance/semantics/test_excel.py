"""T2, T42, T43 and T63–T68 of docs/semantics.md as they come in workbooks: form_workbook, changed as people do, take_in."""

from decimal import Decimal

import pytest

from orgs.choices import Role
from orgs.models import Organization
from submissions.models import Version
from tests.acceptance.excel import Office, as_saved_by_libreoffice, cell_of, edited, sheets_to_fill
from tests.factories.orgs import a_user

Q1, Q2 = "2026Q1", "2026Q2"


@pytest.fixture
def office(story) -> Office:
    """Two townships, each with a village of one name; a flow, a stock, a share."""
    story.orgs(
        "C,县,county,,,,,", "TA,甲镇,township,C,,,,", "TB,乙镇,township,C,,,,",
        "A1,新村,village,TA,,,,", "A2,老村,village,TA,,,,", "B1,新村,village,TB,,,,",
    )  # fmt: skip
    office = Office(story)
    office.indicators(
        "N,走访,人,flow,,,,,0", "S,党员,名,stock,,,,,0", "P,到会率,%,flow,,decimal(1),,,1", "D,增收,万元,flow,,decimal(2),,,2"
    )
    story.form("F", "N", "S", "P", "D")
    story.open("F", Q1, Q2)
    return office


def test_t2_a_blank_cell_keeps_and_a_word_clears(office):
    office.story.figures("F", f"{Q2},A1,N,,41", f"{Q2},A1,S,,9", state="draft")
    (report,) = office.take_in(office.filled_form("F", Q2, "A1", N=None, D=3))
    assert [change["indicator"] for change in report["changes"]] == ["D"]
    assert office.stored("A1", Q2) == {"N": 41, "S": 9, "D": 3}
    (report,) = office.take_in(office.filled_form("F", Q2, "A1", N="清空"))
    assert [(change["old"], change["new"]) for change in report["changes"]] == [("41", "")]
    assert office.stored("A1", Q2) == {"S": 9, "D": 3}
    assert office.events("A1")[-1]["N"] == [41, None]


def test_t43_sorted_rows_find_their_units_by_code(office):
    """Two villages of one name: the rows of the grid are put the other way round, hidden column and all."""
    path = office.form("F", Q2, "C", shape="grid")
    office.fill(path, {("A1", "N"): 11, ("A2", "N"): 12, ("B1", "N"): 13})

    def upside_down(book):
        (sheet,) = sheets_to_fill(book)
        rows = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value in ("A1", "A2", "B1")]
        taken = [[cell.value for cell in sheet[row]] for row in rows]
        for row, values in zip(rows, reversed(taken), strict=True):
            for column, value in enumerate(values, 1):
                sheet.cell(row, column).value = value

    office.take_in(edited(path, upside_down))
    assert [office.stored(unit, Q2) for unit in ("A1", "A2", "B1")] == [{"N": 11}, {"N": 12}, {"N": 13}]


def test_t43_rows_sorted_without_their_hidden_column_are_not_taken(office):
    path = office.form("F", Q2, "C", shape="grid")
    office.fill(path, {("A1", "N"): 11, ("A2", "N"): 12, ("B1", "N"): 13})

    def swap_what_is_seen(book):
        (sheet,) = sheets_to_fill(book)
        rows = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value in ("A1", "B1")]
        seen = [[cell.value for cell in sheet[row][1:]] for row in rows]
        for row, values in zip(rows, reversed(seen), strict=True):
            for column, value in enumerate(values, 2):
                sheet.cell(row, column).value = value

    (report,) = office.take_in(edited(path, swap_what_is_seen))
    assert (report["verdict"], {unit["org"] for unit in report["units"] if unit["errors"]}) == ("partly", {"A1", "B1"})
    assert [office.stored(unit, Q2) for unit in ("A1", "A2", "B1")] == [{}, {"N": 12}, {}]


TEN = [
    # key, what is typed, its format, figure that is taken (None: none), severity of the finding ("" none)
    ("N", "１２", "", 12, "notice"),
    ("N", " 12 ", "", 12, ""),
    ("N", "1,200", "", 1200, "notice"),
    ("N", "12人", "", 12, "notice"),
    ("N", "-", "", None, ""),
    ("N", "/", "", "NA", ""),
    ("N", "无", "", None, "error"),
    ("P", 0.85, "0%", 85, ""),
    ("P", "85%", "", 85, "notice"),
    ("N", "1.2.3", "", None, "error"),
]


@pytest.mark.parametrize(("key", "typed", "number_format", "figure", "severity"), TEN)
def test_t63_ten_ways_to_write_a_figure(office, key, typed, number_format, figure, severity):
    path = office.filled_form("F", Q2, "A1", **{key: typed})
    address = ""

    def apply_style(book):
        nonlocal address
        (sheet,) = sheets_to_fill(book)
        cell = cell_of(sheet, key)
        cell.number_format = number_format or cell.number_format
        address = f"{sheet.title}!{cell.coordinate}"

    (report,) = office.take_in(edited(path, apply_style))
    found = [finding for finding in report["findings"] if finding["address"] == address]
    assert office.stored("A1", Q2).get(key) == figure
    assert [finding["severity"] for finding in found] == ([severity] if severity else [])
    if typed == "无":
        assert "nil report" in found[0]["said"]
    if typed == "1.2.3":
        assert "1.2.3" in found[0]["said"]


@pytest.mark.parametrize("typed", ["1.2万", "12家"])
def test_t63_what_is_probably_meant_is_offered_and_not_applied(office, typed):
    (report,) = office.take_in(office.filled_form("F", Q2, "A1", N=typed))
    (finding,) = report["findings"]
    assert (finding["severity"], finding["suggestion"]) == ("error", {"1.2万": "12000", "12家": "12"}[typed])
    assert office.stored("A1", Q2) == {}


def test_t64_a_formula_without_a_result_is_named_and_never_blank(office):
    office.story.figures("F", f"{Q2},A1,N,,5", state="draft")
    path = office.filled_form("F", Q2, "A1", N="=6*7", S=3)
    (report,) = office.take_in(path)
    (finding,) = [finding for finding in report["findings"] if finding["severity"] == "error"]
    assert "=6*7" in finding["said"]
    assert "save it once" in finding["said"]
    assert "!" in finding["address"]
    assert office.stored("A1", Q2) == {"N": 5}


def test_t64_once_opened_and_saved_its_result_is_taken(office):
    path = office.filled_form("F", Q2, "A1", N="=6*7", S=3)
    (report,) = office.take_in(as_saved_by_libreoffice(path))
    assert report["verdict"] == "accepted", report
    assert office.stored("A1", Q2) == {"N": 42, "S": 3}


def refused(office, report: dict, fresh: str) -> str:
    """The sentence; with the command that makes the form to fill instead, and nothing written."""
    assert (report["verdict"], report["changes"], office.code) == ("refused", [], 1)
    assert report["fresh"] == fresh
    assert not Version.objects.filter(submission__task__period=Q2).exists()
    return report["said"]


def test_t65_the_form_of_a_quarter_never_goes_into_another(office):
    """The first quarter is approved; its form, filled again for the second, changes neither."""
    path = office.filled_form("F", Q1, "A1", N=6, S=6, P=6, D=6)
    office.story.figures("F", *(f"{Q1},A1,{code},,5" for code in "NSPD"))
    (report,) = office.take_in(path)
    assert (report["verdict"], office.code) == ("refused", 1)
    assert "approved" in " ".join([report["said"], *(finding["said"] for finding in report["findings"])]).lower()
    assert (office.stored("A1", Q1)["N"], office.stored("A1", Q2)) == (5, {})


def test_t65_a_mark_changed_by_hand_is_seen(office):
    """The first quarter's form made into one of the second by typing over its hidden mark."""
    path = office.filled_form("F", Q1, "A1", N=6)

    def relabel(book):
        (sheet,) = sheets_to_fill(book)
        sheet["A1"].value = sheet["A1"].value.replace(Q1, Q2)

    (report,) = office.take_in(edited(path, relabel))
    assert "changed by hand" in refused(office, report, None)
    assert not Version.objects.exists()


def test_t65_the_form_of_a_neighbour(office):
    """A village's own form, put in by the clerk of the village beside it, and by one of another county."""
    path = office.filled_form("F", Q2, "A1", N=6)
    office.story.orgs("X,邻县,county,,,,,", "X1,邻村,village,X,,,,")
    for code in ("A2", "X1"):
        clerk = a_user(Role.CLERK, Organization.objects.get(code=code))
        (report,) = office.take_in(path, by=clerk.username)
        assert (report["verdict"], report["changes"], office.code) == ("refused", [], 1)
        assert not Version.objects.exists()
        if code == "A2":
            assert report["fresh"] == f"form_workbook F {Q2} --org A2 --shape unit --out FILE.xlsx"
        else:
            assert "新村" not in report["said"]


def test_t65_a_form_from_before_its_unit_moved(office):
    path = office.filled_form("F", Q2, "A1", N=6)
    office.story.orgs("A1,新村,village,TA,,,,2026-03-31", "A1,新村,village,TB,,,2026-04-01,")
    (report,) = office.take_in(path)
    refused(office, report, f"form_workbook F {Q2} --org A1 --shape unit --out FILE.xlsx")
    fresh = office.filled_form("F", Q2, "A1", N=6)
    assert office.take_in(fresh)[0]["verdict"] == "accepted"


def test_t65_deleted_hidden_columns(office):
    def delete(book):
        (sheet,) = sheets_to_fill(book)
        sheet.delete_cols(1)

    (report,) = office.take_in(edited(office.filled_form("F", Q2, "A1", N=6), delete))
    sentence = refused(office, report, f"form_workbook F {Q2} --org A1 --shape unit --out FILE.xlsx")
    assert "hidden first column" in sentence


@pytest.mark.parametrize(("shape", "org"), [("unit", "A1"), ("sheets", "TA"), ("grid", "C")])
def test_t66_out_and_in_again_changes_nothing(office, shape, org):
    """Every kind of figure: a count, zero, 不适用, a fraction, a share, nothing."""
    office.story.figures(
        "F", f"{Q2},A1,N,,41", f"{Q2},A1,S,,0", f"{Q2},A1,P,,85.5", f"{Q2},A1,D,,0.25", f"{Q2},A2,N,,NA", f"{Q2},B1,D,,1234567.89",
        state="draft",
    )  # fmt: skip
    before = list(Version.objects.order_by("id").values())
    (report,) = office.take_in(office.form("F", Q2, org, shape=shape))
    assert (report["verdict"], report["changes"], report["findings"]) == ("accepted", [], [])
    assert list(Version.objects.order_by("id").values()) == before
    assert office.events("A1") == []


@pytest.mark.parametrize(("shape", "org"), [("unit", "A1"), ("grid", "C")])
def test_t66_also_when_it_was_saved_by_another_program(office, shape, org):
    office.story.figures("F", f"{Q2},A1,N,,41", f"{Q2},A1,P,,85.5", f"{Q2},A1,D,,0.25", f"{Q2},A2,N,,NA", state="draft")
    (report,) = office.take_in(as_saved_by_libreoffice(office.form("F", Q2, org, shape=shape)))
    assert (report["verdict"], report["changes"]) == ("accepted", [])


def test_t66_exactly_what_was_changed_is_changed(office):
    office.story.figures("F", f"{Q2},A1,N,,41", f"{Q2},A2,N,,7", f"{Q2},B1,D,,0.5", state="draft")
    path = office.form("F", Q2, "C", shape="grid")
    office.fill(path, {("A1", "N"): 42, ("B1", "D"): 0.75, ("B1", "S"): 3})
    (report,) = office.take_in(path)
    changes = {(change["org"], change["indicator"]): (change["old"], change["new"]) for change in report["changes"]}
    assert changes == {("A1", "N"): ("41", "42"), ("B1", "D"): ("0.50", "0.75"), ("B1", "S"): ("", "3")}
    assert office.stored("B1", Q2) == {"D": Decimal("0.75"), "S": 3}
    assert office.revision("A2", Q2) == 1


@pytest.fixture
def members(story) -> Office:
    """A total with parts that may overlap, and with items that must make it up; an opening stock carried over."""
    story.villages("V")
    office = Office(story)
    office.indicators(
        "T,在册,人,stock,男;女,int>=0;sum(dis)=total,,,0", "M,其中党员,人,stock,,,T,,0", "W,其中女性,人,stock,,,T,,0",
        "END,期末,人,stock,,,,,0", "IN,增加,人,flow,,,,,0", "OUT,减少,人,flow,,,,,0", "START,期初,人,stock,,,,{END@prev},0",
    )  # fmt: skip
    story.form("G", "T", "M", "W", "START", "IN", "OUT", "END")
    story.checks("G,{START} + {IN} - {OUT} == {END},verify,期初加增加减减少应等于期末")
    story.open("G", Q1, Q2)
    return office


def broken(report: dict) -> list[str]:
    """What the form's checks say of what would stand, errors of cells not among it."""
    return [finding["said"] for finding in report["findings"] if finding["severity"] in ("mandatory", "verify")]


def test_t67_parts_overlap_and_each_is_within_the_whole(members):
    (report,) = members.take_in(members.filled_form("G", Q2, "V", T=47, M=20, W=31))
    assert not any("其中" in sentence for sentence in broken(report))
    (report,) = members.take_in(members.filled_form("G", Q2, "V", W=48))
    assert [sentence for sentence in broken(report) if "其中女性" in sentence]
    assert not any("其中党员" in sentence for sentence in broken(report))


def test_t67_items_that_must_make_up_the_whole_are_reported_with_their_difference(members):
    (report,) = members.take_in(members.filled_form("G", Q2, "V", T=47, **{"T:男": 30, "T:女": 15}))
    (sentence,) = [sentence for sentence in broken(report) if "在册" in sentence]
    assert "2" in sentence
    (report,) = members.take_in(members.filled_form("G", Q2, "V", **{"T:女": 17}))
    assert not any("在册" in sentence for sentence in broken(report))


def test_t68_the_opening_stock_is_carried_and_the_sum_is_checked(members):
    members.story.figures("G", f"{Q1},V,END,,61", state="draft")
    members.story.figures(
        "G", *(f"{Q1},V,{code},,{value}" for code, value in (("T", 61), ("M", 1), ("W", 1), ("IN", 0), ("OUT", 0)))
    )
    path = members.form("G", Q2, "V")

    def look(book):
        (sheet,) = sheets_to_fill(book)
        assert cell_of(sheet, "START").value == 61
        cell_of(sheet, "START").value = 64  # as the office thinks it was

    edited(path, look)
    members.fill(path, {("V", "IN"): 5, ("V", "OUT"): 2, ("V", "END"): 67})
    (report,) = members.take_in(path)
    hints = [finding["said"] for finding in report["findings"] if finding["severity"] == "hint"]
    assert any("61" in sentence and "64" in sentence and "+3" in sentence for sentence in hints), hints
    (sentence,) = [sentence for sentence in broken(report) if "期初加增加" in sentence]
    assert "3" in sentence
    assert members.stored("V", Q2) == {"IN": 5, "OUT": 2, "END": 67}
