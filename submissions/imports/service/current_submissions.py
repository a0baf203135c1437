"""The current reports of one task for the units of many files at once, and the result of each file for its units."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from submissions.checking.validator import bench_for
from submissions.choices import Act
from submissions.core.conflicts import saved_meanwhile
from submissions.filling.grid import newest_versions
from submissions.imports.forms.earlier_periods import EarlierFigures, earlier_than_now, with_newer
from submissions.imports.report.import_report import PlacedCell, Remark, UnitResult, Weight
from submissions.imports.report.recognition import FORM, FileRefusal, Recognised
from submissions.imports.report.scope import ImportScope
from submissions.imports.service.diff import labelled, weigh_unit
from submissions.models import Submission, Task, Version
from submissions.states import why_not


class CurrentSubmission:
    """The reports of a task, read once for all units of a batch: seven queries, two more where a rule refers to another form."""

    def __init__(self, task: Task, codes: Collection[str], scope: ImportScope):
        self.task = task
        rows = Submission.objects.filter(county_id=task.county_id, task=task, organization__code__in=codes)
        reports = list(with_newer(rows.select_related("organization"), task, scope.day))
        self.on_behalf = scope.units([report.organization_id for report in reports])
        self.reports: dict[str, Submission] = {}
        for report in reports:
            if report.organization_id in self.on_behalf:
                report.task = task
                self.reports[report.organization.code] = report
        self.by_id = {report.pk: report for report in self.reports.values()}
        self.versions = newest_versions(self.reports.values())
        self.bench = bench_for(task, [report.organization_id for report in self.reports.values()])

    def units(self, file: Recognised, mended: Mapping[str, str], revisions: Mapping[int, int] | None) -> Iterator[UnitResult]:
        """Every unit of the file.

        `revisions`: submission id -> the revision that the person saw; None: the person sees the current one.
        """
        cells: dict[str, list[PlacedCell]] = defaultdict(list)
        for placed in file.cells:
            cells[placed.org].append(placed)
        for org in dict.fromkeys((*cells, *file.of_units, *file.refusals)):
            remarks = tuple(file.of_units.get(org, ()))
            report = self.reports.get(org)
            if org in file.refusals or report is None:
                if org in file.refusals or remarks or any(placed.cell.text.strip() for placed in cells[org]):
                    yield self._refused(org, report, remarks, file.refusals.get(org) or self._unknown(org))
            else:
                yield self._weighed(report, cells[org], remarks, mended, revisions)

    def earlier(self, file: Recognised, units: Sequence[UnitResult]) -> EarlierFigures | None:
        """The sentence shown first for a file whose form is being filled in for a later period now."""
        reports = [self.by_id[unit.submission_id] for unit in units if unit.submission_id in self.by_id]
        return earlier_than_now(self.task, reports, is_form=file.kind == FORM)

    def _weighed(
        self,
        report: Submission,
        cells: Sequence[PlacedCell],
        remarks: tuple[Remark, ...],
        mended: Mapping[str, str],
        revisions: Mapping[int, int] | None,
    ) -> UnitResult:
        version = self.versions.get(report.pk)
        unread = {remark.key for remark in remarks if remark.weight == Weight.ERROR and remark.key}
        weighed = weigh_unit(report, version, self.bench, cells, mended, unread)
        revision = version.revision if version else 0
        result = UnitResult(
            report.pk, report.organization.code, report.organization.name, revision, weighed.changes,
            labelled((*remarks, *weighed.remarks), self.bench.layout), says=weighed.says,
        )  # fmt: skip
        refused = self._why_not(report, version, revisions) if weighed.changes else ""
        if not refused:
            return result
        errors = tuple(remark for remark in result.remarks if remark.weight == Weight.ERROR)
        return UnitResult(report.pk, result.org, result.name, revision, remarks=errors, refused=refused)

    def _why_not(self, report: Submission, version: Version | None, revisions: Mapping[int, int] | None) -> str:
        """Why nothing may be written to the report now; "" if it may."""
        sentence = why_not(Act.SAVE, report.state)
        if sentence or version is None or revisions is None or revisions.get(report.pk, 0) == version.revision:
            return sentence
        return saved_meanwhile(version)

    def _refused(self, org: str, report: Submission | None, remarks: tuple[Remark, ...], refusal: FileRefusal) -> UnitResult:
        known = (report.pk, org, report.organization.name) if report else (0, org, "")
        remarks = labelled(remarks, self.bench.layout)
        return UnitResult(*known, 0, remarks=remarks, refused=refusal.sentence, fresh=refusal.fresh)

    def _unknown(self, org: str) -> FileRefusal:
        """The refusal of an unknown unit; it does not reveal whether it exists elsewhere."""
        sentence = _("No unit with the code %(code)s is asked form %(form)s for %(period)s among those that you fill in.")
        return FileRefusal(sentence % {"code": org[:40], "form": self.task.form.code, "period": self.task.period})
