"""manage.py adopt_form FORM --org CODE: a common form becomes the county's own edition, which load_forms --org may change."""

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.origin import origin
from indicators.catalogue.adoption import adopt_form
from indicators.definitions import readable_forms
from orgs.accounts.accounts import system_operator
from orgs.management.operator_command import OperatorCommand
from orgs.tree.queries import UnknownOrganization, county_named


class Command(OperatorCommand):
    """As the button on the form's page does."""

    help = gettext_lazy("Make a common form a county's own edition, which the county may change.")

    def add_arguments(self, parser):
        parser.add_argument("form", metavar="FORM", help=gettext_lazy("the common form"))
        parser.add_argument("--org", required=True, metavar="ORG", help=gettext_lazy("the county"))

    def handle(self, *, form, org, **_options):
        try:
            county = county_named(org)
        except UnknownOrganization as error:
            raise CommandError(f"--org: {error}") from error
        common = readable_forms(None).filter(code=form).first()
        if common is None:
            raise CommandError(_("There is no common form “%(code)s”.") % {"code": form})
        try:
            with origin(channel="command:adopt_form"), transaction.atomic():
                edition = adopt_form(form=common, county=county, by=system_operator(), at=timezone.now())
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        sentence = _("%(form)s is the own edition of %(county)s now.")
        self.stdout.write(sentence % {"form": edition.code, "county": county.name})
