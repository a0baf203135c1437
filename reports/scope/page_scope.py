"""Reads organization and basis from the address of a page; text that cannot be read becomes a sentence, never an error."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.accounts.access import SEEING, organization_to_see, require_role
from orgs.choices import Role
from orgs.models import Organization, Post, User
from orgs.tree.queries import standing_path
from orgs.tree.trees import PATH_STEP, Node, Tree, ids_of
from reports.figures.output.cells import APPROVED, SUBMITTED
from reports.scope.task_queries import families

BASIS_LABELS = {APPROVED: gettext_lazy("Approved figures"), SUBMITTED: gettext_lazy("Figures sent in")}
BASIS_WORDS = {
    APPROVED: gettext_lazy("only approved figures are added up"),
    SUBMITTED: gettext_lazy("everything sent in is added up, approved or not"),
}
MOST_DIGITS = 15  # of an id; what is longer names nothing and would not fit the database
# Of somebody with several posts, the one that sees most comes first.
WIDEST = (Role.LEADER, Role.OFFICER, Role.REVIEWER, Role.CLERK)


Posts = tuple[Post, ...]


@dataclass(frozen=True)
class Option:
    """One entry of a chooser."""

    value: str
    label: str
    is_chosen: bool
    level: int = 0


@dataclass(frozen=True)
class PageScope:
    """The organization a page is about, and what else this person may look at from here, as the tree stands today.

    `above`: organizations of its line that the person may see too, highest first.
    """

    organization: Organization
    tree: Tree
    above: tuple[int, ...]

    def is_kept_by(self, posts: Posts, roles: Collection[str]) -> bool:
        """A post of one of the roles at the organization's county or above it."""
        line = [*self.above, self.organization.id]
        county_id = self.organization.county_id
        up_to_county = line[: line.index(county_id) + 1] if county_id in line else ()
        return any(post.role in roles and post.organization_id in up_to_county for post in posts)

    @property
    def line(self) -> list[tuple[int, str]]:
        """Id and name of what stands above, for the crumbs."""
        return [(org_id, self.tree[org_id].label) for org_id in self.above if org_id in self.tree]

    @property
    def options(self) -> list[Option]:
        """The line, the inner brothers and the inner children, as a tree; a closed organization stands before it."""
        top = next((org_id for org_id in (*self.above, self.organization.id) if org_id in self.tree), None)
        found = [Option(str(node.id), node.label, node.id == self.organization.id, level) for node, level in self._shown(top)]
        if any(option.is_chosen for option in found):
            return found
        return [Option(str(self.organization.id), self.organization.name, True), *found]

    def _shown(self, top: int | None) -> Iterator[tuple[Node, int]]:
        for node in self.tree.walk(top) if top is not None else ():
            if self.tree.is_inner(node.id) or node.id == self.organization.id:
                yield node, (len(node.path) - len(self.tree[top].path)) // PATH_STEP


def seeing_posts(user: User, today: date) -> Posts:
    """The posts in whose name somebody looks at figures, read once for a page. Raises Refused for somebody without any."""
    return require_role(user, SEEING, today)


def organization_asked(text: str, user: User, posts: Posts, today: date) -> tuple[Organization, str]:
    """The organization of an id, or the widest of one's own, and a sentence where the text is no id. Raises Refused."""
    if text and text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS:
        return organization_to_see(user, int(text), today), ""
    sentence = _("“%(text)s” names no organization; your own is shown.") % {"text": text[:40]} if text else ""
    return widest(posts).organization, sentence


def widest(posts: Posts) -> Post:
    return min(posts, key=lambda post: (WIDEST.index(post.role), post.id))


def place_of(organization: Organization, posts: Posts, today: date) -> PageScope:
    """Where the organization stands, with the line above it as far as the person may look."""
    held = {post.organization_id for post in posts}
    line = ids_of(standing_path(organization.id, today))[:-1]
    first = next((number for number, org_id in enumerate(line) if org_id in held), len(line))
    above = tuple(line[first:])
    return PageScope(organization, families(organization.id, above, today), above)


def options_of(labels: Mapping[str, str], chosen: str) -> list[Option]:
    return [Option(value, str(label), value == chosen) for value, label in labels.items()]


def choice_asked(text: str, labels: Mapping[str, str], default: str) -> tuple[str, str]:
    """One of a closed list; the default, and a sentence, where it is not among them."""
    if not text or text in labels:
        return text or default, ""
    sentence = _("“%(text)s” is not one of: %(choices)s.") % {
        "text": text[:40],
        "choices": _(", ").join(map(str, labels.values())),
    }
    return default, sentence
