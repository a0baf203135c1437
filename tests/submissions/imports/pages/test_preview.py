"""The preview of a file: whose it is, what it shows first, mending in it, and what it costs however many units there are."""

from datetime import date

import pytest
from django.urls import reverse

from orgs.choices import Role
from submissions.models import Submission, Task, Upload
from tests.factories.orgs import a_user, an_organization
from tests.factories.submissions import a_place, a_task, fill
from tests.markup import markup_of
from tests.submissions.imports.pages.conftest import World, address, put, upload_in


@pytest.fixture
def client(world, signed):
    return signed(world.place.clerk)


def test_old_and_new_stand_side_by_side(world, client):
    fill(world.report, {"A": 7}, by=world.place.clerk)
    upload = upload_in(client, world.form({"A": 12}))
    page = markup_of(client.get(address("upload", upload)))
    assert '<td class="num old">7</td><td class="num new">12</td>' in page
    assert "Take in 1 changes" in page


def test_what_does_not_differ_is_not_listed(world, client):
    """The row that the script draws, the list, and the page itself say the same."""
    fill(world.report, {"A": 7}, by=world.place.clerk)
    result = put(client, world.form({"A": 7})).json()
    pill = '<span class="pill is-grey">Without a change</span>'
    assert (result["pill"], result["colour"], result["act"], result["ready"]) == ("Without a change", "is-grey", "Look", 0)
    assert pill in markup_of(client.get(reverse("submissions:intake")))
    upload = Upload.objects.get()
    assert client.get(address("upload_marked", upload)).headers["Content-Disposition"].startswith("attachment")
    page = markup_of(client.get(address("upload", upload)))
    assert "The file says what the report already says." in page
    assert pill in page


def test_an_empty_form_is_refused(world, client):
    page = markup_of(client.get(address("upload", upload_in(client, world.form({})))))
    assert "The form is empty: no cell was filled in" in page
    assert "Cannot be taken in" in page
    assert "The file says what the report already says." not in page


@pytest.mark.parametrize("who", ["stranger", "reviewer", "officer", "colleague", "township_clerk"])
@pytest.mark.parametrize("name", ["upload", "upload_accept", "upload_drop", "upload_marked"])
def test_it_is_nobody_elses(world, client, signed, who, name):
    upload = upload_in(client, world.form({"A": 12}))
    colleague = a_user(Role.CLERK, world.place.village)
    people = {"colleague": colleague, "township_clerk": world.township_clerk}
    other = signed(people.get(who) or getattr(world.place, who))
    ask = other.get if name in ("upload", "upload_marked") else other.post
    assert ask(address(name, upload)).status_code == 404


@pytest.mark.parametrize(("name", "method"), [("upload_accept", "get"), ("upload_drop", "get"), ("upload_marked", "post")])
def test_other_methods_are_none(world, client, name, method):
    assert getattr(client, method)(address(name, upload_in(client, world.form({"A": 12})))).status_code == 405


def cell_in_error(client, upload) -> str:
    """The address of the one error, as the page's form names it."""
    page = markup_of(client.get(address("upload", upload)))
    return page.partition('name="text ')[2].partition('"')[0]


def test_an_error_names_the_line_and_the_unit(world, signed):
    codes = [world.place.village.code, world.place.other_village.code]
    client = signed(world.township_clerk)
    upload = upload_in(client, world.grid({code: {"A": "许多"} for code in codes}))
    page = markup_of(client.get(f"{address('upload', upload)}?part=errors"))
    name = world.task.layout.by_key["A"].name
    assert page.count(f'id="line-1">{name} <span class="code">A</span></td>') == 1
    for unit in (world.place.village, world.place.other_village):
        assert f'<th scope="row" class="name">{unit.name}</th>' in page


def test_a_suggestion_is_offered_and_not_applied(world, client):
    upload = upload_in(client, world.form({"A": "1.2万"}))
    cell = cell_in_error(client, upload)
    assert f'name="text {cell}" value="12000"' in markup_of(client.get(address("upload", upload)))
    client.post(address("upload", upload), {f"text {cell}": "12000"})
    upload.refresh_from_db()
    assert upload.mended == {}


