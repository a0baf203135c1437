"""The closed lists of definitions: kinds, rules, frequencies, severities."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    FLOW = "flow", _("Flow (this period)")
    STOCK = "stock", _("Stock (end of period)")
    CUMULATIVE = "cumulative", _("Running total of the year")
    RATIO = "ratio", _("Ratio")
    SCORE = "score", _("Score")
    YES_NO = "yes_no", _("Yes or no")


class OrgRule(TextChoices):
    """How a figure is added up over organizations."""

    SUM = "sum", _("Sum")
    RATIO = "ratio", _("Ratio of sums")
    MEAN = "mean", _("Mean of those who reported")
    MIN = "min", _("Least")
    MAX = "max", _("Greatest")
    COUNT_IF = "count_if", _("Number meeting the condition")
    NONE = "none", _("Not added up")


class PeriodRule(TextChoices):
    """How a figure is added up over periods."""

    SUM = "sum", _("Sum")
    LAST = "last", _("Last period")
    MEAN = "mean", _("Mean of the periods reported")
    NONE = "none", _("Not added up over time")


class Direction(TextChoices):
    UP = "up", _("More is better")
    DOWN = "down", _("Less is better")
    NONE = "none", _("Neither")


class Frequency(TextChoices):
    WEEK = "week", _("Weekly")
    MONTH = "month", _("Monthly")
    QUARTER = "quarter", _("Quarterly")
    HALF = "half", _("Half-yearly")
    YEAR = "year", _("Yearly")


class Severity(TextChoices):
    MANDATORY = "mandatory", _("Mandatory")
    VERIFY = "verify", _("Verify")
    HINT = "hint", _("Hint")


class Expectation(TextChoices):
    PERIOD_END = "period_end", _("In place on the last day of the period")
    WHOLE_PERIOD = "whole_period", _("In place for the whole period")
