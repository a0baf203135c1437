"""What a kind of indicator does stands in its class: nothing else compares a kind, or a rule of adding up, by its name (decision 199)."""

import re

from tests.house.files import APPS, named, python_files

_COMPARED = re.compile(r"(?:==|!=|\bin|\bis) *\(?(?:Kind|OrgRule|PeriodRule)\.|\.(?:org_rule|period_rule) *(?:==|!=|in\b)")
# The kinds themselves; the recount, which does not lean on the product's own reading; the reader of the catalogue's rule cells; and the
# measures of a column, which know by themselves whether they are their last.
_ALLOWED = (
    "indicators/kinds/",
    "reports/verification/recount.py",
    "indicators/loading/catalogue_rows.py",
    "indicators/loading/kind_limits.py",
    "reports/figures/plan/",
)


def test_nobody_branches_on_the_name_of_a_kind():
    wrong = [
        f"{named(path)}:{number} {line.strip()}"
        for path in python_files(*APPS)
        if not named(path).startswith(_ALLOWED)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if _COMPARED.search(line)
    ]
    assert wrong == []
