"""T25: a definition that changes from a day breaks its series, unless the figures before count on."""

import pytest

from reports.verification.definitions import definitions_follow_their_days, unlike_figures_are_apart
from reports.verification.sums import kept_sums_equal_the_documents

KINDS = {"A": "flow", "B": "cumulative", "S": "stock"}
GIVEN = {"2026Q1": (40, 10, 10), "2026Q2": (35, 25, 10), "2026Q3": (8, 30, 11), "2026Q4": (9, 33, 12)}


@pytest.fixture
def trainings(story):
    """A county of one village with a year of trainings. Answers what loads a change before the third quarter."""

    def changed(*rows: str, extra: str = "changed_from,counts_on,definition"):
        story.villages("V")
        story.indicators(*(f"{code},指标{code},场,{kind},,," for code, kind in KINDS.items()), "R,场均,场,ratio,A,S,")
        story.form("F", *KINDS, "R")
        for period in GIVEN:
            if period == "2026Q3":
                story.indicators(*rows, extra=extra)
            story.open("F", period)
            figures = zip(KINDS, GIVEN[period], strict=True)
            story.figures("F", *(f"{period},V,{code},,{figure}" for code, figure in figures))
        return story

    return changed


BROKEN = ("A,指标A,场,flow,,,,2026-07-01,,半天以上", "B,指标B,次,cumulative,,,,2026-07-01,,")
MAPPED = ("A,指标A,场,flow,,,,2026-07-01,1,半天以上",)


@pytest.mark.parametrize(
    ("rows", "period", "options", "texts"),
    [
        (BROKEN, "2026Q2", {"view": "ytd"}, ["75", "25", "10", "8"]),
        (BROKEN, "2026Q3", {}, ["8", "—", "11", "1"]),  # the step of a running total over the break is not known
        (BROKEN, "2026Q4", {}, ["9", "3", "12", "1"]),
        (BROKEN, "2026Q4", {"view": "ytd"}, ["—", "—", "12", "—"]),
        (BROKEN, "2026Q4", {"view": "since:2026-07-01"}, ["17", "—", "12", "1"]),
        (BROKEN, "2026", {}, ["—", "—", "12", "—"]),
        (BROKEN, "2026H1", {}, ["75", "25", "10", "8"]),
        (BROKEN, "2026Q4", {"view": "ytd", "tree": "now"}, ["—", "—", "12", "—"]),
        (BROKEN, "2026Q4", {"view": "ytd", "by": "units"}, ["—", "—", "12", "—"]),
        (MAPPED, "2026Q4", {"view": "ytd"}, ["92", "33", "12", "8"]),
        (MAPPED, "2026Q3", {}, ["8", "5", "11", "1"]),
    ],
)
def test_what_adds_up(trainings, rows, period, options, texts):
    answer = trainings(*rows).ask("A", "B", "S", "R", period=period, **{"by": "self", **options})
    assert [round_text(answer.text(column=column)) for column in range(4)] == texts


def round_text(text: str) -> str:
    return text if "." not in text else str(round(float(text)))


def test_a_change_over_the_break_is_withheld_and_after_it_computed(trainings):
    story = trainings(*BROKEN)
    over = story.ask("A", "S", "R", period="2026Q3", by="self", compare="prev")
    changes = [over.cell(column=column)["compare"]["prev"] for column in range(3)]
    assert [one["change"] for one in changes] == [None, "1", None]
    assert changes[0]["said"] == changes[2]["said"] == "definition changed from 2026Q3 on"
    assert changes[0]["value"] == "35"  # in the same unit of measure it may be read beside it
    after = story.ask("A", period="2026Q4", by="self", compare="prev").cell()["compare"]["prev"]
    assert (after["change"], after["said"]) == ("1", "")


def test_a_series_says_where_it_breaks(trainings):
    answer = trainings(*BROKEN).ask("A", "S", period=",".join(GIVEN), by="self")
    since = [column["comparable_since"] for column in answer.data["columns"] if column["indicator"] == "A"]
    assert since == ["", "", "2026-07-01", "2026-07-01"]
    assert answer.data["notes"] == [
        "The series of A 指标A breaks between Second quarter of 2026 and Third quarter of 2026: definition changed from 2026Q3 on."
    ]


@pytest.mark.parametrize(
    ("formula", "texts"),
    [("A[ytd]", ["40", "75", "—", "—"]), ("A-A[prev]", ["", "-5", "—", "1"])],
)
def test_a_formula_that_looks_over_the_break_has_no_figure(story, formula, texts):
    story.villages("V")
    story.indicators("A,场次,场,flow,,,", f"G,算得,场,flow,,,,{formula}", extra="formula")
    story.form("F", "A", "G")
    for period, (figure, *_others) in GIVEN.items():
        if period == "2026Q3":
            story.indicators("A,场次,场,flow,,,,2026-07-01,半天以上", extra="changed_from,definition")
        story.open("F", period)
        story.figures("F", f"{period},V,A,,{figure}")
    assert [story.ask("G", period=period, by="self").text() for period in GIVEN] == texts
    assert list(kept_sums_equal_the_documents()) == []


@pytest.mark.parametrize("rows", [BROKEN, MAPPED])
def test_verify_recounts_both_sides(trainings, rows):
    trainings(*rows)
    checks = (kept_sums_equal_the_documents, definitions_follow_their_days, unlike_figures_are_apart)
    assert [sentence for check in checks for sentence in check()] == []
