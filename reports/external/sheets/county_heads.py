"""Classifies one text of an upper level's table as the name of an indicator, of a unit or of a time."""

from reports.external.names.printed_periods import NO_BASE
from reports.external.names.vocabulary import Vocabulary
from reports.external.sheets.head_times import head_time
from submissions.imports.tables.geometry.words import looks_like_figure


class CountyHeads:
    """The `HeadWords` for everything that a county has."""

    def __init__(self, vocabulary: Vocabulary):
        self._units, self._figures = vocabulary.units, vocabulary.figures

    def weights(self, _address: str, text: str) -> tuple[float, float]:
        unit = self._units.orgs.match(text).weight
        line = 0.0 if looks_like_figure(text) else self._figures.weight(text) or self._figures.weight(self._without_time(text))
        return (line if line > unit else 0.0), unit

    def timing(self, text: str) -> bool:
        return not self._without_time(text)

    def _without_time(self, text: str) -> str:
        return head_time(text, NO_BASE, self._figures.is_name).rest
