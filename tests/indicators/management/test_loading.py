"""The loader commands as an operator runs them: one line on success, addresses of what is wrong on stderr, exit 1."""

from io import StringIO

import pytest
from django.core.management import call_command

from audit.models import Event
from indicators.models import Check, Form, Indicator

pytestmark = pytest.mark.django_db

CATALOGUE = "\ufeffcode,name_zh,unit,kind,domain\nA,甲,家,stock,coverage\nB,乙,家,stock,skills\n"
FORMS = "form,title,frequency,indicator_code\n季01表,基层表,quarter,A\n季01表,基层表,quarter,B\n"
CHECKS = "form,expression,severity,message\n季01表,{A} <= {B},verify,甲不大于乙\n"


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def run(tmp_path):
    """Runs a loader on a text; answers exit code, stdout and stderr."""

    def loading(command, text):
        path = tmp_path / "file.csv"
        path.write_text(text, encoding="utf-8")
        out, err = StringIO(), StringIO()
        code = 0
        try:
            call_command(command, str(path), stdout=out, stderr=err)
        except SystemExit as exit_:
            code = exit_.code
        return code, out.getvalue(), err.getvalue().replace(str(path), "file.csv")

    return loading


def test_catalogue_forms_and_checks_one_after_the_other(run):
    assert run("load_catalogue", CATALOGUE) == (
        0,
        "Indicators: 2 added, 0 changed, 0 unchanged. Switched off because they are no party work: 1.\n",
        "",
    )
    assert run("load_forms", FORMS) == (
        0,
        "Forms: 1 added, 0 changed, 0 unchanged. Switched on because a form asks for them: B.\n",
        "",
    )
    assert run("load_checks", CHECKS) == (0, "Checks: 1 added, 0 changed, 0 unchanged.\n", "")
    assert Event.objects.filter(actor_name="system", channel__startswith="command:load_").count() == 3


@pytest.mark.parametrize(
    ("command", "text", "line"),
    [
        ("load_catalogue", CATALOGUE.replace("家,stock,cov", "家,count,cov"), "file.csv:2: kind: “count” is not one of"),
        ("load_forms", FORMS, "file.csv:2: indicator_code: No indicator has the code A; load the catalogue first."),
        ("load_checks", CHECKS, "file.csv:2: form: No form has the number 季01表; load the forms first."),
    ],
)
def test_what_is_wrong_goes_to_stderr_and_nothing_is_taken(run, command, text, line):
    code, out, err = run(command, text)
    assert (code, out) == (1, "")
    assert err.startswith(line)
    assert "Nothing was taken in." in err
    assert [model.objects.count() for model in (Indicator, Form, Check)] == [0, 0, 0]
