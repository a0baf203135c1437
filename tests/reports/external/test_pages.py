"""The pages about upper levels' tables: taking one in, binding, confirming, filling, the next edition; who may."""

from io import BytesIO

import pytest

from audit.models import Event
from orgs.choices import Role
from reports.models import UpperBinding, UpperTable
from tests.factories.upper_tables import a_blank_table, values_in
from tests.reports.people import rows_below, rows_of, signed_in, text_of

ROWS = (
    ["填报单位：", None],
    ["单位", "受理件数"],
    ["青山镇", None],
    ["白沙镇", None],
    ["不知镇", None],
    ["合计", "=SUM(B3:B5)"],
)
BLANK = a_blank_table(ROWS)


def sent(content: bytes = BLANK, name: str = "市表.xlsx"):
    file = BytesIO(content)
    file.name = name
    return file


@pytest.fixture
def officer(county):
    return signed_in(Role.OFFICER, "C")


@pytest.fixture
def table(officer) -> UpperTable:
    assert officer.post("/upper-tables/", {"name": "两新", "file": sent()}).status_code == 302
    return UpperTable.objects.get()


def newest() -> UpperBinding:
    return UpperBinding.objects.order_by("-id").first()


def test_a_blank_table_is_taken_in_and_its_proposals_shown(officer, table):
    page = officer.get(f"/upper-tables/{table.id}/")
    text = text_of(page)
    assert "0 bound" in text
    assert "3 proposed" in text
    assert "Not bound 不知镇 表1!B5" in text
    assert rows_of(page)[2] == ["3", "青山镇", "受理件数 proposed"]
    assert rows_of(page)[5] == ["6", "合计", "formula"]


def test_without_a_name_it_is_called_as_its_file(officer):
    officer.post("/upper-tables/", {"name": "", "file": sent()})
    assert UpperTable.objects.get().name == "市表"


def test_what_is_no_table_is_a_sentence_and_no_table(officer):
    answer = officer.post("/upper-tables/", {"name": "x", "file": sent(b"\x89PNG\r\n\x1a\n" + bytes(64), "x.xlsx")})
    assert answer.status_code == 400
    assert "This is a picture" in text_of(answer)
    assert officer.post("/upper-tables/", {"name": "x"}).status_code == 400
    assert not UpperTable.objects.exists()


def test_all_proposals_are_confirmed_at_once(officer, table):
    assert officer.post(f"/upper-tables/{table.id}/confirm/").status_code == 302
    assert "3 bound" in text_of(officer.get(f"/upper-tables/{table.id}/"))
    assert newest().number == 2
    officer.post(f"/upper-tables/{table.id}/confirm/")
    assert newest().number == 2
    assert Event.objects.filter(kind="template.bound").count() == 2


FIGURE = {
    "act": "figure", "sheet": "0", "cell": "B5", "key": "A-1", "org": "T3", "by": "", "period": "this", "view": "period",
    "measure": "value", "against": "same_last_year", "unit": "", "digits": "", "basis": "",
}  # fmt: skip


def test_a_cell_is_bound_to_a_figure_by_hand(officer, table):
    answer = officer.post(f"/upper-tables/{table.id}/bind/", FIGURE)
    assert answer.url == f"/upper-tables/{table.id}/?sheet=0&cell=B5#B5"
    assert newest().cells["表1!B5"] == {"kind": "figure", "key": "A-1", "org": "T3", "certainty": "said"}
    assert "临河镇 × A-1 受理件数 × This period × The period alone" in text_of(officer.get(answer.url))


@pytest.mark.parametrize(
    ("fields", "cell"),
    [
        ({"key": "受理件数", "org": "临河镇", "digits": "2"}, {"key": "A-1", "org": "T3", "digits": 2}),
        ({"by": "unit_category", "org": "Village"}, {"key": "A-1", "org": "village", "by": "unit_category"}),
        (
            {"key": "P-1:女", "org": "", "measure": "change", "against": "prev"},
            {"key": "P-1:女", "measure": "change", "against": "prev"},
        ),
    ],
)
def test_names_are_taken_for_codes(officer, table, fields, cell):
    officer.post(f"/upper-tables/{table.id}/bind/", FIGURE | fields)
    assert newest().cells["表1!B5"] == {"kind": "figure", "certainty": "said"} | cell


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"key": "没有"}, "“没有” is no indicator"),
        ({"key": "P-1:老"}, "“P-1:老” is no indicator"),
        ({"org": "没有"}, "No unit of the county"),
        ({"by": "unit_category", "org": "T3"}, "Write a category here"),
        ({"period": "never"}, "never"),
        ({"key": ""}, "This field is required"),
    ],
)
def test_what_can_not_be_bound_is_shown_beside_the_cell(officer, table, fields, message):
    answer = officer.post(f"/upper-tables/{table.id}/bind/", FIGURE | fields)
    assert answer.status_code == 400
    assert message in text_of(answer)
    assert newest().number == 1


