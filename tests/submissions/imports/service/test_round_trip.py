"""Over generated forms: export and import changes nothing; export, edit k cells, import changes exactly those k. Real files throughout."""

from contextlib import contextmanager
from copy import deepcopy

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.values.documents import NA
from orgs.accounts.accounts import system_operator
from spreadsheets.read.files import read_file
from submissions.imports.report.import_report import FileVerdict, Weight
from submissions.imports.report.scope import operator_scope
from submissions.imports.service.import_service import accept, weigh
from submissions.models import Task
from submissions.workbooks.stamps import Shape
from submissions.workbooks.workbook import form_workbook
from tests.factories.submissions import AT, a_place, a_task, fill, submission_of
from tests.submissions.imports.filled import filled
from tests.submissions.imports.generated import figures, forms

EXAMPLES = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture(scope="module")
def module_place(module_db):
    return a_place()


@pytest.fixture
def place(module_place, db):
    return deepcopy(module_place)


@contextmanager
def undone():
    """Each example in a transaction that leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class World:
    """A task with what its villages reported so far, and its form as a file."""

    def __init__(self, place, drawn, data):
        self.place, self.data = place, data
        task = a_task(place.county, drawn.made("F"))
        self.task = Task.objects.select_related("form", "county").get(pk=task.pk)
        self.scope = operator_scope(system_operator(), AT.date())
        self.villages = (place.village,) if drawn.shape == Shape.UNIT else (place.village, place.other_village)
        self.lines = [line for line in self.task.layout.typed if line.asks("village")]
        self.stored = {}
        for village in self.villages:
            document = {line.key: data.draw(figures(line)) for line in self.lines if data.draw(st.booleans())}
            fill(submission_of(self.task, village), document, by=place.clerk)
            self.stored |= {(village.code, key): figure for key, figure in document.items()}
        above = place.village if drawn.shape == Shape.UNIT else place.township
        self.file = form_workbook(task=self.task, organization=above, shape=drawn.shape, by=place.clerk, at=AT)

    def edits(self) -> dict[tuple[str, str], object]:
        """Some cells with something else than what stands: (unit, key) -> figure, None where it is cleared."""
        found = {}
        for village in self.villages:
            for line in self.lines:
                if self.data.draw(st.booleans()):
                    continue
                place = (village.code, line.key)
                new = self.data.draw(figures(line) | st.none())
                if new != self.stored.get(place):
                    found[place] = new
        return found

    def weigh(self, content: bytes):
        return weigh(self.file.name, read_file(content, self.file.name), self.scope)


def typed(figure) -> object:
    """As a person types it."""
    return "清空" if figure is None else "不适用" if figure == NA else figure


@EXAMPLES
@given(drawn=forms(), data=st.data())
def test_export_and_import_changes_nothing(place, drawn, data):
    with undone():
        world = World(place, drawn, data)
        result = world.weigh(world.file.content)
        verdict = FileVerdict.PREVIEW if result.has_figures else FileVerdict.REFUSED  # an empty form says nothing
        assert (result.verdict, result.is_unchanged, list(result.changes())) == (verdict, result.has_figures, [])
        assert result.has_figures is bool(world.stored)
        assert not result.remarks
        assert not [remark for unit in result.units for remark in unit.remarks]
        saved = world.weigh(filled(world.file.content, {}))
        assert not list(saved.changes())


@EXAMPLES
@given(drawn=forms(), data=st.data())
def test_export_edit_and_import_changes_exactly_what_was_edited(place, drawn, data):
    with undone():
        world = World(place, drawn, data)
        edits = world.edits()
        content = filled(world.file.content, {place: typed(figure) for place, figure in edits.items()})
        result = world.weigh(content)
        assert {(unit.org, change.key): change.figure for unit, change in result.changes()} == edits
        assert not [remark for unit in result.units for remark in unit.remarks if remark.weight == Weight.ERROR]
        done = accept(world.file.name, read_file(content, world.file.name), world.scope, by=world.place.clerk, at=AT)
        assert done.verdict == FileVerdict.ACCEPTED
        assert not list(world.weigh(content).changes())
        for village in world.villages:
            version = submission_of(world.task, village).versions.first()
            after = {key: figure for (code, key), figure in (world.stored | edits).items() if code == village.code}
            kept = version.figures if version else {}
            assert kept == {key: figure for key, figure in after.items() if figure is not None}
