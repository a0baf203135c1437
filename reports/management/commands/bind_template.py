"""`bind_template FILE.xlsx --name NAME`: takes in an upper level's blank table, prints what was found as JSON; see docs/commands.md."""

import json
import re
from pathlib import Path

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.origin import origin
from orgs.accounts.accounts import system_operator
from orgs.management.operator_command import OperatorCommand
from orgs.models import Organization
from orgs.tree.queries import UnknownOrganization, county_named
from reports.external.actions import Put, confirm_likely, put_table, replace_bindings
from reports.external.bindings.binding_report import printed, read_printed
from reports.external.bindings.bindings import FIGURE, LIKELY, SURE, BadBinding
from reports.external.bindings.queries import kept_of
from spreadsheets.ooxml.addresses import column_of
from spreadsheets.preview.sheet_preview import sheet_previews
from spreadsheets.read.workbook import Unreadable

MOST_NAME = 100  # characters, as the column takes


class Command(OperatorCommand):
    """What heads name fully is bound at once; what is only likely is printed and waits, unless the operator answers for it."""

    help = gettext_lazy("Take in a blank table of an upper level and bind its cells to figures; prints what was found as JSON.")

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE.xlsx", help=gettext_lazy("the blank table"))
        parser.add_argument("--name", required=True, help=gettext_lazy("what the table is called here"))
        parser.add_argument(
            "--bindings", default="", metavar="FILE.json", help=gettext_lazy("bindings that take the place of those found")
        )
        parser.add_argument("--county", default="", metavar="ORG", help=gettext_lazy("the county, where there are several"))
        parser.add_argument(
            "--unit-column", default="", metavar="[SHEET!]A", help=gettext_lazy("the column that names the rows' own units")
        )
        parser.add_argument(
            "--confirm-likely", action="store_true", help=gettext_lazy("bind what is only likely too: you answer for it")
        )

    def handle(self, *, file, name, bindings, county, unit_column, **options):
        if not name.strip() or len(name) > MOST_NAME:
            raise CommandError(_("--name: give the table a name of at most %(most)s characters.") % {"most": MOST_NAME})
        try:
            given = _given(bindings)
            with origin(channel="command:bind_template"), transaction.atomic():
                put = self._put(file, name.strip(), county_named(county), given, unit_column, options["confirm_likely"])
                report = _report(put)
                nothing = _nothing(put, report)
                if nothing and not put.found.unmatched and not report["bindings"]:
                    transaction.set_rollback(True)
                    report |= {"edition": None, "binding": None}
        except (BadBinding, UnknownOrganization) as error:
            raise CommandError(str(error)) from error
        except Unreadable as error:
            raise CommandError(f"{file}: {error.sentence}") from error
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
        if nothing:
            raise CommandError(f"{file}: {nothing}")

    def _put(self, file: str, name: str, county: Organization, given: object, unit_column: str, confirms_likely: bool) -> Put:
        who, at = system_operator(), timezone.now()
        content = _read(file)
        confirms = {SURE, LIKELY} if confirms_likely else {SURE}
        put = put_table(
            county=county, name=name, file_name=file, content=content, confirms=confirms,
            unit_columns=_unit_columns(unit_column, content) if unit_column else None, by=who, at=at,
        )  # fmt: skip
        if given is not None:
            replace_bindings(table=put.kept.edition.table, bindings=read_printed(given, county), by=who, at=at)
        if confirms_likely:
            confirm_likely(table=put.kept.edition.table, by=who, at=at)
        return put


def _given(path: str) -> object:
    """The bindings of a file: the object of addresses alone, or what this command printed. None without a file."""
    if not path:
        return None
    try:
        data = json.loads(_read(path))
    except (ValueError, RecursionError) as error:
        raise CommandError(_("%(file)s is no JSON: %(reason)s.") % {"file": path, "reason": error}) from error
    return data["bindings"] if isinstance(data, dict) and "bindings" in data else data


def _unit_columns(column: str, content: bytes) -> dict[str, int]:
    """`A` for every sheet, `表1!A` for one."""
    title, _mark, letters = column.rpartition("!")
    titles = [sheet.title for sheet in sheet_previews(content)]
    if not re.fullmatch("[A-Za-z]{1,3}", letters) or (title and title not in titles):
        raise CommandError(
            _("--unit-column: write a column such as A, or with its sheet, such as %(sheet)s!A.") % {"sheet": titles[0]}
        )
    return {one: column_of(letters) for one in titles if title in ("", one)}


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        sentence = _("%(file)s can not be read: %(reason)s.")
        raise CommandError(sentence % {"file": path, "reason": error.strerror}) from error


def _nothing(put: Put, report: dict) -> str:
    """Why there is nothing to fill; "" where anything is bound or at least proposed."""
    if any(one["kind"] == FIGURE for one in report["bindings"].values()):
        return ""
    if _is_without_room(put, report):
        return _(
            "nothing found: no empty cell has heads beside and above it, so that there is nothing to fill; it was not taken in."
        )
    return _(
        "nothing found: no cell whose heads name a unit and an indicator; the table was taken in, bind its cells on the page or with "
        "--bindings."
    )


def _is_without_room(put: Put, report: dict) -> bool:
    return not put.found.unmatched and not report["bindings"]


def _report(put: Put) -> dict:
    kept, found, carried = kept_of(put.kept.edition.table), put.found, put.carried
    bindings = kept.bindings
    return {
        "name": kept.edition.table.name,
        "edition": kept.edition.number,
        "binding": kept.number,
        "unit_column": "; ".join(found.unit_columns.values()) or None,
        "bindings": printed(bindings, kept.edition.table.county, found.doubts),
        "likely": [address for address, one in bindings.items() if one.is_likely],
        "unmatched": [
            {"heads": one.heads, "cells": one.cells, "said": one.reason}
            for one in found.unmatched
            if not set(one.cells) <= bindings.keys()
        ],
        "lost": [{"address": one.address, "heads": one.heads} for one in carried.lost] if carried else [],
        "moved": [{"before": one.before, "after": one.after, "heads": one.heads} for one in carried.moved] if carried else [],
    }
