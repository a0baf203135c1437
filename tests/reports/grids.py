"""Hand-made Grids and a heading for the tests of the layouts: every number below is typed, none is added up."""

from decimal import Decimal

from reports.figures.output.grid import Change, FigureCell, FigureColumn, FigureRow, Grid
from reports.tables.layouts.heading import Heading

COLUMNS = (
    FigureColumn("ORG-001", None, "两新组织台账数", "家", 0, "stock", "2026Q3", "一、组织覆盖"),
    FigureColumn("ORG-002", None, "已建立党组织", "家", 0, "stock", "2026Q3", "一、组织覆盖"),
    FigureColumn("ORG-002", "单独组建", "已建立党组织:单独组建", "家", 0, "stock", "2026Q3", "一、组织覆盖"),
    FigureColumn("ORG-002", "联合组建", "已建立党组织:联合组建", "家", 0, "stock", "2026Q3", "一、组织覆盖"),
    FigureColumn("ORG-005", None, "组建率", "%", 1, "ratio", "2026Q3", "一、组织覆盖"),
    FigureColumn("EDU-001", None, "培训党员", "人次", 0, "flow", "2026Q3", "二、教育培训"),
    FigureColumn("EDU-002", None, "培训农村党员", "人次", 0, "flow", "2026Q3", "二、教育培训", is_part=True, part_of="EDU-001"),
    FigureColumn("EDU-003", None, "培训经费", "万元", 2, "flow", "2026Q3", "二、教育培训"),
)
HEADING = Heading(
    title="两新组织党建覆盖情况统计表",
    form_code="两新季01表",
    period="2026年第三季度",
    organization="中共青石县委组织部",
    is_unit=False,
    issuer="中共青石县委组织部",
    document_number="青组〔2026〕3号",
    valid_until="2027年12月",
    status="数据状态：县级审核通过",
    made="王敏 2026-10-12 09:30 导出",
    scope="全县两新组织",
    due="2026年10月10日",
    reported_on="2026年10月12日",
    checks=("{ORG-002} == {ORG-002:单独组建} + {ORG-002:联合组建}", "{ORG-002} <= {ORG-001}", "{ORG-001} >= {PTY-009}"),
)


def cells(*texts, **of_all):
    """Printed texts -> cells with their values."""
    return tuple(
        FigureCell(Decimal(text) if text.strip("-.0123456789") == "" and text else None, text, **of_all) for text in texts
    )


def grid(rows, columns=COLUMNS, notes=()):
    """`rows`: (kind, org, name, level, texts)."""
    made = tuple(FigureRow(org, name, kind, cells(*texts), level) for kind, org, name, level, texts in rows)
    return Grid("2026Q3", "370800", "approved", "period", "then", columns, made, notes)


BY_UNIT = grid(
    [
        ("total", "370800", "青石县", 0, ("437", "350", "270", "80", "80.1", "1200", "0", "12.50")),
        ("subtotal", "370800100", "城关镇", 1, ("230", "190", "150", "40", "82.6", "800", "0", "9.00")),
        ("unit", "370800100201", "新村", 2, ("120", "100", "80", "20", "83.3", "500", "0", "9.00")),
        ("unit", "370800100202", "东关村", 2, ("110", "90", "70", "20", "81.8", "300", "0", "")),
        ("subtotal", "370800101", "河西镇", 1, ("207", "160", "120", "40", "77.3", "400", "0", "3.50")),
        ("unit", "370800101201", "新村", 2, ("207", "160", "120", "40", "77.3", "400", "0", "3.50")),
        ("unit", "370800101202", "=1+1村", 2, ("", "", "", "", "—", "0", "", "")),
    ]
)


def compared(text, prev=None, same_last_year=None, year_end=None):
    """One cell and its other periods, each (value, difference, growth) as texts or None."""
    changes = {
        name: Change(*(None if part is None else Decimal(part) for part in parts))
        for name, parts in (("prev", prev), ("same_last_year", same_last_year), ("year_end", year_end))
        if parts
    }
    return FigureCell(Decimal(text) if text else None, text, compare=changes)


ONE = Grid(
    "2026Q3", "370800100201", "approved", "period", "then", COLUMNS,
    (
        FigureRow("370800100201", "新村", "total", (
            compared("120", ("118", "2", "1.694915"), ("100", "20", "20"), ("110", "10", "9.0909")),
            compared("100", ("100", "0", "0"), ("80", "20", "25"), ("90", "10", "11.1111")),
            compared("80"),
            compared("20"),
            compared("83.3", ("84.7457", "-1.4124", None), ("80", "3.3333", None), ("81.8181", "1.5151", None)),
            compared("500", ("0", "500", None), (None, None, None)),
            compared("0", ("10", "-10", "-100"), ("10", "-10", "-100")),
            compared(""),
        )),
    ),
)  # fmt: skip
TO_DATE = grid([("total", "370800100201", "新村", 0, ("120", "100", "80", "20", "83.3", "1500", "40", ""))])
