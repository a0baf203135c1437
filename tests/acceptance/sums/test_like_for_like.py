"""Every change against the slow oracle: plain between complete sums, over the units of both otherwise, under any row and basis."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.periods import read_period
from orgs.models import Organization
from reports.figures.answers.figure_query import figures
from reports.figures.output.grid import Change, FigureCell
from tests.acceptance.sums import worlds
from tests.acceptance.sums.oracle import Told
from tests.acceptance.sums.test_oracle import EXACT_ENOUGH, members
from tests.acceptance.sums.worlds import RULES, World
from tests.reports.story import Story

pytestmark = pytest.mark.django_db
HOUSE = settings(max_examples=10, suppress_health_check=list(HealthCheck))
WAYS = ("self", "children", "units", "unit_category")
BASES = ("approved", "submitted")
RATIOS = ("R", "RS", "RM")

Inside = Callable[[str, str], bool]


@pytest.fixture(scope="module")
def counties(django_db_setup, django_db_blocker, tmp_path_factory):
    """The catalogue of worlds.py; each example undoes what it adds."""
    story = Story(tmp_path_factory.mktemp("like_for_like"))
    with django_db_blocker.unblock(), transaction.atomic():
        story.run("load_catalogue", story._file("catalogue.csv", worlds.CATALOGUE_HEAD, worlds.CATALOGUE))
        yield story
        transaction.set_rollback(True)


def counted(cell: Told, basis: str) -> int:
    return cell.approved if basis == "approved" else cell.reported


def compare(world: World, where: str, way: str, basis: str, period: str) -> None:
    """Every change of one question."""
    before = str(read_period(period).previous())
    grid = figures(
        tuple(RULES), periods=[read_period(period)], org=Organization.objects.get(code=where), by=way, basis=basis,
        compare=["prev"], today=date(2026, 12, 31),
    )  # fmt: skip
    for row in grid.rows:
        inside = members(world, where, way, row)
        for column, cell in zip(grid.columns, row.cells, strict=True):
            check(world, column.key, (period, before), inside, basis, cell, (where, way, row.org, row.kind))


def check(world: World, key: str, periods: tuple[str, str], inside: Inside, basis: str, cell: FigureCell, what: tuple) -> None:
    book = world.book
    now, then = (book.cell(key, [one], inside, basis, False) for one in periods)
    what = (*what, key, *periods, basis)
    assert cell.is_complete == (counted(now, basis) == now.expected), what
    found = cell.compare["prev"]
    if now.value is None or then.value is None:
        assert (found.change, found.percent, found.same_units) == (None, None, None), what
    elif counted(now, basis) == now.expected and counted(then, basis) == then.expected:
        assert found.same_units is None, what
        same(found, now.value, then.value, key, what)
    else:
        assert (found.change, found.percent) == (None, None), what
        both = {org for org in book.ledger[periods[0]] if all(gave(book, key, org, one, inside, basis) for one in periods)}
        assert found.same_units.units == len(both), what
        values = [book.cell(key, [one], lambda org, _period: org in both, basis, False).value for one in periods]
        same(found.same_units, *values, key, what)


def gave(book, key: str, org: str, period: str, inside: Inside, basis: str) -> bool:
    """Whether the unit stands in the row and its number counts."""
    if org not in book.ledger[period] or not inside(org, period):
        return False
    return counted(book.cell(key, [period], lambda one, _period: one == org, basis, False), basis) == 1


def same(found: Change, now: Fraction | None, then: Fraction | None, key: str, what: tuple) -> None:
    """The difference, and the growth where it means something."""
    if now is None or then is None:
        assert (found.change, found.percent) == (None, None), what
        return
    assert abs(Fraction(found.change) - (now - then)) < EXACT_ENOUGH, what
    if key in RATIOS or then <= 0:
        assert found.percent is None, what
    else:
        assert abs(Fraction(found.percent) - (now - then) * 100 / then) < EXACT_ENOUGH, what


def questions(world: World) -> list[tuple[str, str, str, str]]:
    places = [unit.code for unit in world.plan.units if unit.code in ("C", "TA", "TC", "V0")]
    return list(product(places, WAYS, BASES, world.periods[1:]))


@HOUSE
@given(plan=worlds.plans().filter(lambda plan: plan.quarters > 1), data=st.data())
def test_every_change_is_made_as_by_hand(counties, plan, data):
    with transaction.atomic():
        world = World(counties, plan)
        for _step in range(3):
            for question in data.draw(st.lists(st.sampled_from(questions(world)), min_size=6, max_size=6, unique=True)):
                compare(world, *question)
            name, period = data.draw(st.sampled_from(list(worlds.ACTS))), data.draw(st.sampled_from(world.periods))
            world.act(name, period, data.draw(st.integers(0, 99)), data.draw(worlds.documents()))
        transaction.set_rollback(True)
