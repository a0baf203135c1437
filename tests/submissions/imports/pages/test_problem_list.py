"""What the list of a marked workbook says and in which order; without a database."""

from spreadsheets.annotate.layout import SIGN
from spreadsheets.read.workbook import Cell, Content, ReadSheet, ReadWorkbook
from submissions.imports.pages.problem_list import listing_of
from submissions.imports.report.import_report import FileTold, FileVerdict, Remark, UnitTold, Weight

READ = ReadWorkbook("xlsx", (ReadSheet("乙", {(3, 2): Cell("约3", Content.TEXT)}), ReadSheet("甲", {})))


def told(*units: UnitTold, verdict: FileVerdict = FileVerdict.PREVIEW, said: str = "", remarks: tuple = ()) -> FileTold:
    return FileTold("表.xlsx", verdict, "form", said, units, remarks)


def a_unit(*remarks: Remark, refused: str = "") -> UnitTold:
    return UnitTold(1, "V1", "甲村", 1, remarks=remarks, refused=refused)


def error(address: str, said: str, weight: Weight = Weight.ERROR) -> Remark:
    return Remark(address, weight, said)


def rows(file: FileTold) -> list[tuple[str, str, str]]:
    """Unit, what stands there, sentence."""
    return [(row.texts[1], row.texts[3], row.texts[4]) for row in listing_of(READ, file).rows]


def test_what_is_at_no_cell_comes_first_then_the_order_of_the_file():
    unit = a_unit(error("甲!A9", "四"), error("乙!B10", "三"), error("乙!B3", "二"), error("", "一"), refused="零")
    assert rows(told(unit, remarks=(error("", "文件"),))) == [
        ("", "", "文件"), ("甲村", "", "零"), ("甲村", "", "一"), ("甲村", "约3", "二"),
        ("甲村", "(blank)", "三"), ("甲村", "(blank)", "四"),
    ]  # fmt: skip


def test_a_refused_file_is_said_once():
    assert rows(told(verdict=FileVerdict.REFUSED, said="头部不符")) == [("", "", "头部不符")]
    assert rows(told(a_unit(refused="已锁定"), verdict=FileVerdict.REFUSED, said="已锁定")) == [("甲村", "", "已锁定")]


def test_checks_of_figures_outside_the_file_and_notices_are_not_listed():
    unit = a_unit(
        error("", "必填", Weight.MANDATORY), error("乙!B3", "请核实", Weight.VERIFY), error("乙!B3", "提示", Weight.HINT),
        error("乙!B3", "已读作 3", Weight.NOTICE),
    )  # fmt: skip
    assert rows(told(unit)) == [("甲村", "约3", "请核实")]


def test_nothing_wrong_makes_no_list_unless_one_stands_there():
    old = ReadSheet(f"{SIGN} 旧", {(1, 1): Cell(f"{SIGN} 需改正：2 处", Content.TEXT)})
    assert listing_of(READ, told()) is None
    assert listing_of(ReadWorkbook("xlsx", (*READ.sheets, old)), told()).title == old.title


def test_a_title_that_is_taken_gets_a_number():
    taken = ReadSheet(f"{SIGN} To be corrected", {(1, 1): Cell("村名", Content.TEXT)})
    listing = listing_of(ReadWorkbook("xlsx", (taken,)), told(remarks=(error("", "一"),)))
    assert listing.title == f"{SIGN} To be corrected (2)"
