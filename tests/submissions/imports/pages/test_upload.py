"""Where files are put in: who gets there, what the script gets for each file, and what a page without script shows."""

import io
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from orgs.choices import Role
from spreadsheets.limits import allow_uploads
from submissions.choices import State
from submissions.models import Upload
from tests.factories.orgs import a_post
from tests.factories.submissions import a_place, a_task, bring_to
from tests.submissions.imports.pages.conftest import JSON, put

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


def packed(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as pack:
        for name, content in files.items():
            pack.writestr(f"{name}.xlsx", content)
    return buffer.getvalue()


def test_the_page_offers_the_open_tasks_form(world, signed):
    page = signed(world.place.clerk).get(reverse("submissions:intake")).content.decode()
    assert reverse("submissions:workbook", args=[world.task.pk, world.place.village.pk]) + "?shape=unit" in page
    assert "No file has been put in yet." in page


def test_a_township_is_offered_both_shapes(world, signed):
    page = signed(world.township_clerk).get(reverse("submissions:intake")).content.decode()
    address = reverse("submissions:workbook", args=[world.task.pk, world.place.township.pk])
    assert f"{address}?shape=grid" in page
    assert f"{address}?shape=sheets" in page


def test_a_report_that_is_the_reviewers_asks_for_no_form(world, signed):
    bring_to(State.SUBMITTED, world.report, world.place)
    assert b"?shape=unit" not in signed(world.place.clerk).get(reverse("submissions:intake")).content


@pytest.mark.parametrize("who", ["reviewer", "officer", "leader"])
@pytest.mark.parametrize("name", ["submissions:intake", "submissions:intake_put"])
def test_only_clerks_get_in(world, signed, who, name):
    client = signed(getattr(world.place, who))
    method = client.post if name.endswith("put") else client.get
    assert method(reverse(name)).status_code == 404


def test_other_methods_are_none(world, signed):
    client = signed(world.place.clerk)
    assert client.post(reverse("submissions:intake")).status_code == 405
    assert client.get(reverse("submissions:intake_put")).status_code == 405


def test_the_script_gets_the_result_of_a_file(world, signed):
    result = put(signed(world.place.clerk), world.form({"A": 12, "B": "1.2万"})).json()
    upload = Upload.objects.get()
    assert {key: result[key] for key in ("id", "file", "verdict", "kind", "units", "ready", "changes", "errors")} == {
        "id": upload.pk, "file": "表.xlsx", "verdict": "preview", "kind": "form", "units": 1, "ready": 0, "changes": 1, "errors": 1,
    }  # fmt: skip
    assert result["problem"] is True
    assert result["url"] == reverse("submissions:upload", args=[upload.pk])


def test_nothing_is_written_by_putting_in(world, signed):
    put(signed(world.place.clerk), world.form({"A": 12}))
    assert (world.report.state, world.figures()) == (State.BLANK, {})


def test_the_same_file_sent_again_is_the_same_upload(world, signed):
    client, content = signed(world.place.clerk), world.form({"A": 12})
    assert put(client, content).json()["id"] == put(client, content).json()["id"]
    assert Upload.objects.count() == 1


def test_a_picture_is_refused_with_what_it_is_and_others_go_on(world, signed):
    client = signed(world.place.clerk)
    result = put(client, PNG, "照片.xlsx").json()
    assert (result["verdict"], result["kind"], result["ready"]) == ("refused", "picture", 0)
    assert put(client, world.form({"A": 12})).json()["ready"] == 1


def test_a_zip_is_answered_file_by_file(world, signed):
    content = packed(good=world.form({"A": 3}), bad=PNG)
    result = put(signed(world.place.clerk), content, "全部.zip").json()
    assert [(inner["file"], inner["verdict"]) for inner in result["files"]] == [
        ("good.xlsx", "preview"),
        ("bad.xlsx", "refused"),
    ]
    assert Upload.objects.count() == 2


def test_a_zip_that_is_none_is_one_refusal(world, signed):
    result = put(signed(world.place.clerk), packed(a=b"1")[:-30], "全部.zip").json()
    assert (result["verdict"], result["problem"]) == ("refused", True)


def test_a_request_without_file_is_refused(world, signed):
    answer = signed(world.place.clerk).post(reverse("submissions:intake_put"), headers=JSON)
    assert (answer.status_code, answer.json()) == (400, {"said": "No file was sent. Choose one or more files, then send them."})


@pytest.fixture
def one_megabyte(settings):
    """A client of its own would make the process allow no more afterwards either."""
    usual, settings.UPLOAD_LIMIT_MB = settings.UPLOAD_LIMIT_MB, 1
    yield
    allow_uploads(usual)


def test_too_much_is_refused_before_it_is_read(world, signed, one_megabyte):
    answer = put(signed(world.place.clerk), bytes(1024 * 1024 + 1))
    assert answer.status_code == 413
    assert "at most 1 MB" in answer.json()["said"]
    assert not Upload.objects.exists()


def test_elsewhere_nothing_is_put_in(world, signed):
    client = signed(world.place.clerk)
    assert put(client, b"1,2", "a.csv", organization=world.place.other_village.pk).status_code == 404
    foreign = a_task(a_place("350200").county)
    assert put(client, b"1,2", "a.csv", task=foreign.pk).status_code == 404
    assert not Upload.objects.exists()


def test_two_posts_choose_where(world, signed):
    a_post(world.place.clerk, Role.CLERK, world.place.other_village)
    client = signed(world.place.clerk)
    assert b'<select id="organization"' in client.get(reverse("submissions:intake")).content
    put(client, world.form({"A": 1}), organization=world.place.other_village.pk)
    assert Upload.objects.get().organization == world.place.other_village


def test_without_script_one_file_leads_to_its_preview(world, signed):
    fields = {"file": SimpleUploadedFile("表.xlsx", world.form({"A": 12}))}
    answer = signed(world.place.clerk).post(reverse("submissions:intake_put"), fields)
    assert answer.url == reverse("submissions:upload", args=[Upload.objects.get().pk])


def test_without_script_many_files_lead_to_the_list(world, signed):
    files = [SimpleUploadedFile("甲.xlsx", world.form({"A": 12})), SimpleUploadedFile("乙.xlsx", PNG)]
    client = signed(world.place.clerk)
    page = client.post(reverse("submissions:intake_put"), {"file": files}, follow=True).content.decode()
    assert "2 files put in." in page
    assert page.count("乙.xlsx") > 1
    assert "To be confirmed" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries(world, signed, django_assert_num_queries, count):
    client = signed(world.place.clerk)
    for number in range(count):
        put(client, world.form({"A": number}), f"表{number}.xlsx")
    with django_assert_num_queries(11):
        page = client.get(reverse("submissions:intake")).content.decode()
    assert page.count("Look and confirm") == count
