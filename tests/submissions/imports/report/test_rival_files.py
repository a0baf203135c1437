"""Two files for one unit in one go: each names the other; figures that contradict each other are taken from neither."""

import pytest

from submissions.imports.report.import_report import FileVerdict, Weight
from submissions.imports.report.scope import scope_of
from submissions.imports.service.import_service import Incoming, accept_many, weigh_many
from tests.factories.submissions import AT, fill
from tests.submissions.imports.workbooks import unit_form


def files_of(desk, *figures: dict) -> list[Incoming]:
    return [
        Incoming(f"{number}.xlsx", unit_form(desk.task, desk.place.village, one)) for number, one in enumerate(figures, start=1)
    ]


def weighed(desk, *figures: dict):
    return weigh_many(files_of(desk, *figures), scope_of(desk.place.clerk, AT.date()))


def accepted(desk, *figures: dict):
    scope = scope_of(desk.place.clerk, AT.date())
    return accept_many(files_of(desk, *figures), scope, by=scope.user, at=AT)


@pytest.mark.parametrize("act", [weighed, accepted])
@pytest.mark.parametrize("figures", [({"A": 1}, {"A": 2}), ({"A": 1, "B": 5}, {"A": 2, "B": 5}), ({"A": 1}, {"A": "清空"})])
def test_figures_that_differ_are_taken_from_neither(desk, act, figures):
    fill(desk.report(), {"A": 9}, by=desk.place.clerk)
    result = act(desk, *figures)
    for one, other in zip(result, reversed(result), strict=True):
        (error,) = [remark for remark in one.units[0].remarks if remark.weight == Weight.ERROR]
        assert all(words in error.sentence for words in (desk.place.village.name, f"“{other.file}”", "A"))
        assert error.sentence in one.sentence
    assert desk.stored() == {"A": 9}


@pytest.mark.parametrize("figures", [({"A": 1}, {"A": 1}), ({"A": 1}, {"B": 2}), ({"A": 1, "B": 2}, {"B": 2})])
def test_files_that_agree_are_taken_and_name_each_other(desk, figures):
    for one in weighed(desk, *figures):
        (notice,) = [remark for remark in one.units[0].remarks if remark.weight == Weight.NOTICE]
        assert notice.sentence.startswith(f"{desk.place.village.name} (")
    result = accepted(desk, *figures)
    assert [one.verdict for one in result] == [FileVerdict.ACCEPTED, FileVerdict.ACCEPTED]
    assert desk.stored() == {**figures[0], **figures[1]}


def test_of_three_files_the_one_that_agrees_with_none_keeps_all_out(desk):
    result = accepted(desk, {"A": 1}, {"A": 1}, {"A": 2})
    assert {one.verdict for one in result} == {FileVerdict.REFUSED}
    assert desk.stored() == {}


def test_a_stored_figure_is_reported_and_contradicts_nothing(desk):
    """Our own workbooks go out with what is stored: a change in another file is no contradiction of it."""
    fill(desk.report(), {"A": 1}, by=desk.place.clerk)
    scope = scope_of(desk.place.clerk, AT.date())
    result = weigh_many(files_of(desk, {"A": 1}, {"A": 2}), scope)
    assert not result[0].units[0].remarks
    (remark,) = result[1].units[0].remarks
    assert (remark.weight, remark.key) == (Weight.NOTICE, "A")
    assert "2 here, 1 in" in remark.sentence
    accepted(desk, {"A": 1}, {"A": 2})
    assert desk.stored() == {"A": 2}


def test_a_neighbour_in_another_file_is_not_concerned(desk):
    scope = scope_of(desk.place.clerk, AT.date())
    result = weigh_many(
        [*files_of(desk, {"A": 1}), Incoming("x.xlsx", unit_form(desk.task, desk.place.other_village, {"A": 2}))], scope
    )
    assert not result[0].units[0].remarks
