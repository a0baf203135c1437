"""Decides which column beside the rows of a table names the rows' own unit; in doubt it asks a person.

The head of a column decides, and codes come before names. One rule for uploaded tables and for upper levels' tables; each side
makes the columns from its own geometry.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from orgs.names.unit_heads import UnitHead

IsBelow = Callable[[str, str], bool]  # of two codes: whether the first is below the second
_TIED = (UnitHead.RELATION, UnitHead.SUPERIOR)


@dataclass(frozen=True, kw_only=True)
class UnitColumn:
    """A column that may name units. `place`: its number, from 1; `kind`: what its head means, `text`: the head itself.

    `units`: row -> code, if sure; `numbers`: how many whole numbers are below it. Of its different `texts`: `score`, how many
    name units, less if only similar; `above`, how many name organizations above units; `codes`, how many are known codes.
    `is_neutral`: no head, or one without a meaning for what is below it; `is_aside`: remarks, serial numbers, measures;
    `is_repeated`: one unit is in several rows that no column of periods distinguishes.
    """

    place: int
    kind: UnitHead
    text: str = ""
    numbers: int = 0
    units: Mapping[int, str] = field(default_factory=dict)
    texts: int = 0
    score: float = 0.0
    above: int = 0
    codes: int = 0
    is_neutral: bool = False
    is_aside: bool = False
    is_repeated: bool = False

    @property
    def is_tied(self) -> bool:
        """Whether its head names another unit than the row's own: 结对村, 上级党组织."""
        return self.kind in _TIED

    @property
    def holds_names(self) -> bool:
        """Whether it mostly holds names of units, not of organizations above them, nor texts that contain a name."""
        return self.score > self.above and 2 * self.score >= self.texts

    @property
    def holds_codes(self) -> bool:
        return bool(self.codes) or self.kind == UnitHead.CODE

    @property
    def tells_above(self) -> bool:
        """Whether it mostly holds places above units, under any head that is not another unit's."""
        is_open = self.kind in (UnitHead.NONE, UnitHead.OWN, UnitHead.SUPERIOR) and not self.is_aside
        return is_open and 0 < self.above >= max(self.score, self.texts / 2)


@dataclass(frozen=True)
class UnitPlaces:
    """The places of the units' own names, of their codes and of the organizations above; 0 for none.

    `question`: the places among which a person has to choose first; empty where heads or codes decide.
    """

    name: int = 0
    code: int = 0
    above: int = 0
    question: tuple[int, ...] = ()

    @property
    def own(self) -> tuple[int, ...]:
        return tuple(place for place in (self.name, self.code) if place)


def unit_places(columns: Sequence[UnitColumn], is_below: IsBelow, *, is_turned: bool = False) -> UnitPlaces:
    """Decides for the columns of one list, in their order.

    `is_turned`: a head that is not over names is about the lines, not the units.
    """
    name, question = _OwnColumn(columns, is_below).found(is_turned=is_turned)
    places = places_beside(columns, name)
    return places if places.code else replace(places, question=question)  # codes decide over names


def places_beside(columns: Sequence[UnitColumn], name: int) -> UnitPlaces:
    """The places of the codes and of the organizations above, beside the column of the units' own names."""
    others = [one for one in columns if one.place != name]
    coded = [one for one in others if one.kind != UnitHead.RELATION and one.holds_codes]
    codes = [one for one in coded if one.codes] or coded
    aboves = [one for one in others if one.kind == UnitHead.ABOVE or one.tells_above]
    above = [one for one in aboves if one.kind == UnitHead.ABOVE and one.above] or aboves
    return UnitPlaces(name, codes[0].place if codes else 0, above[0].place if above else 0)


def answered_kind(one: UnitColumn, *, is_own: bool) -> UnitHead:
    """The kind of a head after a person answered which column it is.

    Other heads that might have named the units do not any more.
    """
    if is_own:
        return UnitHead.OWN
    names = one.score and one.kind in (UnitHead.OWN, UnitHead.UNCLEAR, UnitHead.NONE)
    return UnitHead.RELATION if names else one.kind


