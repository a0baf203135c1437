"""`form_workbook FORM PERIOD --org CODE --out FILE.xlsx`: writes the workbook in which a form is filled; see docs/commands.md."""

from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.origin import origin
from indicators.periods import BadPeriod, read_period
from orgs.accounts.accounts import system_operator
from orgs.management.operator_command import OperatorCommand
from orgs.management.output_files import path_to_write, write_whole
from orgs.models import Organization
from orgs.tree.queries import UnknownOrganization, organization_named
from spreadsheets.safe_text import file_name
from submissions.models import Task
from submissions.tasks.queries import tasks_of
from submissions.workbooks.stamps import Shape
from submissions.workbooks.unit_data import NoWorkbook, default_shape
from submissions.workbooks.workbook import Made, form_workbook, form_workbooks


class Command(OperatorCommand):
    """Writes one workbook; with --each one for every unit below, into a folder."""

    help = gettext_lazy("Write the workbook in which a form is filled, for a unit, for all below it, or one for each.")

    def add_arguments(self, parser):
        parser.add_argument("form", metavar="FORM", help=gettext_lazy("the form asked for"))
        parser.add_argument("period", metavar="PERIOD", help=gettext_lazy("the period asked for"))
        parser.add_argument(
            "--org", required=True, metavar="ORG", help=gettext_lazy("the organization asked for, with all below it")
        )
        parser.add_argument("--out", required=True, metavar="FILE.xlsx", help=gettext_lazy("the file to write"))
        parser.add_argument(
            "--shape",
            choices=[str(shape) for shape in Shape],
            help=gettext_lazy("one unit; a sheet per unit below; or units × indicators on one sheet"),
        )
        parser.add_argument("--each", action="store_true", help=gettext_lazy("--out names a folder: a workbook per unit"))

    def handle(self, *, form, period, org, out, shape, each, **options):
        try:
            organization, parsed_period = organization_named(org), read_period(period)
            with origin(channel="command:form_workbook"):
                if each:
                    sentence = _write_each(_task(form, str(parsed_period), organization), organization, Path(out))
                else:
                    sentence = _write_one(
                        _task(form, str(parsed_period), organization), organization, shape, path_to_write(out)
                    )
        except (BadPeriod, NoWorkbook, UnknownOrganization) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(sentence)


def _task(form: str, period: str, organization: Organization) -> Task:
    tasks = tasks_of(form, period, organization)
    words = {"form": form, "period": period, "org": organization.code}
    if not tasks:
        raise CommandError(_("No task of form “%(form)s” is open for %(period)s at %(org)s; open it with open_task.") % words)
    if len(tasks) > 1:
        raise CommandError(_("%(org)s has several counties, each with its own task; name one of them with --org.") % words)
    return tasks[0]


def _write_one(task: Task, organization: Organization, shape: str | None, path: Path) -> str:
    wanted = Shape(shape) if shape else default_shape(task, organization)
    made = form_workbook(task=task, organization=organization, shape=wanted, by=system_operator(), at=timezone.now())
    write_whole(path, made.content)
    return _("%(out)s written.") % {"out": path}


def _write_each(task: Task, organization: Organization, folder: Path) -> str:
    if not folder.is_dir():
        raise CommandError(_("--out: %(out)s: with --each, name a folder that exists.") % {"out": folder})

    def keep(unit: Organization, made: Made) -> None:
        """By code first: two villages may have one name."""
        write_whole(folder / file_name(f"{unit.code} {made.name.removesuffix('.xlsx')}", ".xlsx"), made.content)

    count = form_workbooks(task=task, organization=organization, keep=keep, by=system_operator(), at=timezone.now())
    return _("%(count)d workbooks written to %(out)s.") % {"count": count, "out": folder}
