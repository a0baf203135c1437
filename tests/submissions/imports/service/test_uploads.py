"""A file from its preview until it is taken in or thrown away: kept, mended, accepted, dropped, each with its event."""

import json
from copy import deepcopy
from datetime import timedelta

import pytest

from audit.models import Event
from orgs.accounts.access import Refused
from orgs.choices import Role
from submissions.core.access import upload_to_see
from submissions.core.refusals import ActRefused
from submissions.imports.report.import_report import FileVerdict
from submissions.imports.service.stored_uploads import preview_of
from submissions.imports.service.uploads import KEPT, accept_upload, drop_upload, mend_upload, put_upload
from submissions.models import Upload, Version
from submissions.workbooks.stamps import Shape
from submissions.workbooks.workbook import form_workbook
from tests.factories.orgs import a_user
from tests.factories.submissions import AT, LATER, fill
from tests.submissions.imports.conftest import a_desk
from tests.submissions.imports.filled import filled

DAY = AT.date()


@pytest.fixture(scope="module")
def module_desk(module_db):
    return a_desk()


@pytest.fixture
def desk(module_desk, db):
    return deepcopy(module_desk)


def content_of(desk, figures, organization=None, shape=Shape.UNIT) -> bytes:
    """A form of ours as it comes back: {(unit, key): what is typed}."""
    organization = organization or desk.place.village
    made = form_workbook(task=desk.task, organization=organization, shape=shape, by=desk.place.clerk, at=AT)
    return filled(made.content, figures)


def put(desk, figures, *, by=None, at=AT):
    typed = {(desk.place.village.code, key): value for key, value in figures.items()}
    by = by or desk.place.clerk
    return put_upload(
        name="村.xlsx", content=content_of(desk, typed), organization=desk.place.village, task=None, by=by, at=at
    )  # fmt: skip


def accept(upload, *, by, units=None):
    return accept_upload(upload=upload, sha256=upload.sha256, units=units, by=by, at=LATER)


def kinds() -> list[str]:
    events = Event.objects.filter(kind__regex="^(upload|submission)").order_by("sequence")
    return list(events.values_list("kind", flat=True))


def test_put_and_accepted(desk):
    upload, result = put(desk, {"A": 12})
    assert (result.verdict, upload.verdict, upload.kind, upload.settled_at) == (FileVerdict.PREVIEW, "preview", "form", None)
    assert upload.revisions == {str(desk.report().pk): 0}
    assert not Version.objects.exists()
    assert accept(upload, by=desk.place.clerk).verdict == FileVerdict.ACCEPTED
    stored = Upload.objects.get()
    assert (stored.content, stored.settled_at, stored.verdict) == (None, LATER, "accepted")
    assert upload.settled_at == LATER
    assert desk.stored() == {"A": 12}
    assert kinds() == ["upload.put", "submission.taken_in", "upload.accepted"]
    event = Event.objects.get(kind="submission.taken_in")
    assert json.loads(event.data)["_sha256"] == upload.sha256


def test_the_confirmation_is_of_one_file(desk):
    upload, _result = put(desk, {"A": 12})
    with pytest.raises(ActRefused, match="not the one"):
        accept_upload(upload=upload, sha256="0" * 64, units=None, by=desk.place.clerk, at=LATER)
    assert not Version.objects.exists()


def test_a_settled_file_is_not_taken_in_again(desk):
    upload, _result = put(desk, {"A": 12})
    accept(upload, by=desk.place.clerk)
    for act in (
        lambda: accept(upload, by=desk.place.clerk),
        lambda: mend_upload(upload=upload, mended={}, heads={}, by=desk.place.clerk, at=LATER),
    ):
        with pytest.raises(ActRefused, match="already"):
            act()


def test_the_same_file_put_again_is_the_same_upload(desk):
    content = content_of(desk, {(desk.place.village.code, "A"): 12})
    facts = {"name": "村.xlsx", "content": content, "organization": desk.place.village, "task": None, "by": desk.place.clerk}
    (first, _), (second, _) = put_upload(**facts, at=AT), put_upload(**facts, at=LATER)
    assert first.pk == second.pk
    assert kinds() == ["upload.put"]


