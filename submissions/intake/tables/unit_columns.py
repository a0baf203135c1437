"""Stage 3, which column names the row's own unit: the head decides, a column of codes before it; else one question for the sheet.

However many names a column holds, under a head that ties it to another unit (结对村) it never names the row's own. Lists that stand
side by side each have their own column.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from indicators.measuring_words import is_measure
from orgs.likeness import folded
from orgs.unit_heads import UnitHead
from submissions.intake.tables.cells import SheetCells, Spot
from submissions.intake.tables.columns import Column
from submissions.intake.tables.head_matcher import HeadMatcher
from submissions.intake.tables.header_rows import HeaderBand
from submissions.intake.tables.told import IS_OTHER, IS_OWN, OWN
from submissions.intake.tables.words import (
    is_aside,
    is_measure_head,
    is_numbered,
    is_period_head,
    is_serial,
    is_title_line,
    is_total,
)

_TIED = (UnitHead.RELATION, UnitHead.SUPERIOR)
_SHORTEST_CODE = 6
_SAMPLE = 3  # names that a choice shows of its column


@dataclass(frozen=True)
class UnitPlaces:
    """Across which places the units' own names, their codes and what stands above them are written; 0 for none."""

    name: int = 0
    code: int = 0
    above: int = 0

    @property
    def own(self) -> tuple[int, ...]:
        return tuple(place for place in (self.name, self.code) if place)


@dataclass(frozen=True)
class Block:
    """One list of a band: its figures' places, the places beside them, and where its units are named."""

    lines: frozenset[int]
    beside: tuple[int, ...]
    places: UnitPlaces
    head: "UnitCandidate | None" = None  # over the units' own names, or their codes
    periods: frozenset[int] = frozenset()  # the places beside that say of each row which period it is of
    dated: frozenset[int] = frozenset()  # those under another head, where a date says something else: 成立时间


@dataclass(frozen=True)
class UnitCandidate:
    """A place that may name the units. `names`: known names in it, each once; `units`: row -> code, where one surely is meant."""

    across: int
    spot: Spot
    text: str
    kind: UnitHead
    names: tuple[str, ...] = ()
    units: Mapping[int, str] = field(default_factory=dict)
    codes: int = 0
    above: int = 0
    score: float = 0.0
    texts: int = 0
    numbers: int = 0
    is_neutral: bool = False
    is_measure: bool = False


@dataclass(frozen=True)
class UnitQuestion:
    """Several places may name the units, or one under a head that nobody knows: a person says which."""

    candidates: tuple[UnitCandidate, ...]


@dataclass(frozen=True)
class UnitLayout:
    """The lists of one band. `candidates`: the places that might name the units; `question`: where heads do not settle which."""

    blocks: tuple[Block, ...]
    candidates: tuple[UnitCandidate, ...] = ()
    question: UnitQuestion | None = None


def unit_layout(
    cells: SheetCells, band: HeaderBand, columns: Mapping[int, Column], lines: frozenset[int], matcher: HeadMatcher
) -> UnitLayout:
    """Where the units of one band are named."""
    downs = [down for down in range(band.first, band.last + 1) if down in cells.rows]
    beside = [across for across in range(1, cells.width + 1) if across not in lines]
    found = {across: _candidate(cells, band, columns.get(across), across, downs, matcher) for across in beside}
    candidates = tuple(one for one in found.values() if one.score and not _is_aside(one))
    found = _with_answers(cells, found, matcher)
    if side_by_side := _side_by_side(cells, found, columns, lines):
        return UnitLayout(side_by_side, candidates)
    chosen, question = _chosen(cells, list(found.values()), matcher)
    block = _block(found, lines, beside, chosen)
    return UnitLayout((block,), candidates, None if block.places.code else question)  # codes decide over names


def _candidate(
    cells: SheetCells, band: HeaderBand, column: Column | None, across: int, downs: Sequence[int], matcher: HeadMatcher
) -> UnitCandidate:
    kind = column.unit_head if column is not None else UnitHead.NONE
    text = column.own_text if column is not None else ""
    spot = column.spot if column is not None and text else (band.bottom, across)
    labels = {
        down: label
        for down in downs
        if (label := cells.label(down, across)) and (matcher.is_unit(label) == 1 or not _is_no_name(label))
    }
    texts = dict.fromkeys(labels.values())
    numbers = sum(cells.label(down, across).isdigit() for down in downs)
    codes = [label for label in texts if _is_code(label)]
    names = {label: score for label in texts if label not in codes and (score := matcher.is_unit(label))}
    units = {down: match.target for down, label in labels.items() if (match := matcher.unit(label)).is_sure}
    is_neutral = not text or column.is_corner
    is_measured = bool(texts) and all(is_measure(label) for label in texts)
    return UnitCandidate(
        across, spot, text, kind, tuple(names), units, sum(matcher.unit(code).is_sure for code in codes),
        sum(matcher.units.is_above(label) for label in texts), sum(names.values()), len(texts) - len(codes), numbers, is_neutral,
        is_measured or (not texts and is_measure_head(text)),
    )  # fmt: skip


