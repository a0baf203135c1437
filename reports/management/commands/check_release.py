"""`check_release FILE`: which release a file is, or that it is none or was changed; see docs/commands.md."""

import sys
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.management.operator_command import OperatorCommand
from reports.models import Release
from reports.releases.authenticity import Verdict, check_file
from reports.releases.texts import authenticity_sentence


class Command(OperatorCommand):
    """Exit 1 unless the file is a release byte for byte."""

    help = gettext_lazy("Say which release a file is, byte for byte, or that it is none or was changed since.")

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help=gettext_lazy("a workbook that came from somewhere"))

    def handle(self, *, file, **_options):
        path = Path(file)
        if not path.is_file():
            raise CommandError(_("%(path)s: there is no such file.") % {"path": file})
        answer = check_file(path.read_bytes(), path.name, Release.objects.all())
        self.stdout.write(authenticity_sentence(answer))
        for one in answer.differences:
            self.stdout.write(_("%(address)s: issued “%(issued)s”, in the file “%(found)s”") % vars(one))
        if answer.verdict != Verdict.SAME:
            sys.exit(1)