def test_mended_and_given_back(desk):
    upload, result = put(desk, {"A": "1.2万"})
    (remark,) = result.units[0].remarks
    assert remark.suggestion == "12000"
    result = mend_upload(upload=upload, mended={remark.address: "12000"}, heads={}, by=desk.place.clerk, at=AT)
    assert [change.figure for _unit, change in result.changes()] == [12000]
    assert upload.mended == {remark.address: "12000"}
    result = mend_upload(upload=upload, mended={remark.address: None}, heads={}, by=desk.place.clerk, at=AT)
    assert result.units[0].has_errors
    assert upload.mended == {}
    mend_upload(upload=upload, mended={remark.address: "7"}, heads={}, by=desk.place.clerk, at=AT)
    accept(upload, by=desk.place.clerk)
    assert desk.stored() == {"A": 7}
    assert kinds()[1:4] == ["upload.mended"] * 3


def test_what_is_left_keeps_the_file_open(desk):
    clerk = a_user(Role.CLERK, desk.place.township)
    one, two = desk.place.village, desk.place.other_village
    content = content_of(desk, {(one.code, "A"): 1, (two.code, "A"): "1.2.3"}, desk.place.township, Shape.GRID)
    upload, result = put_upload(name="镇.xlsx", content=content, organization=desk.place.township, task=None, by=clerk, at=AT)
    assert accept(upload, by=clerk).verdict == FileVerdict.PARTLY
    assert upload.settled_at is None
    (address,) = [remark.address for unit in result.units for remark in unit.remarks]
    mend_upload(upload=upload, mended={address: "3"}, heads={}, by=clerk, at=LATER)
    assert accept(upload, by=clerk).verdict == FileVerdict.ACCEPTED
    assert (desk.stored(one), desk.stored(two)) == ({"A": 1}, {"A": 3})
    assert Upload.objects.get().content is None


def test_somebody_saved_after_the_preview(desk):
    upload, _result = put(desk, {"A": 12})
    fill(desk.report(), {"B": 3}, by=a_user(Role.CLERK, desk.place.village, name="李同"))
    assert "李同" in preview_of(upload, DAY).units[0].refused
    result = accept(upload, by=desk.place.clerk)
    assert result.verdict == FileVerdict.REFUSED
    assert (Upload.objects.get().verdict, upload.verdict) == ("preview", "preview")  # it can be looked at anew
    assert kinds() == ["upload.put", "submission.saved"]
    assert desk.stored() == {"B": 3}
    assert mend_upload(upload=upload, mended={}, heads={}, by=desk.place.clerk, at=LATER).verdict == FileVerdict.PREVIEW
    accept(upload, by=desk.place.clerk)
    assert desk.stored() == {"A": 12, "B": 3}


def test_thrown_away(desk):
    upload, _result = put(desk, {"A": 12})
    drop_upload(upload=upload, by=desk.place.clerk, at=LATER)
    drop_upload(upload=upload, by=desk.place.clerk, at=LATER)
    assert (Upload.objects.get().content, upload.settled_at) == (None, LATER)
    assert kinds() == ["upload.put", "upload.dropped"]


def test_whoever_puts_the_next_file_clears_stale_ones_away(desk):
    stale, _result = put(desk, {"A": 12})
    fresh, _result = put(desk, {"A": 13}, at=AT + KEPT - timedelta(hours=1))
    put(desk, {"A": 14}, at=AT + KEPT + timedelta(hours=1))
    stale.refresh_from_db()
    fresh.refresh_from_db()
    assert stale.settled_at is not None
    assert stale.content is None
    assert fresh.settled_at is None


def test_what_cannot_be_read_is_not_kept(desk):
    upload, result = put_upload(
        name="图.xlsx", content=b"\x89PNG\r\n\x1a\n" + bytes(100), organization=desk.place.village, task=None,
        by=desk.place.clerk, at=AT,
    )  # fmt: skip
    assert result.verdict == FileVerdict.REFUSED
    assert upload.said == result.sentence
    assert Upload.objects.get().content is None


def test_only_whoever_put_it_in_sees_it(desk):
    upload, _result = put(desk, {"A": 12})
    assert upload_to_see(desk.place.clerk, upload.pk, DAY) == upload
    colleague = a_user(Role.CLERK, desk.place.village)
    for stranger in (colleague, desk.place.stranger, desk.place.officer):
        with pytest.raises(Refused):
            upload_to_see(stranger, upload.pk, DAY)
