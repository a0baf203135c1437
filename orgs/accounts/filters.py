"""What the lists of people, accounts and events are narrowed to. Decides no permission: each narrows what it is given."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orgs.choices import Role
from orgs.lists.filters import ListFilter, WordsFilter, choice, ticked
from orgs.models import Post
from orgs.tree.queries import held_on


class PeopleFilter(ListFilter):
    """Posts by whose they are, where and which; those of today unless the ended ones are asked for too."""

    q = WordsFilter("user__name", "user__username", "organization__name", label=_("Name, user name or organization"))
    role = choice("role", _("Role"), Role.choices, _("All roles"))
    ended = ticked(_("Ended posts too"), "with_ended")

    def with_ended(self, posts: QuerySet[Post], name: str, is_ticked: bool) -> QuerySet[Post]:
        return posts if is_ticked else posts.filter(held_on(timezone.localdate()))
