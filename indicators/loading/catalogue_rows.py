"""Reads the rows of a catalogue into definition records, cell by cell."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from indicators.choices import Direction, Frequency, Kind, OrgRule, Severity
from indicators.domains import NO_DOMAIN, NOT_PARTY_WORK
from indicators.formulas import FormulaError, parse
from indicators.kinds import registry
from indicators.loading.catalogue_language import Rules, read_rules, translated
from indicators.loading.columns import (
    BRANCH_WORDS,
    CATALOGUE_FREQUENCIES,
    COLLECTED_FROM,
    DIRECTIONS,
    KINDS,
    ORG_RULES,
    PERIOD_RULES,
    domain_named,
)
from indicators.loading.kind_limits import refuse_of_kind
from orgs.choices import UnitCategory
from orgs.loading.cells import RowCells, parted
from spreadsheets.tables import Problems, TableRow

MOST_DECIMALS = 6
LONGEST = {"numerator": 300, "denominator": 300, "formula": 500, "condition": 300}
# A primary organization of any kind of host unit.
_BRANCH = (
    UnitCategory.VILLAGE, UnitCategory.COMMUNITY, UnitCategory.AGENCY, UnitCategory.INSTITUTION, UnitCategory.STATE_ENTERPRISE,
    UnitCategory.COLLECTIVE_ENTERPRISE, UnitCategory.PRIVATE_ENTERPRISE, UnitCategory.SOCIAL_ORGANIZATION, UnitCategory.SCHOOL,
)  # fmt: skip
_CODE = re.compile(r"\w[\w.\-]{0,39}")


@dataclass
class IndicatorRow:
    """One indicator as the file says it: model fields, items by dimension, checks, and what stays only readable."""

    row: int
    code: str
    fields: dict[str, object]
    part_of: str
    items: list[tuple[int, str]]  # dimension, name
    checks: list[tuple[str, str]] = field(default_factory=list)  # expression, severity
    kept: list[str] = field(default_factory=list)
    changed_from: date | None = None  # the day from which the row is what the indicator means; before it what stands stays
    counts_on: bool = False  # whether the figures before that day are comparable and add up with those since

    @property
    def is_switched_off(self) -> bool:
        return self.fields["domain"] in NOT_PARTY_WORK


def read_definitions(rows: Iterable[TableRow], stored: Collection[str], problems: Problems) -> dict[str, IndicatorRow]:
    """Code -> definition in the order of the file. `stored`: the codes the system knows already."""
    found: dict[str, IndicatorRow] = {}
    rows = list(rows)
    known = {*stored, *(row["code"] for row in rows if row["code"])}
    spelled = {_plain(code): code for code in stored}
    for row in rows:
        code = row["code"]
        meant = code if code in stored else spelled.setdefault(_plain(code), code)
        if not _CODE.fullmatch(code):
            problems.add(row.number, "code", _("A code has 1 to 40 letters, digits, “-” or “.”, and no spaces."))
        elif code in found:
            problems.add(
                row.number,
                "code",
                _("The code %(code)s already stands in row %(row)s.") % {"code": code, "row": found[code].row},
            )
        elif meant != code:
            sentence = _("The code %(code)s differs from %(meant)s only by capital or full-width signs; write %(meant)s.")
            problems.add(row.number, "code", sentence % {"code": code, "meant": meant})
        else:
            found[code] = read_definition(row, problems, known)
    return found


def _plain(code: str) -> str:
    """The code in half width and capital letters: Ａ-1 and a-1 are A-1."""
    return unicodedata.normalize("NFKC", code).upper()


def read_definition(row: TableRow, problems: Problems, known: Collection[str]) -> IndicatorRow:
    """One row; what cannot be read is added to `problems`. `known`: every code there is."""
    cells = RowCells(row, problems)
    kind = _kind(cells)
    frequency = Frequency(cells.choice("frequency", CATALOGUE_FREQUENCIES, Frequency.QUARTER))
    is_part = row["name_en"].startswith("…")
    rules = read_rules(row["code"], cells.text("validation", 300), frequency, known, is_part=is_part)
    formulas = _formulas(cells, rules, known, kind)
    fields = {
        "name": cells.text("name_zh", 200, required=True),
        "name_en": cells.text("name_en", 300),
        "domain": domain_named(cells.text("domain", 40)) or NO_DOMAIN,
        "unit": cells.text("unit", 30, required=True),
        "kind": kind,
        "frequency": frequency,
        **formulas,
        **_rules_of_adding(cells, kind, formulas),
        "decimals": cells.whole("decimals", MOST_DECIMALS, _decimals(row, rules, kind)),
        "direction": cells.choice("direction", DIRECTIONS, Direction.UP if "target=" in row["validation"] else Direction.NONE),
        "na_allowed": cells.flag("na_allowed", True),
        "negative_allowed": _negative_allowed(rules, kind),
        "breakdown_is_complete": rules.breakdown_is_complete,
        "unit_categories": _unit_categories(cells),
        "definition": row["definition"],
        "source": cells.text("source", 100),
        "validation": row["validation"],
        "valid_from": cells.day("valid_from"),
        "valid_to": cells.day("valid_to"),
    }
    _check_dates(cells, fields["valid_from"], fields["valid_to"])
    part_of = row["part_of"] or rules.part_of
    refuse_of_kind(cells, fields, part_of)
    return IndicatorRow(
        row.number, row["code"], fields, part_of, _items(cells), rules.checks, rules.kept,
        changed_from=cells.day("changed_from"), counts_on=cells.flag("counts_on", False),
    )  # fmt: skip


def _kind(cells: RowCells) -> Kind:
    """The stated kind; never a guess, because it decides how figures add up over time.

    Where it cannot be read, the problem is added, and the rest of the row is read as a ratio or a flow.
    """
    if not cells.row["kind"]:
        cells.wrong("kind", _("This cell is empty; write one of: %(kinds)s.") % {"kinds": KINDS.known})
    return Kind(cells.choice("kind", KINDS, Kind.RATIO if cells.row["numerator"] else Kind.FLOW))


def _formulas(cells: RowCells, rules: Rules, known: Collection[str], kind: Kind) -> dict[str, str]:
    """Numerator, denominator, formula and condition as formula texts; each parsed, its codes known."""
    texts = {
        column: _formula(cells, column, known) for column in ("numerator", "denominator", "formula", "condition") if column
    }
    texts["formula"] = texts["formula"] or rules.formula
    if bool(texts["numerator"]) != bool(texts["denominator"]):
        cells.wrong("denominator", _("A ratio needs both a numerator and a denominator."))
    if texts["numerator"] and texts["formula"]:
        cells.wrong("formula", _("An indicator has a formula, or a numerator and a denominator, not both."))
    is_share = registry.KINDS[kind].is_share
    if is_share != bool(texts["numerator"]) and not (is_share and texts["formula"]):
        cells.wrong("kind", _("The kind “ratio” belongs to a numerator and a denominator, and they to it."))
    return texts


def _formula(cells: RowCells, column: str, known: Collection[str]) -> str:
    text = cells.text(column, LONGEST[column])
    if not text:
        return ""
    translation = translated(text, known)
    try:
        formula = parse(translation)
    except FormulaError as error:
        cells.wrong(column, str(error))
        return ""
    unknown = [reference.code for reference in formula.references if reference.code not in known]
    if unknown:
        cells.wrong(column, _("No indicator has the code %(code)s.") % {"code": ", ".join(unknown)})
        return ""
    is_counted = ORG_RULES.knows(cells.row["org_rule"], OrgRule.COUNT_IF)
    if formula.is_condition != (column == "condition") and not (column == "formula" and is_counted):
        needs = (
            _("A condition such as {A} >= 4 is needed here.")
            if column == "condition"
            else _("A number is needed here, not a condition.")
        )
        cells.wrong(column, needs)
    return translation


def _rules_of_adding(cells: RowCells, kind: Kind, formulas: dict[str, str]) -> dict[str, str]:
    ratio = bool(formulas["numerator"])
    org_rule = cells.choice("org_rule", ORG_RULES, OrgRule.RATIO if ratio else OrgRule.SUM)
    if (org_rule == OrgRule.RATIO) != ratio:
        cells.wrong("org_rule", _("“ratio” is the rule of an indicator with numerator and denominator, and its only one."))
    if org_rule == OrgRule.COUNT_IF and not (formulas["condition"] or formulas["formula"]):
        cells.wrong("org_rule", _("“count_if” needs the condition that is counted, in the column condition or formula."))
    return {"org_rule": org_rule, "period_rule": cells.choice("period_rule", PERIOD_RULES, registry.KINDS[kind].period_rule)}


def _decimals(row: TableRow, rules: Rules, kind: Kind) -> int:
    """As catalogued; else one for shares and points, two for other ratios, none for counts."""
    is_constant = any(piece.startswith("constant") for piece in rules.kept)
    return registry.KINDS[kind].decimals(row["unit"], rules.decimals, is_constant=is_constant)


def _negative_allowed(rules: Rules, kind: Kind) -> bool:
    """Where the catalogue says a number without ">=0", and for points, which are taken off too; never for a stock of things."""
    return registry.KINDS[kind].may_be_negative(rules.negative_allowed, is_computed=bool(rules.formula))


def _unit_categories(cells: RowCells) -> tuple[str, ...]:
    categories: list[str] = []
    for part in parted(cells.row["org_kinds"]):
        categories += _BRANCH if part in BRANCH_WORDS else filter(None, [cells.word("org_kinds", part, COLLECTED_FROM)])
    return tuple(category for category in UnitCategory.values if category in set(map(str, categories)))


def _items(cells: RowCells) -> list[tuple[int, str]]:
    """`a;b|c;d` -> items with their dimension; one remark in brackets is no item."""
    text = cells.row["disaggregation"]
    if text.startswith(("(", "（")) and text.endswith((")", "）")):
        return []
    items = [(dimension, name.strip()) for dimension, part in enumerate(text.split("|")) for name in part.split(";")]
    items = [(dimension, name) for dimension, name in items if name]
    names = [name for _dimension, name in items]
    for name in sorted({name for name in names if names.count(name) > 1}):
        cells.wrong("disaggregation", _("The item “%(name)s” stands here twice.") % {"name": name})
    for name in names:
        if len(name) > 100 or set(name) & set("{}@"):
            cells.wrong(
                "disaggregation", _("An item has at most 100 characters and none of { } @: “%(name)s”.") % {"name": name[:40]}
            )
    return items


def _check_dates(cells: RowCells, first: date | None, last: date | None) -> None:
    if first and last and last < first:
        cells.wrong("valid_to", _("The last day lies before the first."))


def soften_ranges(definitions: dict[str, IndicatorRow], kinds: dict[str, str]) -> None:
    """A share of two flows of one period may pass 100: what was collected before is settled now. So it only asks for a word."""
    for definition in definitions.values():
        parts = [definition.fields["numerator"], definition.fields["denominator"]]
        references = [reference for text in parts if text for reference in parse(text).references]
        if references and all(not reference.shift and _settles_later(kinds.get(reference.code)) for reference in references):
            own = f"{{{definition.code}}}"
            definition.checks = [
                (expression, Severity.VERIFY if own in expression else severity) for expression, severity in definition.checks
            ]


def _settles_later(kind: str | None) -> bool:
    return kind is not None and registry.KINDS[kind].settles_later
