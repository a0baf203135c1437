"""Tables of tasks, their calendar, submissions, numbered versions, reviews, corrections, notices, uploads and remembered heads."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indicators.fields import PeriodField
from indicators.models import Form
from indicators.values.documents import Figure
from orgs.models import Organization
from orgs.stamps import new_stamp
from submissions.choices import OPEN_CORRECTION, Act, CorrectionState, State
from submissions.fields import FiguresField, LayoutField


class Task(models.Model):
    """A form asked of a county for a period. Its layout is frozen at opening, so a past task never changes when a form does."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="tasks")
    period = PeriodField(_("Period"))
    opens_on = models.DateField(_("Opens on"))
    due_on = models.DateField(_("Due on"))
    closes_on = models.DateField(_("Closes on"), null=True, blank=True)
    # By when townships have reviewed and the county has approved; null where no day was set.
    review_due_on = models.DateField(_("Township review due on"), null=True, blank=True)
    approval_due_on = models.DateField(_("County approval due on"), null=True, blank=True)
    # The days as they were asked for, where the calendar moved them on; otherwise null.
    due_stated_on = models.DateField(null=True)
    review_stated_on = models.DateField(null=True)
    approval_stated_on = models.DateField(null=True)
    layout = LayoutField()
    # Whether an approved correction stands in one of its reports, or in one that its reports lean on (decision 218).
    has_corrections = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "form", "period"], name="submissions_task_once"),
            models.CheckConstraint(condition=Q(due_on__gte=models.F("opens_on")), name="submissions_task_due"),
        ]
        indexes = [models.Index(fields=["county", "period"], name="submissions_task_period")]


class Submission(models.Model):
    """The report that one organization owes for one task: a row of the ledger, written when the task is opened."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="submissions", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="submissions")
    unit_category = models.CharField(max_length=30)  # as on the day the task was opened
    state = models.CharField(max_length=20, choices=State, default=State.BLANK)
    # Whose turn it is to review; null where it is nobody's.
    reviewer_org = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    # The version that counts (submitted, passed or approved); null while nothing is with the reviewers.
    standing = models.ForeignKey("Version", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    first_submitted_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    times_returned = models.PositiveSmallIntegerField(default=0)
    is_in_correction = models.BooleanField(default=False)  # a correction of it is under way; it stays approved
    exempt_reason = models.CharField(_("Reason for exemption"), max_length=300, blank=True)
    exempted_at = models.DateTimeField(null=True)
    # Null and not "": SQLite adds such a column to the table in place, and need not take it from under the view flat_figures.
    exempt_requester = models.CharField(_("Requested by"), max_length=100, null=True)
    exempt_approver = models.CharField(_("Approved by"), max_length=100, null=True)
    exempted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    # A day of its own, always later than the task's, where the deadline was postponed for some units only.
    due_on = models.DateField(_("Due on"), null=True)
    due_reason = models.CharField(_("Reason for the postponement"), max_length=300, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "task", "organization"], name="submissions_submission_once"),
            models.UniqueConstraint(fields=["county", "standing"], name="submissions_standing_once"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="submissions_submission_approved_pair",
            ),
            models.CheckConstraint(
                condition=Q(exempted_at__isnull=True, exempted_by__isnull=True)
                | Q(exempted_at__isnull=False, exempted_by__isnull=False),
                name="submissions_submission_exempted_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["task", "state"], name="submissions_by_state"),
            models.Index(fields=["reviewer_org", "state"], name="submissions_to_review"),
        ]


class Version(models.Model):
    """The figures of one submission as one document. A draft changes; a sealed version never does."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    figures = FiguresField()
    explanations = models.JSONField(default=dict)  # check key -> what the unit says
    nil_report = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)  # counted up with every save of the draft
    recent_keys = models.JSONField(default=list)  # idempotency keys of the last saves
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField(null=True)
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of figures, explanations and nil report
    findings = models.JSONField(default=list)  # of the checks when it was sealed
    on_behalf = models.CharField(_("Entered on behalf, paper form"), max_length=200, blank=True)  # 代录
    # Derived from figures by indicators.measures.document_measures; written when sealed, checked by the verify command.
    measures = models.BinaryField(null=True)
    # The same made with earlier documents only where their reports are approved; null where that is the same.
    approved_measures = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "submission", "number"], name="submissions_version_number"),
            models.UniqueConstraint(
                fields=["county", "submission"], condition=Q(sealed_at__isnull=True), name="submissions_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True, sealed_by__isnull=True)
                | Q(sealed_at__isnull=False, sealed_by__isnull=False),
                name="submissions_version_sealed_pair",
            ),
        ]
        indexes = [models.Index(fields=["submission"], name="submissions_version_of")]


