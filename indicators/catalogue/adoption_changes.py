"""What a common form says, kept when a county adopts it, and what it says otherwise since."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from indicators.catalogue.form_actions import HEAD
from indicators.definitions import checks_of
from indicators.fields import as_recorded
from indicators.models import Form

LINE = ("section", "is_required", "unit_categories")
State = Mapping[str, Any]


def state_of(form: Form) -> State:
    """Head, lines, their order (JSON of PostgreSQL sorts keys) and common rules, as plain values."""
    head = {name: _plain(getattr(form, name)) for name in HEAD}
    rows = form.lines.select_related("indicator").order_by("position", "id")
    lines = {line.indicator.code: {name: _plain(getattr(line, name)) for name in LINE} for line in rows}
    rules = checks_of(None).filter(form=form).order_by("position", "id")
    checks = {check.expression: [check.severity, check.message] for check in rules}
    return {"head": head, "lines": lines, "order": list(lines), "checks": checks}


def changes_since_adoption(edition: Form) -> list[str]:
    """What the common form says otherwise than on the day of adoption, a sentence each; empty where it is as it was."""
    if edition.adopted_from is None:
        return []
    old, new = edition.adopted_state, state_of(edition.adopted_from)
    return [*_head(old["head"], new["head"]), *_lines(old, new), *_checks(old["checks"], new["checks"])]


def _plain(value: object) -> object:
    plain = as_recorded(value)
    return plain if plain is None or isinstance(plain, str | int | bool) else str(plain)


def _head(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    for name, before in old.items():
        if new[name] != before:
            sentence = _("%(what)s: %(old)s → %(new)s.")
            label = Form._meta.get_field(name).verbose_name
            yield sentence % {"what": label, "old": _shown(name, before), "new": _shown(name, new[name])}


def _shown(name: str, value: object) -> str:
    """A choice by its label; nothing as a dash."""
    choices = dict(Form._meta.get_field(name).flatchoices)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(choices.get(value, value)) if value not in (None, "") else "—"


def _lines(old: State, new: State) -> Iterator[str]:
    before, now = old["lines"], new["lines"]
    if come := [code for code in now if code not in before]:
        yield _("It asks %(codes)s too.") % {"codes": "、".join(come)}
    if gone := [code for code in before if code not in now]:
        yield _("It asks %(codes)s no more.") % {"codes": "、".join(gone)}
    both = [code for code in old["order"] if code in now]
    if other := [code for code in both if before[code] != now[code]]:
        yield _("Other section, duty or units of %(codes)s.") % {"codes": "、".join(other)}
    if both != [code for code in new["order"] if code in before]:
        yield _("Its lines stand in another order.")


def _checks(old: Mapping[str, list], new: Mapping[str, list]) -> Iterator[str]:
    for rule in new:
        if rule not in old:
            yield _("New rule: %(rule)s.") % {"rule": rule}
        elif new[rule] != old[rule]:
            yield _("Other severity or words of the rule %(rule)s.") % {"rule": rule}
    for rule in old:
        if rule not in new:
            yield _("The rule %(rule)s is gone.") % {"rule": rule}
