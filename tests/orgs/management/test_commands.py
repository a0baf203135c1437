"""load_orgs and load_accounts as an operator runs them: what goes to stdout, what to stderr, and the exit code."""

from io import StringIO

import pytest
from django.core.management import call_command

from audit.models import Event
from orgs.models import Organization

pytestmark = pytest.mark.django_db
ORGS = "code,name\nC,青山县\n"


def run(name: str, path) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command(name, str(path), stdout=out, stderr=err)
    except SystemExit as left:
        return left.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def file(tmp_path):
    def written(text: str):
        path = tmp_path / "table.csv"
        path.write_text(text)
        return path

    return written


def test_a_loaded_file_is_answered_in_one_line(file):
    code, out, err = run("load_orgs", file(ORGS))
    assert (code, out.count("\n"), err) == (0, 1, "")
    assert "1" in out
    event = Event.objects.filter(kind="organizations.loaded").get()
    assert (event.channel, event.actor_name) == ("command:load_orgs", "system")


def test_a_refused_file_is_named_on_stderr(file):
    path = file("code,name,org_type\nC,青山县,club\n")
    code, out, err = run("load_orgs", path)
    assert (code, out) == (1, "")
    assert err.startswith(f"{path}:2: org_type: ")
    assert not Organization.objects.exists()


def test_a_file_that_is_not_there(tmp_path):
    code, out, err = run("load_orgs", tmp_path / "none.csv")
    assert (code, out) == (1, "")
    assert "none.csv" in err


def test_first_passwords_are_all_of_stdout(file):
    run("load_orgs", file(ORGS))
    path = file("username,name,org_code,role\nwang,王一,C,officer\n")
    code, out, err = run("load_accounts", path)
    assert (code, out.splitlines()[0], len(out.splitlines())) == (0, "username,name,password", 2)
    assert err.strip()
    code, out, err = run("load_accounts", path)
    assert (code, out.count("\n"), err) == (0, 1, "")
