"""`reprint RELEASE --out FILE`: writes the workbook of a release, the same bytes for ever; see docs/commands.md."""

from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.origin import origin
from orgs.accounts.accounts import system_operator
from orgs.management.operator_command import OperatorCommand
from orgs.management.output_files import write_whole
from orgs.tree.queries import UnknownOrganization, county_named
from reports.releases.packages import Damaged
from reports.releases.queries import UnknownRelease, release_numbered
from reports.releases.reprinting import reprint


class Command(OperatorCommand):
    """Exit 1, and no file, where the stored bytes no longer have their digest."""

    help = gettext_lazy("Write the workbook of a release: the same bytes for ever.")

    def add_arguments(self, parser):
        parser.add_argument("release", metavar="RELEASE", help=gettext_lazy("the number of the release, such as 2026-0007"))
        parser.add_argument("--out", required=True, metavar="FILE.xlsx", help=gettext_lazy("the file to write"))
        parser.add_argument("--county", default="", metavar="ORG", help=gettext_lazy("the county, where there are several"))

    def handle(self, *, release, out, county, **_options):
        path = Path(out)
        if not path.name or not path.parent.is_dir():
            raise CommandError(_("--out: %(out)s: name a file in a folder that exists.") % {"out": out})
        try:
            with origin(channel="command:reprint"):
                found = release_numbered(release, county_named(county) if county else None)
                content = reprint(found, by=system_operator(), at=timezone.now())
        except Damaged as refusal:
            raise CommandError(refusal.sentence) from refusal
        except (UnknownOrganization, UnknownRelease) as error:
            raise CommandError(str(error)) from error
        write_whole(path, content)
        self.stdout.write(_("%(out)s written, SHA-256 %(sha256)s.") % {"out": out, "sha256": found.sha256})