@pytest.mark.parametrize(
    ("cell", "message"), [("B6", "holds a formula of the table"), ("ZZ99", "is no cell of this sheet"), ("x", "is no cell")]
)
def test_a_cell_that_can_not_be_filled(officer, table, cell, message):
    answer = officer.post(f"/upper-tables/{table.id}/bind/", FIGURE | {"cell": cell})
    assert answer.status_code == 400
    assert message in text_of(answer)


def test_a_cell_is_bound_to_a_text_and_freed_again(officer, table):
    address = f"/upper-tables/{table.id}/bind/"
    officer.post(address, {"act": "text", "sheet": "0", "cell": "A1", "what": "organization", "pattern": "填报：{}"})
    assert newest().cells["表1!A1"] == {"kind": "text", "what": "organization", "pattern": "填报：{}", "certainty": "said"}
    officer.post(address, {"act": "free", "sheet": "0", "cell": "A1"})
    assert "表1!A1" not in newest().cells
    assert officer.post(address, {"act": "text", "sheet": "0", "cell": "A1", "what": "date", "pattern": "x"}).status_code == 400


@pytest.mark.parametrize(
    "fields",
    [
        {"what": "year", "pattern": "{}年对比表", "period": "same_last_year"},
        {"what": "person", "pattern": "填表人：{} 日期：{date}"},
        {"what": "as printed", "pattern": "2019年起"},
    ],
)
def test_texts_of_another_period_several_in_one_cell_and_as_printed(officer, table, fields):
    address = f"/upper-tables/{table.id}/bind/"
    officer.post(address, {"act": "text", "sheet": "0", "cell": "A1"} | fields)
    assert newest().cells["表1!A1"] == {"kind": "text", "certainty": "said"} | fields
    page = officer.get(f"/upper-tables/{table.id}/?sheet=0&cell=A1")
    assert fields["pattern"] in page.content.decode()
    assert (
        officer.post(address, {"act": "text", "sheet": "0", "cell": "A1", "what": "date", "pattern": "{} {day}"}).status_code
        == 400
    )


def test_the_misfits_are_shown_before_the_file_is_filled(officer, table):
    officer.post(f"/upper-tables/{table.id}/confirm/")
    page = text_of(officer.get(f"/upper-tables/{table.id}/fill/"))
    assert "临河镇 (T3) has figures, but no place in the table." in page
    assert "受理件数 (件) 90" in page
    assert not Event.objects.filter(kind="template.filled").exists()
    answer = officer.post(f"/upper-tables/{table.id}/fill/", {"period": "2026Q3"})
    assert answer["Content-Disposition"].startswith("attachment")
    values = values_in(answer.content)
    assert [values[name] for name in ("A1", "B3", "B4", "B6")] == ["填报单位：云岭县", 30, 60, 90]
    assert Event.objects.filter(kind="template.filled").count() == 1


def test_a_bad_period_fills_nothing(officer, table):
    answer = officer.post(f"/upper-tables/{table.id}/fill/", {"period": "soon"})
    assert answer.status_code == 400
    assert "“soon” is not a period" in text_of(answer)


def test_the_next_edition_shows_what_it_changed(officer, table):
    officer.post(f"/upper-tables/{table.id}/confirm/")
    rows = (ROWS[0], ["单位", "办结件数", "受理件数"], ["白沙镇", None, None], ["临河镇", None, None])
    answer = officer.post(f"/upper-tables/{table.id}/edition/", {"file": sent(a_blank_table(rows))})
    assert answer.url == f"/upper-tables/{table.id}/changes/"
    page = officer.get(answer.url)
    assert rows_below(page, 'id="lost"') == [["表1!B3", "青山镇 | 受理件数", "A-1"]]
    assert rows_below(page, 'id="moved"') == [["表1!B4", "表1!C3", "白沙镇 | 受理件数"]]
    assert [row[0] for row in rows_below(page, 'id="new"')] == ["表1!B3", "表1!B4", "表1!C4"]
    cells = newest().cells
    assert "is_proposed" not in cells["表1!C3"]
    assert cells["表1!C4"]["is_proposed"]


