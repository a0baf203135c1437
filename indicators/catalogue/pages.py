"""What the pages of the catalogue and of forms show, as plain values."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from indicators.catalogue.adoption_changes import changes_since_adoption
from indicators.catalogue.queries import checks_for, layout_of
from indicators.checks import finding_texts
from indicators.checks.rules import Rule
from indicators.choices import Kind, Severity
from indicators.definitions import checks_of, forms_in_use, forms_of, indicators_of, readable_forms, retirements_of
from indicators.formulas import Reference, parse
from indicators.layout import Layout, Line
from indicators.models import Check, Form, FormerDefinition, FormRetirement, Indicator
from orgs.choices import UnitCategory
from orgs.models import Organization

FORMULAS = ("numerator", "denominator", "formula", "condition")


@dataclass(frozen=True)
class ShownRule:
    """A rule as people read it, with its formula as written."""

    severity: str
    sentence: str
    written: str = ""
    check: Check | None = None

    @property
    def severity_name(self) -> str:
        return str(Severity(self.severity).label)

    @property
    def colour(self) -> str:
        return {Severity.MANDATORY: "is-red", Severity.VERIFY: "is-amber"}.get(Severity(self.severity), "is-blue")


@dataclass(frozen=True)
class IndicatorPage:
    """One indicator's whole record, with what is computed from it."""

    indicator: Indicator
    former: list[FormerDefinition]  # newest first
    dimensions: list[list[str]]
    parts: list[Indicator]
    forms: list[Form]
    used_in: list[Indicator]
    formulas: dict[str, str]  # field -> readable text
    rules: list[ShownRule]


@dataclass(frozen=True)
class ShownLine:
    """A line with its depth (items and parts stand below their whole), and words for its kind and for whom it asks."""

    line: Line
    level: int
    kind_name: str
    asked_of: str


@dataclass(frozen=True)
class FormStanding:
    """Whose a form is, beside which other one it stands, and what may be done about it.

    `changes`: what the common form says otherwise since it was adopted. `may_adopt`: the counties that may make it their own or
    retire it. `retirements`: of counties that do not use it any more; `may_resume`: those of them that may use it again.
    """

    editions: tuple[Form, ...] = ()
    changes: tuple[str, ...] = ()
    may_adopt: tuple[Organization, ...] = ()
    retirements: tuple[FormRetirement, ...] = ()
    may_resume: tuple[Organization, ...] = ()


@dataclass(frozen=True)
class Section:
    title: str
    lines: list[ShownLine]


@dataclass(frozen=True)
class FormPage:
    """One form as it is printed: sections of lines, rules of its own and of its indicators, and what the definitions imply."""

    form: Form
    sections: list[Section]
    rules: list[ShownRule]
    implied: list[ShownRule]
    never_negative: int  # lines that take no number below 0
    units: str  # the units of measure, each once
    derived: list[Line]
    typed_count: int


def matching(indicators: QuerySet[Indicator], text: str) -> QuerySet[Indicator]:
    """Those whose code or name holds the text."""
    text = text.strip()
    if not text:
        return indicators
    return indicators.filter(Q(code__icontains=text) | Q(name__icontains=text) | Q(name_en__icontains=text))


def indicators_with_counts(counties: Collection[int]) -> QuerySet[Indicator]:
    """Every indicator of the counties with `form_count`, on how many of their forms it stands, in the order of the catalogue."""
    on_forms = Count("form_lines", filter=Q(form_lines__form__in=forms_of(*counties)))
    return indicators_of(*counties).annotate(form_count=on_forms).order_by("sort_order", "code")


def definition_of(indicator: Indicator, counties: Collection[int]) -> IndicatorPage:
    """As the counties see it: with their own parts, forms and what they compute of it."""
    items = indicator.breakdown_items.order_by("dimension", "position")
    used_in = [other for other in _leaning_on(indicator, counties) if other.pk != indicator.pk]
    checks = list(indicator.checks.order_by("position"))
    texts = [getattr(indicator, name) for name in FORMULAS] + [check.expression for check in checks]
    names = _names(texts, counties)
    return IndicatorPage(
        indicator=indicator,
        former=list(indicator.former_definitions.order_by("-until")),
        dimensions=[[item.name for item in group] for _dimension, group in groupby(items, key=lambda item: item.dimension)],
        parts=list(indicators_of(*counties).filter(part_of=indicator).order_by("sort_order")),
        forms=list(forms_of(*counties).filter(lines__indicator=indicator).order_by("sort_order", "id")),
        used_in=used_in,
        formulas={name: _spelled(getattr(indicator, name), names) for name in FORMULAS if getattr(indicator, name)},
        rules=[
            ShownRule(check.severity, check.message or _spelled(check.expression, names), check.expression) for check in checks
        ],
    )


