"""The rows in which a unit counts: the total, a child, a district, a line of industry, a category, itself."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass

from orgs.choices import UnitCategory
from orgs.tree.trees import Node, Tree

SELF, CHILDREN, DISTRICT, LINE, CATEGORY, UNITS = "self", "children", "district", "line", "unit_category", "units"
GROUPINGS = (SELF, CHILDREN, DISTRICT, LINE, CATEGORY, UNITS)

Key = tuple[str, int | str]  # ("total", org), ("own", org), ("branch", org), ("unit", org), ("category", text), ("apart", text)


@dataclass(frozen=True)
class RowHead:
    """A row without its cells: its key, name, kind and place in the order."""

    key: Key
    org: str
    name: str
    kind: str  # total, subtotal, own, unit, group
    level: int
    is_unit: bool = False  # one unit's own answer, also if it is the total


def keys_for(by: str, tree: Tree, top_id: int, inner: Collection[int] = ()) -> Callable[[int], tuple[Key, ...]]:
    """A function from a leaf's organization to the rows in which it counts; none if it is not below `top`.

    `inner`: organizations with a subtotal that have nobody below them in this tree but have in another.
    """
    place = {SELF: _nowhere, CHILDREN: _child, DISTRICT: _district, LINE: _line, CATEGORY: _category, UNITS: _unit_in(inner)}[
        by
    ]

    def keys(org_id: int) -> tuple[Key, ...]:
        if org_id == top_id:
            own = ("category", tree[org_id].unit_category) if by == CATEGORY else ("own", org_id)
            return (("total", top_id),) if by == SELF else (("total", top_id), own)
        child = tree.child_towards(top_id, org_id) if org_id in tree else None
        return () if child is None else (("total", top_id), *place(tree, top_id, child, tree[org_id]))

    return keys


def _nowhere(tree: Tree, top_id: int, child: Node, leaf: Node) -> tuple[Key, ...]:
    return ()


def _child(tree: Tree, top_id: int, child: Node, leaf: Node) -> tuple[Key, ...]:
    return (("branch", child.id),)


def _unit_in(inner: Collection[int]):
    """A unit's own row, and its township's subtotal if it has one."""

    def unit(tree: Tree, top_id: int, child: Node, leaf: Node) -> tuple[Key, ...]:
        has_subtotal = tree.is_inner(child.id) or child.id in inner
        return (("branch", child.id), ("unit", leaf.id)) if has_subtotal else (("unit", leaf.id),)

    return unit


def _district(tree: Tree, top_id: int, child: Node, leaf: Node) -> tuple[Key, ...]:
    """属地: the district set for the unit or for an organization above it; otherwise its place in the tree."""
    return (("branch", tree.district_towards(top_id, leaf.id).id),)


def _line(tree: Tree, top_id: int, child: Node, leaf: Node) -> tuple[Key, ...]:
    """行业: the line set for the unit or above it; an industry committee or department is its own line."""
    line_id = tree.inherited(leaf.id, "line_id")
    found = tree.child_towards(top_id, line_id) if line_id is not None else None
    if found is None and child.unit_category in (UnitCategory.INDUSTRY_COMMITTEE, UnitCategory.DEPARTMENT):
        found = child
    return (("branch", found.id),) if found else (("apart", "no_line"),)


def _category(tree: Tree, top_id: int, child: Node, leaf: Node) -> tuple[Key, ...]:
    return (("category", leaf.unit_category),)


def in_order(
    by: str, tree: Tree, top: Node, found: set[Key], titles: dict[str, str], elsewhere: dict[int, Node], inner: Collection[int]
) -> list[RowHead]:
    """The rows with anything in them, the total always first, in the county's fixed order.

    `elsewhere`: nodes of organizations that are not in `tree` (closed in the meantime); they follow. `titles`: names of own,
    category and apart rows. `inner`: organizations with others below them in any of the trees; such a row is not one unit's.
    """
    heads = [RowHead(("total", top.id), top.code, top.name, "total", 0, top.id not in inner)]
    # An organization that never had anybody below it is its own total; a separate row would only repeat it.
    if ("own", top.id) in found and (tree.is_inner(top.id) or found - {("total", top.id), ("own", top.id)}):
        heads.append(RowHead(("own", top.id), top.code, titles["own"] % {"name": top.label}, "own", 1, True))
    for category in UnitCategory:
        if ("category", category.value) in found:
            heads.append(RowHead(("category", category.value), category.value, str(category.label), "group", 1))
    nodes = [*tree.walk(top.id), *(node for org_id, node in elsewhere.items() if org_id not in tree)]
    alone = _alone(tree, top.id, found)
    for node in nodes:
        heads += _heads_of(by, tree, node, found, titles, node.id in alone, inner)
    heads += [RowHead(key, "", titles[key[1]], "group", 1) for key in sorted(found, key=str) if key[0] == "apart"]
    return heads


def _alone(tree: Tree, top_id: int, found: set[Key]) -> set[int]:
    """Townships that answer for themselves and have no other unit: their own row is enough, a subtotal would only repeat it."""
    towards = (tree.child_towards(top_id, org_id) for kind, org_id in found if kind == "unit" and org_id in tree)
    units = Counter(child.id for child in towards if child is not None)
    return {org_id for org_id, count in units.items() if count == 1 and ("unit", org_id) in found}


def _heads_of(
    by: str, tree: Tree, node: Node, found: set[Key], titles: dict[str, str], is_alone: bool, inner: Collection[int]
) -> list[RowHead]:
    if is_alone:
        return [RowHead(("unit", node.id), node.code, node.name, "unit", 1, True)]
    heads = []
    is_inner = tree.is_inner(node.id) or (by == UNITS and ("branch", node.id) in found)
    if ("branch", node.id) in found:
        kind = "group" if by in (DISTRICT, LINE) else "subtotal" if is_inner else "unit"
        heads.append(RowHead(("branch", node.id), node.code, node.name, kind, 1, kind == "unit" and node.id not in inner))
    if ("unit", node.id) in found:
        name = titles["own"] % {"name": node.label} if is_inner else node.name
        heads.append(RowHead(("unit", node.id), node.code, name, "own" if is_inner else "unit", 2, True))
    return heads
