"""What the list of a marked workbook says and in which order; without a database."""

from spreadsheets.annotate.layout import SIGN
from spreadsheets.read.workbook import Cell, Content, ReadSheet, ReadWorkbook
from submissions.imports.pages.problem_list import listing_of
from submissions.imports.report.import_report import FileResult, FileVerdict, Remark, UnitResult, Weight

READ = ReadWorkbook("xlsx", (ReadSheet("乙", {(3, 2): Cell("约3", Content.TEXT)}), ReadSheet("甲", {})))


def a_file(
    *units: UnitResult, verdict: FileVerdict = FileVerdict.PREVIEW, sentence: str = "", remarks: tuple = ()
) -> FileResult:
    return FileResult("表.xlsx", verdict, "form", sentence, units, remarks)


def a_unit(*remarks: Remark, refused: str = "") -> UnitResult:
    return UnitResult(1, "V1", "甲村", 1, remarks=remarks, refused=refused)


def error(address: str, sentence: str, weight: Weight = Weight.ERROR) -> Remark:
    return Remark(address, weight, sentence)


def rows(file: FileResult) -> list[tuple[str, str, str]]:
    """Unit, what stands there, sentence."""
    return [(row.texts[1], row.texts[3], row.texts[4]) for row in listing_of(READ, file).rows]


def test_what_is_at_no_cell_comes_first_then_the_order_of_the_file():
    unit = a_unit(error("甲!A9", "四"), error("乙!B10", "三"), error("乙!B3", "二"), error("", "一"), refused="零")
    assert rows(a_file(unit, remarks=(error("", "文件"),))) == [
        ("", "", "文件"), ("甲村", "", "零"), ("甲村", "", "一"), ("甲村", "约3", "二"),
        ("甲村", "(blank)", "三"), ("甲村", "(blank)", "四"),
    ]  # fmt: skip


def test_a_refused_file_is_listed_once():
    assert rows(a_file(verdict=FileVerdict.REFUSED, sentence="头部不符")) == [("", "", "头部不符")]
    assert rows(a_file(a_unit(refused="已锁定"), verdict=FileVerdict.REFUSED, sentence="已锁定")) == [("甲村", "", "已锁定")]


def test_checks_of_figures_outside_the_file_and_notices_are_not_listed():
    unit = a_unit(
        error("", "必填", Weight.MANDATORY), error("乙!B3", "请核实", Weight.VERIFY), error("乙!B3", "提示", Weight.HINT),
        error("乙!B3", "已读作 3", Weight.NOTICE),
    )  # fmt: skip
    assert rows(a_file(unit)) == [("甲村", "约3", "请核实")]


def test_nothing_wrong_makes_no_list_unless_one_stands_there():
    old = ReadSheet(f"{SIGN} 旧", {(1, 1): Cell(f"{SIGN} 需改正：2 处", Content.TEXT)})
    assert listing_of(READ, a_file()) is None
    assert listing_of(ReadWorkbook("xlsx", (*READ.sheets, old)), a_file()).title == old.title


def test_a_title_that_is_taken_gets_a_number():
    taken = ReadSheet(f"{SIGN} To be corrected", {(1, 1): Cell("村名", Content.TEXT)})
    listing = listing_of(ReadWorkbook("xlsx", (taken,)), a_file(remarks=(error("", "一"),)))
    assert listing.title == f"{SIGN} To be corrected (2)"
