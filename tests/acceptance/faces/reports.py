"""The faces of one report: fill page, its own page, return page, review panel and the workbook to fill."""

import re
from collections.abc import Iterator

import openpyxl
from django.test import Client

from indicators.layout import Line
from indicators.periods import read_period
from submissions.core.check_context import label_of
from submissions.filling.sheet import NOTHING
from submissions.models import Submission
from tests.acceptance.faces.book import APPROVED, Book, Number
from tests.acceptance.faces.cells import attribute, markup_rows, plain, text_of_cell
from tests.markup import markup_of
from tests.reports.story import Story

Printed = tuple[str, str, str, str]  # now, the period before, a year ago, year to date


def put_printed(book: Book, face: str, number: Number, printed: Printed) -> None:
    """One line of a form: what earlier periods were is approved since."""
    now, previous, last_year, year = printed
    period = read_period(number.period)
    earlier = Number(number.org, number.period, number.key, basis=APPROVED)
    book.put(face, number, now)
    book.put(face, number.to_date, year)
    book.put(f"{face}, period before", earlier.at(str(period.previous())), previous)
    book.put(f"{face}, a year ago", earlier.at(str(period.same_last_year())), last_year)


def number_in(submission: Submission, key: str, basis: str) -> Number:
    return Number(submission.organization.code, str(submission.task.period), key, basis=basis)


def read_detail(book: Book, client: Client, submission: Submission, basis: str) -> None:
    body = markup_of(client.get(f"/submissions/{submission.pk}/"))
    rows = [cells for _row, cells in markup_rows(body) if len(cells) > 1]
    for line, cells in zip(printed_lines(submission), rows, strict=True):
        label, _unit, *figures = (plain(markup) for _attributes, markup in cells)
        assert (line.item or line.name) in label
        put_printed(book, "detail", number_in(submission, line.key, basis), tuple(figures))


def printed_lines(submission: Submission) -> list[Line]:
    return [line for line in submission.task.layout.printed if line.asks(submission.unit_category)]


def read_fill(book: Book, client: Client, submission: Submission, basis: str) -> None:
    body = markup_of(client.get(f"/submissions/{submission.pk}/fill/"))
    for attributes, cells in markup_rows(body):
        if "data-row" in attributes:
            key = attribute(cells[3][0], "data-key")
            put_printed(book, "fill page", number_in(submission, key, basis), tuple(plain(cell) for _its, cell in cells[3:]))


def read_return(book: Book, client: Client, submission: Submission, basis: str) -> None:
    body = markup_of(client.get(f"/submissions/{submission.pk}/return/"))
    lines = submission.task.layout.asked_of(submission.unit_category)
    for line, (_row, cells) in zip(lines, markup_rows(body), strict=True):
        assert line.code in plain(cells[0][1])
        book.put("return page", number_in(submission, line.key, basis), plain(cells[1][1]))


def read_panel(book: Book, client: Client, submission: Submission, top_id: int, basis: str) -> None:
    """The table of what changed, and the flagged figures beside earlier ones."""
    aside = _panel_of(client, f"/tasks/{submission.task_id}/review/{top_id}/?tab=all&unit={submission.pk}", submission.pk)
    keys = {label_of(submission.task.layout, line.key): line.key for line in submission.task.layout.lines}
    before = str(submission.task.period.previous())
    for label, previous, now in _changed(aside):
        number = number_in(submission, keys[label], basis)
        book.put("review panel", number, now)
        book.put("review panel, period before", Number(number.org, before, number.key), previous)
    for label, now, previous, last_year in _beside(aside):
        number = number_in(submission, keys[label], basis)
        a_year_ago = str(read_period(number.period).same_last_year())
        texts = (
            ("review panel", number, now),
            ("review panel, period before", Number(number.org, before, number.key), previous),
            ("review panel, a year ago", Number(number.org, a_year_ago, number.key), last_year),
        )
        for face, one, text in texts:
            if text != NOTHING:
                book.put(face, one, text)


def _panel_of(client: Client, address: str, submission_id: int) -> str:
    """The panel stands beside the page of the list on which the unit is."""
    for page in range(1, 10):
        body = markup_of(client.get(f"{address}&page={page}"))
        aside = body[body.index('id="panel-title"') :]
        if f"/submissions/{submission_id}/" in aside[: aside.index("</h2>")]:
            return aside
    raise AssertionError(f"{address}: the unit is on no page")


def _changed(aside: str) -> Iterator[list[str]]:
    if "<tbody>" in aside:
        for _row, cells in markup_rows(aside):
            yield [plain(markup) for _attributes, markup in cells]


def _beside(aside: str) -> Iterator[list[str]]:
    """A line of words: — stands for whatever is no figure, because a gap between words would not be seen."""
    for label, facts in re.findall(r"<p>([^<]*)</p>\s*<dl class=\"facts is-line\">(.*?)</dl>", aside, flags=re.DOTALL):
        yield [plain(label), *(plain(one) for one in re.findall(r"<dd>(.*?)</dd>", facts)[:3])]


def read_workbook(book: Book, story: Story, submission: Submission, basis: str) -> None:
    """The workbook to fill with what stands in it: keys in the hidden first column."""
    path = story.folder / "to fill.xlsx"
    code, task = submission.organization.code, submission.task
    story.run("form_workbook", task.form.code, str(task.period), "--org", code, "--out", str(path))
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    lines = {line.key: line for line in task.layout.printed}
    for row in sheet.iter_rows(min_row=2):
        if row[0].value in lines:
            decimals = lines[row[0].value].decimals
            printed = (text_of_cell(row[4], decimals), *(text_of_cell(row[place]) for place in (6, 7, 8)))
            put_printed(book, "workbook", number_in(submission, row[0].value, basis), printed)
