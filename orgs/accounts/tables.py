"""The list tables of people and posts, accounts, events. Views supply the rows that the person may see."""

import django_tables2 as tables
from django.db.models import Case, Exists, OuterRef, Value, When
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from audit.models import Event
from orgs.accounts.event_texts import EventShown, events_shown
from orgs.accounts.queries import AccountShown, accounts_shown
from orgs.choices import Role
from orgs.lists.cells import DASH, code, day, lines, moment, pill, quiet
from orgs.lists.columns import ListColumn, RowColumn
from orgs.lists.rows import in_order_of
from orgs.lists.tables import ListTable
from orgs.models import User


class PostTable(ListTable):
    """One row per post: person, role, organization, first day."""

    person = tables.Column(_("Name"), accessor="user__name", linkify=("orgs:person", {"user_id": tables.A("user_id")}))
    username = tables.Column(_("User name"), accessor="user__username", attrs={"td": {"class": "code"}})
    role = tables.Column(_("Role"))
    organization = tables.Column(
        _("Organization"),
        accessor="organization__name",
        linkify=("orgs:organization", {"organization_id": tables.A("organization_id")}),
    )
    valid_from = tables.DateColumn("Y-m-d", verbose_name=_("From"))
    valid_to = tables.DateColumn("Y-m-d", verbose_name=_("To"), default="")
    state = tables.TemplateColumn(
        template_name="orgs/accounts/_parts/account_state.html", verbose_name=_("Account"), extra_context={}
    )

    name = "people"
    sorts = {
        "person": ("user__name",),
        "username": ("user__username",),
        "role": (in_order_of("role", Role.values),),
        "organization": ("organization__sort_order", "organization__code"),
        "valid_from": ("valid_from",),
        "valid_to": ("valid_to",),
        "state": ("-user__is_active",),
    }
    empty_title = _("No post is found.")
    empty_as_filtered = True
    empty_help = _("Look for other words or another role, or add a person.")


class AccountTable(ListTable):
    """One row per account: person, posts, state, last use."""

    username = ListColumn(
        _("User name"), accessor="user__username", linkify=("orgs:account", {"user_id": tables.A("user__pk")})
    )
    person = ListColumn(_("Name"), accessor="user__name")
    posts = RowColumn(_("Posts"))
    state = RowColumn(_("State"))
    phone = RowColumn(_("Second factor"))
    last_login = RowColumn(_("Last sign-in"), css="nowrap")
    password = RowColumn(_("Password changed"), css="nowrap")

    name = "accounts"
    sorts = {
        "username": ("username",),
        "person": ("name",),
        "state": (Case(When(is_active=False, then=Value(0)), When(last_login__isnull=True, then=Value(1)), default=Value(2)),),
        "phone": (Exists(TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)),),
        "last_login": ("last_login",),
        "password": ("password_changed_at",),
    }
    empty_title = _("No account found")
    empty_as_filtered = True
    empty_help = _("Search for another name, or ask the system administrator to make the account.")

    def page_rows(self, records: list[User]) -> list[AccountShown]:
        return accounts_shown(records, timezone.now())

    def render_posts(self, record: AccountShown) -> str:
        posts = ((post.organization.name, post.get_role_display()) for post in record.posts)
        return format_html('<div class="wrap2">{}</div>', format_html_join("；", "{} {}", posts) or DASH)

    def render_state(self, record: AccountShown) -> str:
        return pill(record.state_words, record.colour)

    def render_phone(self, record: AccountShown) -> str:
        return gettext("Set up") if record.has_phone else DASH

    def render_last_login(self, record: AccountShown) -> str:
        return moment(record.user.last_login)

    def render_password(self, record: AccountShown) -> str:
        at = record.user.password_changed_at
        return day(timezone.localdate(at) if at else None)


class EventTable(ListTable):
    """One row per event: its number in its chain, time, person, address, kind, subject, result."""

    number = RowColumn(_("No."), css="num")
    at = RowColumn(_("Time"), css="nowrap")
    who = RowColumn(_("Who"))
    address = RowColumn(_("From where"))
    what = ListColumn(_("What"), accessor="words", css="nowrap")
    subject = RowColumn(_("On what"))
    details = RowColumn(_("Details"))
    result = RowColumn(_("Result"))

    name = "events"
    row_head = "what"
    sorts = {
        "number": ("chain", "sequence"),
        "at": ("id",),  # events are only ever added, so this is their time, by an index
        "who": ("actor_name",),
        "address": ("address",),
        "what": ("kind",),
        "result": ("result",),
    }
    empty_title = _("No event found")
    empty_as_filtered = True
    empty_help = _("Widen the days or leave a field empty.")

    def page_rows(self, records: list[Event]) -> list[EventShown]:
        return events_shown(records)

    def render_number(self, record: EventShown) -> str:
        return f"{record.event.chain}-{record.event.sequence}"

    def render_at(self, record: EventShown) -> str:
        return moment(record.event.at, "%Y-%m-%d %H:%M:%S")

    def render_who(self, record: EventShown) -> str:
        return lines(record.event.actor_name or DASH, quiet(record.roles))

    def render_address(self, record: EventShown) -> str:
        return lines(record.event.address or DASH, quiet(record.channel))

    def render_subject(self, record: EventShown) -> str:
        named = " ".join(filter(None, (record.event.subject, record.person)))
        return lines(record.organization, code(named))

    def render_details(self, record: EventShown) -> str:
        return lines(*record.details)

    def render_result(self, record: EventShown) -> str:
        return pill(record.result, record.colour)
