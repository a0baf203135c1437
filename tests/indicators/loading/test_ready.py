"""The catalogue and the forms that come with the system: complete, consistent, each figure asked once."""

from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import F

from indicators import ready
from indicators.catalogue.queries import checks_for, layout_of
from indicators.checks.finding_texts import finding_sentence, is_against_earlier
from indicators.choices import Kind, Severity
from indicators.domains import DOMAINS, NOT_PARTY_WORK
from indicators.formulas import VerdictState, parse
from indicators.loading.catalogue import load_catalogue
from indicators.loading.checks import load_checks
from indicators.loading.forms import load_forms
from indicators.measures.document_measures import Leaf
from indicators.measures.history import EarlierDocuments
from indicators.models import Check, Form, FormLine, Indicator
from orgs.accounts.accounts import system_operator
from spreadsheets.tables import read_table
from tests.factories.indicators import AT

FOLDER = Path(ready.__file__).parent


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The three files loaded once; answers the counts of each loader."""
    with django_db_blocker.unblock(), transaction.atomic():
        by = system_operator()
        counts = [
            load(read_table(FOLDER / name), by=by, at=AT)
            for load, name in ((load_catalogue, "catalogue.csv"), (load_forms, "forms.csv"), (load_checks, "checks.csv"))
        ]
        yield counts
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def test_295_indicators_of_which_45_are_switched_off(loaded):
    assert loaded[0].added == 295
    assert Indicator.objects.filter(is_enabled=False).count() == 45
    assert set(Indicator.objects.filter(is_enabled=False).values_list("domain", flat=True)) == NOT_PARTY_WORK


def test_every_indicator_has_a_definition_and_a_named_domain():
    assert not Indicator.objects.filter(definition="").exists()
    assert set(Indicator.objects.values_list("domain", flat=True)) == set(DOMAINS)


def test_every_enabled_indicator_stands_on_exactly_one_ready_form():
    asked = list(FormLine.objects.values_list("indicator__code", flat=True))
    assert len(asked) == len(set(asked)) == 250
    assert set(asked) == set(Indicator.objects.filter(is_enabled=True).values_list("code", flat=True))


def test_a_form_asks_at_its_indicators_rhythm():
    off = FormLine.objects.filter(indicator__numerator="", indicator__formula="").exclude(
        form__frequency=F("indicator__frequency")
    )
    assert not off.exists()


def test_every_form_is_whole():
    for form in Form.objects.all():
        assert form.title
        assert form.issuer
        assert form.document_number
        assert form.valid_until
        assert form.unit_categories
        layout = layout_of(form)
        assert layout.typed
        assert checks_for(layout, form)


def test_computed_lines_stand_where_their_inputs_are_and_see_the_same_units():
    for form in Form.objects.all():
        layout = layout_of(form)
        for line in layout.printed:
            if not line.is_computed:
                continue
            inputs = [layout.by_key.get(key) for key in inputs_of(line)]
            assert all(inputs), (form.code, line.code)
            for category in form.unit_categories:
                assert line.asks(category) or not any(one.asks(category) for one in inputs), (form.code, line.code, category)


def inputs_of(line):
    texts = (line.numerator, line.denominator, line.formula)
    return {reference.key for text in texts if text for reference in parse(text).references}


@pytest.mark.parametrize(
    ("code", "numerator", "denominator", "formula"),
    [
        ("CERT-008", "", "", "sum(4*{CERT-002:初级}, 8*{CERT-002:中级}, 12*{CERT-002:高级})"),
        ("CERT-009", "{CERT-007@ytd}", "{CERT-008}", ""),
        ("ORG-005", "{ORG-003}", "{ORG-002}", ""),
        ("ORG-008", "", "", "{ORG-002}-{ORG-003}"),
        ("PTS-003", "", "", "if({PTS-001}>=80, floor({PTS-001}/5), 0)"),
        ("ISS-203", "{ISS-202@ytd}", "{ISS-201@ytd}", ""),
    ],
)
def test_formulas_as_catalogued(code, numerator, denominator, formula):
    indicator = Indicator.objects.get(code=code)
    assert (indicator.numerator, indicator.denominator, indicator.formula) == (numerator, denominator, formula)


@pytest.mark.parametrize(
    ("code", "expression", "severity"),
    [
        ("CERT-002", "{CERT-002} == {CERT-002@prev}+{CERT-001}-{CERT-003}", "mandatory"),
        ("ISS-202", "{ISS-202@ytd}<={ISS-201@ytd}", "mandatory"),
        ("ORG-004", "{ORG-004}<={ORG-003}", "verify"),
        ("ORG-207", "{ORG-207}<={ORG-206@prev}", "mandatory"),
        ("EVAL-005", "{ORG-101} == {EVAL-005}+{EVAL-006}+{EVAL-007}", "mandatory"),
        ("COMM-303", "3 <= {COMM-303} <= 5", "verify"),
        ("STN-011", "{STN-011} >= 1", "verify"),
    ],
)
def test_checks_as_catalogued(code, expression, severity):
    assert (expression, severity) in set(Check.objects.filter(indicator__code=code).values_list("expression", "severity"))


def test_points_may_be_taken_off_and_keep_their_decimals():
    facts = dict.fromkeys(("PTS-006", "EVAL-002", "COOP-003", "ORG-001", "CERT-007"))
    for code in facts:
        indicator = Indicator.objects.get(code=code)
        facts[code] = (indicator.negative_allowed, indicator.decimals)
    assert facts == {
        "PTS-006": (True, 0),
        "EVAL-002": (True, 1),
        "COOP-003": (True, 2),
        "ORG-001": (False, 0),
        "CERT-007": (False, 2),
    }


def _findings(form_code: str, figures: dict, earlier: EarlierDocuments) -> dict[str, str]:
    form = Form.objects.get(code=form_code)
    asked = layout_of(form)
    leaf = Leaf(asked, figures, earlier)
    found = {}
    for rule in checks_for(asked, form):
        verdict = rule.judge(leaf.resolve, asked=figures.keys(), starts_year=not earlier.year)
        if verdict.state == VerdictState.BROKEN:
            found[rule.severity] = found.get(rule.severity, "") + finding_sentence(rule, verdict, asked, leaf.resolve)
    return found


def test_party_members_who_vanish_are_asked_about():
    before = {"PM-001": 87, "PM-001:正式": 85, "PM-001:预备": 2}
    earlier = EarlierDocuments(previous=before, year=(before,), same_last_year=before)
    asked = _findings("结对季01表", {"PM-001": 51, "PM-001:正式": 50, "PM-001:预备": 1}, earlier)
    assert set(asked) == {Severity.VERIFY}
    assert "last period 87 名, 36 名 fewer (41.4%)" in asked[Severity.VERIFY]
    assert _findings("结对季01表", {"PM-001": 84, "PM-001:正式": 83, "PM-001:预备": 1}, earlier) == {}


def test_full_and_probationary_members_make_all():
    asked = _findings("结对季01表", {"PM-001": 400, "PM-001:正式": 60, "PM-001:预备": 1}, EarlierDocuments())
    assert set(asked) == {Severity.MANDATORY}
    assert "400" in asked[Severity.MANDATORY]
    assert _findings("结对季01表", {"PM-001": 61, "PM-001:正式": 60, "PM-001:预备": 1}, EarlierDocuments()) == {}
    assert _findings("结对季01表", {"PM-001": 61}, EarlierDocuments()) == {}  # a unit that does not know the parts


def test_every_stock_and_flow_of_a_quarter_is_held_against_earlier_ones():
    """But those that a form's own limits or constants settle."""
    settled = {"EVAL-004", "EVAL-008", "EVAL-009", "COMM-303", "COMM-313", "PTS-009", "PTS-010"}
    for form in Form.objects.filter(frequency="quarter"):
        asked = layout_of(form)
        against = {rule.keys[0] for rule in checks_for(asked, form) if is_against_earlier(rule)}
        counted = {one.key for one in asked.typed if not one.item and one.kind in (Kind.STOCK, Kind.FLOW)}
        assert counted - settled <= against, form.code
