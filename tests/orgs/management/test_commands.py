"""load_orgs and load_accounts as an operator runs them: what goes to stdout, what to stderr, and the exit code."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from orgs.models import Organization, Post, User

pytestmark = pytest.mark.django_db
ORGS = "code,name,unit_category\nC,青山县,county\n"


def run(name: str, *arguments) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command(name, *map(str, arguments), stdout=out, stderr=err)
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


CHINESE = (
    "编码,名称,党组织类别,单位类别,上级编码\r\nX1,某县委,党委,县,\r\nX2,某镇党委,党委,乡镇,X1\r\nX3,某村党支部,党支部,村,X2\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_a_list_as_an_office_keeps_it(tmp_path, encoding):
    path = tmp_path / "名单.csv"
    path.write_bytes(CHINESE.encode(encoding))
    assert run("load_orgs", path)[0] == 0
    assert list(Organization.objects.order_by("code").values_list("code", "org_type", "unit_category")) == [
        ("X1", "committee", "county"),
        ("X2", "committee", "township"),
        ("X3", "branch", "village"),
    ]


def test_a_trial_tells_all_and_writes_nothing(file):
    run("load_orgs", file(ORGS))
    events = Event.objects.count()
    path = file("用户名,姓名,组织代码,角色\nwang,王一,C,组织部\n")
    code, out, err = run("load_accounts", path, "--dry-run")
    assert (code, err) == (0, "")
    assert "wang 王一" in out
    assert "青山县" in out
    assert "--dry-run" in out.splitlines()[-1]
    assert "password" not in out
    assert (Post.objects.count(), User.objects.filter(username="wang").count(), Event.objects.count()) == (0, 0, events)


def test_a_trial_of_a_wrong_file_is_refused_as_the_file_is(file):
    code, out, err = run("load_orgs", file("code,name,org_type\nC,青山县,club\n"), "--dry-run")
    assert (code, out) == (1, "")
    assert ":2: org_type: " in err


def test_the_empty_workbook_is_written_filled_and_loaded(tmp_path):
    path = tmp_path / "空表.xlsx"
    assert run("load_accounts", "--template", path)[0] == 0
    code, _out, err = run("load_accounts", path)
    assert (code, err) == (0, "")
    with pytest.raises(CommandError, match="--template"):
        run("load_accounts", "--template", tmp_path / "空表.docx")
    with pytest.raises(CommandError, match="FILE"):
        run("load_accounts")
