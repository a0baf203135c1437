"""The base class of commands that load definitions: common ones, or with --org a county's own."""

from datetime import datetime

from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy

from orgs.loading.result import Loaded
from orgs.management.loader_command import LoaderCommand
from orgs.models import Organization, User
from orgs.tree.queries import UnknownOrganization, county_named
from spreadsheets.tables import Table


class OwnedLoaderCommand(LoaderCommand):
    """`manage.py NAME FILE [--org CODE]`: a subclass has `load_owned`."""

    def add_options(self, parser) -> None:
        parser.add_argument(
            "--org",
            metavar="ORG",
            help=gettext_lazy("the county whose own definitions these are; without it they are common to all counties"),
        )

    def load(self, table: Table, *, by: User, at: datetime, options: dict) -> Loaded:
        return self.load_owned(table, by=by, at=at, owner=_county(options["org"]), options=options)

    def load_owned(self, table: Table, *, by: User, at: datetime, owner: Organization | None, options: dict) -> Loaded:
        """`owner` is the county of --org, or None."""
        raise NotImplementedError


def _county(code: str | None) -> Organization | None:
    try:
        return county_named(code) if code else None
    except UnknownOrganization as error:
        raise CommandError(f"--org: {error}") from error
