"""Filters of the lists of people, accounts and events. They narrow what the person may already see."""

from datetime import date, datetime, time

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from audit.models import Event
from orgs.accounts.account_access import organizations_to_audit
from orgs.accounts.event_texts import KINDS
from orgs.accounts.forms import LONGEST_USERNAME
from orgs.accounts.lockout import locked_names
from orgs.accounts.queries import STATES
from orgs.choices import Role
from orgs.lists.filters import ListFilter, WordsFilter, choice, day, ticked
from orgs.models import Post, User
from orgs.tree.queries import held_on


class PeopleFilter(ListFilter):
    """Filters posts by person, organization and role; those of today unless the ended ones are asked for too."""

    q = WordsFilter("user__name", "user__username", "organization__name", label=_("Name, user name or organization"))
    role = choice("role", _("Role"), Role.choices, _("All roles"))
    ended = ticked(_("Ended posts too"), "with_ended")

    def with_ended(self, posts: QuerySet[Post], name: str, is_ticked: bool) -> QuerySet[Post]:
        return posts if is_ticked else posts.filter(held_on(timezone.localdate()))


class AccountFilter(ListFilter):
    """Filters accounts by name, by state and by whether a phone is needed to sign in."""

    q = WordsFilter("name", "username", label=_("Name or user name"))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        empty_label=_("All states"),
        choices=[(state, words) for state, (words, _pill) in STATES.items()],
    )
    phone = django_filters.ChoiceFilter(
        label=_("Second factor"),
        method="with_phone",
        empty_label=_("With and without"),
        choices=[("yes", _("Set up")), ("no", _("Not set up"))],
    )

    def in_state(self, users: QuerySet[User], name: str, state: str) -> QuerySet[User]:
        """The accounts with this state, as `AccountShown.state` gives it."""
        locked = Q(username__in=locked_names(list(users.values_list("username", flat=True)), timezone.now()))
        is_used = Q(last_login__isnull=False)
        condition = {"locked": locked, "unused": ~locked & ~is_used, "active": ~locked & is_used}
        return users.filter(is_active=False) if state == "disabled" else users.filter(condition[state], is_active=True)

    def with_phone(self, users: QuerySet[User], name: str, answer: str) -> QuerySet[User]:
        phone = Exists(TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True))
        return users.filter(phone if answer == "yes" else ~phone)


class EventFilter(ListFilter):
    """Filters events by person, kind, time and organization.

    Days are whole days in the installation's time zone, both inclusive. `kind` is a whole kind or its noun ("login" finds
    login.failed). `request`: its person decides which organizations may be named.
    """

    who = django_filters.CharFilter("actor_name", label=_("Who (user name)"), max_length=LONGEST_USERNAME)
    kind = django_filters.CharFilter(
        "kind", "startswith", label=_("Kind of event"), max_length=60,
        widget=forms.Select(choices=[("", _("All kinds")), *KINDS.items()]),
    )  # fmt: skip
    since = day(_("From"), "from_day")
    until = day(_("To"), "to_day")
    organization = django_filters.CharFilter(label=_("Organization code"), method="about", max_length=40)

    def from_day(self, events: QuerySet[Event], name: str, on: date) -> QuerySet[Event]:
        return events.filter(at__gte=timezone.make_aware(datetime.combine(on, time.min)))

    def to_day(self, events: QuerySet[Event], name: str, on: date) -> QuerySet[Event]:
        return events.filter(at__lte=timezone.make_aware(datetime.combine(on, time.max)))

    def about(self, events: QuerySet[Event], name: str, code: str) -> QuerySet[Event]:
        organizations = organizations_to_audit(self.request.user, timezone.localdate()).filter(code=code)
        return events.filter(organization_id__in=list(organizations.values_list("pk", flat=True)))
