"""Answers that several pages give: a workbook under its name, and the sentence of a refused act."""

from urllib.parse import quote

import pytest
from django.http import HttpResponse

from submissions.core.conflicts import Conflict
from submissions.core.json_answers import refusals_as_pages, sentence_of, workbook_answer
from submissions.core.refusals import ActRefused
from submissions.states import NotNow


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ("a.xlsx", 'attachment; filename="a.xlsx"'),
        ("石桥村 季01表.xlsx", f"attachment; filename*=utf-8''{quote('石桥村 季01表.xlsx')}"),
    ],
)
def test_a_workbook_is_downloaded_under_its_name(name, disposition):
    answer = workbook_answer(b"PK", name)
    assert (answer.status_code, answer.content, answer["Content-Disposition"]) == (200, b"PK", disposition)
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize("refusal", [NotNow("不到时候"), ActRefused("不到时候"), Conflict("不到时候", 3, [])])
def test_every_refusal_has_its_sentence(refusal):
    assert sentence_of(refusal) == "不到时候"


def test_an_act_that_is_not_refused_answers_itself(rf):
    view = refusals_as_pages(lambda request, submission_id, **given: HttpResponse(f"{submission_id} {given}"))
    assert view(rf.get("/"), 7, page=2).content == b"7 {'page': 2}"
