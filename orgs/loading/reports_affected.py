"""Reports that depend on what a loader is about to change; the submissions app supplies them.

The submissions app registers its answers at start with `answer_with` (docs/decisions/151).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST_LISTED = 4  # periods of a form listed in one sentence; more are counted


@dataclass(frozen=True)
class Reports:
    """The affected reports of one form and period, by their state. `period` is its text, such as 2026Q3."""

    form: str
    period: str
    period_label: str
    first_day: date
    last_day: date
    approved: int = 0
    sent_in: int = 0  # with the reviewers
    drafts: int = 0
    units: tuple[str, ...] = ()  # codes of the units whose report is approved or sent in

    @property
    def is_standing(self) -> bool:
        """True where a report is approved or with the reviewers."""
        return bool(self.approved or self.sent_in)

    @property
    def is_begun(self) -> bool:
        """Whether any unit has begun its report; from then on the lines of the task are frozen."""
        return bool(self.approved or self.sent_in or self.drafts)

    @property
    def sentence(self) -> str:
        """A sentence: 两新季01表 2026年第三季度: 2 approved, 1 sent in."""
        counted = [
            ngettext("%(count)d approved", "%(count)d approved", self.approved) % {"count": self.approved},
            ngettext("%(count)d sent in", "%(count)d sent in", self.sent_in) % {"count": self.sent_in},
            ngettext("%(count)d draft", "%(count)d drafts", self.drafts) % {"count": self.drafts},
        ]
        numbers = (self.approved, self.sent_in, self.drafts)
        counts = _(", ").join(text for text, number in zip(counted, numbers, strict=True) if number)
        words = {"form": self.form, "period": self.period_label, "counts": counts or _("no report yet")}
        return _("%(form)s %(period)s: %(counts)s") % words


class AffectedReportAnswers(Protocol):
    """The questions that the app with the reports answers, earlier periods first."""

    def of_units(self, organization_ids: Collection[int], first: date, last: date | None) -> list[Reports]:
        """Reports begun by these organizations in periods that share a day with `first` to `last` (None: no end)."""

    def of_indicators(self, codes: Collection[str], county_id: int | None = None) -> dict[str, list[Reports]]:
        """Indicator code -> the tasks (of the county, or of all) whose frozen lines hold it, with the reports begun for them."""

    def of_forms(self, form_ids: Collection[int]) -> dict[int, list[Reports]]:
        """Form id -> its tasks, with the reports begun for them."""


class NoReports:
    """The answers while no app has registered."""

    def of_units(self, organization_ids: Collection[int], first: date, last: date | None) -> list[Reports]:
        return []

    def of_indicators(self, codes: Collection[str], county_id: int | None = None) -> dict[str, list[Reports]]:
        return {code: [] for code in codes}

    def of_forms(self, form_ids: Collection[int]) -> dict[int, list[Reports]]:
        return {form_id: [] for form_id in form_ids}


_answers: list[AffectedReportAnswers] = [NoReports()]


def answer_with(answers: AffectedReportAnswers) -> None:
    """Registers the answers."""
    _answers[0] = answers


def reports() -> AffectedReportAnswers:
    return _answers[0]


def in_words(found: Iterable[Reports]) -> str:
    """The newest of them, and how many more there are, in one text; "" if there are none."""
    sentences = list(dict.fromkeys(one.sentence for one in sorted(found, key=lambda one: one.last_day, reverse=True)))
    more = len(sentences) - MOST_LISTED
    rest = [_("%(count)d earlier ones") % {"count": more}] if more > 0 else []
    return _("; ").join([*sentences[:MOST_LISTED], *rest])


def touched(found: Iterable[Reports]) -> str:
    """The approved and sent-in reports among them, in one text; "" if there are none."""
    return in_words(one for one in found if one.is_standing)
