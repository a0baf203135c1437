"""manage.py restructure FILE: organizations opened, closed, moved, renamed, merged, split, by a table; rehearsed, done, taken back."""

from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.origin import origin
from orgs.accounts.accounts import system_operator
from orgs.management.loader_command import LoaderCommand
from orgs.models import Succession
from orgs.restructuring.columns import COLUMNS
from orgs.restructuring.loading import Restructured, load_restructuring
from orgs.tree.succession_undo import undo_succession
from reports.restructuring.rehearsal import Rehearsal, describe, rehearse
from reports.restructuring.texts import counts_line, rehearsal_lines
from spreadsheets.tables import TableProblems, read_table

CHANNEL = "command:restructure"


class Command(LoaderCommand):
    """See docs/commands.md."""

    help = gettext_lazy(
        "Open, close, suspend, reopen, move, rename, merge, split organizations or change their category, by a table."
    )
    title = gettext_lazy("Changes of organizations")
    columns = COLUMNS

    def add_options(self, parser) -> None:
        parser.add_argument(
            "--rehearse",
            action="store_true",
            help=gettext_lazy("print which reports, past figures and open tasks it would change, and write nothing"),
        )
        parser.add_argument(
            "--undo",
            type=int,
            metavar="NUMBER",
            help=gettext_lazy("take the change of this number back, while nothing later depends on it"),
        )

    def handle(self, *args, **options) -> None:
        if options["undo"] is None:
            super().handle(*args, **options)
        elif options["file"] or options["template"] or options["rehearse"] or options["dry_run"]:
            raise CommandError(_("--undo NUMBER stands alone: without a FILE and other options."))
        else:
            self._undo(options["undo"], timezone.now())

    def _load(self, file: str, options: dict) -> None:
        is_trial = options["rehearse"] or options["dry_run"]
        try:
            with origin(channel=CHANNEL):
                rehearsal = (rehearse if is_trial else _done)(partial(_restructure, file), at=timezone.now())
        except TableProblems as problems:
            self.refuse(problems.lines())
        except ValidationError as error:
            self.refuse([f"{file}: {sentence}" for sentence in error.messages])
        if rehearsal.changes:
            self.stdout.write("\n".join(rehearsal_lines(rehearsal, is_trial=is_trial)))
            self.stdout.write("")
        self.stdout.write(counts_line(rehearsal))
        if is_trial:
            self.stdout.write(_("This was a rehearsal: nothing was written."))

    def _undo(self, number: int, at: datetime) -> None:
        succession = Succession.objects.filter(pk=number).first()
        if succession is None:
            raise CommandError(_("There is no change of organizations with number %(number)d.") % {"number": number})
        try:
            with origin(channel=CHANNEL), transaction.atomic():
                undo_succession(succession=succession, by=system_operator(), at=at)
        except ValidationError as error:
            self.refuse([f"--undo {number}: {sentence}" for sentence in error.messages])
        self.stdout.write(_("Change number %(number)d was taken back; everything is as it was before.") % {"number": number})


def _restructure(file: str) -> Restructured:
    return load_restructuring(read_table(file), by=system_operator(), at=timezone.now())


@transaction.atomic
def _done(do: partial, *, at: datetime) -> Rehearsal:
    """The change made for good, described without figures."""
    return describe(do(), at=at)
