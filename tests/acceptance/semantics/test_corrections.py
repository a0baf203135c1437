"""T17, T44, T45, T46 and T50 of corrections with other numbers, through the operator's commands: docs/semantics.md."""

import json
import re

import pytest
from django.core.management import CommandError

from submissions.corrections.actions import request_correction
from submissions.models import Correction, Review, Submission, Task
from tests.factories.orgs import a_user
from tests.reports.story import FIGURE_HEAD, Story


@pytest.fixture
def story(tmp_path, db):
    """Two townships; A-1 is a flow, B-1 a running total, H-1 a stock, H-0 its opening, R-1 a ratio of A-1 and H-1."""
    story = Story(tmp_path)
    story.orgs(
        "C,县,county,,,,,", "T,镇,township,C,,,,", "U,乡,township,C,,,,",
        "V1,甲村,village,T,,,,", "V2,乙村,village,T,,,,", "W1,丙村,village,U,,,,", "D,直属支部,agency,C,,,,",
    )  # fmt: skip
    story.indicators(
        "A-1,受理件数,件,flow,,,,", "B-1,累计,元,cumulative,,,,", "H-1,期末户数,户,stock,,,,",
        "H-0,期初户数,户,stock,,,,{H-1@prev}", "R-1,办结率,%,ratio,A-1,H-1,,",
        extra="formula",
    )  # fmt: skip
    story.form("F", "A-1", "B-1", "H-1", "H-0", "R-1")
    story.open("F", "2026Q1", "2026Q2", "2026Q3", "2026Q4")
    return story


def correct(story: Story, *rows: str, reason: str = "漏报", form: str = "F") -> str:
    path = story._file("corrections.csv", FIGURE_HEAD, [f"{form},{row}" for row in rows])
    return story.run("correct", path, "--reason", reason)


def marks(answer, *codes: str) -> list[bool]:
    return [answer.cell("" if code == "C" else code)["revised"] for code in codes]


def test_t44_the_county_is_added_up_again_and_the_footnote_says_so(story):
    story.figures("F", "2026Q1,V1,A-1,,30", "2026Q1,V2,A-1,,40", "2026Q1,W1,A-1,,17", "2026Q2,V1,A-1,,5")
    correct(story, "2026Q1,V1,A-1,,33", reason="台账漏登三件")
    answer = story.ask("A-1", period="2026Q1")
    assert (answer.value(), answer.value("T"), answer.value("U")) == (90, 73, 17)
    assert marks(answer, "C", "T", "U") == [True, True, False]
    [note] = [note for note in answer.data["notes"] if "33" in note]
    assert "甲村 30" in note
    assert "台账漏登三件" in note
    assert "First quarter of 2026 A-1 受理件数" in note
    assert marks(story.ask("A-1", period="2026Q1", by="units"), "V1", "V2", "T", "W1") == [True, False, True, False]
    year = story.ask("A-1", period="2026Q2", view="ytd")
    assert (year.value(), year.value("T")) == (95, 78)
    assert marks(year, "C", "T") == [True, True]
    assert marks(story.ask("A-1", period="2026Q2"), "C", "T") == [False, False]
    assert marks(story.ask("A-1", period="2026Q1", tree="now", by="unit_category"), "C", "village") == [True, True]
    row = story.progress("F", "2026Q1", by="units")["V1"]
    assert (row["on_time"], row["late"], row["approved"], row["in_correction"]) == (1, 0, 1, 0)


def test_t17_a_running_total_that_was_corrected_parts_anew(story):
    story.series("F", "B-1", "V1", 2026, "14", "37", "37", "52")
    correct(story, "2026Q1,V1,B-1,,19")
    asked = [story.ask("B-1", period=f"2026Q{number}", by="units") for number in (1, 2, 3, 4)]
    assert [one.value("V1") for one in asked] == [19, 18, 0, 15]
    assert [one.cell("V1")["revised"] for one in asked] == [True, True, False, False]
    year = story.ask("B-1", period="2026Q4", view="ytd", by="units")
    assert (year.value("V1"), year.cell("V1")["revised"]) == (52, False)
    first = story.ask("B-1", period="2026Q1", view="ytd")
    assert (first.value(), first.cell()["revised"]) == (19, True)
    since = story.ask("B-1", period="2026Q3", view="since:2026-04-01")
    assert (since.value(), since.cell()["revised"]) == (18, True)


