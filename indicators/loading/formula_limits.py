"""Refuses formulas whose values could not be added up exactly, or would silently be blank, with what to write instead."""

from collections.abc import Iterable, Iterator, Mapping
from types import SimpleNamespace

from django.utils.translation import gettext as _

from indicators.checks.expressions import nested_sentence
from indicators.definitions import checks_of
from indicators.formulas import parse
from indicators.formulas.quotients import divisor_in
from indicators.kinds.kind import Defined
from indicators.loading.catalogue_rows import IndicatorRow
from indicators.measures.nested_periods import nested_in, total_look_back_of
from indicators.measures.scales import MOST_LANES, Scales
from indicators.models import Indicator
from spreadsheets.tables import Problems

_COMPUTING = ("formula", "numerator", "denominator")
_NAMES = (*_COMPUTING, "unit", "kind", "period_rule", "decimals")


def refuse_beyond_limits(
    definitions: Mapping[str, IndicatorRow], stored: Mapping[str, Indicator], owner_id: int | None, problems: Problems
) -> None:
    """Quotients, products of too many figures, and figures of other periods that look at other periods themselves.

    `stored`: the indicators as their owner sees them.
    """
    by_key = _defined(definitions, stored)
    scales = Scales(by_key)
    for definition in definitions.values():
        for column in _COMPUTING:
            text = str(definition.fields[column])
            sentence = _refusal_of(text, column, scales) if text else ""
            if sentence:
                problems.add(definition.row, column, sentence)
    for code, column, sentence in _nested(by_key, definitions, stored, owner_id):
        problems.add(definitions[code].row, column, sentence)


def _defined(definitions: Mapping[str, IndicatorRow], stored: Mapping[str, Indicator]) -> dict[str, Defined]:
    """Figure key -> its definition as it will be; an item is typed as its indicator is measured."""
    found: dict[str, Defined] = {}
    for code, indicator in stored.items():
        _place(
            found,
            code,
            {name: getattr(indicator, name) for name in _NAMES},
            (one.name for one in indicator.breakdown_items.all()),
        )
    for code, definition in definitions.items():
        _place(found, code, definition.fields, (name for _dimension, name in definition.items))
    return found


def _place(found: dict[str, Defined], code: str, fields: Mapping[str, object], items: Iterable[str]) -> None:
    named = {name: fields[name] for name in _NAMES}
    found[code] = SimpleNamespace(**named)
    for item in items:
        found[f"{code}:{item}"] = SimpleNamespace(**{**named, **dict.fromkeys(_COMPUTING, "")})


def _refusal_of(text: str, column: str, scales: Scales) -> str:
    formula = parse(text)
    divisor = divisor_in(formula.tree)
    if divisor:
        names = ", ".join(map(str, divisor))
        if column == "formula":
            return _(
                "It divides by a figure (%(divisor)s): quotients of single units have no sum. Leave the formula empty, choose"
                " the kind ratio, and write what is divided into numerator and what it is divided by into denominator; both are"
                " added up first and divided then. Dividing by a number such as 12 is fine."
            ) % {"divisor": names}
        return _(
            "It divides by a figure (%(divisor)s): numerator and denominator are added up before they are divided, and"
            " quotients of single units have no sum. Multiply the other one by it instead."
        ) % {"divisor": names}
    if not scales.of_formula(text).fits:
        return _(
            "It multiplies so many figures that the result may have more than %(digits)s digits, which cannot be added up"
            " exactly. Multiply fewer figures."
        ) % {"digits": MOST_LANES * 19}
    return ""


def _nested(
    by_key: Mapping[str, Defined],
    definitions: Mapping[str, IndicatorRow],
    stored: Mapping[str, Indicator],
    owner_id: int | None,
) -> Iterator[tuple[str, str, str]]:
    """Code to be mended, column, sentence. What stands and is made nested by the file is reported at the row that makes it so."""
    for code, line in by_key.items():
        if code in definitions and (behind := total_look_back_of(line, by_key)):
            yield (
                code,
                "formula",
                _(
                    "A running total that is computed cannot look at other periods (%(behind)s): the total before would have to be"
                    " computed from periods further back. Choose the kind flow or stock; its year to date is added up by itself."
                )
                % {"behind": behind},
            )
        for column, text in _texts(code, line, definitions, stored):
            nested = nested_in(text, by_key) if text else None
            place = nested and next((one for one in (code, nested[0].code) if one in definitions), None)
            if place:
                yield place, column if place == code else "formula", nested_sentence(*nested)
    for check in checks_of(owner_id).filter(expression__contains="@").select_related("form").order_by("pk"):
        nested = nested_in(check.expression, by_key)
        if nested and nested[0].code in definitions and check.form is not None:
            words = {"form": check.form.code, "rule": check.expression, "why": nested_sentence(*nested)}
            yield nested[0].code, "formula", _("The form %(form)s has the rule %(rule)s. %(why)s") % words


def _texts(
    code: str, line: Defined, definitions: Mapping[str, IndicatorRow], stored: Mapping[str, Indicator]
) -> Iterator[tuple[str, str]]:
    """Every text of an indicator that may look at other periods, with its column."""
    for column in _COMPUTING:
        yield column, getattr(line, column)
    if code in definitions:
        yield "condition", str(definitions[code].fields["condition"])
        yield from (("validation", expression) for expression, _severity in definitions[code].checks)
    elif code in stored:
        yield "condition", stored[code].condition
        yield from (("validation", check.expression) for check in stored[code].checks.all())
