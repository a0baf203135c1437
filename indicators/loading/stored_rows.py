"""A stored indicator as the texts of a catalogue row, for columns that a file does not have."""

from collections.abc import Collection

from indicators.loading.catalogue_rows import read_definition
from indicators.models import Indicator
from spreadsheets.tables import Problems, TableRow

# Where the rest of the row already says it, these follow the rest: a new validation brings its own decimals and formula.
FOLLOWING = ("formula", "decimals", "direction", "part_of", "org_rule", "period_rule")


def standing_texts(indicator: Indicator, known: Collection[str]) -> dict[str, str]:
    """Column -> text of an indicator with its items and its whole at hand. `known`: every code there is."""
    texts = {name: _text(getattr(indicator, name)) for name in _SAME_NAME}
    texts |= {
        "name_zh": indicator.name,
        "org_kinds": ";".join(indicator.unit_categories),
        "disaggregation": _items(indicator),
        "part_of": indicator.part_of.code if indicator.part_of else "",
    }
    derived = {**texts, **dict.fromkeys(FOLLOWING, "")}
    read = read_definition(TableRow(0, (), {}, {**derived, "code": indicator.code}), Problems(""), known)
    derived_fields = {**read.fields, "part_of": read.part_of}
    return {**derived, **{name: texts[name] for name in FOLLOWING if _text(derived_fields[name]) != texts[name]}}


def page_texts(indicator: Indicator) -> dict[str, object]:
    """Column -> what stands in it, whole, as a page offers it to be changed."""
    return {name: _text(getattr(indicator, name)) for name in _SAME_NAME} | {
        "code": indicator.code,
        "name_zh": indicator.name,
        "org_kinds": list(indicator.unit_categories),
        "disaggregation": _items(indicator),
        "part_of": indicator.part_of.code if indicator.part_of else "",
    }


_SAME_NAME = (
    "unit", "kind", "name_en", "source", "domain", "numerator", "denominator", "frequency", "validation", "org_rule", "period_rule",
    "decimals", "direction", "na_allowed", "formula", "condition", "definition", "valid_from", "valid_to",
)  # fmt: skip


def _text(value: object) -> str:
    return "" if value is None else str(int(value)) if isinstance(value, bool) else str(value)


def _items(indicator: Indicator) -> str:
    dimensions: dict[int, list[str]] = {}
    for item in sorted(indicator.breakdown_items.all(), key=lambda item: item.position):
        dimensions.setdefault(item.dimension, []).append(item.name)
    return "|".join(";".join(names) for names in dimensions.values())
