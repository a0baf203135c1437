"""Why no figure of a table could be placed, and whether answers about its heads may help. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from orgs.names.name_similarity import Certainty
from spreadsheets.read.workbook import ReadWorkbook
from submissions.imports.tables.heads.head_matcher import HeadMatcher
from submissions.imports.tables.heads.placement import TableFigures
from submissions.imports.tables.recognition.form_choice import contradicts_sheet, nothing_known, visible, wrong_period
from submissions.imports.tables.recognition.head_choices import head_sentence
from submissions.imports.tables.table_report import HeadRole, ReportedHead

_NAMED = 3  # names of unknown units in the sentence; the others are listed among the heads


@dataclass(frozen=True)
class Unplaced:
    """The sentence if no figure of the table was read; `is_answerable`: a person may still give the meaning of its heads."""

    sentence: str
    is_answerable: bool = False


def unplaced(read: ReadWorkbook, figures: TableFigures, heads: Sequence[ReportedHead], matcher: HeadMatcher) -> Unplaced:
    """The reason, from the heads as understood; the caller checks whether anything was placed."""
    open_heads = [head for head in heads if head.is_asked]
    if strangers := _strangers(open_heads, heads, matcher):
        names = "、".join(f"“{head.text}”" for head in strangers[:_NAMED]) + (" …" if len(strangers) > _NAMED else "")
        sentence = _(
            "None of the %(count)s names that stand for units in this table (%(names)s) is one of the units that you fill in. "
            "Put in the table of your own units."
        )
        return Unplaced(sentence % {"count": len(strangers), "names": names})
    if open_heads:
        first = next((sentence for head in open_heads if (sentence := head_sentence(head))), "")
        sentence = _("No figure could be placed yet.")
        return Unplaced(f"{sentence} {first}".strip(), is_answerable=True)
    return Unplaced(_period(read, matcher) or _left(read, figures, heads, matcher))


def _strangers(open_heads: Sequence[ReportedHead], heads: Sequence[ReportedHead], matcher: HeadMatcher) -> list[ReportedHead]:
    """Names of unknown units, if there are more of them than units that they could mean."""
    found = [head for head in open_heads if head.names_unit and head.certainty == Certainty.NONE]
    is_own = any(head.names_unit and (head.means or head.needs_answer) for head in heads)
    return [] if is_own or len(found) <= len(matcher.labels) else found


def _period(read: ReadWorkbook, matcher: HeadMatcher) -> str:
    stated = next(
        (sentence for sheet in visible(read) if sheet.cells and (sentence := contradicts_sheet(sheet, matcher.task))), ""
    )
    return wrong_period(stated, matcher.task) if stated else ""


def _left(read: ReadWorkbook, figures: TableFigures, heads: Sequence[ReportedHead], matcher: HeadMatcher) -> str:
    """The reason if no head is in doubt: everything is left out, or there is nothing."""
    if not figures.tables:
        return nothing_known(read, [matcher.task])
    if figures.open:
        return _("No figure of this table can be taken: the system computes its lines itself, or their cells hold no figure.")
    left_out = next((head for head in heads if head.role == HeadRole.IGNORED and head.figures), None)
    if left_out is not None:
        return _("No figure of this table can be taken. %(head)s") % {"head": head_sentence(left_out)}
    return _("The table is empty: no figure to be taken stands under its heads.")