def forms_with_counts(day: date, counties: Collection[int]) -> QuerySet[Form]:
    """Every form of the counties with `line_count`, `is_expired` on the day, and `is_retired` by all of them, in their order."""
    is_expired = Q(valid_until__isnull=False, valid_until__lt=day)
    is_retired = ~Q(pk__in=forms_in_use(*counties).values("pk"))
    found = forms_of(*counties).annotate(line_count=Count("lines"), is_expired=is_expired, is_retired=is_retired)
    return found.order_by("sort_order", "code")


def forms_to_leave_out_of(indicator: Indicator, own: Collection[int]) -> list[Form]:
    """The forms in use from which a county's officer may take the indicator: those of the counties, and common ones to adopt first."""
    return list(forms_in_use(*own).filter(lines__indicator=indicator).order_by("sort_order", "id"))


def form_standing(form: Form, counties: Collection[int], own: Collection[int]) -> FormStanding:
    """As those who see the counties' definitions find it; `own`: the counties that the person lays out."""
    if form.owner_id is not None:
        return FormStanding(changes=tuple(changes_since_adoption(form)))
    editions = tuple(readable_forms(*counties).filter(adopted_from=form).select_related("owner").order_by("pk"))
    retired = retirements_of(*counties).filter(form=form).select_related("county", "retired_by").order_by("county__code")
    retirements = tuple(retired)
    free = set(own) - {edition.owner_id for edition in editions} - {one.county_id for one in retirements}
    return FormStanding(
        editions,
        may_adopt=tuple(Organization.objects.filter(pk__in=free).order_by("code")) if free else (),
        retirements=retirements,
        may_resume=tuple(one.county for one in retirements if one.county_id in own),
    )


def sheet_of(form: Form, county_id: int | None = None) -> FormPage:
    """`county_id`: with what this county computes and rules of its own on a common form."""
    layout = layout_of(form, county_id=county_id)
    rules = checks_for(layout, form, county_id)
    lines = [line for line in layout.printed if not line.item or not line.is_computed]
    implied = [rule for rule in rules if not rule.key.startswith(("rule:", "sign:"))]
    return FormPage(
        form=form,
        sections=[
            Section(title, [_shown_line(line, layout) for line in group])
            for title, group in groupby(lines, key=lambda line: line.section)
        ],
        rules=[_shown(rule, layout) for rule in rules if rule.key.startswith("rule:")],
        implied=[_shown(rule, layout) for rule in implied],
        never_negative=sum(rule.key.startswith("sign:") for rule in rules),
        units=_(", ").join(Counter(line.unit for line in lines)),
        derived=[line for line in layout.lines if line.is_derived],
        typed_count=len(layout.typed),
    )


def rules_of(form: Form, layout: Layout, counties: Collection[int]) -> list[ShownRule]:
    """The form's own rules in order, the common ones and those of the counties."""
    checks = checks_of(*counties).filter(form=form).order_by("position", "id")
    return [ShownRule(check.severity, _readable(check.expression, layout), check.expression, check) for check in checks]


def category_names(categories: Sequence[str]) -> str:
    """The names; everyone for none."""
    labels = [str(UnitCategory(category).label) for category in categories]
    return _(", ").join(labels) if labels else _("All units")


def _level(line: Line, layout: Layout) -> int:
    level = 1 if line.item else 0
    whole = layout.by_key.get(layout.by_key[line.code].part_of)
    while whole is not None:
        level, whole = level + 1, layout.by_key.get(whole.part_of)
    return level


def _shown_line(line: Line, layout: Layout) -> ShownLine:
    asked_of = category_names(line.unit_categories) if line.unit_categories else ""
    return ShownLine(line, _level(line, layout), str(Kind(line.kind).label), asked_of)


def _shown(rule: Rule, layout: Layout) -> ShownRule:
    return ShownRule(rule.severity, finding_texts.spelled(rule, layout), rule.formula.text if rule.formula else "")


def _readable(expression: str, layout: Layout) -> str:
    return parse(expression).spelled(lambda reference: finding_texts.name_in(layout, reference))


def _leaning_on(indicator: Indicator, counties: Collection[int]) -> list[Indicator]:
    """Indicators computed from this one."""
    condition = Q()
    for name in FORMULAS:
        condition |= Q(**{f"{name}__contains": f"{{{indicator.code}"})
    candidates = indicators_of(*counties).filter(condition).order_by("sort_order")
    return [other for other in candidates if indicator.code in _codes(getattr(other, name) for name in FORMULAS)]


def _codes(texts) -> set[str]:
    return {reference.code for text in texts if text for reference in parse(text).references}


def _names(texts: list[str], counties: Collection[int]) -> dict[str, str]:
    return dict(indicators_of(*counties).filter(code__in=_codes(texts)).values_list("code", "name"))


def _spelled(text: str, names: dict[str, str]) -> str:
    return parse(text).spelled(lambda reference: _name(reference, names))


def _name(reference: Reference, names: dict[str, str]) -> str:
    name = f"{reference.code} {names.get(reference.code, '')}".rstrip() + (f":{reference.item}" if reference.item else "")
    return finding_texts.shifted(name, reference.shift)
