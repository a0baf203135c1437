"""manage.py retire_form FORM --org CODE [--resume] [--dry-run]: a county stops using a common form, or uses it again."""

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audit.origin import origin
from indicators.catalogue.form_retirement import resume_form, retire_form
from indicators.catalogue.retirement_effect import retirement_effect
from indicators.definitions import readable_forms
from indicators.models import Form
from orgs.accounts.accounts import system_operator
from orgs.management.operator_command import OperatorCommand
from orgs.models import Organization
from orgs.tree.queries import UnknownOrganization, county_named


class Command(OperatorCommand):
    """As the page of the form does."""

    help = gettext_lazy("Stop using a common form in a county, or use it again; other counties are not touched.")

    def add_arguments(self, parser):
        parser.add_argument("form", metavar="FORM", help=gettext_lazy("the common form"))
        parser.add_argument("--org", required=True, metavar="ORG", help=gettext_lazy("the county"))
        parser.add_argument("--resume", action="store_true", help=gettext_lazy("use it again"))
        parser.add_argument(
            "--dry-run", action="store_true", help=gettext_lazy("say in words what would change, and write nothing")
        )

    def handle(self, *, form, org, resume, dry_run, **_options):
        try:
            county = county_named(org)
        except UnknownOrganization as error:
            raise CommandError(f"--org: {error}") from error
        common = readable_forms(None).filter(code=form).first()
        if common is None:
            raise CommandError(_("There is no common form “%(code)s”.") % {"code": form})
        try:
            with origin(channel="command:retire_form"), transaction.atomic():
                sentences = _resumed(common, county) if resume else _retired(common, county)
                transaction.set_rollback(dry_run)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for sentence in sentences:
            self.stdout.write(sentence)
        if dry_run:
            self.stdout.write(_("This was a trial (--dry-run): nothing was written."))


def _retired(form: Form, county: Organization) -> list[str]:
    effect = retirement_effect(form, county)
    retire_form(form=form, county=county, by=system_operator(), at=timezone.now())
    done = _("%(county)s does not use %(form)s any more: no new task of it is opened.")
    sentences = [done % {"county": county.name, "form": form.code}]
    if count := len(effect.use.running):
        sentence = ngettext("%(count)s task is under way and goes on.", "%(count)s tasks are under way and go on.", count)
        sentences.append(sentence % {"count": count})
    if effect.unasked:
        sentence = _("On no other form in use: %(codes)s.")
        sentences.append(sentence % {"codes": ", ".join(one.code for one in effect.unasked)})
    return sentences


def _resumed(form: Form, county: Organization) -> list[str]:
    resume_form(form=form, county=county, by=system_operator(), at=timezone.now())
    return [_("%(county)s uses %(form)s again: tasks of it can be opened.") % {"county": county.name, "form": form.code}]
