"""Which rows a leaf belongs to, and in what order they stand, over a county drawn by hand."""

import pytest

from orgs.tree.trees import Node, Tree, path_of
from reports.figures.plan.rows import CATEGORY, CHILDREN, DISTRICT, LINE, SELF, UNITS, RowHead, in_order, keys_for

TITLES = {"own": "%(name)s itself", "no_line": "No line"}


def node(org_id: int, parent: int | None, category: str, order: int = 0, **given) -> Node:
    standing = {"district_id": None, "line_id": None} | given
    path = path_of([org_id] if parent is None else [parent, org_id])
    return Node(org_id, f"C{org_id}", f"Name {org_id}", "", "committee", category, False, order, parent, path=path, **standing)


# A county with two townships, a department and an industry committee; township 2 has two villages, township 3 none.
TREE = Tree([
    node(1, None, "county"),
    node(2, 1, "township", 2),
    node(3, 1, "township", 1),
    node(4, 1, "department", 3),
    node(5, 1, "industry_committee", 4),
    node(6, 2, "village", line_id=5),
    node(7, 2, "village", 1, district_id=3),
    node(8, 5, "private_enterprise", district_id=2),
])  # fmt: skip


@pytest.mark.parametrize(
    ("by", "org_id", "keys"),
    [
        (SELF, 1, [("total", 1)]),
        (SELF, 6, [("total", 1)]),
        (CHILDREN, 1, [("total", 1), ("own", 1)]),
        (CHILDREN, 6, [("total", 1), ("branch", 2)]),
        (CHILDREN, 3, [("total", 1), ("branch", 3)]),
        (CHILDREN, 99, []),
        (UNITS, 6, [("total", 1), ("branch", 2), ("unit", 6)]),
        (UNITS, 3, [("total", 1), ("unit", 3)]),
        (UNITS, 4, [("total", 1), ("branch", 4), ("unit", 4)]),  # others stand below it in another tree
        (CATEGORY, 1, [("total", 1), ("category", "county")]),
        (CATEGORY, 8, [("total", 1), ("category", "private_enterprise")]),
        (DISTRICT, 6, [("total", 1), ("branch", 2)]),
        (DISTRICT, 7, [("total", 1), ("branch", 3)]),
        (DISTRICT, 8, [("total", 1), ("branch", 2)]),
        (LINE, 6, [("total", 1), ("branch", 5)]),
        (LINE, 7, [("total", 1), ("apart", "no_line")]),
        (LINE, 8, [("total", 1), ("branch", 5)]),
        (LINE, 4, [("total", 1), ("branch", 4)]),
        (LINE, 3, [("total", 1), ("apart", "no_line")]),
    ],
)
def test_the_rows_of_a_leaf(by, org_id, keys):
    assert list(keys_for(by, TREE, 1, inner={4})(org_id)) == keys


def test_of_a_township_alone():
    keys = keys_for(CHILDREN, TREE, 2)
    assert [keys(org_id) for org_id in (2, 6, 3)] == [(("total", 2), ("own", 2)), (("total", 2), ("branch", 6)), ()]


def heads(by: str, *found, top: int = 1, elsewhere=None, inner=(1, 2, 5)) -> list[tuple]:
    made = in_order(by, TREE, TREE[top], {("total", top), *found}, TITLES, elsewhere or {}, set(inner))
    for head in made:
        kind, place = head.key
        assert head.org == {"apart": "", "category": place}.get(kind, f"C{place}")
    return [(*head.key, head.name, head.kind, head.level, head.is_unit) for head in made]


TOTAL = ("total", 1, "Name 1", "total", 0, False)


def test_the_total_comes_first_then_brothers_in_their_order():
    assert heads(CHILDREN, ("own", 1), ("branch", 2), ("branch", 3), ("branch", 4)) == [
        TOTAL,
        ("own", 1, "Name 1 itself", "own", 1, True),
        ("branch", 3, "Name 3", "unit", 1, True),
        ("branch", 2, "Name 2", "subtotal", 1, False),
        ("branch", 4, "Name 4", "unit", 1, True),
    ]


def test_units_below_their_townships():
    assert heads(UNITS, ("branch", 2), ("unit", 2), ("unit", 6), ("unit", 7), ("unit", 3)) == [
        TOTAL,
        ("unit", 3, "Name 3", "unit", 1, True),
        ("branch", 2, "Name 2", "subtotal", 1, False),
        ("unit", 2, "Name 2 itself", "own", 2, True),
        ("unit", 6, "Name 6", "unit", 2, True),
        ("unit", 7, "Name 7", "unit", 2, True),
    ]


def test_a_township_that_answers_alone_has_one_row():
    assert heads(UNITS, ("branch", 2), ("unit", 2)) == [TOTAL, ("unit", 2, "Name 2", "unit", 1, True)]


def test_groups_are_no_units():
    assert heads(DISTRICT, ("branch", 2), ("branch", 3)) == [
        TOTAL, ("branch", 3, "Name 3", "group", 1, False), ("branch", 2, "Name 2", "group", 1, False),
    ]  # fmt: skip
    assert heads(LINE, ("branch", 5), ("apart", "no_line")) == [
        TOTAL, ("branch", 5, "Name 5", "group", 1, False), ("apart", "no_line", "No line", "group", 1, False),
    ]  # fmt: skip
    assert [head[1] for head in heads(CATEGORY, ("category", "village"), ("category", "township"))] == [
        1,
        "township",
        "village",
    ]


def test_who_never_had_anybody_below_is_its_own_total():
    assert heads(CHILDREN, ("own", 3), top=3, inner=()) == [("total", 3, "Name 3", "total", 0, True)]
    assert [head[0] for head in heads(CHILDREN, ("own", 3), ("branch", 9), top=3, inner=())] == ["total", "own"]


def test_who_is_closed_since_follows():
    closed = node(9, 1, "township")
    assert heads(CHILDREN, ("branch", 9), ("branch", 3), elsewhere={9: closed, 3: TREE[3]}) == [
        TOTAL, ("branch", 3, "Name 3", "unit", 1, True), ("branch", 9, "Name 9", "unit", 1, True),
    ]  # fmt: skip


def test_a_row_says_where_it_stands():
    [total] = in_order(SELF, TREE, TREE[2], {("total", 2)}, TITLES, {}, {2})
    assert total == RowHead(("total", 2), "C2", "Name 2", "total", 0, False)