class Review(models.Model):
    """One act on a submission: submitted, withdrawn, passed, approved, returned with a reason per cell, exempted, corrected."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="reviews")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="reviews")
    act = models.CharField(max_length=20, choices=Act)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")  # in whose name
    reason = models.CharField(max_length=500, blank=True)
    cell_reasons = models.JSONField(default=dict)  # figure key -> reason
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Correction(models.Model):
    """A change of an approved report: requested with a reason, passed, approved; its result is one more sealed version."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="corrections", db_index=False)
    number = models.PositiveIntegerField()  # counted per submission
    base = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")  # the version that stood when requested
    figures = FiguresField()  # the new figures of the changed cells
    cleared = models.JSONField(default=list)  # keys of the cells that are to be not reported
    explanations = models.JSONField(default=dict)  # check key -> what the unit says
    reason = models.CharField(_("Reason"), max_length=500)
    evidence = models.CharField(_("Evidence"), max_length=500, blank=True)
    on_behalf = models.CharField(_("Entered on behalf, paper form"), max_length=200, blank=True)  # 代录
    state = models.CharField(max_length=20, choices=CorrectionState, default=CorrectionState.REQUESTED)
    # Whose turn it is to review; null once it is decided.
    reviewer_org = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    opinion = models.CharField(_("Opinion"), max_length=500, blank=True)  # why it was not agreed to
    result = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    passed_at = models.DateTimeField(null=True)  # below the county, last
    passed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "submission", "number"], name="submissions_correction_number"),
            models.UniqueConstraint(
                fields=["county", "submission"], condition=Q(state__in=OPEN_CORRECTION), name="submissions_one_open_correction"
            ),
            models.UniqueConstraint(fields=["county", "result"], name="submissions_correction_result_once"),
            models.CheckConstraint(
                condition=Q(passed_at__isnull=True, passed_by__isnull=True)
                | Q(passed_at__isnull=False, passed_by__isnull=False),
                name="submissions_correction_passed_pair",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_CORRECTION, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state__in=OPEN_CORRECTION) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="submissions_correction_decided_pair",
            ),
            models.CheckConstraint(
                condition=Q(state=CorrectionState.APPROVED, result__isnull=False)
                | (~Q(state=CorrectionState.APPROVED) & Q(result__isnull=True)),
                name="submissions_correction_result",
            ),
        ]
        indexes = [
            models.Index(fields=["reviewer_org", "state"], name="submissions_to_correct"),
            models.Index(fields=["submission", "state"], name="submissions_correction_of"),
        ]

    @property
    def changes(self) -> dict[str, Figure | None]:
        """Figure key -> the new figure; None for a cell that is to be not reported."""
        return {**self.figures, **dict.fromkeys(self.cleared)}


class HandOver(models.Model):
    """A report that waited for one organization's review went to another's, because its unit was moved."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="hand_overs")
    old = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    new = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["old", "at"], name="submissions_handed_from"),
            models.Index(fields=["new", "at"], name="submissions_handed_to"),
        ]


class CalendarDay(models.Model):
    """A day that a county itself declares off or working; it holds before the published calendar and before weekdays."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField(_("Day"))
    is_working = models.BooleanField(_("Working day"))
    name = models.CharField(_("Occasion"), max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "day"], name="submissions_calendar_day_once")]


class Notice(models.Model):
    """A reminder that stands at the top of a unit's home page until somebody of the unit has read it."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="notices")
    text = models.CharField(_("Text"), max_length=500)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)  # in whose name
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True) | Q(read_at__isnull=False, read_by__isnull=False),
                name="submissions_notice_read_pair",
            ),
        ]


class ChangeMark(models.Model):
    """A stamp renewed whenever anything that counts changes below an inner organization: sums of another stamp are stale."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    stamp = models.PositiveBigIntegerField(default=new_stamp)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "task", "organization"], name="submissions_change_mark_once"),
        ]


class Upload(models.Model):
    """One file that was put on the page, from its preview until it was taken in or thrown away; its bytes are kept no longer."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")  # where it was put in
    # Which task a table of anyone's making is for; one of our own forms says it itself.
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("File"), max_length=255)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)  # null once settled
    kind = models.CharField(max_length=40)
    verdict = models.CharField(max_length=10)  # submissions.imports.report.import_report.FileVerdict, or UNCHANGED there
    said = models.TextField(blank=True)
    revisions = models.JSONField(default=dict)  # submission id -> the revision the preview was made at
    mended = models.JSONField(default=dict)  # address -> the text a person confirmed or typed on the preview
    heads = models.JSONField(default=dict)  # address of a head -> what a person answered that it means
    put_at = models.DateTimeField()
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="submissions_upload_settled_pair",
            ),
        ]
        indexes = [models.Index(fields=["put_by", "-put_at"], name="submissions_upload_recent")]


class HeadName(models.Model):
    """The meaning of a head in the tables of one organization, as a person answered once; remembered for the next quarter."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=200)  # as indicators.catalogue.figure_matching.plain_name writes it
    means = models.CharField(max_length=200)  # "line:CODE:item", "unit:CODE", or "" for a head to pass over
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "organization", "form", "text"], name="submissions_head_name_once"),
        ]


class WorkbookKey(models.Model):
    """A key drawn from a SECRET_KEY under which workbooks of a county went out: they stay valid when that changes."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=64)  # hexadecimal

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "key"], name="submissions_workbook_key_once")]
