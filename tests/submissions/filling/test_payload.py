"""What arrives from the fill page, and what is refused by name."""

import json
from decimal import Decimal

import pytest

from submissions.filling.payload import BadBatch, read_batch, read_form, read_typed
from tests.factories.indicators import items_of, layout, line


def test_a_batch_of_the_script():
    body = {"revision": 3, "key": "k1", "changes": {"A": "12"}, "explanations": {"c1": "因合并"}, "nil_report": True, "org": 9}
    batch = read_batch(json.dumps(body).encode())
    assert (batch.revision, batch.key, batch.texts, batch.explanations) == (3, "k1", {"A": "12"}, {"c1": "因合并"})
    assert batch.nil_report is True


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"\xff", b"{}", b'{"revision": "x"}', b'{"revision": -1}', b'{"revision": true}', b'{"revision": 1e9}',
        b'{"revision": 1, "changes": []}', b'{"revision": 1, "changes": {"A": 12}}', b'{"revision": 1, "key": 5}',
        b'{"revision": 1, "key": "' + b"k" * 65 + b'"}', b'{"revision": 1, "changes": {"A": "' + b"1" * 201 + b'"}}',
        b'{"revision": 1, "explanations": {"c": "' + b"x" * 501 + b'"}}', b'{"revision": "\xd9\xa3"}',
    ],
)  # fmt: skip
def test_what_is_no_batch_is_refused_with_a_sentence(body):
    with pytest.raises(BadBatch) as refusal:
        read_batch(body)
    assert str(refusal.value)


def test_too_many_cells_are_refused():
    with pytest.raises(BadBatch):
        read_batch(json.dumps({"revision": 0, "changes": {str(n): "1" for n in range(5001)}}).encode())


def test_a_form_without_script_gives_only_what_differs_from_what_it_had_loaded():
    fields = {
        "revision": "2", "loaded": json.dumps({"A": "5", "B": "7", "C": "9"}), "f-A": "5", "f-B": "8", "f-C": "", "f-D": "1",
        "take-D": "theirs", "take-B": "mine", "explain-c1": "因合并", "act": "save",
    }  # fmt: skip
    batch = read_form(fields)
    assert batch.texts == {"B": "8", "C": ""}
    assert batch.explanations == {"c1": "因合并"}
    assert batch.revision == 2


@pytest.mark.parametrize("fields", [{}, {"revision": ""}, {"revision": "1", "loaded": "["}, {"revision": "1", "loaded": "[]"}])
def test_a_form_that_does_not_say_what_it_had_loaded_is_refused(fields):
    with pytest.raises(BadBatch):
        read_form(fields)


def test_texts_become_figures_with_their_notices():
    lines = layout(line("A"), line("B", decimals=1), *items_of("C", "男"), line("R", numerator="{A}", denominator="{B}"))
    typed = read_typed(lines, "village", {"A": "１２家", "B": "2.5", "C:男": "", "R": "5", "X": "1"})
    assert typed.changes == {"A": 12, "B": Decimal("2.5"), "C:男": None}
    assert typed.readings["A"].notice
    assert set(typed.errors) == {"R", "X"}


def test_a_line_that_this_kind_of_unit_is_not_asked_is_an_error_at_its_key():
    lines = layout(line("A", unit_categories=("community",)))
    assert set(read_typed(lines, "village", {"A": "1"}).errors) == {"A"}
