"""A file's result as the JSON object that take_in prints; the keys are a contract that is extended but not changed. Pure."""

from submissions.imports.report.import_report import FileResult, Remark, UnitResult, Weight


def as_json(result: FileResult) -> dict:
    """The result as JSON. `fresh` is the command line that makes the form to fill instead, if one was refused."""
    findings = [_finding("", remark) for remark in result.remarks]
    for unit in result.units:
        findings += [_finding(unit.org, Remark("", Weight.ERROR, unit.refused))] if unit.refused else []
        findings += [_finding(unit.org, remark) for remark in unit.remarks]
    fresh = result.fresh or next((unit.fresh for unit in result.units if unit.fresh), None)
    return {
        "file": result.file,
        "verdict": str(result.verdict),
        "kind": result.kind,
        "said": result.sentence,
        "changes": [
            {
                "org": unit.org, "indicator": change.indicator, "item": change.item or None, "old": change.old,
                "new": change.new, "address": change.address,
            }
            for unit, change in result.changes()
        ],
        "findings": findings,
        "form": result.subject.form if result.subject else None,
        "period": result.subject.period if result.subject else None,
        "units": [_unit(unit) for unit in result.units] or _units_named(result),
        "unit_column": result.unit_column or None,
        "asked": [
            {
                "what": one.what, "said": one.sentence, "address": one.address,
                "choices": [{"answer": answer, "said": label} for answer, label in one.choices],
            }
            for one in result.questions
        ],
        "fresh": fresh.command if fresh else None,
        "seconds": round(result.seconds, 3),
    }  # fmt: skip


def _finding(org: str, remark: Remark) -> dict:
    return {
        "address": remark.address, "severity": str(remark.weight), "said": remark.sentence, "org": org or None,
        "indicator": remark.indicator or None, "item": remark.item or None, "suggestion": remark.suggestion or None,
    }  # fmt: skip


def _unit(unit: UnitResult) -> dict:
    errors = sum(remark.weight == Weight.ERROR for remark in unit.remarks)
    return {
        "org": unit.org, "name": unit.name or None, "changes": len(unit.changes), "errors": errors, "refused": unit.refused or None,
    }  # fmt: skip


def _units_named(result: FileResult) -> list[dict]:
    """The units of a form that was refused as a whole."""
    return [
        {"org": org, "name": name or None, "changes": 0, "errors": 0, "refused": result.sentence} for org, name in result.named_units
    ]  # fmt: skip
