"""Why not one figure of a table could be placed, and whether answers about its heads can still help. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from orgs.likeness import Certainty
from spreadsheets.reading.workbook import ReadWorkbook
from submissions.intake.tables.choosing import contradicts_sheet, nothing_known, visible, wrong_period
from submissions.intake.tables.heads_told import said_of
from submissions.intake.tables.placing import Placing
from submissions.intake.tables.senses import Senses
from submissions.intake.tables.told import Head, Role

_NAMED = 3  # of the units that are nobody's here; the others are told one by one among the heads


@dataclass(frozen=True)
class Unplaced:
    """What to say where no figure of the table was read; `is_answerable`: a person may yet say what its heads mean."""

    said: str
    is_answerable: bool = False


def unplaced(read: ReadWorkbook, placing: Placing, heads: Sequence[Head], senses: Senses) -> Unplaced:
    """Of a table with its heads as understood; whether anything was placed is for the caller to know."""
    asked = [head for head in heads if head.is_asked]
    if strangers := _strangers(asked, heads, senses):
        names = "、".join(f"“{head.text}”" for head in strangers[:_NAMED]) + (" …" if len(strangers) > _NAMED else "")
        said = _(
            "None of the %(count)s names that stand for units in this table (%(names)s) is one of the units that you fill in. "
            "Put in the table of your own units."
        )
        return Unplaced(said % {"count": len(strangers), "names": names})
    if asked:
        first = next((said for head in asked if (said := said_of(head))), "")
        return Unplaced(f"{_('No figure could be placed yet.')} {first}".strip(), is_answerable=True)
    return Unplaced(_period(read, senses) or _left(placing, heads, senses))


def _strangers(asked: Sequence[Head], heads: Sequence[Head], senses: Senses) -> list[Head]:
    """Names of units that nobody here has, where they are more than the units that they could be given to."""
    found = [head for head in asked if head.names_unit and head.certainty == Certainty.NONE]
    is_own = any(head.names_unit and (head.means or head.needs_answer) for head in heads)
    return [] if is_own or len(found) <= len(senses.labels) else found


def _period(read: ReadWorkbook, senses: Senses) -> str:
    stated = next((said for sheet in visible(read) if sheet.cells and (said := contradicts_sheet(sheet, senses.task))), "")
    return wrong_period(stated, senses.task) if stated else ""


def _left(placing: Placing, heads: Sequence[Head], senses: Senses) -> str:
    """No head is in doubt: everything is left out for good, or there is nothing."""
    if not placing.sheets:
        return nothing_known([senses.task])
    if any(one.is_open and one.unit.target and one.line.target for one in placing.figures):
        return _("No figure of this table can be taken: the system computes its lines itself, or their cells hold no figure.")
    left_out = next((head for head in heads if head.role == Role.IGNORED and head.figures), None)
    if left_out is not None:
        return _("No figure of this table can be taken. %(head)s") % {"head": said_of(left_out)}
    return _("The table is empty: no figure to be taken stands under its heads.")