def _is_no_name(text: str) -> bool:
    """Numbers of columns, totals, and what stands below a table: 合计, 填表人：."""
    return is_numbered(text) or is_total(text) or is_title_line(text)


def _is_code(text: str) -> bool:
    return text.isascii() and text.isalnum() and any(sign.isdigit() for sign in text) and len(text) >= _SHORTEST_CODE


def _with_answers(cells: SheetCells, found: Mapping[int, UnitCandidate], matcher: HeadMatcher) -> dict[int, UnitCandidate]:
    """With what a person said: the head that names the units, wherever it stands again, and that the others name none."""
    kinds = {across: kind for across, one in found.items() if (kind := _remembered(one, matcher)) is not None}
    now = matcher.answer(cells.sheet.title, "")
    if now is not None and now.means.startswith(OWN):
        chosen = next((one for one in found.values() if cells.address(one.spot) == now.means.removeprefix(OWN)), None)
        if chosen is not None:
            for across, one in found.items():
                is_own = across == chosen.across or (one.text and one.text == chosen.text)
                if is_own or one.score:
                    kinds[across] = UnitHead.OWN if is_own else UnitHead.RELATION
    return {across: replace(one, kind=kinds.get(across, one.kind)) for across, one in found.items()}


def _remembered(one: UnitCandidate, matcher: HeadMatcher) -> UnitHead | None:
    answer = matcher.answer("@", remembered_head(one.text)) if one.text else None
    if answer is None or answer.means not in (IS_OWN, IS_OTHER):
        return None
    return UnitHead.OWN if answer.means == IS_OWN else UnitHead.RELATION


def remembered_head(text: str) -> str:
    """Under which text it is remembered whether a head names the row's own unit."""
    return f"@{folded(text)}"[:200]


def _chosen(cells: SheetCells, candidates: Sequence[UnitCandidate], matcher: HeadMatcher) -> tuple[int, UnitQuestion | None]:
    """The one place that names the units; 0 where none does; with a question where several may."""
    eligible = [one for one in candidates if one.kind not in (*_TIED, UnitHead.CODE) and not _is_aside(one)]
    own = [one for one in eligible if one.kind == UnitHead.OWN]
    named = [one for one in own if one.score]
    if named:
        return _one_of(named, matcher)
    others = [one for one in eligible if one.kind in (UnitHead.NONE, UnitHead.UNCLEAR) and _holds_names(one)]
    if not others and not own:
        tied = [one for one in candidates if one.kind in _TIED and one.score]
        towns = [one for one in eligible if one.score]
        if tied:  # a place above, or another unit: never the row's own beside each other
            return 0, UnitQuestion(tuple(sorted((*towns, *tied), key=lambda one: one.across)))
        return _of_towns([one for one in eligible if one.score and (one.kind == UnitHead.ABOVE or one.is_neutral)])
    if not others:
        # The corner of a turned table speaks of its lines, not of its units.
        headed = [one for one in own if not cells.turned]
        return headed[0].across if headed else 0, None
    if not own and len(others) == 1 and others[0].is_neutral:
        return others[0].across, None
    neutral = [one for one in others if one.is_neutral]
    if len(neutral) == len(others) and not own:
        return _one_of(others, matcher)
    tied = [one for one in candidates if one.kind in _TIED and _holds_names(one)]
    return 0, UnitQuestion(tuple(sorted((*others, *tied), key=lambda one: one.across)))


def _holds_names(one: UnitCandidate) -> bool:
    """Names of units for the most part, not of what stands above them, nor texts in which one is named."""
    return one.score > one.above and 2 * one.score >= one.texts


def _of_towns(candidates: Sequence[UnitCandidate]) -> tuple[int, UnitQuestion | None]:
    """A table of townships: the place of what stands above names the units where nothing else does."""
    best = max(candidates, key=lambda one: one.score, default=None)
    return best.across if best is not None else 0, None


def _is_aside(one: UnitCandidate) -> bool:
    """Remarks, serial numbers, units of measure."""
    return one.is_measure or (bool(one.text) and (is_serial(one.text) or is_aside(one.text)))


