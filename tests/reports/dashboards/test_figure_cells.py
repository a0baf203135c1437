"""Cells of dashboards as HTML: what charts read in them and what a person reads."""

from django.template import Context, Template
from django.utils import translation

from reports.dashboards.cell_texts import NOT_ASKED, Shown

COMPLETE = Shown("1,200", "1200", "", "3/3份汇总")
SHORT = Shown("7.5", "7.50", "(2/3)", "2/3份汇总", short="未齐 2/3", is_sparse=True)
WAITING = Shown("", "", "未通过", "0/1份汇总")
REVISED = Shown("33", "33", "", "3/3份汇总", is_revised=True)
HOSTILE = Shown("<b>", "1", '"x"', 'a"b<c>&')


def drawn(tag: str, *cells: Shown) -> str:
    return Template("{% load figure_cells %}{% " + tag + " cells %}").render(Context({"cells": cells})).strip()


def test_a_complete_figure_has_its_value_and_coverage():
    expected = '<td class="num" data-value="1200" data-cover="3/3份汇总" title="3/3份汇总">1,200</td>'
    assert drawn("figure_cells", COMPLETE) == expected


def test_an_incomplete_figure_says_so_behind_it_and_to_the_charts():
    figure, trend = drawn("figure_cells", SHORT), drawn("trend_cells", SHORT)
    assert 'data-short="未齐 2/3" data-sparse title="2/3份汇总">7.5 <span class="quiet">(2/3)</span>' in figure
    assert 'title="2/3份汇总">7.5 <span class="quiet">未齐 2/3</span>' in trend


def test_where_no_figure_stands_its_reason_does_and_charts_find_no_value():
    assert (
        drawn("figure_cells", WAITING)
        == '<td class="num" data-cover="0/1份汇总" title="0/1份汇总"> <span class="quiet">未通过</span></td>'
    )
    assert drawn("figure_cells", NOT_ASKED) == '<td class="num" data-cover="—" title="—"></td>'


def test_texts_are_escaped():
    cell = drawn("figure_cells", HOSTILE)
    assert "<b>" not in cell
    assert "&lt;b&gt;" in cell
    assert 'title="a&quot;b&lt;c&gt;&amp;"' in cell
    assert "&quot;x&quot;" in cell


def test_each_cell_of_a_row_is_drawn_in_order():
    assert drawn("figure_cells", COMPLETE, NOT_ASKED).count("<td") == 2
    assert drawn("figure_cells", COMPLETE, NOT_ASKED).index("1,200") < drawn("figure_cells", COMPLETE, NOT_ASKED).index("—")


def test_a_corrected_figure_says_so():
    with translation.override("en"):
        assert '33 <span class="quiet">corrected</span></td>' in drawn("figure_cells", REVISED)
