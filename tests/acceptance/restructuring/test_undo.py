"""A change is taken back by its number while nothing later depends on it."""

import pytest

from audit.models import Event
from orgs.models import FormerCategory, FormerName, Organization, Succession
from tests.acceptance.restructuring.county import HEAD, County

pytestmark = pytest.mark.django_db
FULL = f"{HEAD},name,unit_category"


@pytest.fixture
def county(tmp_path):
    county = County(tmp_path, "V1 V2", others="W1")
    county.asks("A flow")
    county.open("F", "2025Q1", "2025Q2")
    county.figures("F", "2025Q1,V1,A,,5", "2025Q1,V2,A,,6")
    county.figures("F", "2025Q2,V1,A,,7", state="draft")
    return county


def picture(county: County) -> tuple:
    facts = Organization.objects.exclude(code="V9").order_by("code").values_list("code", "name", "unit_category")
    shown = [county.texts("A", "2025Q1", by="units", tree=tree) for tree in ("then", "now")]
    return (
        list(facts),
        shown,
        county.counts("2025Q1"),
        county.counts("2025Q2"),
        FormerName.objects.count(),
        FormerCategory.objects.count(),
    )


def numbers() -> list[int]:
    return list(Succession.objects.order_by("pk").values_list("pk", flat=True))


def refused(county: County, *words: str) -> str:
    with pytest.raises(SystemExit):
        county.run("restructure", *words)
    return county.error_output


def test_everything_is_as_before(county):
    before = picture(county)
    county.restructure(
        "merge,2025-05-20,V1;V2,V9,,,号,新村,", "rename,2025-06-01,W1,,,,号,新名,", "recategorize,2025-06-02,W1,,,,号,,社区",
        "move,2025-06-03,W1,,T1,,,,", head=FULL,
    )  # fmt: skip
    assert county.counts("2025Q2")[:2] == (2, 1)  # V9 and W1; the draft of V1 is exempted
    assert "W1" in refused(county, "--undo", str(numbers()[1]))  # the later ones rest on it
    for number in reversed(numbers()):
        county.run("restructure", "--undo", str(number))
    assert picture(county) == before
    assert Event.objects.filter(kind="succession.undone").count() == 4
    assert county.verified() == []
    county.restructure("merge,2025-05-20,V1;V2,V9,,,号,新村,", head=FULL)
    assert county.texts("A", "2025Q1", "T1", tree="now") == {"total": "11", "V9": "11*"}


def test_what_townships_handed_on_comes_back(county):
    before = picture(county)
    county.restructure("merge,2025-07-01,T1;T2,T9,C,,号,新镇,乡镇", head=FULL)
    [number] = [one.pk for one in Succession.objects.filter(kind="merge")]
    county.run("restructure", "--undo", str(number))
    assert [row for row in picture(county)[0] if row[0] != "T9"] == before[0]
    assert picture(county)[1:] == before[1:]
    assert not Succession.objects.exists()


def test_figures_of_the_new_unit_keep_the_change(county):
    county.restructure("merge,2025-04-01,V1;V2,V9,,,号,新村,", head=FULL)
    county.figures("F", "2025Q2,V9,A,,7")
    assert "V9" in refused(county, "--undo", str(numbers()[0]))
    assert county.texts("A", "2025Q2")["total"] == "7"


def test_figures_of_a_successor_that_stood_before_keep_the_change_too(county):
    """The merger changed nothing of W1, but its figures since are those of all three."""
    county.restructure("merge,2025-04-01,V1;V2,W1,,,号")
    county.figures("F", "2025Q2,W1,A,,18")
    assert "W1村" in refused(county, "--undo", str(numbers()[0]))


def test_a_number_nobody_knows(county):
    with pytest.raises(Exception, match="99"):
        county.run("restructure", "--undo", "99")
