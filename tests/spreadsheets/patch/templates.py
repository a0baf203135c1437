"""Foreign templates with everything a refill must leave alone, and comparing a file with what became of it part by part."""

import re
import warnings
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula

SHEET = "xl/worksheets/sheet1.xml"
EXTENSION = (
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings/></ext></extLst>'
)


def a_template() -> bytes:
    """One table with a total row, formats of all kinds, a chart, and parts that nobody here knows."""
    book = Workbook()
    sheet = book.active
    sheet.title = "汇总 表"
    sheet["A1"] = "两新组织统计表"
    sheet.merge_cells("A1:E1")
    for column, head in enumerate(("单位", "数量", "金额", "比例", "备注"), start=1):
        sheet.cell(3, column, head)
    for row in range(4, 8):
        sheet.cell(row, 1, f"{row}镇")
        sheet.cell(row, 4, f'=IF(B{row}=0,"—",C{row}/B{row})').number_format = "0.0%"
    sheet["A8"], sheet["B8"], sheet["C8"] = "合计", "=SUM(B4:B7)", "=SUBTOTAL(9,C4:C7)"
    sheet["D8"] = "=ROUND(合计数/COUNT(B4:B7),1)"
    sheet["E8"] = ArrayFormula("E8", "=SUM(B4:B7*C4:C7)")
    _decorate(sheet)
    other = book.create_sheet("第二")
    other["A1"] = "='汇总 表'!B8&\"家\""
    book.defined_names["合计数"] = DefinedName("合计数", attr_text="'汇总 表'!$B$8")
    return with_strange_parts(saved(book))


def _decorate(sheet) -> None:
    line = Side(style="thin", color="FF0000")
    for row in sheet.iter_rows(min_row=3, max_row=8, max_col=5):
        for cell in row:
            cell.border, cell.font = Border(left=line, bottom=line), Font(name="仿宋", size=11, bold=cell.row == 3)
            cell.alignment, cell.fill = Alignment(horizontal="center", wrap_text=True), PatternFill("solid", fgColor="FFF2CC")
    sheet["B4"].number_format = "#,##0"
    sheet["B4"].comment = Comment("按市委口径", "市")
    sheet.column_dimensions["A"].width, sheet.row_dimensions[3].height = 24.5, 33
    sheet.conditional_formatting.add(
        "B4:B7", CellIsRule(operator="lessThan", formula=["1"], fill=PatternFill(bgColor="FFC7CE"))
    )
    check = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    sheet.add_data_validation(check)
    check.add("B4:B7")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=3, max_row=7), titles_from_data=True)
    sheet.add_chart(chart, "G3")
    sheet.print_title_rows, sheet.print_area, sheet.freeze_panes = "1:3", "A1:E8", "B4"
    sheet.page_setup.orientation, sheet.protection.sheet = "landscape", True
    sheet.oddFooter.center.text = "第 &P 页"


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_strange_parts(content: bytes) -> bytes:
    """The same with an unknown part, an x14 extension and attributes of namespaces that must be understood or ignored."""
    made = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        new.comment = b"made by somebody"
        for info in old.infolist():
            part = old.read(info.filename)
            new.writestr(info, strange_sheet(part) if info.filename == SHEET else part)
        new.writestr("customXml/item1.xml", "<anything xmlns='urn:x'>\u00e9\n </anything>")
        new.writestr("xl/unknown.bin", bytes(range(256)))
    return made.getvalue()


def strange_sheet(part: bytes) -> bytes:
    text = part.decode()
    text = text.replace(
        "<worksheet ",
        '<worksheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac" '
        'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" ',
        1,
    )
    text = text.replace('<row r="4"', "<!-- a > remark --><row x14ac:dyDescent='0.25' r=\"4\"", 1)
    return text.replace("</worksheet>", EXTENSION + "</worksheet>").encode()


def parts_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as container:
        return {info.filename: container.read(info) for info in container.infolist()}


def without_cells(sheet: bytes, names: set[str]) -> bytes:
    """The sheet's XML with these cells cut out: what is left must be equal byte for byte."""
    for name in names:
        sheet = re.sub(rf'<c r="{name}"(?:[^>]*/>|.*?</c>)'.encode(), b"", sheet, count=1)
    return sheet


def opened(content: bytes, *, data_only: bool = False) -> Workbook:
    """By openpyxl, which warns of extensions that it would not keep: we do."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(BytesIO(content), data_only=data_only)


def stored_values(content: bytes) -> dict[str, dict[str, object]]:
    """Sheet title -> address -> value, formulas by their stored results."""
    return {
        sheet.title: {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}
        for sheet in opened(content, data_only=True).worksheets
    }
