"""Over generated forms: out and in again changes nothing; out, k cells edited, in again changes exactly those k (T66)."""

import io
from copy import deepcopy
from decimal import Decimal
from itertools import count

import openpyxl
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.choices import Kind
from indicators.values.documents import NA
from spreadsheets.read.files import read_file
from submissions.imports.report.import_report import Weight
from submissions.imports.report.scope import scope_of
from submissions.imports.service.import_service import weigh
from submissions.models import Task
from submissions.workbooks.stamps import Shape
from submissions.workbooks.workbook import form_workbook
from tests.factories.indicators import make_form, make_indicator
from tests.factories.orgs import a_user
from tests.factories.submissions import AT, Place, a_place, a_task, fill, submission_of
from tests.submissions.workbooks.world import columns_of, rows_of

_NUMBER = count(1)
LINES = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from([Kind.FLOW, Kind.STOCK, Kind.CUMULATIVE]),
            "decimals": st.integers(0, 3),
            "negative_allowed": st.booleans(),
            "items": st.sampled_from([(), ("男", "女"), ("=甲", "乙:丙", "丁|戊")]),
        }
    ),
    min_size=1,
    max_size=5,
)


@pytest.fixture(scope="module")
def module_place(module_db) -> Place:
    return a_place()


@pytest.fixture
def place(module_place, db) -> Place:
    return deepcopy(module_place)


def open_task(place: Place, lines: list[dict]) -> Task:
    """A form over these lines and a ratio of the first with itself."""
    form = next(_NUMBER)
    codes = [f"L{form}-{number}" for number in range(len(lines))]
    for code, fields in zip(codes, lines, strict=True):
        make_indicator(code, **fields)
    make_indicator(f"R{form}", numerator=f"{{{codes[0]}}}", denominator=f"{{{codes[-1]}}}")
    task = a_task(place.county, make_form(f"表{form}", (*codes, f"R{form}")))
    return Task.objects.select_related("form", "county").get(pk=task.pk)


def figures_for(data, line):
    """Something the line takes, or not applicable."""
    least = -(10**6) if line.negative_allowed else 0
    number = st.integers(least, 10**6).map(lambda digits: Decimal(digits).scaleb(-line.decimals))
    figure = data.draw(st.one_of(number, st.just(NA)))
    return figure if figure == NA else int(figure) if figure == int(figure) else figure.normalize() + 0


def weighed(content: bytes, by):
    return weigh("form.xlsx", read_file(content, "form.xlsx"), scope_of(by, AT.date()))


def edited(content: bytes, edits: dict, shape: Shape, place: Place) -> bytes:
    """The same file with other figures typed into its cells, saved by a program that keeps no results of formulas."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for (code, key), figure in edits.items():
        sheet = book.worksheets[[place.village.code, place.other_village.code].index(code) if shape == Shape.SHEETS else 0]
        row, column = (code, key) if shape == Shape.GRID else (key, "now")
        sheet[f"{columns_of(sheet)[column]}{rows_of(sheet)[row]}"] = "不适用" if figure == NA else figure
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES, shape=st.sampled_from([Shape.SHEETS, Shape.GRID]), data=st.data())
def test_what_went_out_comes_in_as_it_was_and_edits_as_they_are(place, lines, shape, data):
    with transaction.atomic():
        clerk = a_user("clerk", place.township)
        task = open_task(place, lines)
        kept = {}
        for village in (place.village, place.other_village):
            chosen = [line for line in task.layout.typed if data.draw(st.booleans())]
            figures = {line.key: figures_for(data, line) for line in chosen}
            if figures:
                fill(submission_of(task, village), figures, by=clerk, on_behalf="纸质表")
            kept |= {(village.code, key): figure for key, figure in figures.items()}
        content = form_workbook(task=task, organization=place.township, shape=shape, by=clerk, at=AT).content
        same = weighed(content, clerk)
        assert list(same.changes()) == []
        assert not [one for unit in same.units for one in unit.remarks if one.weight == Weight.ERROR]

        cells = [(village.code, line) for village in (place.village, place.other_village) for line in task.layout.typed]
        edits = {(code, line.key): figures_for(data, line) for code, line in cells if data.draw(st.booleans())}
        found = {
            (unit.org, change.key): change.figure
            for unit, change in weighed(edited(content, edits, shape, place), clerk).changes()
        }
        assert found == {place: figure for place, figure in edits.items() if kept.get(place) != figure}
        transaction.set_rollback(True)
