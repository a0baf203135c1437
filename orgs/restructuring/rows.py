"""Reads the rows of a table of changes to organizations; what the kind of a change needs or cannot have is said at its cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from orgs.choices import SuccessionKind
from orgs.loading.cells import RowCells, parted
from orgs.loading.org_columns import ORG_TYPES, UNIT_CATEGORIES
from orgs.loading.spoilt_codes import broken_number
from orgs.restructuring.columns import DECISIONS, KINDS, ReportsDecision, category_said
from orgs.restructuring.shares import NotShares, read_shares
from spreadsheets.tables import Problems, Table, TableRow

CODE_COLUMNS = ("from_codes", "to_codes", "parent_code", "district_code", "line_code")
_ENDING = (SuccessionKind.CLOSE, SuccessionKind.SUSPEND, SuccessionKind.MERGE, SuccessionKind.SPLIT)
_LONGEST_NAME, _LONGEST_NOTE = 200, 300


@dataclass(frozen=True)
class RestructuringRow:
    """One change, by codes. `names`: of what is opened or renamed, in the order of the codes; `shares` add up to 1, or there are none.

    `numbers`: columns of codes whose cell holds a number, which keeps no leading zeros.
    """

    number: int
    kind: SuccessionKind
    on: date
    from_codes: tuple[str, ...] = ()
    to_codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    parent_code: str = ""
    district_code: str = ""
    line_code: str = ""
    shares: tuple[Decimal, ...] = ()
    note: str = ""
    unit_category: str = ""
    org_type: str = ""
    exempts: bool = False
    numbers: frozenset[str] = frozenset()


def read_rows(table: Table, problems: Problems) -> list[RestructuringRow]:
    """In the order of their days, then as written."""
    rows = [found for row in table.rows if (found := _row(row, RowCells(row, problems))) is not None]
    return sorted(rows, key=lambda row: row.on)


def _row(row: TableRow, cells: RowCells) -> RestructuringRow | None:
    """None where a cell could not be read."""
    before = len(cells.problems)
    for column in ("kind", "on"):
        if not row[column]:
            cells.wrong(column, _("This cell is empty; it is needed."))
    kind, on = cells.choice("kind", KINDS, ""), cells.day("on")
    for column in CODE_COLUMNS:
        for code in parted(row[column]):
            if sentence := broken_number(code, is_number=row.is_number(column)):
                cells.wrong(column, sentence)
    if len(cells.problems) > before:
        return None
    from_codes, to_codes = (_codes(row, column, cells) for column in ("from_codes", "to_codes"))
    if SuccessionKind(kind) == SuccessionKind.RENAME and not row["name"]:
        to_codes = (row["to_codes"],) if row["to_codes"] else ()  # a name may hold any sign
    found = RestructuringRow(
        number=row.number, kind=SuccessionKind(kind), on=on, from_codes=from_codes, to_codes=to_codes,
        names=_names(cells, max(len(from_codes), len(to_codes))),
        parent_code=row["parent_code"], district_code=row["district_code"], line_code=row["line_code"],
        shares=_shares(cells, len(to_codes)), note=cells.text("note", _LONGEST_NOTE),
        unit_category=cells.choice("unit_category", UNIT_CATEGORIES, "") or category_said(row["kind"]),
        org_type=cells.choice("org_type", ORG_TYPES, ""),
        exempts=cells.choice("reports", DECISIONS, ReportsDecision.KEEP) == ReportsDecision.EXEMPT,
        numbers=frozenset(filter(row.is_number, CODE_COLUMNS)),
    )  # fmt: skip
    for column, sentence in _faults(found):
        cells.wrong(column, sentence)
    return found if len(cells.problems) == before else None


def _codes(row: TableRow, column: str, cells: RowCells) -> tuple[str, ...]:
    codes = tuple(parted(row[column]))
    for code in dict.fromkeys(codes):
        if codes.count(code) > 1:
            cells.wrong(column, _("The code %(code)s stands here twice.") % {"code": code})
    return codes


def _names(cells: RowCells, count: int) -> tuple[str, ...]:
    """One name is taken as it is written; several are parted by ; alone, because a name may hold other signs."""
    text = cells.row["name"]
    names = [name.strip() for name in re.split("[;；]", text) if name.strip()] if count > 1 else [text] if text else []
    for name in names:
        if len(name) > _LONGEST_NAME:
            cells.wrong("name", _("The text has more than %(longest)s characters.") % {"longest": _LONGEST_NAME})
    return tuple(names)


def _shares(cells: RowCells, count: int) -> tuple[Decimal, ...]:
    try:
        return read_shares(cells.row["shares"], count)
    except NotShares as wrong:
        cells.wrong("shares", str(wrong))
        return ()


def _faults(row: RestructuringRow) -> Iterator[tuple[str, str]]:
    """Column and sentence of what the kind of change lacks or cannot have."""
    kind = {"kind": KINDS.label(row.kind)}
    match row.kind:
        case SuccessionKind.OPEN:
            if not row.to_codes and not row.from_codes:
                yield "to_codes", _("Name the code of what is opened.")
        case SuccessionKind.REOPEN:
            if not row.from_codes and not row.to_codes:
                yield "from_codes", _("Name the code of what is reopened.")
        case SuccessionKind.MERGE:
            yield from _merge_faults(row)
        case SuccessionKind.SPLIT:
            yield from _split_faults(row)
        case _:
            if not row.from_codes:
                yield "from_codes", _("Name the codes of the organizations to which it happens (%(kind)s).") % kind
    if row.kind == SuccessionKind.SUSPEND and row.to_codes:
        yield "to_codes", _("A suspension has no successor; leave this cell empty, or enter a merge.")
    if row.kind == SuccessionKind.CLOSE and len(row.to_codes) > 1:
        yield "to_codes", _("To close into several organizations is a split; enter it as one, with its shares.")
    if row.kind == SuccessionKind.MOVE and not (row.parent_code or row.to_codes or row.district_code or row.line_code):
        yield "parent_code", _("Name the organization under which it stands from the day on.")
    if row.kind == SuccessionKind.RECATEGORIZE and not (row.unit_category or row.org_type):
        yield "unit_category", _("Name the category it has from the day on.")
    if row.kind == SuccessionKind.RENAME:
        yield from _rename_faults(row)
    if row.shares and row.kind != SuccessionKind.SPLIT:
        yield "shares", _("Only a split has shares; leave this cell empty.")
    if row.exempts and row.kind not in _ENDING:
        yield "reports", _("Reports are exempted only where the unit ends; leave this cell empty.")
    if row.exempts and not row.note:
        yield "note", _("To exempt reports that were sent in, name the decision (such as a document number) in the note.")


def _merge_faults(row: RestructuringRow) -> Iterator[tuple[str, str]]:
    if not row.from_codes:
        yield "from_codes", _("Name the codes of those that are merged.")
    if len(row.to_codes) != 1:
        yield "to_codes", _("A merge has one organization that carries the others on; name its code.")
    elif row.from_codes == row.to_codes:
        yield "from_codes", _("An organization cannot be merged with itself alone; name those that are merged into it.")


def _split_faults(row: RestructuringRow) -> Iterator[tuple[str, str]]:
    if len(row.from_codes) != 1:
        yield "from_codes", _("A split has one organization that is divided; name its code.")
    if len(row.to_codes) < 2:
        yield "to_codes", _("Name the codes of those into which it is divided, at least two.")


def _rename_faults(row: RestructuringRow) -> Iterator[tuple[str, str]]:
    if not row.names and not row.to_codes:
        yield "name", _("Name the new name.")
    if row.names and len(row.names) != len(row.from_codes):
        sentence = _("There are %(names)d names for %(codes)d codes; give one to every code, in their order.")
        yield "name", sentence % {"names": len(row.names), "codes": len(row.from_codes)}
    if not row.names and len(row.from_codes) > 1:
        yield "name", _("Give the new names of several organizations in the column name, one to every code.")
