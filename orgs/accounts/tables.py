"""The lists of this room: people and posts. Knows what a row shows, not who may see it."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from orgs.choices import Role
from orgs.lists.rows import in_order_of
from orgs.lists.tables import ListTable


class PostTable(ListTable):
    """One row per post: who holds which role where, and since when."""

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
    empty_help = _("Look for other words or another role, or add a person.")
