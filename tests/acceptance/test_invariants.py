"""What holds in every county: parts and own make the whole, no change of the tree moves a county total of the past, then as now."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.periods import read_period
from orgs.models import Organization
from orgs.tree.restructuring import close, merge, move, open_organization, split
from reports.figures.answers.figure_query import figures
from reports.figures.output.grid import Grid
from tests.acceptance.sums import worlds
from tests.acceptance.sums.worlds import AT, World
from tests.reports.story import Story

pytestmark = pytest.mark.django_db
ADDING = ("F", "D", "S", "B", "B:甲", "N", "W", "L", "G", "H", "Z", "Y")
ON, TODAY = date(2026, 10, 5), date(2026, 12, 31)
HOUSE = settings(max_examples=8, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker, tmp_path_factory):
    story = Story(tmp_path_factory.mktemp("invariants"))
    with django_db_blocker.unblock(), transaction.atomic():
        story.run("load_catalogue", story._file("catalogue.csv", worlds.CATALOGUE_HEAD, worlds.CATALOGUE))
        yield story
        transaction.set_rollback(True)


def ask(period: str, org: str = "C", codes=ADDING, **given) -> Grid:
    top = Organization.objects.get(code=org)
    return figures(codes, periods=[read_period(period)], org=top, today=TODAY, **given)


def values(grid: Grid, row: int = 0) -> list[Decimal]:
    return [cell.value or Decimal(0) for cell in grid.rows[row].cells]


def sums(grid: Grid) -> list[Decimal]:
    """Every row below the total, added up; subtotals are not added again."""
    rows = [number for number, row in enumerate(grid.rows) if number and row.kind != "subtotal"]
    return [sum(column, Decimal(0)) for column in zip(*(values(grid, number) for number in rows), strict=True)] or [Decimal(0)]


@HOUSE
@given(plan=worlds.plans(), basis=st.sampled_from(["approved", "submitted"]))
def test_parts_and_own_make_the_whole(story, plan, basis):
    with transaction.atomic():
        world = World(story, plan)
        for period in (*world.periods, "2026"):
            total = values(ask(period, basis=basis, by="self"))
            for way in ("units", "unit_category"):
                grid = ask(period, basis=basis, by=way)
                assert values(grid) == total
                assert len(grid.rows) == 1 or sums(grid) == total
            children = ask(period, basis=basis)
            parts = [values(children, number) for number in range(1, len(children.rows))]
            assert [sum(column, Decimal(0)) for column in zip(*parts, strict=True)] == total
        transaction.set_rollback(True)


def past(world: World) -> list[list[Decimal]]:
    return [values(ask(period, basis=basis, by="self")) for period in world.periods for basis in ("approved", "submitted")]


def past_as_of_now(world: World) -> list[list[Decimal]]:
    return [values(ask(period, basis=basis, tree="now")) for period in world.periods for basis in ("approved", "submitted")]


@HOUSE
@given(plan=worlds.plans(), data=st.data())
def test_moving_merging_and_splitting_move_no_total_of_the_past(story, plan, data):
    """After the quarters: some units move, merge across townships, are split or close; every county total stays."""
    with transaction.atomic():
        world = World(story, plan)
        before, rows_before = past(world), [[row.org for row in ask(period).rows] for period in world.periods]
        for number in range(3):
            restructure(world, data, number)
        assert past(world) == before
        assert past_as_of_now(world) == before
        assert [[row.org for row in ask(period).rows] for period in world.periods] == rows_before
        for period in world.periods:
            now = ask(period, tree="now")
            parts = [values(now, number) for number in range(1, len(now.rows))]
            assert [sum(column, Decimal(0)) for column in zip(*parts, strict=True)] == values(now)
        transaction.set_rollback(True)


def restructure(world: World, data, number: int) -> None:
    """One change of a unit that stands since before the day; each is changed once."""
    standing = Organization.objects.filter(code__startswith="V", placements__valid_from__lt=ON, placements__valid_to=None)
    codes = sorted(standing.values_list("code", flat=True))
    if not codes:
        return
    unit = Organization.objects.get(code=data.draw(st.sampled_from(codes)))
    kind = data.draw(st.sampled_from(["move", "merge", "split", "divide", "close"]))
    home, other = (Organization.objects.get(code=code) for code in data.draw(st.permutations(["TA", "TB"])))
    arguments = {"on": ON, "by": world.by, "at": AT}
    if kind == "move":
        stands_at = unit.placements.get(valid_to=None).parent
        move(organization=unit, parent=other if stands_at == home else home, **arguments)
    elif kind == "merge":
        heir = Organization.objects.get(code=f"{home.code}0")
        merge(predecessors=[unit, heir], successor=heir, **arguments)
    elif kind == "close":
        close(organization=unit, **arguments)
    else:
        heirs = [
            open_organization(
                code=f"N{number}{parent.code}", name="新设村", parent=parent, unit_category="village", **arguments
            )
            for parent in (home, other)
        ]
        shares = (Decimal("0.3"), Decimal("0.7")) if kind == "split" else (None, None)
        split(predecessor=unit, successors=dict(zip(heirs, shares, strict=True)), **arguments)
