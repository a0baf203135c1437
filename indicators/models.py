"""The definitions: indicators with their whole definition, forms with their lines, check rules.

Each belongs to a county (`owner`) or, without one, to all: those are common and come with the program (docs/decisions/206).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indicators.choices import Direction, Expectation, Frequency, Kind, OrgRule, PeriodRule, Severity
from indicators.fields import UnitCategoriesField
from orgs.models import Organization


def _owner() -> models.ForeignKey:
    """The county; null: common."""
    return models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


class DefinedFacts(models.Model):
    """What an indicator means: an indicator has it as it is now, its former definitions as it was."""

    name = models.CharField(_("Name"), max_length=200)
    unit = models.CharField(_("Unit of measure"), max_length=30)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    org_rule = models.CharField(_("Over organizations"), max_length=20, choices=OrgRule)
    period_rule = models.CharField(_("Over time"), max_length=20, choices=PeriodRule)
    # Formula texts in the language of indicators.formulas; a formula or a numerator means: computed, never typed.
    numerator = models.CharField(_("Numerator"), max_length=300, blank=True)
    denominator = models.CharField(_("Denominator"), max_length=300, blank=True)
    formula = models.CharField(_("Formula"), max_length=500, blank=True)
    condition = models.CharField(_("Condition counted"), max_length=300, blank=True)
    decimals = models.PositiveSmallIntegerField(_("Decimals"), default=0)
    direction = models.CharField(_("Direction"), max_length=10, choices=Direction, default=Direction.NONE)
    na_allowed = models.BooleanField(_("May be not applicable"), default=True)
    negative_allowed = models.BooleanField(_("May be negative"), default=False)
    # True: the items of each breakdown must add up to the total. Otherwise the items are only shown beside it.
    breakdown_is_complete = models.BooleanField(_("Breakdown is complete"), default=False)
    definition = models.TextField(_("Definition"), blank=True)
    # The first day whose figures may be compared with those of now; null: all of them. A dated change that breaks the series sets it.
    comparable_since = models.DateField(_("Comparable since"), null=True, blank=True)

    class Meta:
        abstract = True


class Indicator(DefinedFacts):
    """One definition record: what is counted, how it adds up over organizations and over time."""

    owner = _owner()
    code = models.CharField(_("Code"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=300, blank=True)
    domain = models.CharField(_("Domain"), max_length=40)
    part_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("Of which: part of")
    )
    frequency = models.CharField(_("Frequency"), max_length=10, choices=Frequency, default=Frequency.QUARTER)
    unit_categories = UnitCategoriesField(_("Collected from"), blank=True)
    source = models.CharField(max_length=100, blank=True)
    validation = models.CharField(_("Rules as catalogued"), max_length=300, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    is_enabled = models.BooleanField(_("Switched on"), default=True)
    sort_order = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(owner__isnull=True), name="indicators_common_indicator_code"),
            models.UniqueConstraint(fields=["owner", "code"], name="indicators_own_indicator_code"),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"


class FormerDefinition(DefinedFacts):
    """What an indicator meant up to a day. Tasks of periods that end by then ask it so (docs/decisions/226)."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="former_definitions", db_index=False)
    until = models.DateField(_("Until"))  # the last day

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "until"], name="indicators_former_definition_once")]


class BreakdownItem(models.Model):
    """One item of an indicator's breakdown; an indicator may be broken down in several dimensions."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="breakdown_items")
    dimension = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "name"], name="indicators_breakdown_item_name")]


class Form(models.Model):
    """A table that units fill: its head as printed, whom it asks and how often."""

    owner = _owner()
    # The common form of which this is the county's edition, and its state on that day (indicators.catalogue.adoption_changes).
    adopted_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="editions")
    adopted_state = models.JSONField(null=True, blank=True)
    code = models.CharField(_("Form number"), max_length=40)  # 表号
    title = models.CharField(_("Title"), max_length=200)
    frequency = models.CharField(_("Frequency"), max_length=10, choices=Frequency)
    issuer = models.CharField(_("Issuing body"), max_length=100, blank=True)  # 制定机关
    document_number = models.CharField(_("Document number"), max_length=100, blank=True)  # 文号
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)  # 有效期至
    unit_categories = UnitCategoriesField(_("Filled by"), blank=True)
    expectation = models.CharField(_("Expected when"), max_length=20, choices=Expectation, default=Expectation.PERIOD_END)
    aggregate_own = models.BooleanField(_("Inner units fill it too"), default=False)  # 本级
    notes = models.TextField(_("Notes"), blank=True)
    sort_order = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(owner__isnull=True), name="indicators_common_form_code"),
            models.UniqueConstraint(fields=["owner", "code"], name="indicators_own_form_code"),
            models.CheckConstraint(
                condition=Q(adopted_from__isnull=True) | Q(owner__isnull=False), name="indicators_edition_has_owner"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def family_id(self) -> int:
        """The same for a common form and every county's edition of it."""
        return self.adopted_from_id or self.pk


class FormRetirement(models.Model):
    """A county that no longer uses a common form (停用): no task of it is opened there while the row is there."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="retirements")
    retired_at = models.DateTimeField()
    retired_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "form"], name="indicators_form_retired_once")]


class FormLine(models.Model):
    """One indicator on a form, in its place, with its section; its breakdown items follow it."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="lines")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="form_lines")
    position = models.PositiveSmallIntegerField()
    section = models.CharField(_("Section"), max_length=100, blank=True)
    is_required = models.BooleanField(_("Required"), default=False)
    unit_categories = UnitCategoriesField(blank=True)  # empty = everyone who fills the form

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "indicator"], name="indicators_form_line_once"),
        ]


class Check(models.Model):
    """A rule over figures with its severity and its sentence, on one form or wherever the indicator is asked.

    A county's own may stand on a common form; then it holds for its county alone.
    """

    owner = _owner()
    form = models.ForeignKey(Form, on_delete=models.CASCADE, null=True, related_name="checks")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, null=True, related_name="checks")
    expression = models.CharField(_("Expression"), max_length=500)
    severity = models.CharField(_("Severity"), max_length=20, choices=Severity)
    message = models.CharField(_("Message"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(form__isnull=False, indicator__isnull=True) | Q(form__isnull=True, indicator__isnull=False),
                name="indicators_check_on_one",
            ),
        ]
