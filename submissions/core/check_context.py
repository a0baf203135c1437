"""One document under check: the figures that its rules refer to, and the finding. Pure."""

from dataclasses import asdict, dataclass

from indicators.choices import Severity
from indicators.formulas import Reference
from indicators.layout import Layout
from indicators.measures.document_measures import Leaf
from indicators.measures.history import Document, EarlierDocuments
from indicators.values.documents import Figure
from submissions.core.year_to_date import Year


@dataclass(frozen=True)
class Finding:
    """One result of a rule. `keys` are the cells it is about, in the order of the rule."""

    check: str
    severity: str
    keys: tuple[str, ...]
    sentence: str
    cure: str
    needs_explanation: bool = False
    explanation: str = ""

    @property
    def severity_label(self) -> str:
        return str(Severity(self.severity).label)

    @property
    def blocks(self) -> bool:
        return self.severity == Severity.MANDATORY or self.needs_explanation

    def as_data(self) -> dict:
        """As a sealed version keeps it; there the sentence has the key `said`."""
        data = {**asdict(self), "keys": list(self.keys)}
        return {"said" if name == "sentence" else name: value for name, value in data.items()}


def read_finding(data: dict) -> Finding:
    """The finding from the data that `as_data` wrote into a sealed version."""
    fields = {"sentence" if name == "said" else name: value for name, value in data.items()}
    return Finding(**{**fields, "keys": tuple(fields["keys"])})


def label_of(layout: Layout, key: str) -> str:
    """The name of a cell in a sentence or a short table; the key itself where the form does not have it."""
    line = layout.by_key.get(key)
    if line is None:
        return key
    return f"{line.name} · {line.item}" if line.item else line.name


class Desk:
    """One unit's document with the other figures that its rules may refer to."""

    def __init__(
        self,
        layout: Layout,
        unit_category: str,
        figures: Document,
        earlier: EarlierDocuments,
        elsewhere: Document,
        year: Year = (),
    ):
        """`year`: the unit's reports of the earlier periods of the year, for what adds up over it."""
        self.layout, self.earlier, self.elsewhere, self.year = layout, earlier, elsewhere, year
        self.leaf = Leaf(layout, figures, earlier)
        lines = layout.asked_of(unit_category)
        self.asked = {line.key for line in lines if not line.is_computed}
        self.shown = {line.key for line in lines}

    def resolve(self, reference: Reference) -> Figure | None:
        """A figure of this form by its own history; of another form only as it stands for this period."""
        if reference.code in self.layout.codes:
            return self.leaf.resolve(reference)
        return None if reference.shift else self.elsewhere.get(reference.key)
