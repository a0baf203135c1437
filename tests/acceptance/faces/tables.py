"""The faces of a branch: the figures command and its files, the table page and its JSON, the records, flat data, the dashboard."""

import csv
import html
import io
import json
import re
from decimal import Decimal

from indicators.values.number_parser import format_figure
from orgs.models import Organization
from tests.acceptance.faces.book import PERIOD, YEAR, Book, Number
from tests.acceptance.faces.cells import attribute, markup_rows, plain
from tests.acceptance.faces.places import Place
from tests.markup import markup_of


def read_figures(book: Book, place: Place) -> None:
    """`figures` as JSON and CSV, and the JSON of the page."""
    for view in (PERIOD, YEAR):
        words = (*place.asked, "--by", place.by, "--view", view, "--basis", place.basis)
        put_grid(book, "figures --format json", place, view, json.loads(place.story.run("figures", *words, "--format", "json")))
        for row in csv.DictReader(io.StringIO(place.story.run("figures", *words, "--format", "csv"))):
            key = f"{row['indicator']}:{row['item']}" if row["item"] else row["indicator"]
            book.put("figures --format csv", Number(row["org"], place.period, key, view, place.basis), row["text"])
        answer = place.client.get(f"/figures.json?{place.address}&by={place.by}&view={view}")
        put_grid(book, "figures.json", place, view, json.loads(answer.content))


def put_grid(book: Book, face: str, place: Place, view: str, grid: dict) -> None:
    keys = [f"{one['indicator']}:{one['item']}" if one["item"] else one["indicator"] for one in grid["columns"]]
    for row in grid["rows"]:
        for key, cell in zip(keys, row["cells"], strict=True):
            book.put(face, Number(row["org"], place.period, key, view, place.basis), cell["text"])


def read_records(book: Book, place: Place) -> None:
    """What stands behind the figures is exact; a reader prints it with the decimals of its line."""
    answer = json.loads(place.story.run("figures", *place.asked, "--by", "self", "--records", "--format", "json"))
    counted = {"approved"} if place.basis == "approved" else {"approved", "submitted", "passed"}
    lines = {line.key: line for line in place.lines}
    for row in answer["records"]:
        if row["state"] in counted and row["value"] not in (None, "NA"):
            key = f"{row['indicator']}:{row['item']}" if row["item"] else row["indicator"]
            text = format_figure(Decimal(row["value"]), lines[key].decimals)
            book.put("figures --records", Number(row["org"], row["period"], key, basis=place.basis), text)


def read_table_page(book: Book, place: Place) -> None:
    """All pages of the table, ten columns at a time as a person asks them."""
    for view in (PERIOD, YEAR):
        number, last = 1, 1
        while number <= last:
            body = markup_of(place.client.get(f"/figures/?{place.address}&by={place.by}&view={view}&page={number}"))
            last = max([1, *map(int, re.findall(r"[?&;]page=(\d+)", body))])
            for _row, (name, *cells) in markup_rows(body):
                code = html.unescape(re.search(r'<span class="code">([^<]*)</span>', name[1])[1])
                for line, (_attributes, markup) in zip(place.lines, cells, strict=True):
                    book.put("table page", Number(code, place.period, line.key, view, place.basis), plain(markup))
            number += 1


def read_flat(book: Book, place: Place) -> None:
    path = place.story.folder / "flat.csv"
    words = ("--period", place.period, "--org", place.top.code, "--form", place.form, "--basis", place.basis)
    place.story.run("flat", *words, "--out", str(path))
    lines = {line.key: line for line in place.lines}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            key = f"{row['indicator']}:{row['item']}" if row["item"] else row["indicator"]
            if row["is_na"] == "0":
                text = format_figure(Decimal(row["value"]), lines[key].decimals)
                book.put("flat data", Number(row["org"], place.period, key, basis=place.basis), text)


def read_dashboard(book: Book, place: Place) -> None:
    """Tiles and the table by child: the headline figures of the county."""
    body = markup_of(place.client.get(f"/dashboard/?org={place.top.pk}&period={place.period}&basis={place.basis}"))
    table = body[body.index('id="child-table"') :]
    keys = [attribute(head, "data-key") for head in re.findall(r"<th\b[^>]*data-key[^>]*>", table[: table.index("</thead>")])]
    codes = dict(Organization.objects.values_list("pk", "code"))
    for attributes, (name, *cells) in markup_rows(body, 'id="child-table"'):
        found = re.search(r"org=(\d+)", name[1])
        code = codes[int(found[1])] if found else place.top.code if "is-total" in attributes else None
        for key, (_its, markup) in zip(keys, cells[-len(keys) :], strict=True):
            if code:
                book.put("dashboard table", Number(code, place.period, key, basis=place.basis), plain(markup))
    for key, value in re.findall(r'figure=([^"&]*)".*?<span class="tile-value">(.*?)</span>', body, flags=re.DOTALL):
        book.put("dashboard tile", Number(place.top.code, place.period, key, basis=place.basis), plain(value))
