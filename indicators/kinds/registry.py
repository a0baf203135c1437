"""The kinds of indicator, each by its name: the one place where a name becomes behaviour."""

from indicators.choices import Kind
from indicators.kinds.flow import Flow
from indicators.kinds.kind import Defined, IndicatorKind
from indicators.kinds.ratio import Ratio
from indicators.kinds.running_total import RunningTotal
from indicators.kinds.score import Score
from indicators.kinds.stock import Stock
from indicators.kinds.yes_no import YesNo

_ALL = (Flow(), Stock(), RunningTotal(), Ratio(), Score(), YesNo())
KINDS: dict[str, IndicatorKind] = {kind.name: kind for kind in _ALL}


def kind_of(line: Defined) -> IndicatorKind:
    """How a line, an indicator or a column behaves."""
    return KINDS[line.kind]


def is_at_end(line: Defined) -> bool:
    """Whether its figure of a period is that of the period's last day: a state, or a running total."""
    kind = kind_of(line)
    return kind.is_state or kind.is_running


def kind_words() -> dict[Kind, tuple[str, ...]]:
    """What tables call the kinds."""
    return {kind.name: kind.words for kind in KINDS.values()}
