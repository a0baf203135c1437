"""`verify`: recomputes and checks everything; prints each failed invariant; exit 1 if any."""

import sys

from django.utils.translation import gettext_lazy

from orgs.management.operator_command import OperatorCommand
from reports.verification import CHECKS


class Command(OperatorCommand):
    """Runs every check of reports.verifying."""

    help = gettext_lazy("Recompute and check everything; print each failed invariant.")

    def handle(self, **_options):
        failed = 0
        for check in CHECKS:
            count = 0
            for failure in check():
                count += 1
                self.stdout.write(f"{check.__name__}: {failure}")
            failed += count
            # Not translated: scripts look for these words.
            self.stdout.write(f"{check.__name__}: {f'{count} failed' if count else 'holds'}")
        if failed:
            sys.exit(1)
