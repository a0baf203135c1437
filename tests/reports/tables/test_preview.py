"""The printed table on the page is the sheet of the workbook: same heads, same texts, page by page; and all layouts in one zip."""

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from django.core.management import CommandError

from audit.models import Event
from orgs.choices import Role
from reports.tables.preview import ROWS
from tests.reports.layout_county import exported, story_with_orgs
from tests.reports.people import rows_below, signed_in, text_of
from tests.reports.story import Story

PRINTED = "table is-printed"
QUERY = "/exports/?period=2026Q3&layout="


@pytest.fixture
def county(story) -> Story:
    story_with_orgs(story)
    story.indicators("A,受理,件,flow,,,", "B,办结,件,flow,,,", "R,办结率,%,ratio,B,A,")
    story.form("F", "A", "B", "R")
    story.open("F", "2026Q3")
    story.figures(
        "F", "2026Q3,V1,A,,40", "2026Q3,V1,B,,30", "2026Q3,V3,A,,10", "2026Q3,V3,B,,10", "2026Q3,I,A,,0", "2026Q3,I,B,,0"
    )
    return story


def shown(value, decimals: int) -> str:
    return "" if value is None else str(value) if isinstance(value, str) else f"{value:.{decimals}f}"


def test_page_workbook_and_command_say_the_same(county):
    page = rows_below(signed_in(Role.LEADER, "C").get(QUERY + "R2"), PRINTED)
    book = exported(county, "R2").rows()
    by_code = {row[2]: row[3:] for row in page}
    assert set(by_code) == set(book)
    for code, figures in book.items():
        assert by_code[code] == [shown(value, decimals) for value, decimals in zip(figures, (0, 0, 1), strict=True)]
    assert by_code["C"] == ["50", "40", county.ask("R", period="2026Q3").text()] == ["50", "40", "80.0"]
    assert by_code["I"] == ["0", "0", "—"]


@pytest.mark.parametrize("layout", ["R1", "R2", "R3", "R4", "R12", "R13", "R14"])
def test_every_layout_is_shown_without_a_file_and_an_event(county, layout):
    response = signed_in(Role.LEADER, "C").get(QUERY + layout)
    assert response.status_code == 200
    assert PRINTED in response.content.decode()
    assert not Event.objects.filter(kind="export.made").exists()


def test_the_list_to_remind_by_lists_every_report_where_it_is_ticked(county):
    client = signed_in(Role.LEADER, "C")
    chased, everybody = (rows_below(client.get(QUERY + "R12" + more), PRINTED) for more in ("", "&settled=1"))
    assert [row[1] for row in chased if row[0]] == ["乙村"]
    assert {row[1] for row in everybody if row[0]} == {"甲村", "乙村", "=1+1社区", "快递行业党委"}
    body = client.get(QUERY + "R12&settled=1").content.decode()
    assert '<input type="hidden" name="settled" value="1">' in body
    assert 'name="settled"' not in client.get(QUERY + "R2&settled=1").content.decode().replace(
        'type="hidden" name="settled"', ""
    )


def test_the_command_lists_every_report_where_asked(county):
    assert len(exported(county, "R12", "--all").lines()) > len(exported(county, "R12").lines())
    with pytest.raises(CommandError, match="R2 分单位汇总表 lists no reports"):
        exported(county, "R2", "--all")
    county.run("export", "all", "--all", "--period", "2026Q3", "--org", "C", "--out", str(county.folder / "all.zip"))


def test_formulas_stand_behind_the_totals(county):
    body = signed_in(Role.LEADER, "C").get(QUERY + "R2&formulas=1").content.decode()
    assert 'title="=SUM(' in body


def test_a_layout_that_was_not_asked_is_a_sentence(county):
    response = signed_in(Role.LEADER, "C").get(QUERY + "R5")
    assert response.status_code == 400
    assert "R5 两新组织党建覆盖情况统计表: none of its figures" in text_of(response)


def test_tables_of_a_layout_are_tabs(county):
    county.form("G", "A")
    county.open("G", "2026Q3")
    response = signed_in(Role.LEADER, "C").get(QUERY + "R2&table=2")
    assert text_of(response).count("G表") >= 2
    assert 'aria-current="page">G表' in response.content.decode()


def test_a_page_holds_fifty_rows_and_costs_as_many_queries_as_one(story, django_assert_num_queries):
    villages = [f"V{number},{number}村,village,T,,,," for number in range(1, ROWS + 20)]
    story.orgs("C,县,county,,,,,", "T,镇,township,C,,,,", *villages)
    story.indicators("A,受理,件,flow,,,")
    story.form("F", "A")
    story.open("F", "2026Q3")
    client = signed_in(Role.LEADER, "C")
    first, second = (rows_below(client.get(f"{QUERY}R2&page={page}"), PRINTED) for page in (1, 2))
    assert (len(first), len(second)) == (ROWS, 21)  # a total, a subtotal and the villages
    with django_assert_num_queries(26):
        client.get(f"{QUERY}R2&page=2")


def test_the_choice_that_was_shown_is_what_is_downloaded(county):
    body = signed_in(Role.LEADER, "C").get(QUERY + "R4&basis=submitted&rounding=balanced").content.decode()
    for name, value in (("layout", "R4"), ("basis", "submitted"), ("rounding", "balanced"), ("period", "2026Q3")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in body


# --- all layouts ----------------------------------------------------------------------------------------------------


def names_in(content: bytes) -> list[str]:
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_all_layouts_that_apply_come_in_one_zip_with_a_list(county):
    response = signed_in(Role.LEADER, "C").post("/exports/", {"period": "2026Q3", "act": "all"})
    assert response["Content-Type"] == "application/zip"
    names = names_in(response.content)
    assert [name.split(" ")[-2] for name in names[:-1]] == ["R1", "R2", "R3", "R4", "R12", "R13", "R14"]
    with ZipFile(BytesIO(response.content)) as archive:
        contents = archive.read(names[-1]).decode("utf-8-sig")
        first = openpyxl.load_workbook(BytesIO(archive.read(names[1])))
    assert "R5 两新组织党建覆盖情况统计表: R5 两新组织党建覆盖情况统计表: none of its figures" not in contents
    assert "R5 两新组织党建覆盖情况统计表: none of its figures" in contents
    assert "云岭县 Third quarter of 2026 R2 分单位汇总表.xlsx, check code" in contents
    assert first.sheetnames[0] == "Cover"
    assert Event.objects.filter(kind="export.made").count() == 7
    assert Event.objects.filter(kind="figures.exported").count() == 1


def test_the_command_writes_the_same_zip(county):
    path = county.folder / "all.zip"
    output = county.run("export", "all", "--period", "2026Q3", "--org", "C", "--out", str(path))
    assert "written, digest" in output
    assert len(names_in(path.read_bytes())) == 8


def test_a_zip_is_named_zip(county):
    with pytest.raises(CommandError, match=r"name a \.zip file in a folder that exists"):
        county.run("export", "all", "--period", "2026Q3", "--org", "C", "--out", str(county.folder / "all.xlsx"))


def test_where_nothing_was_asked_nothing_is_packed(county):
    with pytest.raises(CommandError, match="No form was asked"):
        county.run("export", "all", "--period", "2019Q1", "--org", "C", "--out", str(county.folder / "all.zip"))
