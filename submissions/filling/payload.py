"""Parses what the fill page sends: texts of cells as JSON or as form fields."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from indicators.kinds.registry import kind_of
from indicators.layout import Layout
from indicators.values.documents import Figure
from indicators.values.number_parser import Reading

LONGEST_KEY = 64
LONGEST_TEXT = 200
LONGEST_EXPLANATION = 500
MOST_CELLS = 5000
CELL, EXPLANATION, CHOICE = "f-", "explain-", "take-"


class BadBatch(ValueError):
    """The request holds no batch of this page; the message is a sentence."""


@dataclass(frozen=True)
class Batch:
    """Texts typed since the last save. `key` names the attempt, `revision` what the page showed."""

    revision: int
    key: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    nil_report: bool | None = None
    on_behalf: str = ""


@dataclass(frozen=True)
class Typed:
    """Texts after reading: `changes` can be saved; `readings` are those with an error or a notice."""

    changes: dict[str, Figure | None]
    readings: dict[str, Reading]

    @property
    def errors(self) -> dict[str, str]:
        return {key: reading.error for key, reading in self.readings.items() if reading.error}


def read_batch(body: bytes) -> Batch:
    """JSON of the script -> Batch. Unknown fields are ignored. Raises BadBatch."""
    try:
        data = json.loads(body)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise BadBatch(_("The page sent something that is not a batch of cells; reload the page, nothing typed is lost."))
    nil = data.get("nil_report")
    return Batch(
        revision=_revision(data.get("revision")),
        key=_text(data.get("key", ""), LONGEST_KEY),
        texts=_texts(data.get("changes", {}), LONGEST_TEXT),
        explanations=_texts(data.get("explanations", {}), LONGEST_EXPLANATION),
        nil_report=nil if isinstance(nil, bool) else None,
        on_behalf=_text(data.get("on_behalf", ""), LONGEST_TEXT),
    )


def read_form(fields: Mapping[str, str], prefix: str = CELL) -> Batch:
    """Fields of the page without script -> Batch of what differs from what the page had loaded. Raises BadBatch."""
    loaded = read_loaded(fields.get("loaded", ""))
    given = {name.removeprefix(prefix): text for name, text in fields.items() if name.startswith(prefix)}
    theirs = {name.removeprefix(CHOICE) for name, choice in fields.items() if name.startswith(CHOICE) and choice == "theirs"}
    texts = {key: text for key, text in given.items() if text != loaded.get(key, "") and key not in theirs}
    explanations = {name.removeprefix(EXPLANATION): text for name, text in fields.items() if name.startswith(EXPLANATION)}
    return Batch(
        revision=_revision(fields.get("revision")),
        texts=_texts(texts, LONGEST_TEXT),
        explanations=_texts(explanations, LONGEST_EXPLANATION),
        on_behalf=_text(fields.get("on_behalf", ""), LONGEST_TEXT),
    )


def read_typed(layout: Layout, unit_category: str, texts: Mapping[str, str]) -> Typed:
    """Texts by figure key -> figures and readings. A key that this unit does not type is an error at that key."""
    changes: dict[str, Figure | None] = {}
    readings: dict[str, Reading] = {}
    for key, text in texts.items():
        reading = _reading(layout, unit_category, key, text)
        if not reading.error:
            changes[key] = reading.figure
        if reading.error or reading.notice:
            readings[key] = reading
    return Typed(changes, readings)


def _reading(layout: Layout, unit_category: str, key: str, text: str) -> Reading:
    line = layout.by_key.get(key)
    if line is None or line.is_computed or not line.asks(unit_category):
        return Reading(error=_("“%(key)s” is not typed in on this form; reload the page.") % {"key": key})
    return kind_of(line).read(text, line)


def _revision(value) -> int:
    text = str(value)
    if isinstance(value, bool) or not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadBatch(_("The page did not say which state it had loaded; reload the page, nothing typed is lost."))
    return int(text)


def _texts(value, longest: int) -> dict[str, str]:
    if not isinstance(value, dict) or len(value) > MOST_CELLS:
        raise BadBatch(_("The page sent too many cells or none in the right form; reload the page."))
    return {_text(key, LONGEST_TEXT): _text(text, longest) for key, text in value.items()}


def _text(value, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise BadBatch(_("A text is too long: at most %(longest)s characters.") % {"longest": longest})
    return value


def read_loaded(text: str) -> dict:
    """The texts that the page had loaded, by figure key (on a grid: those by submission). Raises BadBatch."""
    try:
        loaded = json.loads(text or "{}")
    except ValueError:
        loaded = None
    if not isinstance(loaded, dict):
        raise BadBatch(_("The page did not say which state it had loaded; reload the page, nothing typed is lost."))
    return loaded
