"""The row types of layouts by their name in the data; a new one is listed here (docs/recipes.md)."""

from reports.tables.layouts.definition import LayoutDefinition, RowsOf
from reports.tables.row_types.figure_rows import CategoryRows, ChildRows, DistrictRows, IndustryRows, KindRows, UnitRows
from reports.tables.row_types.indicator_rows import ComparedRows, OneUnitRows
from reports.tables.row_types.report_rows import CorrectionRows, FindingRows, SubmissionRows
from reports.tables.row_types.row_type import RowType, Words

_ALL = (
    UnitRows(), ChildRows(), CategoryRows(), DistrictRows(), IndustryRows(), KindRows(),
    ComparedRows(), OneUnitRows(), SubmissionRows(), FindingRows(), CorrectionRows(),
)  # fmt: skip
ROW_TYPES: dict[RowsOf, RowType] = {row_type.name: row_type for row_type in _ALL}


def row_type_of(layout: LayoutDefinition) -> RowType:
    return ROW_TYPES[layout.rows]


def offered_rows() -> dict[RowsOf, Words]:
    """The row types that a county can choose for its own layout, with their labels."""
    return {name: row_type.label for name, row_type in ROW_TYPES.items() if row_type.label}
