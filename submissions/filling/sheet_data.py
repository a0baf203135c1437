"""The fill page's findings, lines and answers as plain data for JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils import timezone

from indicators.choices import Severity
from indicators.values.number_parser import Reading
from submissions.checking.findings import Finding
from submissions.choices import State
from submissions.core.conflicts import Conflict
from submissions.core.texts import COLOURS as STATE_COLOURS
from submissions.filling.sheet import FormSheet, SheetLine, is_blank_finding

COLOURS = {Severity.MANDATORY: "is-red", Severity.VERIFY: "is-amber", Severity.HINT: "is-blue"}


@dataclass(frozen=True)
class ShownFinding:
    """A finding as the page without script shows it: `lines` are those it links to."""

    check: str
    colour: str
    label: str
    lines: tuple[SheetLine, ...]
    sentence: str
    is_explainable: bool
    explanation: str


def shown_findings(sheet: FormSheet, *, with_blanks: bool) -> list[ShownFinding]:
    by_key = {line.key: line for line in sheet.lines}
    return [
        ShownFinding(
            check=finding.check,
            colour=COLOURS[finding.severity],
            label=finding.severity_label,
            lines=tuple(by_key[key] for key in finding.keys if key in by_key),
            sentence=" ".join(filter(None, (finding.sentence, finding.cure))),
            is_explainable=finding.severity == Severity.VERIFY,
            explanation=finding.explanation,
        )
        for finding in sheet.findings
        if with_blanks or not is_blank_finding(finding)
    ]


def findings_data(findings: Iterable[Finding]) -> list[dict]:
    return [
        {
            "check": finding.check,
            "severity": finding.severity,
            "label": finding.severity_label,
            "keys": list(finding.keys),
            "said": finding.sentence,
            "cure": finding.cure,
            "explainable": finding.severity == Severity.VERIFY,
            "explanation": finding.explanation,
            "blank": is_blank_finding(finding),
        }
        for finding in findings
    ]


def document_data(sheet: FormSheet, save_url: str, title: str = "") -> dict:
    """What the script needs to save one submission. `title` names the unit where a page holds several."""
    return {
        "id": str(sheet.submission.id),
        "url": save_url,
        "title": title,
        "revision": sheet.revision,
        "findings": findings_data(sheet.findings),
        "blocked": sheet.blocked,
    }


def lines_data(lines: Iterable[SheetLine]) -> dict[str, dict]:
    return {
        line.key: {
            "code": line.code,
            "label": line.label,
            "name": line.name,
            "unit": line.unit,
            "definition": line.definition,
        }
        for line in lines
    }


def saved_answer(sheet: FormSheet, readings: Mapping[str, Reading], typed: Mapping[str, str]) -> dict:
    """200: the state after a save, and the readings of the texts that arrived."""
    return {
        "revision": sheet.revision,
        "saved_at": clock(sheet.version.saved_at) if sheet.version else "",
        **_state(sheet),
        "readings": {
            key: {"text": typed.get(key, ""), **{name: asdict(reading)[name] for name in ("notice", "error", "suggestion")}}
            for key, reading in readings.items()
        },
    }


def conflict_answer(conflict: Conflict, sheet: FormSheet) -> dict:
    """409: both values of every clashing cell, and what stands. Without differences the save may simply be repeated."""
    return {
        "said": conflict.sentence,
        "revision": conflict.revision,
        "can_retry": not conflict.differences,
        "differences": [
            {**asdict(difference), "at": clock(difference.at) if difference.at else ""} for difference in conflict.differences
        ],
        **_state(sheet),
    }


def clock(at: datetime) -> str:
    """14:32:07 by the server, whatever the clerk's computer says."""
    local = timezone.localtime(at)
    return local.strftime("%H:%M:%S")


def _state(sheet: FormSheet) -> dict:
    return {
        "state": {"label": str(State(sheet.submission.state).label), "colour": STATE_COLOURS[sheet.submission.state]},
        "figures": dict(sheet.texts),
        "computed": dict(sheet.computed),
        "years": dict(sheet.years),
        "findings": findings_data(sheet.findings),
        "blocked": sheet.blocked,
    }
