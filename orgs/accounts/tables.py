"""The tables of this app's pages. Knows what a row shows, not who may see it."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from orgs.models import Post


class PostTable(tables.Table):
    """One row per post: who holds which role where, and since when."""

    person = tables.Column(_("Name"), accessor="user__name", linkify=("orgs:person", {"user_id": tables.A("user_id")}))
    username = tables.Column(_("User name"), accessor="user__username", attrs={"td": {"class": "code"}})
    role = tables.Column(_("Role"))
    organization = tables.Column(
        _("Organization"),
        accessor="organization__name",
        order_by=("organization__sort_order", "organization__code"),
        linkify=("orgs:organization", {"organization_id": tables.A("organization_id")}),
    )
    valid_from = tables.DateColumn("Y-m-d", verbose_name=_("From"))
    valid_to = tables.DateColumn("Y-m-d", verbose_name=_("To"), default="")
    state = tables.TemplateColumn(
        template_name="orgs/accounts/_parts/account_state.html", verbose_name=_("Account"), orderable=False, extra_context={}
    )

    class Meta:
        model = Post
        fields = ()
        sequence = ("person", "username", "role", "organization", "valid_from", "valid_to", "state")
        template_name = "django_tables2/table.html"
        empty_text = _("No post matches. Clear the filters, or add a person.")
        order_by = ("organization", "person")
