"""The list of the desk: one row per unit whose turn it is, in the county's order, township by township."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from orgs.lists.cells import DASH, link, moment, pill, words
from orgs.lists.columns import ListColumn, RowColumn
from orgs.lists.filters import ListFilter, WordsFilter, choice
from orgs.lists.tables import ListTable
from submissions.choices import UNIT_TURN, State
from submissions.tasks.chase.desk import CLOSED_COLOUR, ChaseRow


class ChaseFilter(ListFilter):
    """Units by words and by state."""

    q = WordsFilter("organization__name", "organization__code", label=_("Unit"))
    state = choice("state", _("State"), [(state.value, state.label) for state in State if state in UNIT_TURN], _("All states"))


class ChaseTable(ListTable):
    """`may_send`: whether units can be ticked for a notice."""

    pick = RowColumn(_("Tick"), has_unseen_head=True)
    township = ListColumn(_("Township"), css="nowrap")
    unit = RowColumn(_("Unit"), css="wrap2")
    state = RowColumn(_("State"))
    due = RowColumn(_("Due"), css="nowrap")
    over = RowColumn(_("Days over"), css="num")
    contact = RowColumn(_("Contact"), css="nowrap")
    telephone = RowColumn(_("Telephone"), css="nowrap")
    notice = RowColumn(_("Notice"), css="nowrap")

    name = "units to chase"
    row_head = "unit"
    size = 100
    few = 10
    sorts = {
        "township": ("place",),
        "unit": ("unit__name",),
        "state": ("state",),
        "due": ("due_on",),
        "over": ("days_over",),
        "contact": ("unit__contact",),
        "notice": ("notice__sent_at",),
    }
    empty_title = _("Nobody has to be called.")
    empty_help = _("Every unit that was asked has sent its report.")

    def __init__(self, data: Sequence[ChaseRow], *, may_send: bool, **more):
        super().__init__(data, exclude=() if may_send else ("pick",), **more)

    def render_pick(self, record: ChaseRow) -> str:
        label = gettext("Notice to %(unit)s") % {"unit": record.unit.name}
        return format_html('<input type="checkbox" name="pick" value="{}" aria-label="{}">', record.submission.pk, label)

    def render_unit(self, record: ChaseRow) -> str:
        name = link(reverse("submissions:detail", args=[record.submission.pk]), record.unit.name)
        return words(name, pill(gettext("closed since"), CLOSED_COLOUR) if record.is_closed else "")

    def render_state(self, record: ChaseRow) -> str:
        return pill(record.state, record.colour)

    def render_due(self, record: ChaseRow) -> str:
        return record.due_on.isoformat()

    def render_over(self, record: ChaseRow) -> str:
        return pill(str(record.days_over), "is-red") if record.days_over else DASH

    def render_contact(self, record: ChaseRow) -> str:
        return record.unit.contact or DASH

    def render_telephone(self, record: ChaseRow) -> str:
        return record.unit.telephone or DASH

    def render_notice(self, record: ChaseRow) -> str:
        notice = record.notice
        if notice is None:
            return DASH
        if notice.read_at is None:
            return pill(gettext("sent %(at)s, not read") % {"at": moment(notice.sent_at, "%m-%d %H:%M")}, "is-amber")
        names = {"at": moment(notice.read_at, "%m-%d %H:%M"), "who": notice.read_by.name}
        return pill(gettext("read %(at)s, %(who)s") % names, "is-green")
