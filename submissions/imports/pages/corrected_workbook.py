"""Reads a person's decisions on the preview: texts for cells, cells left out, decisions undone, meanings of heads. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

TEXT, OFFERED, DO, HEAD, UNDO = "text ", "offered ", "do ", "head ", "undo"
USE, LEAVE, UNDECIDED = "use", "leave", "?"
LONGEST_TEXT, LONGEST_ADDRESS = 200, 120


@dataclass(frozen=True)
class Decided:
    """The decisions.

    `texts`: address -> the text that replaces the cell's, "" for a cell left out, None to restore the file's own. `heads`:
    address of a head -> its meaning.
    """

    texts: dict[str, str | None] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)


def read_decisions(fields: Mapping[str, str]) -> Decided:
    """Reads the fields of the preview's forms.

    A suggestion without a choice is not used; a text that a person typed instead counts as a choice, because without script
    there is no other sign.
    """
    texts: dict[str, str | None] = {}
    heads: dict[str, str] = {}
    for name, value in fields.items():
        kind, _space, address = name.partition(" ")
        if len(address) > LONGEST_ADDRESS or len(value) > LONGEST_TEXT:
            continue
        if f"{kind} " == HEAD and value != UNDECIDED:
            heads[address] = value
        elif f"{kind} " == DO:
            text = fields.get(f"{TEXT}{address}", "").strip()[:LONGEST_TEXT] if value == USE else ""
            if text or value == LEAVE:
                texts[address] = text
        elif f"{kind} " == TEXT and f"{DO}{address}" not in fields:
            if value.strip() and value != fields.get(f"{OFFERED}{address}", value):
                texts[address] = value.strip()
        elif name == UNDO:
            texts[value] = None
    return Decided(texts, heads)
