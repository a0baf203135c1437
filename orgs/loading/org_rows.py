"""Reads the rows of an organizations table into facts and places, cell by cell."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from orgs.loading.days import NotADay, read_day
from orgs.loading.org_columns import ORG_TYPES, UNIT_CATEGORIES
from orgs.loading.place_updates import BEGINNING
from orgs.loading.spoilt_codes import ROUNDED
from orgs.loading.words import UnknownWord, read_flag
from orgs.models import Organization
from orgs.tree.placements import FOREVER
from spreadsheets.tables import Problems, Table, TableRow

TEXTS = ("name", "short_name", "contact", "telephone")
CHOICES = {"org_type": ORG_TYPES, "unit_category": UNIT_CATEGORIES}
CODES = ("code", "parent_code", "district_code", "line_code")
FLAGS = ("is_functional", "is_new_form")
LENGTHS = {name: Organization._meta.get_field(name).max_length for name in ("code", *TEXTS)}
CONTRADICTION = gettext_noop("Row %(row)d says something else of the code %(code)s; one code has one %(column)s.")
OVERLAP = gettext_noop("Row %(row)d already gives this code a place on %(day)s; places of one code may not overlap.")
TWICE = gettext_noop("Row %(row)d already has this code; keep one of the rows.")
NONE = "-"  # the word that removes a district or line
ORDER_DIGITS = 9


@dataclass(frozen=True)
class PlaceRow:
    """One row: a place of an organization from a day to a day. "" and None: not given."""

    number: int
    parent_code: str
    district_code: str
    line_code: str
    valid_from: date | None
    valid_to: date | None
    numbers: frozenset[str] = frozenset()  # columns whose code is in a number cell

    @property
    def first_day(self) -> date:
        return self.valid_from or min(BEGINNING, self.last_day)

    @property
    def last_day(self) -> date:
        return self.valid_to or FOREVER

    def codes(self) -> dict[str, str]:
        """Column -> the code in it."""
        views = {"district_code": self.district_code, "line_code": self.line_code}
        codes = {"parent_code": self.parent_code} | {column: code for column, code in views.items() if code != NONE}
        return {column: code for column, code in codes.items() if code}


@dataclass
class OrganizationRow:
    """All rows of one code: the facts in them (an empty cell gives none) and its places."""

    code: str
    number: int
    facts: dict[str, object] = field(default_factory=dict)
    places: list[PlaceRow] = field(default_factory=list)

    @property
    def is_number(self) -> bool:
        """Whether the code is in a number cell, in any of its rows."""
        return any("code" in place.numbers for place in self.places)

    @property
    def parent_code(self) -> str:
        """The parent in the first row that gives one; "" if no row does."""
        return next((place.parent_code for place in self.places if place.parent_code), "")


def read_entries(table: Table, problems: Problems) -> dict[str, OrganizationRow]:
    """Code -> entry, in the order of the file. Every cell that cannot be read is added to `problems`."""
    entries: dict[str, OrganizationRow] = {}
    first_rows: dict[tuple[str, str], int] = {}
    has_days = "valid_from" in table.columns or "valid_to" in table.columns
    for row in table.rows:
        code = _code(row, problems)
        if not code:
            continue
        entry = entries.setdefault(code, OrganizationRow(code, row.number))
        for key, value in _facts(row, problems).items():
            first = first_rows.setdefault((code, key), row.number)
            if entry.facts.setdefault(key, value) != value:
                problems.add(row.number, key, _(CONTRADICTION) % {"row": first, "code": code, "column": key})
        place = _place(row, problems)
        _refuse_overlap(place, entry.places, problems, has_days)
        entry.places.append(place)
    named = {row["code"] for row in table.rows if row["name"]}
    for entry in entries.values():
        if entry.code not in named:
            problems.add(entry.number, "name", _("The name is missing; give the organization's full name."))
    return entries


def _code(row: TableRow, problems: Problems) -> str:
    code = row["code"]
    if not code:
        problems.add(row.number, "code", _("The code is missing; give the organization's code."))
    elif len(code) > LENGTHS["code"] or any(sign.isspace() or not sign.isprintable() for sign in code):
        problems.add(
            row.number, "code", _("A code has at most %(limit)d characters and no spaces.") % {"limit": LENGTHS["code"]}
        )
        return ""
    return code


def _facts(row: TableRow, problems: Problems) -> dict[str, object]:
    facts: dict[str, object] = {}
    readers = (
        [(name, _text) for name in TEXTS]
        + [(name, _choice) for name in CHOICES]
        + [(name, _flag) for name in FLAGS]
        + [("sort_order", _order)]
    )
    for name, read in readers:
        if row[name]:
            value = read(row, name, problems)
            if value is not None:
                facts[name] = value
    return facts


def _text(row: TableRow, column: str, problems: Problems) -> str | None:
    text = row[column]
    if len(text) > LENGTHS[column]:
        problems.add(row.number, column, _("Longer than %(limit)d characters; shorten it.") % {"limit": LENGTHS[column]})
        return None
    if not text.isprintable():
        problems.add(row.number, column, _("The text holds a line break or a sign that cannot be shown; take it out."))
        return None
    if column == "telephone" and ROUNDED.fullmatch(text):
        sentence = _("“%(text)s” is a rounded number, not a telephone; format the column as text and type all digits.")
        problems.add(row.number, column, sentence % {"text": text})
        return None
    return text


def _choice(row: TableRow, column: str, problems: Problems) -> str | None:
    try:
        return CHOICES[column].read(row[column])
    except UnknownWord as unknown:
        problems.add(row.number, column, str(unknown))
        return None


def _flag(row: TableRow, column: str, problems: Problems) -> bool | None:
    try:
        return read_flag(row[column])
    except UnknownWord as unknown:
        problems.add(row.number, column, str(unknown))
        return None


def _order(row: TableRow, column: str, problems: Problems) -> int | None:
    text = row[column]
    if text.isascii() and text.isdigit() and len(text) <= ORDER_DIGITS:
        return int(text)
    problems.add(row.number, column, _("“%(text)s” is not a whole number from 0 to 999999999.") % {"text": text[:40]})
    return None


def _place(row: TableRow, problems: Problems) -> PlaceRow:
    valid_from = _day(row, "valid_from", problems)
    valid_to = _day(row, "valid_to", problems)
    if valid_from and valid_to and valid_to < valid_from:
        problems.add(
            row.number, "valid_to", _("The last day lies before the first day, %(day)s.") % {"day": valid_from.isoformat()}
        )
        valid_to = valid_from
    codes = (row["parent_code"], row["district_code"], row["line_code"])
    return PlaceRow(row.number, *codes, valid_from, valid_to, frozenset(filter(row.is_number, CODES)))


def _day(row: TableRow, column: str, problems: Problems) -> date | None:
    """A day, or None if the cell is empty or has 9999-12-31, which some systems write for an open end."""
    text = row[column]
    if not text or text == FOREVER.isoformat():
        return None
    try:
        return read_day(text)
    except NotADay as wrong:
        problems.add(row.number, column, str(wrong))
        return None


def _refuse_overlap(place: PlaceRow, others: Iterable[PlaceRow], problems: Problems, has_days: bool) -> None:
    for other in others:
        if place.first_day <= other.last_day and other.first_day <= place.last_day:
            words = {"row": other.number, "day": max(place.first_day, other.first_day).isoformat()}
            problems.add(place.number, "valid_from" if has_days else "code", _(OVERLAP if has_days else TWICE) % words)
            return
