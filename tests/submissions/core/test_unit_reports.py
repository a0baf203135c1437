"""One unit's reports period by period, nil reports, packed measures, digests: the pure parts of what acts share."""

from decimal import Decimal

import pytest

from indicators.choices import Kind, OrgRule
from indicators.formulas import parse
from indicators.measures.history import EarlierDocuments
from indicators.periods import read_period
from indicators.values.documents import NA
from submissions.choices import State
from submissions.core.change_records import replayed_from
from submissions.core.check_context import Desk, Finding, label_of, read_finding
from submissions.core.digests import digest_of
from submissions.core.earlier_reports import leaned_figures, listed
from submissions.core.history import earlier_from, leaned_on
from submissions.core.nil_report import asked_under_nil, filled_as_nil, is_nil_zero, speaking_against_nil
from submissions.core.packed_measures import Packed, kept_as, packed_of
from submissions.core.refusals import NotReady
from submissions.core.unit_reports import UnitReports
from tests.factories.indicators import items_of, layout, line

Q = {text: read_period(text) for text in ("2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3")}
MADE = layout(line("A"), line("P", formula="{A} - {A@prev}"))
OLD = layout(line("A"), line("P", formula="{A} * 100"))
DOCUMENTS = {Q["2025Q3"]: {"A": 1}, Q["2025Q4"]: {"A": 2}, Q["2026Q1"]: {"A": 4}, Q["2026Q2"]: {"A": 8}}
REPORTS = UnitReports(Q["2026Q3"], MADE, DOCUMENTS, {Q["2025Q3"]: OLD}, {Q["2026Q1"]: {"A": 4}})


@pytest.mark.parametrize(
    ("period", "periods"),
    [
        ("2026Q3", {"2026Q2", "2026Q1", "2025Q3"}), ("2026Q1", {"2025Q4", "2025Q1"}), ("2026", {"2025"}),
        ("2026-02", {"2026-01", "2025-02"}),
        ("2026W53", {f"2026W{week:02}" for week in range(1, 53)}),
    ],
)  # fmt: skip
def test_what_a_report_may_look_at(period, periods):
    assert {str(one) for one in leaned_on(read_period(period))} == periods


def test_what_stood_before():
    assert earlier_from(Q["2026Q3"], DOCUMENTS) == EarlierDocuments({"A": 8}, ({"A": 4}, {"A": 8}), {"A": 1})
    assert earlier_from(Q["2026Q1"], DOCUMENTS) == EarlierDocuments({"A": 2}, (), None)
    assert earlier_from(Q["2026Q3"], {}) == EarlierDocuments(None, (None, None), None)
    assert earlier_from(read_period("2026W53"), {}).same_last_year is None


def test_a_report_and_those_beside_it():
    assert REPORTS.now({"A": 20}).exact("P") == 12
    assert REPORTS.previous().exact("P") == 4
    assert REPORTS.year_ago().exact("P") == 100  # with the lines that were asked then
    assert [leaf.exact("P") for leaf in REPORTS.this_year()] == [2, 4]
    assert REPORTS.at(Q["2026Q3"]) is None
    assert REPORTS.earlier_by_basis.standing.previous == {"A": 8}
    assert REPORTS.earlier_by_basis.approved == EarlierDocuments(None, ({"A": 4}, None), None)
    assert UnitReports(read_period("2026W53"), MADE).year_ago() is None


