"""verify finds every byte, version, edition and number of a release that is not what was issued; reprinting refuses."""

from pathlib import Path

import pytest
from django.core.management import CommandError

from reports.models import Release
from reports.verification.releases import releases_are_as_issued
from submissions.models import Version
from tests.reports.releases.correcting import correct, issue, quarter, reprint
from tests.reports.story import Story

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def module_county(module_story) -> Story:
    return quarter(module_story)


@pytest.fixture
def editions(module_county, db, tmp_path) -> Story:
    """Two editions of one table."""
    story = module_county.in_folder(tmp_path)
    issue(story)
    correct("V", "2026Q1", {"A": 12})
    issue(story)
    return story


def faults() -> list[str]:
    return [sentence.partition(": ")[2] for sentence in releases_are_as_issued()]


def test_what_was_issued_holds(editions):
    assert faults() == []


WORKBOOK = "its workbook is not the one that was issued: the digest differs."
PACKAGE = "what is frozen with it is not what was issued: the digest differs."
AUDIT = "the audit trail records another digest of it."


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"workbook": b"PK\x03\x04"}, [WORKBOOK]),
        ({"sha256": "0" * 64}, [WORKBOOK, PACKAGE, AUDIT]),
        ({"package_sha256": "0" * 64}, [PACKAGE, AUDIT]),
        ({"tables": "[]"}, [PACKAGE]),
        ({"tables": "[{}]"}, [PACKAGE, "what is frozen with it can not be read."]),
        ({"sources": "{"}, [PACKAGE, "what is frozen with it can not be read."]),
        ({"title": "别的"}, [PACKAGE]),
        ({"note": "别的"}, [PACKAGE]),
        ({"open_reports": 3}, [PACKAGE]),
        ({"definition": {"code": "R2"}}, [PACKAGE]),
        ({"period": "2026Q2"}, [PACKAGE, "it is no next edition of the release that it replaces."]),
        ({"previous": None}, [PACKAGE, "it is no next edition of the release that it replaces."]),
        ({"serial": 9}, [PACKAGE]),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_every_change_is_found(editions, changed, found):
    Release.objects.filter(edition=2).update(**changed)
    assert faults() == found


def test_a_version_that_was_changed_or_is_gone_is_found(editions):
    Version.objects.filter(submission__organization__code="X", submission__task__period="2026Q1").update(digest="0" * 64)
    assert faults() == ["1 of the versions that it counted are gone or were changed."] * 2


def test_a_release_that_is_gone_is_found(editions):
    Release.objects.filter(edition=2).delete()
    assert [sentence[-20:] for sentence in releases_are_as_issued()] == ["was issued and is gone."[-20:]]


def test_damaged_bytes_are_not_printed_again(editions):
    release = Release.objects.get(edition=1)
    Release.objects.filter(pk=release.pk).update(workbook=b"PK\x03\x04")
    with pytest.raises(CommandError, match="no longer has its digest"):
        reprint(editions, release.number)
    assert not Path(editions.folder / f"{release.number}.xlsx").exists()
    assert editions.run("reprint", Release.objects.get(edition=2).number, "--out", str(editions.folder / "b.xlsx"))
