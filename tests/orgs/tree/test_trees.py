"""The tree on a day: order, ancestors, the child towards; paths and their branches."""

import pytest

from orgs.tree.trees import Node, Tree, after_branch, ids_of, path_of


def node(pk: int, parent: int | None, order: int = 0, code: str = "") -> Node:
    return Node(pk, code or f"C{pk}", f"N{pk}", "", "branch", "village", False, order, parent, None, None, "")


TREE = Tree([node(1, None), node(2, 1, 2), node(3, 1, 1), node(4, 2), node(5, 2, 0, "A")])


def test_brothers_stand_in_the_fixed_order_then_by_code():
    assert [child.id for child in TREE.children(1)] == [3, 2]
    assert [child.id for child in TREE.children(2)] == [5, 4]


def test_walk_is_depth_first():
    assert [found.id for found in TREE.walk(1)] == [1, 3, 2, 5, 4]
    assert list(TREE.walk(99)) == []


def test_ancestors_go_up_to_the_root():
    assert [found.id for found in TREE.ancestors(4)] == [2, 1]
    assert TREE.ancestors(1) == []


@pytest.mark.parametrize(("top", "org", "child"), [(1, 4, 2), (1, 2, 2), (2, 4, 4), (3, 4, None), (1, 1, None)])
def test_child_towards(top, org, child):
    found = TREE.child_towards(top, org)
    assert (found and found.id) == child


def test_a_path_is_read_back_as_its_ids():
    assert ids_of(path_of([1, 22, 333])) == [1, 22, 333]
    assert ids_of("") == []


@pytest.mark.parametrize(("pk", "inside"), [(21, False), (22, True), (23, False), (220, False)])
def test_after_branch_bounds_the_branch(pk, inside):
    top, other = path_of([1, 22]), path_of([1, pk, 7])
    assert (top <= other < after_branch(top)) is inside