def test_a_suggestion_that_is_chosen_counts(world, client):
    upload = upload_in(client, world.form({"A": "1.2万"}))
    cell = cell_in_error(client, upload)
    answer = client.post(address("upload", upload), {f"text {cell}": "12000", f"do {cell}": "use"}, follow=True)
    upload.refresh_from_db()
    assert upload.mended == {cell: "12000"}
    assert '<td class="num new">12000</td>' in markup_of(answer)


@pytest.mark.parametrize(
    ("typed", "mended", "is_refused"), [("48", "48", False), ("12000", None, True), ("", None, True), (" ", None, True)]
)
def test_what_is_typed_without_script_counts_as_chosen(world, client, typed, mended, is_refused):
    upload = upload_in(client, world.form({"A": "1.2万"}))
    cell = cell_in_error(client, upload)
    fields = {f"text {cell}": typed, f"offered {cell}": "12000", "act": "mend"}
    page = markup_of(client.post(address("upload", upload), fields, follow=True))
    upload.refresh_from_db()
    assert upload.mended == ({cell: mended} if mended else {})
    assert ("Nothing was chosen." in page) is is_refused


def test_a_cell_that_is_left_out_keeps_no_typed_text(world, client):
    upload = upload_in(client, world.form({"A": "1.2万"}))
    cell = cell_in_error(client, upload)
    client.post(address("upload", upload), {f"do {cell}": "leave", f"text {cell}": "48", f"offered {cell}": "12000"})
    upload.refresh_from_db()
    assert upload.mended == {cell: ""}


def test_a_cell_is_left_out_and_taken_back(world, client):
    upload = upload_in(client, world.form({"A": "许多", "B": 2}))
    cell = cell_in_error(client, upload)
    client.post(address("upload", upload), {f"text {cell}": "", f"do {cell}": "leave"})
    assert "Take in 1 changes" in markup_of(client.get(address("upload", upload)))
    client.post(address("upload", upload), {"undo": cell})
    assert cell_in_error(client, upload) == cell


def test_a_refused_form_leads_to_the_right_one(world, signed):
    client = signed(world.place.stranger)
    upload = upload_in(client, world.form({"A": 1}))
    page = markup_of(client.get(address("upload", upload)))
    assert 'role="alert"' in page
    assert "Download the right form" in page


def test_a_settled_file_says_what_became_of_it(world, client):
    upload = upload_in(client, world.form({"A": 12}))
    client.post(address("upload_drop", upload))
    page = markup_of(client.get(address("upload", upload)))
    assert "Thrown away" in page
    assert "Take in 1 changes" not in page
    assert client.post(address("upload", upload), {"undo": "x"}).status_code == 409


def test_a_naughty_address_is_no_page(world, client):
    upload = upload_in(client, world.form({"A": 12}))
    for asked in ("?part=<script>", "?part=changes&unit=0&changes-page=9999", "?filter=x&part=units"):
        assert client.get(address("upload", upload) + asked).status_code == 200


@pytest.mark.parametrize(("part", "queries"), [("units", 26), ("errors", 25), ("changes", 25), ("remarks", 25)])
@pytest.mark.parametrize("more", [1, 28])
def test_more_units_cost_no_more_queries(db, signed, django_assert_num_queries, more, part, queries):
    place = a_place("350900")  # the world of this module has 350100
    for number in range(more):
        an_organization(f"35090001{number + 10:02}", parent=place.township)
    task = a_task(place.county, opens_on=date(2020, 1, 1))
    world = World(place, Task.objects.select_related("form", "county").get(pk=task.pk), a_user(Role.CLERK, place.township))
    units = Submission.objects.filter(task=task).values_list("organization__code", flat=True)
    client = signed(world.township_clerk)
    upload = upload_in(client, world.grid({code: {"A": 3, "B": "1.2万"} for code in units}))
    with django_assert_num_queries(queries):
        page = markup_of(client.get(f"{address('upload', upload)}?part={part}"))
    assert f'<span class="figure-value">{len(units)}</span>' in page


@pytest.mark.parametrize(("means", "is_refused"), [("?", True), ("line:A", False), ("", False)])
def test_confirming_heads_with_nothing_chosen_says_so(world, client, means, is_refused):
    upload = upload_in(client, world.form({"A": 12}))
    page = markup_of(client.post(address("upload", upload), {"head Sheet1!C2": means, "act": "heads"}, follow=True))
    assert ("Nothing was chosen." in page) is is_refused