def test_the_very_same_file_is_no_new_edition(officer, table):
    officer.post(f"/upper-tables/{table.id}/edition/", {"file": sent()})
    assert "nothing changed" in text_of(officer.get(f"/upper-tables/{table.id}/history/"))
    assert table.editions.count() == 1
    officer.post(f"/upper-tables/{table.id}/edition/", {"file": sent(b"GIF89a" + bytes(64))})
    officer.post(f"/upper-tables/{table.id}/edition/", {})
    assert table.editions.count() == 1
    assert "there is none before it" in text_of(officer.get(f"/upper-tables/{table.id}/changes/"))


def test_history_tells_every_version(officer, table):
    officer.post(f"/upper-tables/{table.id}/confirm/")
    rows = rows_of(officer.get(f"/upper-tables/{table.id}/history/"))
    assert [row[:3] for row in rows] == [["2", "3", "0"], ["1", "0", "3"]]


def test_a_table_is_put_away(officer, table):
    officer.post(f"/upper-tables/{table.id}/retire/")
    assert "No table has been taken in yet" in text_of(officer.get("/upper-tables/"))
    assert Event.objects.filter(kind="template.retired").count() == 1


def test_the_exports_page_leads_officers_there_and_nobody_else(officer):
    assert "/upper-tables/" in officer.get("/exports/").content.decode()
    assert "/upper-tables/" not in signed_in(Role.LEADER, "C").get("/exports/").content.decode()


@pytest.mark.parametrize("role", [Role.LEADER, Role.REVIEWER, Role.CLERK, Role.AUDITOR])
def test_who_is_no_officer_finds_nothing(table, role):
    stranger = signed_in(role, "C")
    assert stranger.get("/upper-tables/").status_code == 404
    assert stranger.get(f"/upper-tables/{table.id}/").status_code == 404
    assert stranger.post(f"/upper-tables/{table.id}/fill/").status_code == 404


def test_an_officer_of_another_county_finds_nothing(county, table):
    county.orgs("D,平湖县,county,,,,,")
    stranger = signed_in(Role.OFFICER, "D")
    assert stranger.get(f"/upper-tables/{table.id}/").status_code == 404
    assert "两新" not in text_of(stranger.get("/upper-tables/"))


def test_other_methods_are_refused(officer, table):
    assert officer.put("/upper-tables/").status_code == 405
    for act in ("bind", "confirm", "edition", "retire"):
        assert officer.get(f"/upper-tables/{table.id}/{act}/").status_code == 405


def test_the_list_costs_the_same_whatever_its_length(officer, table, django_assert_num_queries):
    def cost() -> int:
        with django_assert_num_queries(QUERIES):
            officer.get("/upper-tables/")

    officer.get("/upper-tables/")  # the words of the taking in are shown once
    cost()
    for name in ("二", "三"):
        officer.post("/upper-tables/", {"name": name, "file": sent()})
    officer.get("/upper-tables/")
    cost()


QUERIES = 7


LIKELY_ROWS = (["单位", "受理的件数", "办结件数"], ["青山镇", None, None], ["白沙镇", None, None])


@pytest.fixture
def unsure(officer) -> UpperTable:
    officer.post("/upper-tables/", {"name": "疑", "file": sent(a_blank_table(LIKELY_ROWS))})
    return UpperTable.objects.get()


def test_likely_bindings_are_shown_apart_and_confirmed_one_by_one(officer, unsure):
    page = text_of(officer.get(f"/upper-tables/{unsure.id}/"))
    assert "4 proposed of these 2 only likely" in page
    assert "Confirm 2 sure proposals Confirm all 2 likely ones too" in page
    rows = rows_below(officer.get(f"/upper-tables/{unsure.id}/bindings/"), 'id="bindings"')
    assert [row[:7] for row in rows] == [
        ["表1!B2", "青山镇 × 受理的件数", "青山镇", "A-1 受理件数", "", "This period", "The period alone"],
        ["表1!B3", "白沙镇 × 受理的件数", "白沙镇", "A-1 受理件数", "", "This period", "The period alone"],
    ]
    answer = officer.post(f"/upper-tables/{unsure.id}/confirm/", {"address": "表1!B3", "from": "list", "show": "likely"})
    assert answer.url.startswith(f"/upper-tables/{unsure.id}/bindings/?show=likely")
    assert [one for one, cell in newest().cells.items() if not cell.get("is_proposed")] == ["表1!B3"]