def test_what_is_computed_from_it_moves_and_says_so(story):
    story.figures("F", "2026Q1,V1,A-1,,10", "2026Q1,V1,H-1,,40", "2026Q1,V2,A-1,,10", "2026Q1,V2,H-1,,60", "2026Q2,V1,H-1,,45")
    correct(story, "2026Q1,V1,H-1,,20")
    ratio = story.ask("R-1", period="2026Q1", by="units")
    assert (ratio.value(), ratio.value("V1")) == (25, 50)
    assert marks(ratio, "C", "V1", "V2") == [True, True, False]
    opening = story.ask("H-0", period="2026Q2", by="units")
    assert (opening.value("V1"), opening.cell("V1")["revised"]) == (20, True)
    assert marks(story.ask("H-1", period="2026Q2"), "C") == [False]


def test_a_second_correction_stands_on_the_first(story):
    story.figures("F", "2026Q1,V1,A-1,,30")
    correct(story, "2026Q1,V1,A-1,,33", reason="漏登")
    correct(story, "2026Q1,V1,A-1,,31", reason="重登")
    answer = story.ask("A-1", period="2026Q1")
    assert (answer.value(), answer.cell()["revised"]) == (31, True)
    [note] = [note for note in answer.data["notes"] if "漏登" in note]
    assert "甲村 30 → 33 → 31" in note
    assert note.index("漏登") < note.index("重登")
    assert "holds" in story.run("verify")
    assert "failed" not in story.printed


def test_a_figure_that_was_not_reported_and_one_that_is_taken_out(story):
    story.figures("F", "2026Q1,V1,A-1,,30", "2026Q1,V1,H-1,,4", "2026Q1,V2,H-1,,6")
    correct(story, "2026Q1,V1,A-1,,", "2026Q1,V2,A-1,,8")
    answer = story.ask("A-1", period="2026Q1", by="units")
    assert (answer.text("V1"), answer.value("V2"), answer.value()) == ("", 8, 8)
    assert (answer.cell("V1")["revised"], answer.cell("V1")["reported"]) == (True, 0)


def test_a_unit_directly_under_the_county(story):
    story.figures("F", "2026Q1,D,A-1,,3")
    correct(story, "2026Q1,D,A-1,,2")
    assert story.ask("A-1", period="2026Q1").value("D") == 2


def test_the_same_file_again_changes_nothing_and_says_so(story):
    story.figures("F", "2026Q1,V1,A-1,,30", "2026Q1,V2,A-1,,1")
    correct(story, "2026Q1,V1,A-1,,33", "2026Q1,V2,A-1,,1")
    assert "othing to correct" in correct(story, "2026Q1,V1,A-1,,33", "2026Q1,V2,A-1,,1")
    assert story.ask("A-1", period="2026Q1").value() == 34


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026Q1,V2,A-1,,5", "not approved"),  # only sent in
        ("2026Q1,W1,A-1,,5", "not approved"),  # nothing there
        ("2026Q1,V1,H-0,,5", "computed"),
        ("2026Q1,V1,A-1,,-5", "below 0"),
        ("2026Q1,V1,A-1,,3.5", "."),
        ("2026Q1,V1,,,NIL", "nil report"),
        ("2026Q1,X9,A-1,,5", "X9"),
        ("2026Q1,V1,Z-9,,5", "Z-9"),
    ],
)
def test_all_or_nothing_with_the_row_and_the_sentence(story, row, said):
    story.figures("F", "2026Q1,V1,A-1,,30")
    story.figures("F", "2026Q1,V2,A-1,,4", state="submitted")
    with pytest.raises(SystemExit):
        correct(story, "2026Q1,V1,B-1,,7", row)
    assert re.search(said, story.error_output)
    assert ":3:" in story.error_output or ":2:" in story.error_output
    assert story.ask("B-1", period="2026Q1").text() == ""
    assert not Submission.objects.filter(is_in_correction=True).exists()


