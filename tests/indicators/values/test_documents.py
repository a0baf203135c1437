"""The canonical text of a document of figures: one document, one text, and nothing in it that is no figure."""

from decimal import Decimal

import pytest

from indicators.values.documents import read_document, write_document

TEXTS = [
    ({}, "{}"),
    ({"A": 0}, '{"A":0}'),
    ({"B": 2, "A": -1}, '{"A":-1,"B":2}'),
    ({"A:村": "NA"}, '{"A:村":"NA"}'),
    ({"A": Decimal("12.5")}, '{"A":12.5}'),
    ({"A": Decimal("0.01"), "B": 10**15}, '{"A":0.01,"B":1000000000000000}'),
    ({'A"\\': 1}, '{"A\\"\\\\":1}'),
]


@pytest.mark.parametrize(("figures", "text"), TEXTS)
def test_written_and_read_back(figures, text):
    assert write_document(figures) == text
    found = read_document(text)
    assert found == figures
    assert [type(figure) for figure in found.values()] == [type(figures[key]) for key in found]


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("12.50", "12.5"), ("12.0", "12"), ("100", "100"), ("100.00", "100"), ("1E+3", "1000"), ("1E-7", "0.0000001"),
        ("-0", "0"), ("-0.00", "0"), ("0.0", "0"), ("-12.30", "-12.3"), ("0.5", "0.5"),
    ],
)  # fmt: skip
def test_one_number_has_one_text(figure, text):
    assert write_document({"A": Decimal(figure)}) == f'{{"A":{text}}}'


@pytest.mark.parametrize("figure", [1.5, True, None, "", "na", "12", Decimal("NaN"), Decimal("Infinity"), [1]])
def test_what_is_no_figure_is_refused_by_name(figure):
    with pytest.raises(TypeError, match="not a figure: ") as refusal:
        write_document({"A": figure})
    assert repr(figure) in str(refusal.value)


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_no_constant_is_read(constant):
    with pytest.raises(ValueError, match=f"^not a figure: {constant}$"):
        read_document(f'{{"A":{constant}}}')
