"""Sentences for what a table of forms changed in a form that was there."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from indicators.loading.columns import FORMS
from indicators.models import Form
from orgs.loading.change_texts import changed, gone_and_come

_COLUMNS = {column.name: column for column in FORMS}
_OF_FIELD = {**_COLUMNS, "is_required": _COLUMNS["required"]}


def changes_in_words(form: Form, changes: Mapping[str, list]) -> Iterator[str]:
    """`changes`: {"field": [old, new]} of the form, {"CODE.field": [old, new]} of a line, {"lines": [codes, codes]}."""
    subject = f"{form.code} {form.title}"
    for name, (old, new) in changes.items():
        if name == "lines":
            yield from _lines(subject, old, new)
        else:
            code, _dot, field = name.rpartition(".")
            column = _OF_FIELD[field]
            yield changed(f"{subject}, {code}" if code else subject, column.label, old, new, column.words)


def _lines(subject: str, old: list[str], new: list[str]) -> Iterator[str]:
    gone, come = gone_and_come(old, new)
    if come:
        yield _("%(subject)s: asks %(codes)s too.") % {"subject": subject, "codes": "、".join(come)}
    if gone:
        yield _("%(subject)s: asks %(codes)s no more.") % {"subject": subject, "codes": "、".join(gone)}
    if [code for code in old if code in new] != [code for code in new if code in old]:
        yield _("%(subject)s: lines in another order.") % {"subject": subject}
