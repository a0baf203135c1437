"""Every odd number text at every door is taken as specified or refused at its place (8); the kinds of nothing stay apart (9)."""

import csv
import json

import openpyxl
import pytest
from django.urls import reverse

from indicators.values.documents import NA
from indicators.values.number_parser import PlainLine
from orgs.choices import Role
from submissions.models import Submission, Version
from tests.factories.indicators import make_form, make_indicator
from tests.factories.orgs import a_county, a_user, an_organization
from tests.indicators.values.test_number_parser import CHANGE, MONEY, PEOPLE, REFUSED, SHARE, TAKEN
from tests.reports.people import client_of
from tests.reports.story import Story

CODES = {id(PEOPLE): "PEOPLE", id(MONEY): "MONEY", id(SHARE): "SHARE", id(CHANGE): "CHANGE"}
TEXTS = [(text, CODES[id(line)], figure) for text, line, figure in TAKEN if text is not None and id(line) in CODES]
ODD = [(text, CODES[id(line)]) for text, line, *_sentence in REFUSED if id(line) in CODES]
HEAD = ("form", "period", "org_code", "indicator_code", "item", "value")


@pytest.fixture(scope="module")
def module_world(module_story) -> Story:
    """A county with as many villages as a file needs, and a form with a line of each kind."""
    county = a_county("C")
    for number in range(max(len(TEXTS), 20)):
        an_organization(f"V{number:02d}", parent=county)
    for line in (PEOPLE, MONEY, SHARE, CHANGE):
        make_indicator(CODES[id(line)], **_definition(line))
    make_form("F", tuple(CODES.values()))
    module_story.open("F", "2026Q1")
    module_story.clerk = client_of(a_user(Role.CLERK, county))
    return module_story


@pytest.fixture
def world(module_world, db, tmp_path) -> Story:
    return module_world.in_folder(tmp_path)


def _definition(line: PlainLine) -> dict:
    names = ("unit", "decimals", "na_allowed", "negative_allowed")
    return {name: getattr(line, name) for name in names}


def rows_of(pairs: list[tuple[str, str]]) -> list[tuple]:
    """(text, code) -> a row of the file each, in the report of a village of its own."""
    return [("F", "2026Q1", f"V{number:02d}", code, "", text) for number, (text, code) in enumerate(pairs)]


def load(world, rows: list[tuple]) -> None:
    path = world.folder / "odd.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEAD, *rows])
    world.run("load_figures", str(path), "--state", "draft")


def save(world, number: int, code: str, text: str):
    """The script's save of one cell of one village, in the state it is in."""
    submission = Submission.objects.get(organization__code=f"V{number:02d}")
    newest = submission.versions.first()
    body = {"revision": newest.revision if newest else 0, "key": f"{number}{code}{text!r}"[:60], "changes": {code: text}}
    return world.clerk.post(
        reverse("submissions:save", args=[submission.pk]), json.dumps(body), content_type="application/json"
    )


def stored() -> dict[str, dict]:
    return {
        version.submission.organization.code: version.figures
        for version in Version.objects.select_related("submission__organization")
    }


def same(right, found) -> bool:
    return right == found and isinstance(right, str) == isinstance(found, str)


def test_what_is_taken_is_the_same_number_at_every_door(world):
    load(world, rows_of([(text, code) for text, code, _figure in TEXTS]))
    by_file = stored()
    Version.objects.all().delete()
    Submission.objects.update(state="blank")
    for number, (text, code, _figure) in enumerate(TEXTS):
        assert save(world, number, code, text).status_code == 200, text
    by_script = stored()
    for number, (text, code, figure) in enumerate(TEXTS):
        for kept in (by_file, by_script):
            assert same(figure, kept.get(f"V{number:02d}", {}).get(code)), (text, code)


@pytest.mark.parametrize("start", range(0, len(ODD), 20))
def test_what_is_refused_is_named_with_its_row_and_nothing_is_kept(world, start):
    odd = ODD[start : start + 20]
    with pytest.raises(SystemExit):
        load(world, rows_of(odd))
    named = [line.split("odd.csv:")[1].split(": ")[:2] for line in world.error_output.splitlines() if "odd.csv:" in line]
    assert named == [[str(number), "value"] for number in range(2, 2 + len(odd))]
    assert not Version.objects.exists()


def test_what_is_refused_is_reported_at_its_cell_and_the_old_number_stays(world):
    for number in range(20):
        assert save(world, number, "PEOPLE", "41").status_code == 200
    for number, (text, code) in enumerate(ODD):
        answer = save(world, number % 20, code, text)
        data = answer.json()
        assert data.get("errors", {}).get(code) or data["readings"][code]["error"], (text, data)
    assert all(figures == {"PEOPLE": 41} for figures in stored().values())


def workbook(world, values: list) -> str:
    """A workbook with a value per village, and a 1 beside each so that no report is empty."""
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    for number, value in enumerate(values):
        book.active.append(("F", "2026Q1", f"V{number:02d}", "PEOPLE", "", value))
        book.active.append(("F", "2026Q1", f"V{number:02d}", "CHANGE", "", 1))
    path = world.folder / "nothing.xlsx"
    book.save(path)
    return str(path)


def test_an_empty_cell_zero_dashes_and_a_stroke_are_three_things(world):
    world.run("load_figures", workbook(world, [None, 0, "--", "/"]), "--state", "draft")
    assert [stored()[f"V{number:02d}"].get("PEOPLE", "") for number in range(4)] == ["", 0, "", NA]


@pytest.mark.parametrize(
    ("value", "place"), [("无", "nothing.xlsx:4: value:"), ("#DIV/0!", "nothing.xlsx:4: F:"), ("=1+1", "nothing.xlsx:4: F:")]
)
def test_none_in_words_an_error_and_a_formula_never_computed_are_asked_back(world, value, place):
    with pytest.raises(SystemExit):
        world.run("load_figures", workbook(world, [7, value]), "--state", "draft")
    assert place in world.error_output
    assert stored() == {}
