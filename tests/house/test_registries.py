"""What is listed once is known everywhere: a state, a row type, a layout, a loader, a function of formulas. See docs/recipes.md."""

import re
from fractions import Fraction
from importlib import import_module

import polib
import pytest

from indicators.formulas import FormulaError, parse
from indicators.formulas.in_cells import written
from indicators.formulas.parser import FUNCTIONS
from orgs.management.loader_command import LoaderCommand
from reports.tables.layouts.definition import RowsOf
from reports.tables.layouts.ready import ready_layouts
from reports.tables.row_types.registry import ROW_TYPES, offered_rows
from reports.tables.row_types.row_type import RowType
from reports.verification.recount import value_of
from submissions.choices import UNIT_TURN, Act, State
from submissions.core.texts import COLOURS
from submissions.states import TRANSITIONS, TURN, why_not
from submissions.tasks.progress import progress_of
from tests.house.files import APPS, CODE, ROOT, named, python_files
from tests.house.test_catalogue import CATALOGUE
from tests.orgs.loading.test_columns import LOADERS
from tests.submissions.workbooks.test_live_formulas import NUMBERS

COMMANDS = (ROOT / "docs/commands.md").read_text()
DESIGN = (ROOT / "docs/design.md").read_text()
FORMULAS = (ROOT / "docs/formulas.md").read_text()


# --- states ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", State)
def test_a_state_has_its_colour_and_its_turn(state):
    assert COLOURS[state] in {"is-amber", "is-blue", "is-green", "is-grey", "is-red"}
    assert (state in UNIT_TURN) == (TURN[state] == "unit")


@pytest.mark.parametrize("state", State)
def test_a_state_is_reached_and_says_why_an_act_is_not_possible(state):
    assert state == State.BLANK or any(state in transition.to for transition in TRANSITIONS.values())
    assert all(why_not(act, state) for act in Act if (state, act) not in TRANSITIONS)


@pytest.mark.parametrize("state", State)
def test_a_state_has_its_word_in_the_catalogue_and_its_row_in_the_house(state):
    chinese = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGUE))}[str(state.label)]
    row = re.search(rf"^\| {state.value} \| (?P<chinese>[^|:(]+)", DESIGN, re.MULTILINE)
    assert row, f"docs/design.md, States of a submission: no row for {state.value}"
    assert chinese == row["chinese"].strip()


@pytest.mark.parametrize("state", State)
def test_a_state_is_counted(state):
    progress = progress_of(state, sent=1, in_time=1)
    assert progress.expected + progress.exempt == 1


# --- row types and layouts ------------------------------------------------------------------------------------------


def _row_types(of: type[RowType] = RowType) -> set[type[RowType]]:
    return {found for child in of.__subclasses__() for found in (*_row_types(child), child) if "name" in vars(found)}


def test_every_name_of_rows_has_one_class_and_every_class_is_listed():
    assert set(ROW_TYPES) == set(RowsOf)
    assert {type(row_type) for row_type in ROW_TYPES.values()} == _row_types()


@pytest.mark.parametrize("rows", RowsOf)
def test_a_row_type_says_what_it_is(rows):
    assert type(ROW_TYPES[rows]).__doc__
    assert "甲表" in ROW_TYPES[rows].title_of("甲表")


@pytest.mark.parametrize("rows", offered_rows())
def test_what_a_county_can_choose_is_distinguished_in_the_title_of_a_form(rows):
    assert [other for other in offered_rows() if ROW_TYPES[other].title_of("甲") == ROW_TYPES[rows].title_of("甲")] == [rows]


def test_nothing_but_a_row_type_asks_what_the_rows_are():
    wrong = [
        f"{named(path)}:{number}"
        for path in python_files(*CODE)
        if not named(path).startswith(("reports/tables/row_types/", "reports/tables/layouts/definition.py"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"\bRowsOf\.[A-Z]|\.rows (==|!=|in|not in) ", line)
    ]
    assert wrong == []


@pytest.mark.parametrize("code", ready_layouts())
def test_a_ready_layout_is_named_among_the_commands(code):
    row = next(line for line in COMMANDS.splitlines() if line.startswith("| `export LAYOUT"))
    spans = [range(int(first), int(last) + 1) for first, last in re.findall(r"R(\d+) to R(\d+)", row)]
    assert any(int(code[1:]) in span for span in spans), "docs/commands.md, row of export"


# --- loaders --------------------------------------------------------------------------------------------------------


def _loaders() -> dict[str, type[LoaderCommand]]:
    paths = [path for path in python_files(*APPS) if path.match("management/commands/load_*.py")]
    return {path.stem.removeprefix("load_"): import_module(named(path)[:-3].replace("/", ".")).Command for path in paths}


@pytest.mark.parametrize(("name", "command"), _loaders().items())
def test_a_loader_has_its_template_and_its_row_among_the_commands(name, command):
    assert issubclass(command, LoaderCommand)
    assert command.title
    assert command.columns
    assert LOADERS.get(name) == command.columns, "tests/orgs/loading/test_columns.py tries its heads, words and template"
    row = next((line for line in COMMANDS.splitlines() if line.startswith(f"| `load_{name} ")), "")
    named_there = set(re.findall(r"[a-z_]+", row.partition("|")[2]))
    assert [column.name for column in command.columns if column.name not in named_there] == [], "docs/commands.md"


# --- functions of formulas ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_has_its_row_and_its_formula_in_a_cell(function):
    row = next(line for line in FORMULAS.splitlines() if line.startswith("| functions |"))
    assert f"`{function}(" in row, "docs/formulas.md"
    assert any(f"{function}(" in text for text in NUMBERS), (
        "tests/submissions/workbooks/test_live_formulas.py opens it in a program"
    )
    assert written(parse(_called(function)).tree, lambda reference: f"${reference.code}1", "NA").text


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_is_named_where_formulas_are_explained(function):
    with pytest.raises(FormulaError, match=rf"\b{function}\b"):
        parse("nonsense")
    hint = (ROOT / "templates/indicators/catalogue/_parts/codes.html").read_text()
    assert re.search(rf"\b{function}\b", hint.partition("endblocktranslate")[0].partition("blocktranslate")[2])


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("figures", [(7, 2, 5), (None, 2, 5), (None, None, None)])
def test_a_function_is_recounted_with_the_same_answer(function, figures):
    tree, given = parse(_called(function)).tree, dict(zip("ABC", figures, strict=True))
    counted = value_of(tree, lambda reference: None if given[reference.code] is None else Fraction(given[reference.code]))
    assert tree.value(lambda reference: given[reference.code]) == counted


def _called(function: str) -> str:
    """With as many figures as it takes, three at most."""
    if function == "if":
        return "if({A} > {B}, {B}, {C})"
    return f"{function}({', '.join(('{A}', '{B}', '{C}')[: FUNCTIONS[function][1] or 3])})"
