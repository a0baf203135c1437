"""What a unit reported before, as far as this period's figures lean on it; plain values."""

from dataclasses import dataclass

from indicators.values.documents import Figure

Document = dict[str, Figure]


@dataclass(frozen=True)
class EarlierDocuments:
    """The unit's standing documents of the same form. None where nothing stood.

    `previous` is the period before (perhaps of last year); `year` the earlier periods of this year in order (empty in
    the year's first period); `same_last_year` the same period a year ago.
    """

    previous: Document | None = None
    year: tuple[Document | None, ...] = ()
    same_last_year: Document | None = None
    # Keys whose definition changed within the year: what was reported before is left out above, and their year is not known.
    broken_year: frozenset[str] = frozenset()


NOTHING_EARLIER = EarlierDocuments()
