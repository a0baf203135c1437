"""`demo`: fills an empty database with the demonstration county and prints the accounts; where it is there, only the accounts."""

from datetime import date
from pathlib import Path

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.origin import origin
from demonstration.corrections import correct_two
from demonstration.own_edition import adopt_with_one_line_more
from demonstration.people import make_people, renew_passwords
from demonstration.places import COUNTY_CODE, MERGED_AWAY, MERGED_INTO, as_table, places
from demonstration.quarters import COVERAGE, County, live_through
from indicators.choices import Frequency
from indicators.loading.catalogue import load_catalogue
from indicators.loading.checks import load_checks
from indicators.loading.forms import load_forms
from indicators.models import Indicator
from indicators.periods import Period, period_holding, read_period
from orgs.accounts.accounts import system_operator
from orgs.loading.orgs import load_orgs
from orgs.management.operator_command import OperatorCommand
from orgs.models import Organization
from orgs.tree.restructuring import merge
from reports.dashboards.headlines_actions import choose_headlines
from reports.figures.answers.formats import aligned
from reports.releases.issuing import issue
from reports.releases.orders import ReleaseOrder
from reports.tables.export import Options
from reports.tables.layouts.ready import ready_layouts
from spreadsheets.tables import read_table

READY = Path(__file__).resolve().parents[3] / "indicators" / "ready"
OWN = Path(__file__).resolve().parents[2]
HEADLINES = ("ORG-005", "ORG-006", "PM-001", "ISS-203", "PROM-003", "PAIR-903")
QUARTERS = 8
ADOPTED_FOR = 4  # quarters: a year with the county's own edition of a form, and one before it
SEED = 20260701


class Command(OperatorCommand):
    """Everything goes through the loaders and acts that the pages use."""

    help = gettext_lazy("Fill an empty database with the demonstration county and print its accounts.")

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=SEED, help=gettext_lazy("other figures of the same county"))
        parser.add_argument(
            "--until", default="", metavar="PERIOD", help=gettext_lazy("the last quarter; without it the last that is over")
        )

    def handle(self, *, seed, until, **_options):
        now = timezone.now()
        last = read_period(until) if until else period_holding(timezone.localdate(now), Frequency.QUARTER).previous()
        with origin(channel="command:demo"), transaction.atomic():
            if not Organization.objects.exists():
                self._fill(seed, last, now)
            elif not Organization.objects.filter(code=COUNTY_CODE).exists():
                raise CommandError(_("The database holds other organizations; the demonstration wants an empty one."))
            people = renew_passwords(by=system_operator(), at=now)
        orgs = {org.code: org.name for org in Organization.objects.filter(code__in=[trial.org_code for trial, _pass in people])}
        lines = [
            [trial.username, password, str(trial.role.label), trial.name, orgs[trial.org_code]] for trial, password in people
        ]
        self.stdout.write(aligned([[_("User name"), _("Password"), _("Role"), _("Name"), _("Organization")], *lines], left=5))

    def _fill(self, seed: int, last: Period, now) -> None:
        by = system_operator()
        quarters = [last]
        while len(quarters) < QUARTERS:
            quarters.insert(0, quarters[0].previous())
        for name, load in (
            ("catalogue.csv", load_catalogue), ("forms.csv", load_forms), ("checks.csv", load_checks),
        ):  # fmt: skip
            load(read_table(READY / name), by=by, at=now)
        load_orgs(read_table(as_table(places(seed)), "places"), by=by, at=now)
        by_code = {org.code: org for org in Organization.objects.select_related("county")}
        county = by_code[COUNTY_CODE]
        for name, load in (("forms.csv", load_forms), ("checks.csv", load_checks)):
            load(read_table(OWN / name), by=by, at=now, owner=county)
        make_people(by_code, by=by, at=now, seed=seed)
        choose_headlines(county=county, indicators=[Indicator.objects.get(code=code) for code in HEADLINES], by=by, at=now)
        merged_on = _merger_day(quarters)
        book = County(county, by, seed)
        for period in quarters:
            if period.first_day == merged_on:
                self._merge(by_code, merged_on, by, now)
            if period == quarters[-ADOPTED_FOR]:
                adopt_with_one_line_more(county, by=by, at=now)
            live_through(book, period, is_last=period == last, now=now)
            self.stderr.write(_("%(period)s is told") % {"period": period.label})
        self._issue(county, quarters[-2], by, now)
        correct_two(county, quarters[-2], now)

    def _issue(self, county: Organization, period: Period, by, now) -> None:
        """The coverage of the quarter before the last, as its circular had it; a few units never reported."""
        title = _("%(county)s: coverage of the two new fields, %(period)s")
        order = ReleaseOrder(
            ready_layouts()["R2"], COVERAGE, period, county, Options(), title % {"county": county.name, "period": period.label},
            accepts_open=True,
        )  # fmt: skip
        issue(order, by=by, at=now)

    def _merge(self, by_code, on: date, by, now) -> None:
        """Two villages go into a third, as happens every few years; their past stays theirs."""
        merge(
            predecessors=[by_code[MERGED_INTO], *(by_code[code] for code in MERGED_AWAY)], successor=by_code[MERGED_INTO],
            on=on, by=by, at=now, note="合村并组",
        )  # fmt: skip


def _merger_day(quarters: list[Period]) -> date:
    """The first day of a year inside the story, so that a year has villages that the next one has not."""
    starts = [period.first_day for period in quarters[1:] if period.number == 1]
    return starts[-1]
