"""The binding of one cell of an upper level's table to a figure or a text, with its JSON form."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.choices import Frequency
from reports.figures.changes.change import COMPARED, PREV, SAME_LAST_YEAR, YEAR_END
from reports.figures.output.cells import BASES
from reports.figures.plan.query_plan import PERIOD_VIEW, YEAR_TO_DATE
from reports.figures.plan.rows import CATEGORY, DISTRICT, LINE
from spreadsheets.preview.sheet_preview import place_in

FIGURE, TEXT = "figure", "text"
THIS = "this"
PERIODS = (THIS, PREV, SAME_LAST_YEAR, YEAR_END)
VIEWS = (PERIOD_VIEW, YEAR_TO_DATE)
VALUE, CHANGE, PERCENT = "value", "change", "percent"
MEASURES = (VALUE, CHANGE, PERCENT)
AGAINST = tuple(COMPARED)
BRANCH, OWN = "", "own"
GROUPS = (BRANCH, OWN, DISTRICT, LINE, CATEGORY)
PERIOD_LABEL, ORGANIZATION, DATE, PERSON = "period label", "organization", "date", "person"
YEAR, TO_DATE, LAST_DAY, AS_PRINTED, MONTHS = "year", "months so far", "last day", "as printed", "months"
WHATS = (PERIOD_LABEL, ORGANIZATION, DATE, PERSON, YEAR, TO_DATE, MONTHS, LAST_DAY, AS_PRINTED)
OF_PERIOD = (PERIOD_LABEL, YEAR, TO_DATE, MONTHS, LAST_DAY)  # texts that say a period and may say another one than the table's
SURE, LIKELY, BY_PERSON = "sure", "likely", "said"  # found for sure, found but only similar, set by a person
CERTAINTIES = (SURE, LIKELY, BY_PERSON)
AT_YEAR_END = "year end"
LENGTHS = (*Frequency.values, AT_YEAR_END)
MOST_DIGITS = 8
_LONGEST = 300

PERIOD_NAMES = {
    THIS: gettext_lazy("This period"),
    PREV: gettext_lazy("The period before"),
    SAME_LAST_YEAR: gettext_lazy("Same period last year"),
    YEAR_END: gettext_lazy("End of last year"),
}
VIEW_NAMES = {PERIOD_VIEW: gettext_lazy("The period alone"), YEAR_TO_DATE: gettext_lazy("Since the beginning of the year")}
MEASURE_NAMES = {
    VALUE: gettext_lazy("The figure itself"),
    CHANGE: gettext_lazy("The difference"),
    PERCENT: gettext_lazy("The growth in per cent"),
}
GROUP_NAMES = {
    BRANCH: gettext_lazy("The unit with everything below it"),
    OWN: gettext_lazy("The unit itself"),
    DISTRICT: gettext_lazy("The district (where it lies)"),
    LINE: gettext_lazy("The line of industry"),
    CATEGORY: gettext_lazy("Units of one category"),
}
WHAT_NAMES = {
    PERIOD_LABEL: gettext_lazy("The period"),
    ORGANIZATION: gettext_lazy("The reporting unit"),
    DATE: gettext_lazy("The day it is filled"),
    PERSON: gettext_lazy("Name of the person who fills it in"),
    YEAR: gettext_lazy("The year"),
    TO_DATE: gettext_lazy("The months since January"),
    MONTHS: gettext_lazy("The months of the period"),
    LAST_DAY: gettext_lazy("The last day of the period"),
    AS_PRINTED: gettext_lazy("As it is printed, whatever the period"),
}
# Places in a pattern that take a text: {} for the text that the binding names, {date}, {year@prev} for others in the same cell.
PLACES = re.compile(r"\{(?P<what>[a-z ]*)(?:@(?P<period>[a-z_]+))?\}")


class BadBinding(ValueError):
    """The JSON is not a valid list of bindings; the message is a sentence."""


@dataclass(frozen=True)
class Binding:
    """The question whose answer fills one cell.

    Of a figure: `key` is CODE or CODE:item; `org` an organization's code, "" the one the table is filled for; `by` says which
    row of that organization's table is meant (with `unit_category`, `org` is a category); `period` is relative to the period
    asked; `basis` "" is the one asked; `against` is what a change or growth is measured from; `unit` the table's own unit of
    measure where it differs, as 万元; `digits` rounds the written number, None leaves rounding to the cell's format; `length`
    is the length of the period that its heads name (本月, 年末), "" for any; a table filled for a period of another length
    leaves the cell empty. Of a text: `what` is the text that replaces {} in `pattern`; further texts of the same cell are in
    the pattern by name, as {date} or, of another period, {year@prev}; see `unknown_places`. `certainty` says how it was found;
    `is_proposed` is true until somebody confirms it.
    """

    kind: str
    key: str = ""
    org: str = ""
    by: str = BRANCH
    period: str = THIS
    view: str = PERIOD_VIEW
    basis: str = ""
    measure: str = VALUE
    against: str = SAME_LAST_YEAR
    unit: str = ""
    digits: int | None = None
    length: str = ""
    what: str = ""
    pattern: str = "{}"
    certainty: str = BY_PERSON
    is_proposed: bool = False

    @property
    def code(self) -> str:
        return self.key.partition(":")[0]

    @property
    def others(self) -> list[str]:
        """The further texts in the pattern, by their names."""
        return [found["what"] for found in PLACES.finditer(self.pattern) if found["what"]]

    @property
    def is_likely(self) -> bool:
        """True where the name was only similar or there is another doubt; such a binding waits for a person."""
        return self.is_proposed and self.certainty == LIKELY

    def confirmed(self) -> "Binding":
        return replace(self, is_proposed=False)


Bindings = Mapping[str, Binding]  # address -> binding
_USUAL = Binding(FIGURE)


def as_json(bindings: Bindings) -> dict[str, dict]:
    """The JSON form, which leaves out default values so that a person can read and write it."""
    return {
        address: {
            name: value
            for name, value in asdict(binding).items()
            if name in ("kind", "certainty") or value != getattr(_USUAL, name)
        }
        for address, binding in bindings.items()
    }


def from_json(cells: object) -> dict[str, Binding]:
    """{"Sheet1!D7": {"kind": "figure", "key": "ORG-005", …}} -> bindings. Raises BadBinding."""
    if not isinstance(cells, dict):
        raise BadBinding(_("Bindings are an object of addresses such as “Sheet1!D7”, each with its binding."))
    return {_address(address): _binding(address, given) for address, given in cells.items()}


def _address(address: str) -> str:
    if len(address) > _LONGEST or place_in(address) is None:
        raise BadBinding(
            _("“%(address)s” is no address; write the sheet and the cell as Sheet1!D7.") % {"address": address[:60]}
        )
    return address


_CHOICES = {
    "kind": (FIGURE, TEXT), "by": GROUPS, "period": PERIODS, "view": VIEWS, "basis": ("", *BASES), "measure": MEASURES,
    "against": AGAINST, "certainty": CERTAINTIES,
    "length": ("", *LENGTHS),
}  # fmt: skip


def _binding(address: str, given: object) -> Binding:
    names = {field.name for field in fields(Binding)}
    if not isinstance(given, dict) or "kind" not in given:
        raise BadBinding(_('%(address)s: write {"kind": "figure", …} or {"kind": "text", …}.') % {"address": address})
    for name, value in given.items():
        if name not in names:
            sentence = _("%(address)s: “%(name)s” is not known; known are: %(names)s.")
            raise BadBinding(sentence % {"address": address, "name": name[:40], "names": ", ".join(sorted(names))})
        _check(address, name, value)
    binding = Binding(**given)
    if binding.kind == FIGURE and not binding.key:
        raise BadBinding(_("%(address)s: a figure needs its key, such as ORG-005.") % {"address": address})
    if binding.kind == TEXT and binding.what not in WHATS:
        sentence = _("%(address)s: “what” must be one of: %(choices)s.")
        raise BadBinding(sentence % {"address": address, "choices": ", ".join(WHATS)})
    if unknown := unknown_places(binding.pattern):
        sentence = _("%(address)s: nothing is called “%(name)s” in a pattern; known are: %(names)s.")
        raise BadBinding(sentence % {"address": address, "name": unknown[0], "names": ", ".join(WHATS)})
    return binding


def unknown_places(pattern: str) -> list[str]:
    """Names in braces in a pattern that are neither a known text nor a known text of a known period."""
    return [
        found.group()
        for found in PLACES.finditer(pattern)
        if found["what"] not in ("", *WHATS) or found["period"] not in (None, *PERIODS)
    ]


def _check(address: str, name: str, value: object) -> None:
    if name == "digits":
        is_right = value is None or (type(value) is int and 0 <= value <= MOST_DIGITS)
    elif name == "is_proposed":
        is_right = isinstance(value, bool)
    else:
        is_right = isinstance(value, str) and len(value) <= _LONGEST and value in _CHOICES.get(name, (value,))
    if not is_right:
        choices = ", ".join(filter(None, _CHOICES.get(name, ())))
        sentence = _("%(address)s: “%(name)s” can not be %(value)s.") % {
            "address": address,
            "name": name,
            "value": str(value)[:40],
        }
        raise BadBinding(sentence + (" " + _("Choose one of: %(choices)s.") % {"choices": choices} if choices else ""))
