"""A small printed sheet with everything a sheet can have, for the tests of the writers."""

from datetime import UTC, date, datetime
from decimal import Decimal

from spreadsheets.write.sheet import Block, BodyRow, Look, Paper, Properties, Sheet, Style

PLAIN = Style()
TEXT = Style(lines=True, horizontal="left", wrap=True)
COUNT = Style(lines=True, horizontal="right", number_format="0")
SHARE = Style(lines=True, horizontal="right", number_format="0.0", fill="F2F2F2")
DAY = Style(lines=True, number_format="yyyy-mm-dd")
HEAD = Style(lines=True, bold=True, size=12)
MADE_AT = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)
PROPERTIES = Properties(title="季报 & 汇总", creator="系统", made_at=MADE_AT, subject="abc123")
WIDTHS = (20, 8, 8, 12)

ROWS = (
    ("total", ("总　计", 10**14, Decimal("80.1"), date(2026, 9, 30))),
    ("unit", ("=1+1", 0, Decimal("-0.50"), None)),
    ("unit", ("甲 < 乙 & 丙\n第二行", -7, None, date(2024, 2, 29))),
    ("unit", (" 两端 ", None, "—", None)),
)


def sheet(rows=ROWS, title="R2", paper=None):
    return Sheet(
        title=title,
        widths=WIDTHS,
        head=(
            Block(1, 1, "单位", HEAD, rows=2),
            Block(1, 2, "党组织", HEAD, columns=2),
            Block(2, 2, "数", HEAD),
            Block(2, 3, "率（％）", HEAD),
            Block(1, 4, "日期", HEAD, rows=2),
        ),
        looks={
            "total": Look((HEAD, COUNT, SHARE, DAY), height=24),
            "unit": Look((TEXT, COUNT, SHARE, DAY)),
            "note": Look((TEXT, TEXT, TEXT, TEXT), merges=((1, 4),)),
        },
        body=(BodyRow(look, values) for look, values in rows),
        foot=(Block(1, 1, "说明：1.部分合计数", PLAIN, columns=4), Block(3, 1, "填表人：", PLAIN, rows=2, columns=2)),
        heights={1: 30, 2: 20.5},
        foot_heights={1: 42},
        freeze=(2, 1),
        paper=paper
        or Paper(
            "A3",
            column_breaks=(2,),
            scale=65,
            repeat_rows=(1, 2),
            repeat_columns=1,
            head_of_later_pages="季报（续）",
            foot="导出 & 核对",
        ),
    )
