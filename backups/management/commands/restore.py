"""manage.py restore FILE [--replace]: a backup into an empty database, or in the place of what is there."""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.origin import origin
from backups.actions.restore import restore
from backups.archive import Unusable
from backups.tables import applied_migrations
from orgs.management.operator_command import OperatorCommand


class Command(OperatorCommand):
    help = gettext_lazy("Put a backup into an empty database.")

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help=gettext_lazy("the file of the backup"))
        parser.add_argument(
            "--replace",
            action="store_true",
            help=gettext_lazy("Give up everything the database holds, and take the backup instead."),
        )

    def handle(self, *args, file: Path, replace: bool, **options):
        if not applied_migrations():
            call_command("migrate", verbosity=0)
        try:
            with origin(channel="command:restore"):
                manifest = restore(path=file, replace=replace, at=timezone.now())
        except Unusable as error:
            raise CommandError(str(error)) from None
        sentence = _("Restored %(rows)d rows of %(tables)d tables, as they stood at %(at)s. Run verify now.")
        self.stdout.write(sentence % {"rows": manifest.rows, "tables": len(manifest.parts), "at": manifest.made_at})
