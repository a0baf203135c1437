"""Thirty clerks' files for one township: most is ready at once, nothing is wrong, no head is asked about twice, next quarter none."""

import pytest

from submissions.imports.report.import_report import FileResult, FileVerdict
from submissions.imports.service.uploads import accept_upload, mend_upload, put_upload
from submissions.models import Upload, Version
from tests.factories.submissions import AT, a_task
from tests.submissions.imports.tables.county import Township, a_township_with_villages
from tests.submissions.imports.tables.township_hands import SentFile, sent_files


def _put(township: Township, sent: SentFile, task) -> tuple[Upload, FileResult]:
    facts = {"organization": township.place, "task": task, "by": township.clerk, "at": AT}
    return put_upload(name=sent.name, content=sent.content, **facts)


def _ready(result: FileResult) -> dict[tuple[str, str], str]:
    return {(unit.org, change.key): change.new for unit, change in result.changes() if unit.is_ready}


def _whole(sent: SentFile) -> dict[tuple[str, str], str]:
    return {(sent.village.code, key): str(figure) for key, figure in sent.truth.items()}


def _take_in(township: Township, sent: SentFile, task) -> tuple[int, list[str]]:
    """How many of its figures were ready at once, and the heads that were asked about before all were."""
    upload, result = _put(township, sent, task)
    at_once = _ready(result)
    assert at_once.items() <= _whole(sent).items(), sent.name
    asked = [head for head in result.heads if head.is_asked]
    assert {question.what for question in result.questions} <= {"head"}, sent.name
    if asked:
        answers = {head.address: sent.means.get(head.text, "") for head in asked}
        result = mend_upload(upload=upload, mended={}, heads=answers, by=township.clerk, at=AT)
    assert _ready(result) == _whole(sent), sent.name
    result = accept_upload(upload=upload, sha256=upload.sha256, units=None, by=township.clerk, at=AT)
    assert result.verdict == FileVerdict.ACCEPTED, sent.name
    return len(at_once), [head.remembered_as or head.text for head in asked]


@pytest.mark.django_db
def test_thirty_files_of_different_hands():
    township = a_township_with_villages()
    files = sent_files(3)
    ready, asked = 0, []
    for sent in files:
        count, heads = _take_in(township, sent, township.task)
        ready, asked = ready + count, asked + heads
    assert len(asked) == len(set(asked))
    assert ready >= 0.6 * sum(len(sent.truth) for sent in files)
    stored = {
        (version.submission.organization.code, key): str(figure)
        for version in Version.objects.select_related("submission__organization")
        for key, figure in version.figures.items()
    }
    assert stored == {whose: figure for sent in files for whose, figure in _whole(sent).items()}
    later = a_task(township.county, township.form, period="2026Q4", due_on=AT.date().replace(year=2027))
    for sent in sent_files(4):
        count, heads = _take_in(township, sent, later)
        assert (count, heads) == (len(sent.truth), []), sent.name