def _one_of(candidates: Sequence[UnitCandidate], matcher: HeadMatcher) -> tuple[int, UnitQuestion | None]:
    """The first, where the others name the same units or what stands above them; else the question."""
    first = candidates[0]
    for other in candidates[1:]:
        both = [(first.units[down], other.units[down]) for down in first.units if down in other.units]
        if all(one == two for one, two in both) and both:
            continue
        if both and all(matcher.units.is_below(two, one) for one, two in both if one != two):
            first = other
        elif not (both and all(matcher.units.is_below(one, two) for one, two in both if one != two)):
            return 0, UnitQuestion(tuple(candidates))
    return first.across, None


def _block(found: Mapping[int, UnitCandidate], lines: frozenset[int], beside: Sequence[int], name: int) -> Block:
    codes = [one for across, one in found.items() if across != name and one.kind != UnitHead.RELATION and _holds_codes(one)]
    known = [one.across for one in codes if one.codes] or [one.across for one in codes]
    aboves = [across for across, one in found.items() if across != name and (one.kind == UnitHead.ABOVE or _tells_above(one))]
    first = [across for across in aboves if found[across].kind == UnitHead.ABOVE and found[across].above] or aboves
    places = UnitPlaces(name, known[0] if known else 0, first[0] if first else 0)
    # What ties a row to other units, and remarks, say nothing of the row itself.
    speaking = tuple(across for across in beside if across == name or not _is_silent(found.get(across)))
    periods = frozenset(across for across in speaking if across in found and is_period_head(found[across].text))
    dated = frozenset(across for across in speaking if across in found and _is_dated(found[across])) - periods
    return Block(lines, speaking, places, found.get(name or places.code), periods, dated)


def _is_silent(one: UnitCandidate | None) -> bool:
    return one is None or one.kind in _TIED or (bool(one.text) and is_aside(one.text) and not is_period_head(one.text))


def _is_dated(one: UnitCandidate) -> bool:
    return one.kind == UnitHead.NONE and not one.is_neutral and not is_serial(one.text)


def _holds_codes(one: UnitCandidate) -> bool:
    return bool(one.codes) or one.kind == UnitHead.CODE


def _tells_above(one: UnitCandidate) -> bool:
    return (
        bool(one.above)
        and one.kind in (UnitHead.NONE, UnitHead.OWN, UnitHead.SUPERIOR)
        and not (one.text and is_aside(one.text))
    )


def _side_by_side(
    cells: SheetCells, found: Mapping[int, UnitCandidate], columns: Mapping[int, Column], lines: frozenset[int]
) -> tuple[Block, ...]:
    """Several lists beside each other, each with its own names and the same figures; nothing where there is one."""
    texts = Counter(one.text for one in found.values() if one.text)
    starts = [across for across, one in sorted(found.items()) if _starts_list(one, texts)]
    groups: list[list[int]] = []
    for across in starts:
        if groups and not any(groups[-1][-1] < place < across for place in lines):
            groups[-1].append(across)
        else:
            groups.append([across])
    edges = _edges(groups, lines, cells.width)
    parts = [frozenset(place for place in lines if first <= place <= last) for first, last in edges]
    keys = [{columns[place].line.target for place in part if place in columns} - {""} for part in parts]
    if len(groups) < 2 or not all(keys) or not all(keys[0] & other for other in keys[1:]):
        return ()
    blocks = []
    for group, part, (first, last) in zip(groups, parts, edges, strict=True):
        beside = [across for across in range(first, last + 1) if across not in lines]
        own = {across: found[across] for across in beside if across in found}
        name = next((across for across in group if not _holds_codes(found[across])), 0)
        blocks.append(_block(own, part, beside, name))
    return tuple(blocks)


def _starts_list(one: UnitCandidate, texts: Mapping[str, int]) -> bool:
    """Names or codes; under a head that nobody knows only where codes beside it say whose a row is anyway."""
    if one.kind == UnitHead.OWN or (
        one.kind == UnitHead.NONE and one.is_neutral and one.texts > one.numbers and one.score >= one.above
    ):
        return True
    return _holds_codes(one) and one.kind != UnitHead.RELATION and texts[one.text] > 1


def _edges(groups: Sequence[Sequence[int]], lines: frozenset[int], width: int) -> list[tuple[int, int]]:
    """From where to where each list reaches: behind the last figure of the one before it."""
    firsts = [1]
    for group in groups[1:]:
        firsts.append(max((place for place in lines if place < group[0]), default=0) + 1)
    return [(first, later - 1) for first, later in zip(firsts, [*firsts[1:], width + 1], strict=True)]


def sample(candidate: UnitCandidate) -> str:
    """The first names that stand in the place."""
    return "、".join(candidate.names[:_SAMPLE]) + (" …" if len(candidate.names) > _SAMPLE else "")