NIL = layout(
    line("A"), line("S", kind=Kind.STOCK), line("T", kind=Kind.CUMULATIVE), line("X", formula="{A}"), line("M", org_rule=OrgRule.MEAN),
    *items_of("I", "甲", kind=Kind.STOCK), line("V", unit_categories=("village",)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("figures", "year", "filled"),
    [
        ({}, (), {"A": 0, "T": 0, "V": 0}),
        ({"A": 3, "S": 1}, ({"T": 7},), {"A": 3, "S": 1, "T": 7, "V": 0}),
        ({"A": NA}, ({"T": 5}, {"T": 7}), {"A": NA, "T": 7, "V": 0}),
        ({}, ({"T": 7}, None), {"A": 0, "V": 0}),
    ],
)
def test_what_a_nil_report_fills_in(figures, year, filled):
    given = dict(figures)
    assert filled_as_nil(NIL, "village", figures, EarlierDocuments(year=year)) == filled
    assert figures == given
    assert "V" not in filled_as_nil(NIL, "township", figures, EarlierDocuments(year=year))


def test_what_speaks_against_a_nil_report():
    assert [one.key for one in speaking_against_nil(NIL, {"A": 1, "S": 5, "T": 3, "V": 0})] == ["A"]
    assert speaking_against_nil(NIL, {"A": NA, "V": None}) == []
    assert [one.key for one in asked_under_nil(NIL, "village")] == ["S", "T", "M", "I"]
    assert [is_nil_zero(NIL.by_key[key]) for key in ("A", "S", "X")] == [True, False, False]


@pytest.mark.parametrize(
    ("state", "over_all", "over_approved"),
    [
        (State.BLANK, None, None), (State.DRAFT, None, None), (State.SUBMITTED, b"all", None), (State.PASSED, b"all", None),
        (State.RETURNED, None, None),
        (State.APPROVED, b"all", b"approved"), (State.EXEMPT, None, None),
    ],
)  # fmt: skip
def test_which_measures_count(state, over_all, over_approved):
    packed = packed_of(b"all", b"approved")
    assert packed.counted(state, False) == over_all
    assert packed.counted(state, True) == over_approved


def test_measures_are_kept_once_where_both_are_the_same():
    assert packed_of(b"all", b"all") == Packed(b"all", None)
    assert packed_of(b"all", b"all").over_approved == b"all"
    assert packed_of(b"all", b"some") == Packed(b"all", b"some")
    assert packed_of(b"all", b"some").over_approved == b"some"
    assert kept_as(memoryview(b"all"), memoryview(b"")) == Packed(b"all", b"")
    assert kept_as(None, None) == Packed(b"", None)


def test_the_digest_of_a_version():
    """Kept in sealed versions for ever: the text under it may never change."""
    digest = digest_of({"B": Decimal("1.50"), "A": NA}, {"part:B": "说明"}, nil_report=False)
    assert digest == "1e1e1243ab205aff2eb576c03a588b1d525ee7a7fca758d94b3eed0c850dcbb7"
    assert digest == digest_of({"A": NA, "B": Decimal("1.5")}, {"part:B": "说明"}, nil_report=False)
    others = [digest_of({"A": NA}, {"part:B": "说明"}, False), digest_of({"A": NA}, {}, False), digest_of({"A": NA}, {}, True)]
    assert len({digest, *others}) == 4
    assert digest_of({}, {"b": "1", "a": "2"}, False) == digest_of({}, {"a": "2", "b": "1"}, False)


def test_what_the_trail_adds_up_to():
    trail = [
        '{"A": [null, 3], "B": [null, "1.50"], "_state": ["blank", "draft"]}',
        '{"A": [3, null], "C": [null, "NA"]}',
        '{"D": [1, 0]}',
    ]
    assert replayed_from(trail) == {"B": Decimal("1.50"), "C": NA, "D": 0}


def test_a_finding_is_kept_and_read_back():
    finding = Finding("part:B", "verify", ("B", "A"), "sentence", "cure", needs_explanation=True, explanation="why")
    assert read_finding(finding.as_data()) == finding
    assert finding.as_data()["keys"] == ["B", "A"]
    assert finding.severity_label == "Verify"


@pytest.mark.parametrize(
    ("severity", "needs", "blocks"),
    [("mandatory", False, True), ("verify", True, True), ("verify", False, False), ("hint", False, False)],
)
def test_what_stops_a_report(severity, needs, blocks):
    assert Finding("x", severity, (), "sentence", "cure", needs_explanation=needs).blocks is blocks


def test_why_it_is_not_ready():
    findings = [
        Finding("h", "hint", (), "a hint", "none"),
        Finding("v", "verify", (), "Much more.", "Explain it.", needs_explanation=True),
        Finding("m", "mandatory", (), "Too much.", "Correct it."),
        Finding("n", "mandatory", (), "Missing.", "Fill it in."),
    ]
    refusal = NotReady(findings)
    assert refusal.sentence == str(refusal) == "Not sent: 2 to correct, 1 to explain. First: Much more. Explain it."
    assert refusal.findings == findings


def test_a_cell_by_its_name():
    made = layout(*items_of("I", "甲", name="总数"))
    assert [label_of(made, key) for key in ("I", "I:甲", "NONE")] == ["总数", "总数 · 甲", "NONE"]


def test_what_rules_of_one_document_look_at():
    desk = Desk(NIL, "township", {"A": 5}, EarlierDocuments(previous={"A": 3}), {"E": 9})
    assert desk.asked == {"A", "S", "T", "M", "I", "I:甲"}
    assert desk.shown == {*desk.asked, "X"}
    references = [parse(text).references[0] for text in ("{A}", "{A@prev}", "{E}", "{E@prev}", "{F}")]
    assert [desk.resolve(reference) for reference in references] == [5, 3, 9, None, None]


def test_which_figures_lean_on_which_period():
    made = layout(
        line("A"),
        line("T", kind=Kind.CUMULATIVE, name="累计"),
        *items_of("C", "甲", kind=Kind.CUMULATIVE, name="项"),
        line("P", formula="{A} - {A@prev}"),
    )
    assert {str(period): names for period, names in leaned_figures(made, Q["2026Q3"]).items()} == {
        "2026Q2": ["累计", "项", "项:甲", "指标P"]
    }
    assert leaned_figures(layout(line("A")), Q["2026Q3"]) == {}


def test_a_long_list_is_cut():
    names = [str(number) for number in range(12)]
    assert listed(names[:10]) == "0、1、2、3、4、5、6、7、8、9"
    assert listed(names) == "0、1、2、3、4、5、6、7、8、9…"
    assert listed(()) == ""
