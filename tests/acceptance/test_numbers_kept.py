"""Two thousand numbers through every door and back: form, script, grid, comma file, workbook → database → pages → workbook → file (6)."""

import csv
import json
import random
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from indicators.values.documents import NA
from orgs.choices import Role
from submissions.models import Submission
from tests.factories.indicators import make_form, make_indicator
from tests.factories.orgs import a_county, a_township, a_user, an_organization
from tests.reports.people import client_of, rows_of
from tests.reports.story import Story

LINES = {f"N{number:02d}": number % 5 for number in range(80)}  # code -> decimals
DOORS = ("script", "form", "grid", "comma file", "workbook")
UNITS = {f"3501000{door}{number:02d}": DOORS[door] for door in range(5) for number in range(5)}
FULL_WIDTH = str.maketrans("0123456789.-,", "０１２３４５６７８９．－，")
Figures = dict[str, int | Decimal | str | None]


def drawn(dice: random.Random) -> Figures:
    """One unit's figures: blanks, 不适用, zeros, and numbers of any length the system takes."""
    return {code: _figure(dice, decimals) for code, decimals in LINES.items()}


def _figure(dice: random.Random, decimals: int):
    kind = dice.random()
    if kind < 0.2:
        return (None, NA, 0, 0)[int(kind * 20)]
    value = Decimal(dice.randint(-(10**15), 10**15) // 10 ** dice.randint(0, 14)) + Decimal(dice.randint(0, 9999)).scaleb(-4)
    value = round(value, decimals) if abs(value) < 10**15 else Decimal(1)
    return int(value) if value == int(value) else value


def written(dice: random.Random, figure) -> str:
    """As somebody in an office may write it."""
    if figure is None:
        return dice.choice(["", " ", "-", "—", "－"])
    if figure == NA:
        return dice.choice(["NA", "/", "不适用", "n/a"])
    text = f"{figure:,f}" if isinstance(figure, Decimal) else f"{figure:,}"
    text = dice.choice([text, text.replace(",", "")])
    return dice.choice([text, f" {text} ", f"\t{text}\u3000", text.translate(FULL_WIDTH)])


@pytest.fixture
def world(story) -> Story:
    county = a_county("350100")
    township = a_township("35010001", county)
    for code in UNITS:
        an_organization(code, parent=township, name=f"{code}村")
    for code, decimals in LINES.items():
        make_indicator(code, decimals=decimals, negative_allowed=True)
    make_form("大表", tuple(LINES))
    story.open("大表", "2026Q1", "2026Q2")
    story.clerk = client_of(a_user(Role.CLERK, township))
    story.officer = client_of(a_user(Role.OFFICER, county))
    story.township = township
    dice = random.Random(20261)
    story.figures_of = {code: drawn(dice) for code in UNITS}
    story.texts = {code: {key: written(dice, value) for key, value in story.figures_of[code].items()} for code in UNITS}
    return story


def submission(code: str, period: str = "2026Q1") -> Submission:
    return Submission.objects.select_related("task").get(organization__code=code, task__period=period)


def by_script(world, code: str) -> None:
    body = {"revision": 0, "key": code, "changes": world.texts[code], "explanations": {}, "nil_report": False}
    address = reverse("submissions:save", args=[submission(code).pk])
    assert world.clerk.post(address, json.dumps(body), content_type="application/json").status_code == 200


def by_form(world, code: str) -> None:
    fields = {"revision": "0", "loaded": "{}", "act": "save"} | {f"f-{key}": text for key, text in world.texts[code].items()}
    assert world.clerk.post(reverse("submissions:fill", args=[submission(code).pk]), fields).status_code == 302


def by_grid(world, codes: list[str]) -> None:
    rows = {code: submission(code) for code in codes}
    fields = {"act": "save", "on_behalf": "纸质表", "loaded": "{}"}
    for code, row in rows.items():
        fields |= {f"revision-{row.pk}": "0"} | {f"f-{row.pk}-{key}": text for key, text in world.texts[code].items()}
    address = reverse("submissions:grid", args=[row.task_id, world.township.pk])
    assert world.clerk.post(address, fields).status_code == 302


def table_of(world, codes: list[str]) -> list[tuple]:
    return [("大表", "2026Q1", code, key, "", text) for code in codes for key, text in world.texts[code].items()]


def by_comma_file(world, codes: list[str]) -> None:
    load(world, table_of(world, codes), "draft")


def load(world, rows: list[tuple], state: str) -> None:
    path = world.folder / "numbers.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows([("form", "period", "org_code", "indicator_code", "item", "value"), *rows])
    world.run("load_figures", str(path), "--state", state)


def by_workbook(world, codes: list[str]) -> None:
    """Numbers as numbers where a cell can hold them, else as text."""
    book = openpyxl.Workbook()
    book.active.append(("form", "period", "org_code", "indicator_code", "item", "value"))
    for code in codes:
        for key, figure in world.figures_of[code].items():
            is_number = not isinstance(figure, str | None) and len(Decimal(figure).as_tuple().digits) <= 15
            book.active.append(("大表", "2026Q1", code, key, "", figure if is_number else world.texts[code][key]))
    path = world.folder / "numbers.xlsx"
    book.save(path)
    world.run("load_figures", str(path), "--state", "draft")


def enter_everything(world) -> None:
    behind = {door: [code for code, own in UNITS.items() if own == door] for door in DOORS}
    for code in behind["script"]:
        by_script(world, code)
    for code in behind["form"]:
        by_form(world, code)
    by_grid(world, behind["grid"])
    by_comma_file(world, behind["comma file"])
    by_workbook(world, behind["workbook"])


def stored(code: str, period: str = "2026Q1") -> Figures:
    """What the newest document holds, blanks as None; a fraction that is whole counts as the whole number."""
    figures = submission(code, period).versions.order_by("-number").first().figures
    return {key: figures.get(key) for key in LINES}


def differing(right: Figures, found: Figures) -> dict:
    """Values and types: 12 and 12.0 are one number, and "NA" is none."""
    return {
        key: (right[key], found[key])
        for key in LINES
        if right[key] != found[key] or isinstance(right[key], str) != isinstance(found[key], str)
    }


def in_the_workbook(world) -> dict[str, Figures]:
    """The exported summary by unit, read cell by cell; a number too long for a cell stands there as text."""
    path = world.folder / "summary.xlsx"
    world.run("export", "R2", "--period", "2026Q1", "--org", "350100", "--form", "大表", "--out", str(path))
    sheet = openpyxl.load_workbook(path)["大表"]
    rows = {row[2].value: [cell.value for cell in row[3:]] for row in sheet.iter_rows() if row[2].value in UNITS}
    return {code: dict(zip(LINES, map(_of_cell, row), strict=False)) for code, row in rows.items()}


def _of_cell(value):
    if value is None or value == "":
        return None
    return NA if value == "N/A" else Decimal(str(value).replace(",", ""))


def on_the_page(world, code: str) -> Figures:
    rows = rows_of(world.officer.get(reverse("submissions:detail", args=[submission(code).pk])))
    return {key: _of_text(row[2]) for key, row in zip(LINES, rows, strict=True)}


def _of_text(text: str):
    """不适用 is the only word a figure's cell may say."""
    if not text:
        return None
    return Decimal(text.replace(",", "")) if text[-1].isdigit() else NA


def test_every_number_is_kept_to_the_last_digit(world):
    enter_everything(world)
    wrong = {code: differing(world.figures_of[code], stored(code)) for code in UNITS}
    assert {code: found for code, found in wrong.items() if found} == {}

    load(world, [row for code in UNITS for row in table_of(world, [code])], "approved")
    printed, shown = in_the_workbook(world), {code: on_the_page(world, code) for code in UNITS}
    for face in (printed, shown):
        assert {code: found for code in UNITS if (found := differing(world.figures_of[code], face[code]))} == {}

    back = [
        ("大表", "2026Q2", code, key, "", "" if value is None else str(value))
        for code in UNITS
        for key, value in printed[code].items()
    ]
    load(world, back, "approved")
    assert {code: found for code in UNITS if (found := differing(stored(code), stored(code, "2026Q2")))} == {}
