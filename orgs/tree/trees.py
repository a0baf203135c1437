"""The tree on one day, as plain values: parents, children in the county's fixed order, ancestors."""

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

PATH_STEP = 8  # digits of one organization id in a path


class Node(NamedTuple):
    """One organization and its place on the day. A tuple: a page makes thousands of them."""

    id: int
    code: str
    name: str
    short_name: str
    org_type: str
    unit_category: str
    is_functional: bool
    sort_order: int
    parent_id: int | None
    district_id: int | None
    line_id: int | None
    path: str

    @property
    def label(self) -> str:
        return self.short_name or self.name


class Tree:
    """All organizations placed on one day. Order among siblings: sort_order, then code: never the alphabet, never pinyin."""

    def __init__(self, nodes: Iterable[Node], inner_ids: Collection[int] = ()):
        """`inner_ids`: organizations known to have others below them that are not among the nodes."""
        self.nodes: dict[int, Node] = {node.id: node for node in nodes}
        self._inner_ids = inner_ids

    @cached_property
    def _children(self) -> dict[int | None, list[Node]]:
        families: dict[int | None, list[Node]] = {}
        for node in sorted(self.nodes.values(), key=lambda node: (node.sort_order, node.code)):
            families.setdefault(node.parent_id if node.parent_id in self.nodes else None, []).append(node)
        return families

    def __contains__(self, org_id: int) -> bool:
        return org_id in self.nodes

    def __getitem__(self, org_id: int) -> Node:
        return self.nodes[org_id]

    def roots(self) -> list[Node]:
        return self._children.get(None, [])

    def children(self, org_id: int) -> list[Node]:
        return self._children.get(org_id, [])

    def is_inner(self, org_id: int) -> bool:
        return org_id in self._inner_ids or bool(self._children.get(org_id))

    def inner_ids(self) -> set[int]:
        """The organizations with others below them."""
        return {*self._inner_ids, *(parent_id for parent_id in self._children if parent_id is not None)}

    def walk(self, org_id: int) -> Iterator[Node]:
        """The organization and everything below it, depth first, in the fixed order."""
        stack = [self.nodes[org_id]] if org_id in self.nodes else []
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(self.children(node.id)))

    def ancestors(self, org_id: int) -> list[Node]:
        """From the parent up to the root."""
        found: list[Node] = []
        node = self.nodes.get(org_id)
        while node is not None and node.parent_id in self.nodes:
            node = self.nodes[node.parent_id]
            found.append(node)
        return found

    def child_towards(self, top_id: int, org_id: int) -> Node | None:
        """The child of `top` whose branch contains `org` (or org itself); None if org is not below top."""
        node = self.nodes.get(org_id)
        while node is not None and node.parent_id != top_id:
            node = self.nodes.get(node.parent_id) if node.parent_id else None
        return node

    def district_towards(self, top_id: int, org_id: int) -> Node | None:
        """属地: the child of `top` whose branch contains the district stated for the organization or for the nearest one above
        it.

        If none is stated below `top`: the child whose branch contains the organization itself.
        """
        district = self.inherited(org_id, "district_id")
        found = self.child_towards(top_id, district) if district is not None else None
        return found or self.child_towards(top_id, org_id)

    def inherited(self, org_id: int, name: str) -> int | None:
        """The value stated for the organization, or for the nearest above it."""
        for node in (self.nodes[org_id], *self.ancestors(org_id)):
            if getattr(node, name) is not None:
                return getattr(node, name)
        return None


def path_of(ids: Iterable[int]) -> str:
    """Root-first organization ids -> path text."""
    return "".join(f"{org_id:0{PATH_STEP}d}" for org_id in ids)


def ids_of(path: str) -> list[int]:
    """Path text -> organization ids, root first."""
    return [int(path[start : start + PATH_STEP]) for start in range(0, len(path), PATH_STEP)]


def after_branch(path: str) -> str:
    """The first path text beyond the branch of `path`: `path >= p AND path < after_branch(p)` is the branch."""
    return path[:-PATH_STEP] + f"{int(path[-PATH_STEP:]) + 1:0{PATH_STEP}d}"
