"""`bind_template FILE.xlsx --name NAME`: takes in an upper level's blank table, prints what was found as JSON; see docs/commands.md."""

import json
from pathlib import Path

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.origin import origin
from orgs.actions.accounts import system_operator
from orgs.management.operator_command import OperatorCommand
from orgs.queries import UnknownOrganization, county_named
from reports.actions.upper_tables import Put, put_table, replace_bindings
from reports.upper.bindings import BadBinding, Binding, as_json, from_json
from reports.upper.stored import kept_of
from spreadsheets.reading.workbook import Unreadable

MOST_NAME = 100  # characters, as the column takes


class Command(OperatorCommand):
    """What is found is bound at once: the operator sees it printed, and gives another set with --bindings."""

    help = gettext_lazy("Take in a blank table of an upper level and bind its cells to figures; prints what was found as JSON.")

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE.xlsx", help=gettext_lazy("the blank table"))
        parser.add_argument("--name", required=True, help=gettext_lazy("what the table is called here"))
        parser.add_argument(
            "--bindings", default="", metavar="FILE.json", help=gettext_lazy("bindings that take the place of those found")
        )
        parser.add_argument("--county", default="", metavar="ORG", help=gettext_lazy("the county, where there are several"))

    def handle(self, *, file, name, bindings, county, **_options):
        if not name.strip() or len(name) > MOST_NAME:
            raise CommandError(_("--name: give the table a name of at most %(most)s characters.") % {"most": MOST_NAME})
        try:
            given = _given(bindings)
            with origin(channel="command:bind_template"), transaction.atomic():
                put = self._put(file, name.strip(), county, given)
        except (BadBinding, UnknownOrganization) as error:
            raise CommandError(str(error)) from error
        except Unreadable as error:
            raise CommandError(f"{file}: {error.said}") from error
        self.stdout.write(json.dumps(_told(put), ensure_ascii=False, indent=1))

    def _put(self, file: str, name: str, county: str, given: dict[str, Binding] | None) -> Put:
        who, at = system_operator(), timezone.now()
        content = _read(file)
        put = put_table(county=county_named(county), name=name, file_name=file, content=content, confirms=True, by=who, at=at)
        if given is not None:
            replace_bindings(table=put.kept.edition.table, bindings=given, by=who, at=at)
        return put


def _given(path: str) -> dict[str, Binding] | None:
    """The bindings of a file: the object of addresses alone, or what this command printed. None without a file."""
    if not path:
        return None
    try:
        told = json.loads(_read(path))
    except (ValueError, RecursionError) as error:
        raise CommandError(_("%(file)s is no JSON: %(reason)s.") % {"file": path, "reason": error}) from error
    return from_json(told["bindings"] if isinstance(told, dict) and "bindings" in told else told)


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        said = _("%(file)s can not be read: %(reason)s.")
        raise CommandError(said % {"file": path, "reason": error.strerror}) from error


def _told(put: Put) -> dict:
    kept = kept_of(put.kept.edition.table)
    carried = put.carried
    return {
        "name": kept.edition.table.name,
        "edition": kept.edition.number,
        "binding": kept.number,
        "bindings": as_json(kept.bindings),
        "unmatched": [
            {"heads": one.heads, "cells": one.cells, "said": one.said}
            for one in put.found.unmatched
            if not set(one.cells) <= kept.bindings.keys()
        ],
        "lost": [{"address": one.address, "heads": one.heads} for one in carried.lost] if carried else [],
        "moved": [{"before": one.before, "after": one.after, "heads": one.heads} for one in carried.moved] if carried else [],
    }
