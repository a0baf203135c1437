"""A person's answers about the heads of a file, applied to the head, to heads with the same text, and to the next quarter.

Pure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from orgs.names.name_similarity import Certainty
from submissions.imports.tables.table_report import IS_OTHER, IS_OWN, LINE, OWN, UNIT, ReportedHead


def meant(heads: Sequence[ReportedHead], chosen: Mapping[str, str]) -> dict[str, str]:
    """The answers that differ from a sure meaning. `heads`: as they were without any answer."""
    understood = {head.address: head.means for head in heads if head.certainty == Certainty.SURE}
    return {
        address: means
        for address, means in chosen.items()
        if (not means or means.startswith((LINE, UNIT, OWN))) and understood.get(address) != means
    }


def spread(heads: Sequence[ReportedHead], answers: Mapping[str, str]) -> dict[str, str]:
    """Text -> meaning, for the other heads of the file with the same text: one answer for the same head on thirty sheets."""
    answered = [head for head in heads if head.address in answers]
    plain = [(head.remembered_as, answers[head.address]) for head in answered if head.remembered_as]
    return _by_text((*plain, *(pair for head in answered for pair in _of_columns(head, answers[head.address]))))


def _of_columns(head: ReportedHead, answer: str) -> Iterator[tuple[str, str]]:
    """An answer about the units' column, as an answer for each candidate head, which may be repeated after a page break."""
    if answer.startswith(OWN):
        for choice in head.choices:
            yield choice.remembered_as, IS_OWN if choice.means == answer else IS_OTHER


def to_remember(heads: Iterable[ReportedHead]) -> dict[str, str]:
    """Text -> meaning, of a person's answers about an imported file.

    A skipped unit is not remembered: next quarter the same name may be a unit that reports.
    """
    chosen = [head for head in heads if head.is_chosen]
    single = [(head.remembered_as, head.means) for head in chosen if not head.remembers and (head.means or not head.names_unit)]
    return _by_text((*single, *(answer for head in chosen for answer in head.remembers)))


def _by_text(answers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Text -> meaning; left out if two answers to one text differ."""
    meanings: dict[str, set[str]] = {}
    for text, means in answers:
        meanings.setdefault(text, set()).add(means)
    return {text: means.pop() for text, means in meanings.items() if text and len(means) == 1}
