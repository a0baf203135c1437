"""The base class of loader commands: open the file, load it in one transaction, report what changed."""

import sys
from argparse import ArgumentParser
from datetime import date, datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.origin import origin
from orgs.accounts.accounts import system_operator
from orgs.loading.columns import LoaderColumn
from orgs.loading.days import NotADay, read_day
from orgs.loading.result import Loaded
from orgs.loading.template import template_workbook
from orgs.management.garbage_collection import seldom_collected
from orgs.management.operator_command import OperatorCommand
from orgs.management.output_files import path_to_write, write_whole
from orgs.models import User
from spreadsheets.tables import Table, TableProblems, read_table


class LoaderCommand(OperatorCommand):
    """`manage.py NAME FILE`: a subclass has `load`, its `columns`, and `add_options` if it has more arguments.

    Faults of the file go to stderr unchanged (no prefix, no traceback) and the exit code is 1. With --dry-run everything is
    done, reported and undone.
    """

    columns: ClassVar[tuple[LoaderColumn, ...]] = ()
    title: ClassVar[str] = ""  # of the empty workbook
    from_help: ClassVar[str] = ""  # what --from gives its day; "" where the loader has no such option

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "file", nargs="?", metavar="FILE", help=gettext_lazy("CSV (UTF-8 or GB18030) or .xlsx with a head row")
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=gettext_lazy("say in words what would change, and write nothing")
        )
        parser.add_argument(
            "--template", metavar="FILE.xlsx", help=gettext_lazy("write an empty workbook to fill, and load nothing")
        )
        if self.from_help:
            parser.add_argument("--from", dest="since", metavar="DATE", help=self.from_help)
        self.add_options(parser)

    def add_options(self, parser) -> None:
        """Adds the options of a subclass; by default none."""

    def explained(self, parser: ArgumentParser) -> list[str]:
        """The help with the columns of the file."""
        needed = _(" – needed")
        lines = [f"  {column.called}{needed if column.is_required else ''}" for column in self.columns]
        return [*super().explained(parser), _("Columns of the file, by name and in any order:"), *lines]

    def load(self, table: Table, *, by: User, at: datetime, options: dict) -> Loaded:
        """`options["since"]` is the day of --from, or None."""
        raise NotImplementedError

    def handle(self, *_args, **options) -> None:
        if bool(options["file"]) == bool(options["template"]):
            raise CommandError(_("Name a FILE to load, or --template FILE.xlsx for an empty one; one of the two."))
        if options["template"]:
            self._write_template(options["template"])
        else:
            self._load(options["file"], {**options, "since": _day(options.get("since"))})

    def refuse(self, lines: list[str]) -> None:
        for line in lines:
            self.stderr.write(line)
        sys.exit(1)

    def _write_template(self, out: str) -> None:
        path = path_to_write(out, option="--template")
        write_whole(path, template_workbook(str(self.title), self.columns, made_at=timezone.localtime()))
        self.stdout.write(_("%(out)s written.") % {"out": path})

    def _load(self, file: str, options: dict) -> None:
        name = type(self).__module__.rpartition(".")[2]
        try:
            with seldom_collected(), origin(channel=f"command:{name}"), transaction.atomic():
                loaded = self.load(read_table(file), by=system_operator(), at=timezone.now(), options=options)
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except TableProblems as problems:
            self.refuse(problems.lines())
        except ValidationError as error:
            self.refuse([f"{file}: {sentence}" for sentence in error.messages])
        self._tell(loaded, is_trial=options["dry_run"])

    def _tell(self, loaded: Loaded, *, is_trial: bool) -> None:
        if is_trial:
            self.stdout.write("\n".join(loaded.plan))
            return
        if loaded.printed:
            self.stdout.write(loaded.printed)
        # Beside a printed table the sentence would look like one of its rows.
        (self.stderr if loaded.printed else self.stdout).write(loaded.sentence)


def _day(text: str | None) -> date | None:
    try:
        return read_day(text) if text else None
    except NotADay as error:
        raise CommandError(f"--from: {error}") from error
