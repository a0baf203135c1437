"""Several people at the same moment: one effect of many acceptances, and of two who write the same report only one wins."""

import pytest

from audit.models import Event
from orgs.choices import Role
from submissions.core.conflicts import Conflict
from submissions.core.refusals import ActRefused
from submissions.filling.draft_actions import save_draft
from submissions.imports.report.import_report import FileResult, FileVerdict
from submissions.imports.service.uploads import accept_upload, put_upload
from submissions.models import Upload, Version
from submissions.workbooks.stamps import Shape
from submissions.workbooks.workbook import form_workbook
from tests.factories.orgs import a_user
from tests.factories.submissions import AT, submission_of
from tests.submissions.core.racing import race
from tests.submissions.imports.conftest import a_desk
from tests.submissions.imports.filled import filled

pytestmark = pytest.mark.django_db(transaction=True)


def content_of(desk, figure: int) -> bytes:
    village = desk.place.village
    made = form_workbook(task=desk.task, organization=village, shape=Shape.UNIT, by=desk.place.clerk, at=AT)
    return filled(made.content, {(village.code, "A"): figure})


def put(desk, figure: int, by=None) -> Upload:
    upload, _result = put_upload(
        name=f"{figure}.xlsx", content=content_of(desk, figure), organization=desk.place.village, task=None,
        by=by or desk.place.clerk, at=AT,
    )  # fmt: skip
    return upload


def accept(upload: Upload) -> FileResult:
    fresh = Upload.objects.select_related("organization", "put_by").get(pk=upload.pk)
    return accept_upload(upload=fresh, sha256=upload.sha256, units=None, by=fresh.put_by, at=AT)


def test_one_file_accepted_by_eight_clicks_has_one_effect():
    desk = a_desk()
    upload = put(desk, 12)
    results = race(8, lambda _number: accept(upload), together=8)
    taken = [result for result in results if isinstance(result, FileResult)]
    assert [result.verdict for result in taken] == [FileVerdict.ACCEPTED]
    assert all(isinstance(result, FileResult | ActRefused) for result in results)
    assert Event.objects.filter(kind="submission.taken_in").count() == 1
    assert Event.objects.filter(kind="upload.accepted").count() == 1
    assert Version.objects.get().revision == 1


def test_of_two_files_for_one_unit_one_is_refused_with_the_name_of_the_other():
    desk = a_desk()
    colleague = a_user(Role.CLERK, desk.place.village, name="李同")
    uploads = [put(desk, 1), put(desk, 2, by=colleague)]
    results = race(2, lambda number: accept(uploads[number]))
    verdicts = {result.verdict for result in results}
    assert verdicts == {FileVerdict.ACCEPTED, FileVerdict.REFUSED}
    (won,) = [number for number, result in enumerate(results) if result.verdict == FileVerdict.ACCEPTED]
    assert desk.stored() == {"A": won + 1}
    assert uploads[won].put_by.name in results[1 - won].sentence


def test_a_save_on_the_page_and_a_file_at_once_lose_nothing():
    desk = a_desk()
    upload = put(desk, 12)
    report = submission_of(desk.task, desk.place.village)

    def act(number: int):
        if number:
            return save_draft(submission=report, changes={"B": 5}, revision=0, key="k", by=desk.place.clerk, at=AT)
        return accept(upload)

    result, saved = race(2, act)
    if isinstance(saved, Conflict):
        assert (result.verdict, desk.stored()) == (FileVerdict.ACCEPTED, {"A": 12})
    else:
        assert (result.verdict, desk.stored()) == (FileVerdict.REFUSED, {"B": 5})