def test_sure_ones_are_confirmed_without_the_likely_ones_and_these_by_their_own_button(officer, unsure):
    officer.post(f"/upper-tables/{unsure.id}/confirm/")
    assert {one for one, cell in newest().cells.items() if not cell.get("is_proposed")} == {"表1!C2", "表1!C3"}
    officer.post(f"/upper-tables/{unsure.id}/confirm/", {"which": "likely"})
    assert "4 bound" in text_of(officer.get(f"/upper-tables/{unsure.id}/"))


def test_the_list_shows_each_kind_and_every_one(officer, unsure):
    for show, count in (("likely", 2), ("sure", 2), ("bound", 0), ("all", 4), ("nonsense", 2)):
        page = officer.get(f"/upper-tables/{unsure.id}/bindings/?show={show}")
        assert len(rows_below(page, 'id="bindings"')) == count if count else "None of this kind" in text_of(page)


def test_the_page_asks_which_column_names_the_rows_own_unit(officer):
    rows = (["示范镇", "帮带镇", "受理件数"], ["青山镇", "白沙镇", None])
    officer.post("/upper-tables/", {"name": "问", "file": sent(a_blank_table(rows))})
    table = UpperTable.objects.get()
    page = text_of(officer.get(f"/upper-tables/{table.id}/"))
    assert "nothing was found in it" in page
    assert "Whose figures are these?" in page
    assert "A 示范镇 B 帮带镇" in page
    officer.post(f"/upper-tables/{table.id}/unit-column/", {"sheet": "0", "column": "Z"})
    assert newest().number == 1
    officer.post(f"/upper-tables/{table.id}/unit-column/", {"sheet": "0", "column": "A"})
    assert newest().cells["表1!C2"] | {} == {
        "kind": "figure", "key": "A-1", "org": "T1", "certainty": "sure", "is_proposed": True,
    }  # fmt: skip
    assert Event.objects.filter(kind="template.bound").count() == 2


@pytest.mark.parametrize(
    ("heads", "asked"),
    [
        (("受益对象", "序号", "受理件数"), "A 受益对象"),
        (("所属镇", "结对镇", "受理件数"), "A 所属镇 B 结对镇"),
        ((None, "结对镇", "受理件数"), "A without a head B 结对镇"),
    ],
)
def test_the_page_asks_among_the_columns_that_hold_names(officer, heads, asked):
    rows = (heads, ["青山镇", "白沙镇" if "镇" in heads[1] else "1", None])
    officer.post("/upper-tables/", {"name": "问", "file": sent(a_blank_table(rows))})
    table = UpperTable.objects.get()
    assert asked in text_of(officer.get(f"/upper-tables/{table.id}/"))
    officer.post(f"/upper-tables/{table.id}/unit-column/", {"sheet": "0", "column": "A"})
    assert newest().cells["表1!C2"]["org"] == "T1"


def test_a_table_that_prints_another_period_is_refused_on_the_page(officer):
    officer.post("/upper-tables/", {"name": "季", "file": sent(a_blank_table((["单位", "二季度受理件数"], ["青山镇", None])))})
    table = UpperTable.objects.get()
    officer.post(f"/upper-tables/{table.id}/confirm/")
    page = officer.get(f"/upper-tables/{table.id}/fill/?period=2026Q3")
    assert "表1!B1 prints “二季度受理件数”" in text_of(page)
    assert "Download" not in text_of(page)
    assert officer.post(f"/upper-tables/{table.id}/fill/", {"period": "2026Q3"}).status_code == 400
    page = text_of(officer.get(f"/upper-tables/{table.id}/fill/?period=2026Q2"))
    assert "Units behind the figures 3 of 3 approved" in page
    assert officer.post(f"/upper-tables/{table.id}/fill/", {"period": "2026Q2"}).status_code == 200