def test_a_trial_writes_nothing(story):
    story.figures("F", "2026Q1,V1,A-1,,30")
    path = story._file("corrections.csv", FIGURE_HEAD, ["F,2026Q1,V1,A-1,,33"])
    assert "30 → 33" in story.run("correct", path, "--reason", "漏报", "--dry-run")
    assert story.ask("A-1", period="2026Q1").value() == 30


def test_without_a_reason_it_says_what_to_write(story):
    with pytest.raises(CommandError, match="--reason"):
        correct(story, "2026Q1,V1,A-1,,33", reason=" ")


def test_a_load_of_figures_names_the_command(story):
    story.figures("F", "2026Q1,V1,A-1,,30")
    with pytest.raises(SystemExit):
        story.figures("F", "2026Q1,V1,A-1,,33")
    assert "correct" in story.error_output


def test_t46_a_correction_under_way_is_seen_above_and_the_others_stay_approved(story):
    story.figures("F", "2026Q1,V1,A-1,,30", "2026Q1,V2,A-1,,4", "2026Q1,W1,A-1,,5", "2026Q1,D,A-1,,6")
    report = Submission.objects.get(organization__code="V1", task__period="2026Q1")
    clerk = a_user("clerk", report.organization)
    arguments = {"reason": "漏报", "by": clerk, "at": report.approved_at}
    request_correction(submission=report, version_number=1, changes={"A-1": 33}, **arguments)
    rows = story.progress("F", "2026Q1")
    assert [rows[code]["in_correction"] for code in ("C", "T", "U")] == [1, 1, 0]
    assert [rows[code]["approved"] for code in ("C", "T", "U")] == [4, 2, 1]
    assert story.ask("A-1", period="2026Q1").value() == 45
    assert marks(story.ask("A-1", period="2026Q1"), "C", "T") == [False, False]
    with pytest.raises(SystemExit):
        correct(story, "2026Q1,V1,A-1,,35")
    assert "under way" in story.error_output


def test_what_a_later_report_now_disagrees_with_is_told(story):
    story.checks("F,{H-1} >= {H-1@prev},verify,户数不应减少", "F,{A-1} <= 99,mandatory,超过上限")
    story.figures("F", "2026Q1,V1,H-1,,40", "2026Q2,V1,H-1,,45")
    said = correct(story, "2026Q1,V1,H-1,,50")
    assert "甲村, Second quarter of 2026" in said
    assert "户数不应减少" in said
    assert story.ask("H-1", period="2026Q2").value() == 45
    with pytest.raises(SystemExit):
        correct(story, "2026Q1,V1,A-1,,100")
    assert "超过上限" in story.error_output
    assert ":2: value:" in story.error_output


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda one: reports().update(standing=one.base), "does not stand on its newest correction"),
        (
            lambda one: Correction.objects.filter(county=one.county).update(figures={"A-1": 99}),
            "is not its base with its figures",
        ),
        (lambda one: reports().update(is_in_correction=True), "under way is noted wrongly"),
        (
            lambda one: Task.objects.filter(county=one.county).update(has_corrections=False),
            "does not say that corrections stand",
        ),
        (lambda one: one.delete(), "stems from no correction"),
        (lambda one: Review.objects.filter(county=one.county, act="correct").delete(), "not among the acts on the report"),
    ],
)
def test_verify_finds_what_was_changed_past_the_corrections(story, damage, said):
    story.figures("F", "2026Q1,V1,A-1,,30")
    correct(story, "2026Q1,V1,A-1,,33")
    damage(Correction.objects.get())
    with pytest.raises(SystemExit):
        story.run("verify")
    assert said in story.printed


def reports():
    return Submission.objects.filter(organization__code="V1", task__period="2026Q1")


def test_json_keeps_its_shape(story):
    story.figures("F", "2026Q1,V1,A-1,,30")
    correct(story, "2026Q1,V1,A-1,,33")
    cell = json.loads(story.run("figures", "A-1", "--period", "2026Q1", "--org", "C", "--format", "json"))["rows"][0]["cells"][
        0
    ]
    assert (cell["revised"], cell["estimated"], cell["value"]) == (True, False, "33")
