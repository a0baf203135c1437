"""The pattern of every loader command: open the file, load it in one transaction, say what changed. Knows no column."""

import sys
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.origin import origin
from orgs.actions.accounts import system_operator
from orgs.loading.loaded import Loaded
from orgs.models import User
from spreadsheets.tables import Table, TableProblems, read_table


class LoaderCommand(BaseCommand):
    """`manage.py NAME FILE`: a subclass has `load`, and `add_options` where it takes more than a file.

    What is wrong with the file goes to stderr as it is (no prefix, no traceback) and the exit code is 1.
    """

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", help=_("CSV (UTF-8) or .xlsx with a head row"))
        self.add_options(parser)

    def add_options(self, parser) -> None:
        """Adds nothing unless a subclass does."""

    def load(self, table: Table, *, by: User, at: datetime, options: dict) -> Loaded:
        raise NotImplementedError

    def handle(self, *_args, **options) -> None:
        name = type(self).__module__.rpartition(".")[2]
        try:
            with origin(channel=f"command:{name}"), transaction.atomic():
                table = read_table(options["file"])
                loaded = self.load(table, by=system_operator(), at=timezone.now(), options=options)
        except TableProblems as problems:
            self.refuse(problems.lines())
        except ValidationError as error:
            self.refuse([f"{options['file']}: {sentence}" for sentence in error.messages])
        if loaded.printed:
            self.stdout.write(loaded.printed)
        # Beside a printed table the sentence would be taken for one of its rows.
        (self.stderr if loaded.printed else self.stdout).write(loaded.said)

    def refuse(self, lines: list[str]) -> None:
        for line in lines:
            self.stderr.write(line)
        sys.exit(1)
