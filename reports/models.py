"""What was added up (derived: can always be made again), how a county wants its tables, and the tables it issued."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from indicators.fields import PeriodField
from indicators.models import Indicator
from orgs.models import Organization
from submissions.models import Task


class Summary(models.Model):
    """The sums of one organization's whole branch for one task, with what they were made from."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Made at this stamp of the change mark and under this stamp of the county's tree; stale where either differs.
    mark = models.PositiveBigIntegerField()
    tree_stamp = models.PositiveBigIntegerField()
    submitted = models.BinaryField()  # sums over submitted, passed and approved versions
    approved = models.BinaryField()  # sums over approved versions only; empty: the same as submitted
    counts = models.JSONField(default=dict)  # expected, exempt … per unit category; see reports.figures.sums.summaries
    returned = models.JSONField(default=dict)  # of those the ones that are to be corrected and sent again, per unit category
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "task", "organization"], name="reports_summary_once"),
        ]


class Headline(models.Model):
    """One of the few figures that a county shows first on its dashboard, in its place; a county without any is given a default."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "position"], name="reports_headline_place"),
            models.UniqueConstraint(fields=["county", "indicator"], name="reports_headline_once"),
        ]


class CountyLayout(models.Model):
    """A printed table that a county laid out itself; the ready ones (R1 to R14) are files of the program, not rows."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(_("Code"), max_length=20)
    # The same shape as a ready layout's: see reports.tables.layouts.definition.
    definition = models.JSONField()
    is_retired = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "code"], name="reports_county_layout_once")]


class UpperTable(models.Model):
    """A blank table (上级表样) that an upper level sends down to be filled, known by its name."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(_("Name"), max_length=100)
    is_retired = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "name"], name="reports_upper_table_once")]


class UpperEdition(models.Model):
    """One edition of an upper level's table: the file as it came, never changed."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    table = models.ForeignKey(UpperTable, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    file_name = models.CharField(_("File"), max_length=255)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    put_at = models.DateTimeField()
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "table", "number"], name="reports_upper_edition_number")]


class UpperBinding(models.Model):
    """What stands behind the cells of one edition, numbered; the newest is in force, older ones stay readable."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    edition = models.ForeignKey(UpperEdition, on_delete=models.PROTECT, related_name="bindings")
    number = models.PositiveIntegerField()
    cells = models.JSONField()  # see reports.external.bindings.bindings
    bound_at = models.DateTimeField()
    bound_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "edition", "number"], name="reports_upper_binding_number")]


class Release(models.Model):
    """A table as it was issued, with all that it was made from. Never changed and never deleted (decision 220)."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()  # running per county and year: 2026-0007
    title = models.CharField(_("Title"), max_length=200)
    layout = models.CharField(_("Layout"), max_length=20)
    definition = models.JSONField()  # of the layout as it was: see reports.tables.layouts.definition
    form = models.CharField(_("Form"), max_length=40, blank=True)  # "": all forms of the period
    period = PeriodField(_("Period"))
    basis = models.CharField(max_length=20)
    tree = models.CharField(max_length=10)
    options = models.JSONField()  # formulas, rounding, settled: see reports.releases.orders
    language = models.CharField(max_length=20)
    edition = models.PositiveIntegerField()
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    note = models.CharField(_("Note"), max_length=500, blank=True)
    open_reports = models.PositiveIntegerField()  # expected, and not approved when it was issued
    file_name = models.CharField(_("File"), max_length=255)
    workbook = models.BinaryField()
    sha256 = models.CharField(max_length=64, db_index=True)  # of the workbook
    check_code = models.CharField(max_length=64)  # of the figures, as printed on the sheets
    tables = models.TextField()  # what is printed: see reports.releases.snapshot
    sources = models.TextField()  # which figures and versions it was made of: see there
    package_sha256 = models.CharField(max_length=64)  # of everything above: see reports.releases.packages
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "year", "serial"], name="reports_release_number"),
            models.UniqueConstraint(fields=["county", "previous"], name="reports_release_one_next"),
        ]
        indexes = [models.Index(fields=["county", "period", "layout"], name="reports_release_series")]

    @property
    def number(self) -> str:
        return number_of(self.year, self.serial)


def number_of(year: int, serial: int) -> str:
    """The printed number of a release: 2026-0007."""
    return f"{year}-{serial:04d}"
