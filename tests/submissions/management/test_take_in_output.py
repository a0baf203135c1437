"""The command's options beside the files: their task, answers to questions, whose name; answers are remembered."""

import io
import json
from copy import deepcopy

import pytest
from django.core.management import CommandError
from openpyxl import Workbook

from orgs.choices import Role
from submissions.models import HeadName
from tests.factories.orgs import a_post, a_user
from tests.factories.submissions import a_task
from tests.submissions.imports.conftest import a_desk
from tests.submissions.management.test_take_in import form, put, take_in


@pytest.fixture(scope="module")
def module_desk(module_db):
    return a_desk()


@pytest.fixture
def desk(module_desk, db):
    return deepcopy(module_desk)


def a_table(desk, *heads: str, title: str = "2026年第三季度") -> bytes:
    book = Workbook()
    book.active.title = "表"
    for row in ([title], ["村名", *heads], [desk.place.village.name, *range(7, 7 + len(heads))]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def answers(tmp_path, given) -> str:
    path = tmp_path / "answers.json"
    path.write_text(given if isinstance(given, str) else json.dumps(given), "utf-8")
    return str(path)


def test_form_period_and_units_are_always_named(desk, tmp_path):
    village = desk.place.village
    (result,) = take_in(put(tmp_path / "村.xlsx", form(desk, {"A": 12})))
    assert (result["form"], result["period"]) == ("季01表", "2026Q3")
    assert result["units"] == [{"org": village.code, "name": village.name, "changes": 1, "errors": 0, "refused": None}]
    (result,) = take_in(put(tmp_path / "汇总.xlsx", a_table(desk, "A")))
    assert (result["form"], result["period"], result["units"][0]["name"]) == ("季01表", "2026Q3", village.name)


def test_the_task_that_was_named(desk, tmp_path):
    a_task(desk.place.county, desk.task.form, period="2026Q2")
    path = put(tmp_path / "汇总.xlsx", a_table(desk, "A", title="情况表"))
    (result,) = take_in(path, "--task", "季01表:2026Q2")
    assert result["period"] == "2026Q2"
    (result,) = take_in(put(tmp_path / "村.xlsx", form(desk, {"A": 12})), "--task", "季01表:2026Q2", code=1)
    assert (result["verdict"], result["period"]) == ("refused", "2026Q3")


@pytest.mark.parametrize("task", ["季01表:2025Q2", "无:2026Q3", "季01表", "季01表:第三季度", "", ":"])
def test_a_task_that_is_none(desk, tmp_path, task):
    path = put(tmp_path / "村.xlsx", form(desk, {"A": 12}))
    with pytest.raises(CommandError, match="--task"):
        take_in(path, "--task", task or " ")


@pytest.mark.parametrize(
    "given",
    [
        {"表!C2": "line:B"}, {"heads": {"表!C2": "line:B"}}, {"汇总.xlsx": {"表!C2": "line:B"}}, {"*": {"heads": {"表!C2": "line:B"}}},
        {"*": {"表!C2": "line:A"}, "汇总.xlsx": {"heads": {"表!C2": "line:B"}, "cells": {}}},
    ],
)  # fmt: skip
def test_answers_about_heads_count_and_are_remembered(desk, tmp_path, given):
    path = put(tmp_path / "汇总.xlsx", a_table(desk, "A", "甲乙丙丁"))
    clerk = ("--by", desk.place.clerk.username)
    (result,) = take_in(path, "--answers", answers(tmp_path, given), *clerk)
    assert {change["indicator"]: change["new"] for change in result["changes"]} == {"A": "7", "B": "8"}
    assert not HeadName.objects.exists()
    take_in(path, "--accept", "--answers", answers(tmp_path, given), *clerk)
    assert desk.stored() == {"A": 7, "B": 8}
    (head,) = HeadName.objects.all()
    assert (head.organization_id, head.means, head.said_by_id) == (desk.place.village.pk, "line:B", desk.place.clerk.pk)
    (result,) = take_in(put(tmp_path / "下次.xlsx", a_table(desk, "A", "甲乙丙丁")), *clerk)
    assert not result["asked"]
    assert result["verdict"] == "preview"
    assert not result["changes"]


def test_of_a_clerk_with_two_posts_either_place_is_asked(desk, tmp_path):
    HeadName.objects.create(
        county=desk.place.county, organization=desk.place.village, form=desk.task.form, text="甲乙丙丁", means="line:B",
        said_at=desk.task.opened_at, said_by=desk.place.clerk,
    )  # fmt: skip
    both = a_user(Role.CLERK, desk.place.other_village)
    a_post(both, Role.CLERK, desk.place.village)
    (result,) = take_in(put(tmp_path / "汇总.xlsx", a_table(desk, "A", "甲乙丙丁")), "--by", both.username)
    assert [change["indicator"] for change in result["changes"]] == ["A", "B"]


def test_a_cell_is_mended_or_left_out(desk, tmp_path):
    path = put(tmp_path / "村.xlsx", form(desk, {"A": "1.2万", "B": 3}))
    (result,) = take_in(path)
    at = next(finding["address"] for finding in result["findings"] if finding["severity"] == "error")
    (result,) = take_in(path, "--answers", answers(tmp_path, {"村.xlsx": {"cells": {at: "12000"}}}))
    assert {change["indicator"]: change["new"] for change in result["changes"]} == {"A": "12000", "B": "3"}
    (result,) = take_in(path, "--answers", answers(tmp_path, {"*": {"cells": {at: ""}}}))
    assert [change["indicator"] for change in result["changes"]] == ["B"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("{", "no JSON"), ("[]", "write"), ("3", "write"), ({"别的.xlsx": {"表!C2": "line:B"}}, "none of the files"),
        ({"村.xlsx": "line:B", "*": {}}, "write"), ({"村.xlsx": {"表!C2": 7}}, "quotation marks"),
        ({"村.xlsx": {"cells": {"表!C2": None}}}, "quotation marks"), ("", "no JSON"),
    ],
)  # fmt: skip
def test_a_file_of_answers_that_is_none(desk, tmp_path, given, sentence):
    path = put(tmp_path / "村.xlsx", form(desk, {"A": 12}))
    with pytest.raises(CommandError, match=sentence):
        take_in(path, "--answers", answers(tmp_path, given), "--accept")
    assert desk.stored() == {}


def test_answers_that_are_not_there(desk, tmp_path):
    with pytest.raises(CommandError, match="cannot be opened"):
        take_in(put(tmp_path / "村.xlsx", form(desk, {"A": 12})), "--answers", str(tmp_path / "none.json"))


def test_an_answer_outside_of_the_file_is_refused(desk, tmp_path):
    path = put(tmp_path / "村.xlsx", form(desk, {"A": 12}))
    (result,) = take_in(path, "--answers", answers(tmp_path, {"村.xlsx": {"cells": {"别的!D7": "1"}}}), "--accept", code=1)
    assert "别的!D7" in result["said"]
    assert desk.stored() == {}
