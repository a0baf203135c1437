"""A generated county with units in every state, asked for everything the ready layouts print; and what a printed sheet claims of it."""

import csv
import random
import re
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from orgs.accounts.accounts import system_operator
from reports.tables.layouts.ready import ready_layouts
from submissions.models import Submission
from submissions.review.actions import send_back
from submissions.tasks.exemptions import exempt
from tests.reports.story import Story

CATALOGUE = Path(settings.BASE_DIR) / "indicators" / "ready" / "catalogue.csv"
AREAS = {"first_secretary": 3, "veteran": 3, "talent": 3}  # figures asked of each
FORM = "全季01表"
QUARTERS = ("2026Q1", "2026Q2", "2026Q3")
LARGE = {
    "ORG-001": 9000,
    "ORG-002": 5000,
    "PTS-007": 9000,
    "CERT-004": 9000,
    "PAIR-901": 60,
}  # so that no part exceeds its whole
UNITS = {  # unit -> its parent; what befalls it
    "V1": "T1", "V2": "T1", "V3": "T1", "V4": "T1", "V5": "T2", "V6": "T2", "V7": "T2", "V8": "T2", "V9": "T3", "D1": "C",
}  # fmt: skip


def generated(story: Story, seed: int) -> Story:
    """Three quarters. In the last: V2 late, V3 missing, V4 moved to T2 in July, V5 exempt, V6 nil, V7 closed, V8 returned."""
    chance = random.Random(seed)
    rows = _rows()
    story.orgs(
        "C,云岭县,county,,,,,", *(f"T{number},第{number}镇,township,C,,,," for number in (1, 2, 3)),
        *(f"{code},{code}村,village,{parent},,,," for code, parent in UNITS.items()),
    )  # fmt: skip
    story.run("load_catalogue", _catalogue(story.folder, rows))
    story.form(FORM, *rows)
    story.open(FORM, *QUARTERS, due="2026-11-01")
    for quarter in QUARTERS[:2]:
        story.figures(FORM, *(line for unit in UNITS for line in _figures(unit, quarter, rows, chance)))
    story.orgs(
        "V4,V4村,village,T1,,,,2026-06-30", "V4,V4村,village,T2,,,2026-07-01,", "V7,V7村,village,T2,,,,2026-07-31"
    )  # fmt: skip
    for unit in ("V1", "V2", "V4", "V9", "D1"):
        story.figures(FORM, *_figures(unit, "2026Q3", rows, chance))
    story.figures(FORM, *(line for line in _figures("V6", "2026Q3", rows, chance, nil=True)))
    story.figures(FORM, *_figures("V8", "2026Q3", rows, chance), state="submitted")
    _befall()
    return story


def _befall() -> None:
    now, operator = timezone.now(), system_operator()
    last = Submission.objects.filter(task__period="2026Q3")
    exempt(submission=last.get(organization__code="V5"), reason="停工", by=operator, at=now)
    back = last.get(organization__code="V8")
    send_back(submission=back, version_number=1, reason="请核对", cell_reasons={}, by=operator, at=now)
    early = Submission.objects.exclude(first_submitted_at=None).exclude(organization__code="V2")
    early.update(first_submitted_at=now.replace(year=2026, month=10, day=9))


def _rows() -> dict[str, dict[str, str]]:
    """Code -> its row of the catalogue, of everything the layouts print, with the items they print."""
    known = {row["code"]: row for row in csv.DictReader(CATALOGUE.read_text(encoding="utf-8-sig").splitlines())}
    keys = {key for layout in ready_layouts().values() for part in layout.parts for key in part.keys}
    for area, count in AREAS.items():
        keys |= set([code for code, row in known.items() if row["domain"] == area and row["kind"] == "flow"][:count])
    wanted = {code: row for code, row in known.items() if code in {key.partition(":")[0] for key in keys}}
    for code, row in wanted.items():
        row["disaggregation"] = ";".join(sorted(key.partition(":")[2] for key in keys if key.startswith(f"{code}:")))
    return wanted


def _catalogue(folder: Path, rows: dict[str, dict[str, str]]) -> str:
    path = folder / "wanted.csv"
    usual = {"org_kinds": "village", "validation": "", "frequency": "quarter", "part_of": ""}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, next(iter(rows.values())))
        writer.writeheader()
        writer.writerows({**row, **usual} for row in rows.values())
    return str(path)


def _figures(unit: str, quarter: str, rows: dict, chance: random.Random, *, nil: bool = False) -> list[str]:
    """What a unit reports: every typed figure; wholes that are the sums of their parts."""
    values: dict[str, int] = {}
    for code, row in rows.items():
        if row["kind"] == "ratio":
            continue
        items = [f"{code}:{item}" for item in row["disaggregation"].split(";") if item]
        for key in items or [code]:
            values[key] = 0 if nil and row["kind"] == "flow" else LARGE.get(key, LARGE.get(code, 0)) + chance.randint(1, 30)
        values[code] = sum(values[key] for key in items or [code])
    values["ORG-003"] = values["ORG-021"] + values["ORG-022"]
    values["ORG-008"] = values["ORG-002"] - values["ORG-003"]
    values["CERT-008"] = 4 * values["CERT-002:初级"] + 8 * values["CERT-002:中级"] + 12 * values["CERT-002:高级"]
    return [f"{quarter},{unit},{key.partition(':')[0]},{key.partition(':')[2]},{value}" for key, value in values.items()]


# --- what a sheet claims --------------------------------------------------------------------------------------------

_CLAIMS = re.compile(r"Checks: (.*)\.$", re.MULTILINE)
_SUMS = re.compile(r"[-+\d]+([=≤≥])[-+\d]+")  # 1+2-3=4, 2≤1
_QUOTIENT = re.compile(r"(\d+)=(\d+)÷(\d+)×100")


def claims(text: str) -> list[str]:
    """The relations printed under a table that speak of column numbers, one of which is a whole or a rate of others."""
    found = _CLAIMS.search(text)
    parts = found[1].split("；") if found else []
    return [claim for claim in parts if _SUMS.fullmatch(claim) or _QUOTIENT.fullmatch(claim)]


def is_broken(claim: str, figures: list) -> bool:
    """Whether a row's printed figures break it. A blank counts as nothing; a row of blanks and dashes claims nothing."""
    quotient = _QUOTIENT.fullmatch(claim)
    if quotient:
        rate, top, bottom = (figures[int(number) - 1] for number in quotient.groups())
        given = all(isinstance(number, int | float) for number in (rate, top, bottom)) and bottom
        return bool(given) and abs(Decimal(str(rate)) - _decimal(top) / _decimal(bottom) * 100) > Decimal("0.05")
    left, sign, right = re.split("([=≤≥])", claim)
    numbers = [figures[int(number) - 1] for number in re.findall(r"\d+", claim)]
    if all(number in (None, "—") for number in numbers):
        return False
    one, other = (_sum_of(side, figures) for side in (left, right))
    return {"=": one != other, "≤": one > other, "≥": one < other}[sign]


def _sum_of(side: str, figures: list) -> Decimal:
    terms = re.findall(r"([-+]?)(\d+)", side)
    return sum((_decimal(figures[int(number) - 1]) * (-1 if sign == "-" else 1) for sign, number in terms), Decimal(0))


def _decimal(value) -> Decimal:
    return Decimal(0) if value in (None, "—") else Decimal(str(value))
