"""Every layout that comes with the program, and every row type a county can choose, is offered, shown on the page and printed."""

from dataclasses import replace

import pytest
from django.utils import timezone

from orgs.accounts.accounts import system_operator
from orgs.choices import Role
from orgs.models import Organization
from reports.tables.county_layouts import make_layout
from reports.tables.layouts.ready import ready_layouts
from reports.tables.row_types.registry import ROW_TYPES, offered_rows
from tests.reports.identity_county import generated
from tests.reports.layout_county import exported
from tests.reports.people import rows_below, signed_in


@pytest.fixture
def client(story):
    generated(story, 3)
    return signed_in(Role.LEADER, "C")


def is_printed(story, client, code: str) -> bool:
    """On the page as in the workbook."""
    response = client.get(f"/exports/?period=2026Q3&layout={code}")
    book = exported(story, code)
    return bool(rows_below(response, "table is-printed")) and any(row[0] == "甲" for row in book.sheets[book.titles[1]])


def test_ready_layouts(story, client):
    offered = client.get("/exports/?period=2026Q3").content.decode()
    for code, layout in ready_layouts().items():
        assert f"{code} {layout.title}" in offered
        assert is_printed(story, client, code), code


def test_row_types_of_a_countys_own_layout(story, client):
    county = Organization.objects.get(code="C")
    for number, rows in enumerate(offered_rows()):
        layout = replace(ready_layouts()["R5"], code=f"县{number}", title=str(ROW_TYPES[rows].label), rows=rows)
        make_layout(county=county, layout=layout, by=system_operator(), at=timezone.now())
        assert is_printed(story, client, layout.code), rows
