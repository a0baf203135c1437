"""A file's answer as the JSON object that take_in prints: a contract, extended but never changed. Pure."""

from submissions.imports.report.import_report import FileTold, Remark, UnitTold, Weight


def as_json(told: FileTold) -> dict:
    """`fresh` is the command line that makes the form to fill instead, where one was refused."""
    findings = [_finding("", remark) for remark in told.remarks]
    for unit in told.units:
        findings += [_finding(unit.org, Remark("", Weight.ERROR, unit.refused))] if unit.refused else []
        findings += [_finding(unit.org, remark) for remark in unit.remarks]
    fresh = told.fresh or next((unit.fresh for unit in told.units if unit.fresh), None)
    return {
        "file": told.file,
        "verdict": str(told.verdict),
        "kind": told.kind,
        "said": told.said,
        "changes": [
            {
                "org": unit.org, "indicator": change.indicator, "item": change.item or None, "old": change.old,
                "new": change.new, "address": change.address,
            }
            for unit, change in told.changes()
        ],
        "findings": findings,
        "form": told.subject.form if told.subject else None,
        "period": told.subject.period if told.subject else None,
        "units": [_unit(unit) for unit in told.units] or _units_named(told),
        "unit_column": told.unit_column or None,
        "asked": [
            {
                "what": one.what, "said": one.said, "address": one.address,
                "choices": [{"answer": answer, "said": said} for answer, said in one.choices],
            }
            for one in told.asked
        ],
        "fresh": fresh.command if fresh else None,
        "seconds": round(told.seconds, 3),
    }  # fmt: skip


def _finding(org: str, remark: Remark) -> dict:
    return {
        "address": remark.address, "severity": str(remark.weight), "said": remark.said, "org": org or None,
        "indicator": remark.indicator or None, "item": remark.item or None, "suggestion": remark.suggestion or None,
    }  # fmt: skip


def _unit(unit: UnitTold) -> dict:
    errors = sum(remark.weight == Weight.ERROR for remark in unit.remarks)
    return {
        "org": unit.org, "name": unit.name or None, "changes": len(unit.changes), "errors": errors, "refused": unit.refused or None,
    }  # fmt: skip


def _units_named(told: FileTold) -> list[dict]:
    """Those that a form was made for which was refused as a whole."""
    return [
        {"org": org, "name": name or None, "changes": 0, "errors": 0, "refused": told.said} for org, name in told.named_units
    ]  # fmt: skip