class _OwnColumn:
    """Chooses the column of the units' own names: its place, 0 for none; with a question if several are possible."""

    def __init__(self, columns: Sequence[UnitColumn], is_below: IsBelow):
        self._is_below = is_below
        self._eligible = [one for one in columns if not one.is_tied and one.kind != UnitHead.CODE and not one.is_aside]
        self._coded = [one for one in columns if one.kind != UnitHead.RELATION and one.codes]
        self._tied = [one for one in columns if one.is_tied and one.score]

    def found(self, *, is_turned: bool) -> tuple[int, tuple[int, ...]]:
        headed = [one for one in self._eligible if one.kind == UnitHead.OWN]
        if named := [one for one in headed if one.score]:
            return self._one_of(named)
        others = [one for one in self._eligible if one.kind in (UnitHead.NONE, UnitHead.UNCLEAR) and one.holds_names]
        if headed and not others:
            return 0 if is_turned else headed[0].place, ()
        if not others:
            return self._of_places()
        if headed or not all(one.is_neutral for one in others):
            doubtful = [one for one in self._eligible if one.is_neutral and one.score]  # names that are only similar
            return 0, _question(*others, *doubtful, *(one for one in self._tied if one.holds_names))
        return self._unrivalled(others, others)

    def _of_places(self) -> tuple[int, tuple[int, ...]]:
        """The column of places: 乡镇 alone names the units of its table, the lowest of several.

        Never beside a name or a code of something below it.
        """
        named = [one for one in self._eligible if one.score]
        places = [one for one in named if one.kind == UnitHead.ABOVE or one.is_neutral]
        if places and any(one.kind == UnitHead.UNCLEAR for one in named):
            return 0, _question(*named, *self._tied)  # 示范村 beside 镇 may name the units, however they are written there
        place, question = (
            self._unrivalled(places, named) if places else (0, _question(*named, *self._tied) if self._tied else ())
        )
        lowest = next((one for one in places if one.place == place), None)
        beside = (*self._eligible, *self._coded)
        if lowest is not None and (lowest.is_repeated or any(self._is_within(one, lowest) for one in beside)):
            return 0, _question(*named)
        return place, question

    def _unrivalled(self, columns: Sequence[UnitColumn], named: Sequence[UnitColumn]) -> tuple[int, tuple[int, ...]]:
        """One of the columns with heads without a meaning, if no other head relates the row to a unit that is not above it."""
        place, question = self._one_of(columns)
        chosen = next((one for one in columns if one.place == place), None)
        rivals = [one for one in self._tied if chosen is None or not self._is_superior(one, chosen)]
        return (0, _question(*named, *rivals)) if rivals else (place, question)

    def _one_of(self, columns: Sequence[UnitColumn]) -> tuple[int, tuple[int, ...]]:
        """The first, if the others name the same units or organizations above them; else the question."""
        first = columns[0]
        for other in columns[1:]:
            both = self._both(first, other)
            differing = [(one, two) for one, two in both if one != two]
            if both and all(self._is_below(one, two) for one, two in differing):
                continue
            if not both or not all(self._is_below(two, one) for one, two in differing):
                return 0, _question(*columns)
            first = other
        return first.place, ()

    def _is_superior(self, other: UnitColumn, own: UnitColumn) -> bool:
        """Whether a column is 上级党组织: it names in every row an organization above the unit, or the unit itself."""
        both = self._both(own, other)
        return other.kind == UnitHead.SUPERIOR and all(one == two or self._is_below(one, two) for one, two in both)

    def _is_within(self, one: UnitColumn, place: UnitColumn) -> bool:
        """Whether some row names an organization below the one that the place names there."""
        return any(self._is_below(code, above) for code, above in self._both(one, place) if code != above)

    def _both(self, one: UnitColumn, other: UnitColumn) -> list[tuple[str, str]]:
        return [(code, other.units[row]) for row, code in one.units.items() if row in other.units]


def _question(*columns: UnitColumn) -> tuple[int, ...]:
    return tuple(sorted({one.place for one in columns}))
