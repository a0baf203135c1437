"""`verify`: recomputes and checks everything; prints each failed invariant; exit 1 if any."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.verification_record import record_verification
from orgs.accounts.accounts import system_operator
from orgs.management.operator_command import OperatorCommand
from reports.verification import CHECKS
from reports.verification.anchor import BadAnchor, add_anchors, differences_from, present_anchors, read_anchors


class Command(OperatorCommand):
    """Runs every check of reports.verification."""

    help = gettext_lazy("Recompute and check everything; print each failed invariant.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        anchor_help = gettext_lazy(
            "a file outside the database that keeps the last event of each audit chain: events that were kept are looked for,"
            " and where all checks hold the last ones are added"
        )
        parser.add_argument("--anchor", metavar="FILE", help=anchor_help)
        record_help = gettext_lazy("record the result in the audit trail, for the pages of administrators and auditors")
        parser.add_argument("--record", action="store_true", help=record_help)

    def handle(self, **options):
        path = Path(options["anchor"]) if options["anchor"] else None
        failed = {check.__name__: self._run(check.__name__, check()) for check in CHECKS}
        if path:
            failed["events_are_as_anchored"] = self._run("events_are_as_anchored", _anchored(path))
        failures = sum(failed.values())
        if options["record"]:
            record_verification(
                {name: count for name, count in failed.items() if count}, by=system_operator(), at=timezone.now()
            )
        if failures:
            sys.exit(1)
        if path:
            _keep(path)

    def _run(self, name: str, failures: Iterable[str]) -> int:
        """Prints the failures of one check, and whether it holds. Gives their number."""
        count = 0
        for failure in failures:
            count += 1
            self.stdout.write(f"{name}: {failure}")
        # Not translated: scripts look for these words.
        self.stdout.write(f"{name}: {f'{count} failed' if count else 'holds'}")
        return count


def _anchored(path: Path) -> list[str]:
    try:
        return differences_from(read_anchors(path))
    except (BadAnchor, UnicodeDecodeError) as problem:
        return [str(problem)]
    except OSError as problem:
        raise CommandError(_unusable(path, problem)) from problem


def _keep(path: Path) -> None:
    try:
        add_anchors(path, present_anchors(timezone.localtime()))
    except OSError as problem:
        raise CommandError(_unusable(path, problem)) from problem


def _unusable(path: Path, problem: OSError) -> str:
    return _("--anchor: %(file)s cannot be used (%(why)s).") % {"file": path, "why": problem.strerror}
