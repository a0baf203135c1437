"""A county that has a quarter to issue, and corrections of its approved reports."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.management import call_command

from submissions.models import Submission, Version
from tests.reports.story import Story

REASON = "漏报"
AT = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)


def quarter(story: Story) -> Story:
    """Three villages in two townships; a flow and a running total of two quarters, all approved: 10 + 20 + 70 = 100."""
    story.orgs(
        "C,县,county,,,,,", "T,甲镇,township,C,,,,", "U,乙镇,township,C,,,,", "V,甲村,village,T,,,,", "W,乙村,village,T,,,,",
        "X,丙村,village,U,,,,",
    )  # fmt: skip
    story.indicators("A,走访,次,flow,,,", "B,培训,人次,cumulative,,,", "S,党员,名,stock,,,")
    story.form("F", "A", "B", "S")
    story.open("F", "2026Q1", "2026Q2")
    for number in (1, 2):
        values = {"V": 10 * number, "W": 20 * number, "X": 70 * number}
        rows = [f"2026Q{number},{org},{code},,{value}" for org, value in values.items() for code in "ABS"]
        story.figures("F", *rows)
    return story


def correct(org: str, period: str, figures: dict, *, form: str = "F", reason: str = REASON) -> Version:
    """Corrects an approved report and gives the version that stands since."""
    head = "form,period,org_code,indicator_code,item,value"
    rows = [f"{form},{period},{org},{key},,{'' if figure is None else figure}" for key, figure in figures.items()]
    with NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
        file.write("\n".join([head, *rows]))
        file.flush()
        call_command("correct", file.name, "--reason", reason, stdout=StringIO())
    report = Submission.objects.select_related("standing__sealed_by")
    return report.get(organization__code=org, task__period=period, task__form__code=form).standing


def issue(story: Story, layout: str = "R2", *, period: str = "2026Q1", org: str = "C", title: str = "统计表", **options) -> str:
    """The number of the release."""
    words = []
    for name, value in options.items():
        words += [f"--{name.replace('_', '-')}", *([] if value is True else [value])]
    story.run("issue", layout, "--period", period, "--org", org, "--title", title, *words)
    return number_in(story.printed)


def number_in(printed: str) -> str:
    return next(word for word in printed.replace(",", " ").split() if word[:2] == "20" and "-" in word)


def reprint(story: Story, number: str) -> bytes:
    path: Path = story.folder / f"{number}.xlsx"
    story.run("reprint", number, "--out", str(path))
    return path.read_bytes()
