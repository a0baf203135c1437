"""manage.py backup FILE: the whole database in one file, while the system runs."""

from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.origin import origin
from backups.actions.backup import back_up
from orgs.accounts.accounts import system_operator
from orgs.management.operator_command import OperatorCommand
from orgs.management.output_files import refuse_irregular


class Command(OperatorCommand):
    help = gettext_lazy("Write the whole database into one file; the system may go on running.")

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help=gettext_lazy("the file of the backup"))

    def handle(self, *args, file: Path, **options):
        refuse_irregular(file)
        try:
            with origin(channel="command:backup"):
                manifest = back_up(path=file, by=system_operator(), at=timezone.now())
        except OSError as error:
            raise CommandError(
                _("%(file)s could not be written (%(error)s). An older file of that name is still as it was.")
                % {"file": file, "error": error.strerror}
            ) from None
        sentence = _("%(file)s holds %(rows)d rows of %(tables)d tables.")
        self.stdout.write(sentence % {"file": file, "rows": manifest.rows, "tables": len(manifest.parts)})
