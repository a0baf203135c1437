"""Units of measure behind names, and which of them may stand for each other."""

import pytest

from indicators.values.unit_of_measure_words import (
    agree,
    counts_the_same,
    is_measure,
    only_count_differently,
    plain_measure,
    split_magnitude,
    split_measure,
    stands_for,
)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("（万元）", "万元"),
        ("(人)", "人"),
        ("万元", "万元"),
        ("（二季度）", "(二季度)"),
        ("(人", "(人"),
        ("x人)", "x人)"),
        ("人)", "人)"),
        ("个（名）", "个(名)"),
        ("", ""),
    ],
)
def test_a_measure_without_its_brackets(text, word):
    assert plain_measure(text) == word


@pytest.mark.parametrize(
    ("text", "is_one"), [("人", True), ("ＫＭ", True), ("亿元", True), ("人数", False), ("", False), ("(人", False)]
)
def test_what_is_a_measure(text, is_one):
    assert is_measure(text) is is_one


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("党员总数(名)", ("党员总数", "名")),
        ("经费(单位:万元)", ("经费", "万元")),
        ("经费(计量单位:万元)", ("经费", "万元")),
        ("经费,单位:万元", ("经费", "万元")),
        ("经费计量单位为万元", ("经费", "万元")),
        ("服务对象(个(名))", ("服务对象", "个(名)")),
        ("人(名)", ("人", "名")),
        ("(名)", ("(名)", "")),
        ("党员总数(女)", ("党员总数(女)", "")),
        ("党员总数", ("党员总数", "")),
        ("经费,单位:某局", ("经费,单位:某局", "")),
    ],
)
def test_what_a_name_ends_with(name, parts):
    assert split_measure(name) == parts


# What a table states, what the form asks -> they agree, they count the same, one stands for the other over a whole table.
@pytest.mark.parametrize(
    ("stated", "asked", "agreed", "same", "stands"),
    [
        ("", "人", True, False, False),
        ("人", "人", True, True, True),
        ("（人）", "人", True, True, True),
        ("名", "人", True, True, True),
        ("人", "名", True, True, True),
        ("千米", "公里", True, True, True),
        ("名", "家", False, False, False),
        ("家", "户/家", False, True, True),
        ("户", "户或家", False, True, True),
        ("名", "个（名）", False, True, True),
        ("次", "分/次", False, False, False),
        ("个", "家", False, False, True),
        ("个", "万元", False, False, False),
        ("家", "个", False, False, False),
        ("元", "万元", False, False, False),
        ("万元", "元", False, False, False),
    ],
)
def test_one_for_another(stated, asked, agreed, same, stands):
    assert agree(stated, asked) is agreed
    assert counts_the_same(stated, asked) is same
    assert stands_for(stated, asked) is stands


@pytest.mark.parametrize(
    ("unit", "parts"),
    [
        ("万元", (10_000, "元")), ("元", (1, "元")), ("百万元", (1_000_000, "元")), ("千万元", (10_000_000, "元")), ("百元", (100, "元")),
        ("千元", (1000, "元")), ("亿元", (10**8, "元")), ("万", (1, "万")), ("（万元）", (10_000, "元")),
        ("万万", (10_000, "万")), ("百人百", (100, "人百")),
    ],
)  # fmt: skip
def test_the_magnitude_of_a_measure(unit, parts):
    assert split_magnitude(unit) == parts


@pytest.mark.parametrize(
    ("stated", "asked", "may_be_meant"),
    [("户", "人", True), ("（户）", "（人）", True), ("元", "万元", False), ("元", "人", False), ("人", "元", False)],
)
def test_what_only_counts_differently(stated, asked, may_be_meant):
    assert only_count_differently(stated, asked) is may_be_meant
