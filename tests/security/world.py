"""Two counties with their people and one open task: the ground of the walk through all addresses."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from indicators.models import Check, Form, Indicator
from indicators.periods import read_period
from orgs.choices import Role
from orgs.models import Organization, User
from orgs.tree.restructuring import record_opening
from reports.external.actions import put_table
from reports.figures.output.cells import SUBMITTED
from reports.models import Release
from reports.releases.issuing import issue
from reports.releases.orders import ReleaseOrder
from reports.tables.county_layouts import make_layout
from reports.tables.export import Options
from reports.tables.layouts.ready import ready_layouts
from submissions.corrections.actions import request_correction
from submissions.imports.service.uploads import put_upload
from submissions.models import Correction, HeadName, Notice, Submission, Task, Upload
from submissions.review.actions import approve
from tests.factories.indicators import make_check
from tests.factories.orgs import a_county, a_township, a_user, an_organization
from tests.factories.submissions import a_task, send, submission_of
from tests.factories.upper_tables import a_blank_table

DUE = date(2099, 1, 10)


@dataclass(frozen=True)
class World:
    """What belongs to the clerk of one village, and everybody who is or is not concerned. `people` by role or by "sibling" …

    `submission` is still to be filled, `sent` (of the quarter before) waits for the township's review, `approved` (of
    the one before that) is approved and has a `correction` under way. `upload`: a file that the
    village's clerk put in.
    """

    county: Organization
    township: Organization
    village: Organization
    task: Task
    submission: Submission
    sent: Submission
    check: Check
    upload: Upload
    upper_table_id: int
    layout_id: int
    release_id: int
    head_id: int
    approved: Submission
    correction: Correction
    notice_id: int
    succession_id: int
    people: dict[str, User]

    @property
    def ids(self) -> dict[str, int]:
        """What the question of an address may name: "org={village}"."""
        return {"county": self.county.pk, "township": self.township.pk, "village": self.village.pk, "task": self.task.pk}

    @property
    def indicator_id(self) -> int:
        return self.task.form.lines.values_list("indicator_id", flat=True).first()

    def post_of(self, person: str) -> int:
        return self.people[person].posts.get().pk


def a_world() -> World:
    county, elsewhere = a_county("350001", "石桥县"), a_county("350002", "柳河县")
    township, other_township = a_township("35000101", county), a_township("35000102", county)
    village, sibling = an_organization("3500010101", parent=township), an_organization("3500010102", parent=township)
    far_village, foreign_village = (
        an_organization("3500010201", parent=other_township),
        an_organization("35000201", parent=elsewhere),
    )
    now = timezone.now()
    task, earlier, first = (a_task(county, period=period, due_on=DUE, at=now) for period in ("2026Q3", "2026Q2", "2026Q1"))
    for definitions in (Indicator.objects, Form.objects):  # the county's own
        definitions.update(owner=county)
    task.form.refresh_from_db()
    people = {role.value: a_user(role, county) for role in Role if role not in (Role.CLERK, Role.REVIEWER)}
    people |= {
        "clerk": a_user(Role.CLERK, village),
        "reviewer": a_user(Role.REVIEWER, township),
        "township_clerk": a_user(Role.CLERK, township),
        "sibling": a_user(Role.CLERK, sibling),
        "far_clerk": a_user(Role.CLERK, far_village),
        "far_reviewer": a_user(Role.REVIEWER, other_township),
        "foreign_clerk": a_user(Role.CLERK, foreign_village),
        "foreign_officer": a_user(Role.OFFICER, elsewhere),
        "foreign_leader": a_user(Role.LEADER, elsewhere),
        "foreign_system_admin": a_user(Role.SYSTEM_ADMIN, elsewhere),
        "foreign_security_admin": a_user(Role.SECURITY_ADMIN, elsewhere),
        "foreign_auditor": a_user(Role.AUDITOR, elsewhere),
        "nobody": a_user(),
    }
    sent = submission_of(earlier, village)
    send(sent, by=people["clerk"], at=now)
    approved = submission_of(first, village)
    send(approved, by=people["clerk"], at=now)
    for person in ("reviewer", "officer"):
        approve(submission=submission_of(first, village), version_number=1, by=people[person], at=now)
    approved.refresh_from_db()
    correction = request_correction(
        submission=approved, version_number=1, changes={"A": 2}, reason="漏报", by=people["clerk"], at=now
    )
    check = make_check(task.form, "{A} >= 0")
    upload, _result = put_upload(
        name="表.csv", content="甲,1\n".encode(), organization=village, task=None, by=people["clerk"], at=now
    )
    put = put_table(county=county, name="上级表", file_name="表.xlsx", content=a_blank_table(), by=people["officer"], at=now)
    laid_out = replace(ready_layouts()["R5"], code="县01")
    own = make_layout(county=county, layout=laid_out, by=people["officer"], at=now)
    head = HeadName.objects.create(
        county=county, organization=village, form=task.form, text="受理", means="line:A", said_at=now, said_by=people["clerk"]
    )
    notice = Notice.objects.create(
        county=county, submission=submission_of(task, village), text="请报送", organization=township, sent_at=now,
        sent_by=people["reviewer"],
    )  # fmt: skip
    opened = record_opening(organization=far_village, on=DUE, by=people["officer"], at=now)
    return World(
        county, township, village, task, submission_of(task, village), submission_of(earlier, village), check, upload,
        put.kept.edition.table_id, own.pk, _a_release(village, people["officer"], now).pk, head.pk, approved, correction,
        notice.pk, opened.succession.pk, people,
    )  # fmt: skip


def _a_release(village: Organization, by: User, at) -> Release:
    """The village's own table of the quarter before, as its officer issued it."""
    order = ReleaseOrder(
        ready_layouts()["R1"], "", read_period("2026Q2"), village, Options(SUBMITTED), "石桥村季报", accepts_open=True
    )  # fmt: skip
    return issue(order, by=by, at=at).release
