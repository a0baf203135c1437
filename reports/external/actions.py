"""The writes on upper levels' tables: storing a table, changing, confirming and replacing its bindings, retiring it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record
from orgs.county_rows import stored, write_fields
from orgs.models import Organization, User
from reports.external.bindings.bindings import BadBinding, Binding, as_json
from reports.external.bindings.queries import Kept, kept_in, kept_of
from reports.external.search.binding_transfer import Carried, carry
from reports.external.search.search import FoundBinding, find
from reports.models import UpperBinding, UpperEdition, UpperTable
from spreadsheets.limits import MEBIBYTE
from spreadsheets.preview.sheet_preview import SheetPreview, place_in, sheet_previews
from spreadsheets.read.files import read_file
from spreadsheets.read.workbook import Unreadable

MOST_EDITION_BYTES = 10 * MEBIBYTE  # stored in the database with every edition
ENDINGS = {"xlsx": ".xlsx", "xlsm": ".xlsm"}


@dataclass(frozen=True)
class Put:
    """A stored table: its edition, the bindings found in it, and those carried over from the edition before."""

    kept: Kept
    found: FoundBinding
    carried: Carried | None
    is_new: bool


@transaction.atomic
def put_table(
    *,
    county: Organization,
    name: str,
    file_name: str,
    content: bytes,
    confirms: Collection[str] = (),
    unit_columns: Mapping[str, int] | None = None,
    by: User,
    at: datetime,
) -> Put:
    """Stores a new table, or the next edition of the table with this name; the same file again changes nothing.

    The bindings found in it are proposals for a person to confirm, except those whose certainty is in `confirms` (decision
    144). `unit_columns`: sheet -> the column that names the rows' own units, where the heads leave it open. Raises Unreadable.
    """
    sheets = _readable(content, file_name)
    table, _is_new = UpperTable.objects.select_for_update().get_or_create(county=county, name=name)
    found = find(sheets, county, timezone.localdate(at), unit_columns)
    digest = sha256(content).hexdigest()
    last = table.editions.order_by("-number").first()
    if last is not None and last.sha256 == digest:
        return Put(kept_in(last), found, None, is_new=False)
    before = kept_in(last) if last is not None else None
    edition = UpperEdition.objects.create(
        county=county, table=table, number=last.number + 1 if last else 1, file_name=PurePath(file_name).name[:255],
        content=content, sha256=digest, put_at=at, put_by=by,
    )  # fmt: skip
    details = {"table": name, "edition": edition.number, "file": edition.file_name, "sha256": digest}
    _record("template.taken", table, details, by, at)
    carried = carry(before.bindings, sheet_previews(before.content), sheets) if before else None
    bindings = _proposed(found, confirms) | (carried.bindings if carried else {})
    _bind(table, edition, 1, bindings, by, at)
    return Put(kept_in(edition), found, carried, is_new=True)


@transaction.atomic
def change_bindings(*, table: UpperTable, changes: Mapping[str, Binding | None], by: User, at: datetime) -> bool:
    """Changes the bindings of these cells in the newest edition; None removes one. The others stay.

    Returns False if nothing changed. Raises BadBinding for a cell that does not exist, holds a formula or lies inside a merged
    one.
    """
    return _rebind(table, lambda before: _changed(before, changes), by, at)


@transaction.atomic
def confirm_bindings(*, table: UpperTable, addresses: Collection[str], by: User, at: datetime) -> int:
    """Turns these proposals of the newest edition into bindings; returns their number."""
    waiting = [address for address in addresses if (one := kept_of(table).bindings.get(address)) and one.is_proposed]
    _rebind(table, lambda before: _confirmed(before, waiting), by, at)
    return len(waiting)


def confirm_sure(*, table: UpperTable, by: User, at: datetime) -> int:
    """Confirms every proposal whose heads name figure and unit in full; likely proposals still wait."""
    waiting = [address for address, one in kept_of(table).bindings.items() if one.is_proposed and not one.is_likely]
    return confirm_bindings(table=table, addresses=waiting, by=by, at=at)


def confirm_likely(*, table: UpperTable, by: User, at: datetime) -> int:
    """Confirms every likely proposal; the person who does so is responsible for it."""
    waiting = [address for address, one in kept_of(table).bindings.items() if one.is_likely]
    return confirm_bindings(table=table, addresses=waiting, by=by, at=at)


@transaction.atomic
def find_again(*, table: UpperTable, unit_columns: Mapping[str, int], by: User, at: datetime) -> FoundBinding:
    """Searches again for bindings of cells that have none in force.

    `unit_columns`: the columns that a person chose for the rows' own units.
    """
    kept = kept_of(table)
    found = find(sheet_previews(kept.content), table.county, timezone.localdate(at), unit_columns)

    def change(before: dict[str, Binding]) -> dict[str, Binding]:
        return found.bindings | {address: one for address, one in before.items() if not one.is_proposed}

    _rebind(table, change, by, at)
    return found


@transaction.atomic
def replace_bindings(*, table: UpperTable, bindings: Mapping[str, Binding], by: User, at: datetime) -> bool:
    """Replaces all bindings of the newest edition by those of a file. Raises BadBinding."""
    return _rebind(table, lambda before: dict(bindings), by, at)


@transaction.atomic
def retire_table(*, table: UpperTable, by: User, at: datetime) -> None:
    """Removes the table from the list; its editions and bindings are kept."""
    locked = stored(table).select_for_update().get()
    if not locked.is_retired:
        locked.is_retired = True
        write_fields(locked, "is_retired")
        _record("template.retired", table, {"table": table.name}, by, at)


def _rebind(table: UpperTable, change: Callable[[dict[str, Binding]], dict[str, Binding]], by: User, at: datetime) -> bool:
    stored(table).select_for_update().get()
    kept = kept_of(table)
    after = change(kept.bindings)
    if after == kept.bindings:
        return False
    check_places(after, sheet_previews(kept.content))
    _bind(table, kept.edition, kept.number + 1, after, by, at)
    return True


def _confirmed(before: dict[str, Binding], addresses: Collection[str]) -> dict[str, Binding]:
    return before | {address: before[address].confirmed() for address in addresses if address in before}


def _changed(before: dict[str, Binding], changes: Mapping[str, Binding | None]) -> dict[str, Binding]:
    after = before | {address: binding for address, binding in changes.items() if binding is not None}
    return {address: binding for address, binding in after.items() if changes.get(address, binding) is not None}


def _bind(
    table: UpperTable, edition: UpperEdition, number: int, bindings: Mapping[str, Binding], by: User, at: datetime
) -> None:
    cells = as_json(bindings)
    UpperBinding.objects.create(
        county_id=table.county_id, edition=edition, number=number, cells=cells, bound_at=at, bound_by=by
    )
    proposed = sum(binding.is_proposed for binding in bindings.values())
    digest = sha256(repr(sorted(cells.items())).encode()).hexdigest()
    details = {
        "table": table.name, "edition": edition.number, "binding": number, "bound": len(bindings) - proposed,
        "proposed": proposed, "digest": digest,
    }  # fmt: skip
    _record("template.bound", table, details, by, at)


def check_places(bindings: Mapping[str, Binding], sheets: tuple[SheetPreview, ...]) -> None:
    """Raises BadBinding for the first cell that can not be filled."""
    by_title = {sheet.title: sheet for sheet in sheets}
    for address in bindings:
        title, place = place_in(address)
        if title not in by_title:
            raise BadBinding(_("%(address)s: the table has no such visible sheet.") % {"address": address})
        if by_title[title].cell(place).is_formula:
            sentence = _("%(address)s holds a formula of the table, which stays; bind the cells that it adds up.")
            raise BadBinding(sentence % {"address": address})
        if by_title[title].is_covered(place):
            sentence = _("%(address)s lies inside a merged cell; bind the first cell of the merged range.")
            raise BadBinding(sentence % {"address": address})


def _proposed(found: FoundBinding, confirms: Collection[str]) -> dict[str, Binding]:
    return {address: replace(one, is_proposed=one.certainty not in confirms) for address, one in found.bindings.items()}


def _readable(content: bytes, file_name: str) -> tuple[SheetPreview, ...]:
    """The sheets of a file that the upload reader accepts. Raises Unreadable."""
    kind = read_file(content, file_name).kind
    if kind not in ENDINGS:
        sentence = _(
            "%(what)s A table that is to be filled must be .xlsx, because it goes back as its own file with all formats and formulas. "
            "Open it in Excel or WPS, choose “Save as” and the type “Excel workbook (*.xlsx)”, and take that file in."
        )
        raise Unreadable(kind, sentence % {"what": _kind_sentence(kind)})
    if len(content) > MOST_EDITION_BYTES:
        sentence = _("The file is larger than %(limit)s MB; send the blank table without pictures and data.")
        raise Unreadable(kind, sentence % {"limit": MOST_EDITION_BYTES // 1024**2})
    sheets = sheet_previews(content)
    if not sheets:
        raise Unreadable(kind, _("The workbook has no visible sheet; there is nothing to fill."))
    return sheets


def _kind_sentence(kind: str) -> str:
    return {
        "old .xls": _("This is a workbook of the old kind (.xls)."),
        ".et": _("This is a workbook of WPS (.et)."),
        ".xlsb": _("This is a binary workbook (.xlsb)."),
        ".ods": _("This is an OpenDocument workbook (.ods)."),
        "strict": _("This is a workbook saved as “Strict Open XML”."),
        "csv": _("This is a comma separated file (.csv)."),
    }.get(kind, _("This is no .xlsx workbook (%(kind)s).") % {"kind": kind})


def _record(kind: str, table: UpperTable, details: Mapping[str, object], by: User, at: datetime) -> None:
    record(
        kind, by=by, at=at, county_id=table.county_id, subject=f"upper_table:{table.id}", organization_id=table.county_id,
        data={key: [None, value] for key, value in details.items()},
    )  # fmt: skip
