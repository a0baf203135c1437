"""Files in the browser: the form downloaded, filled, put in, mended, taken in; a pile with a bad one in it; keys only; no script."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from orgs.choices import Role
from submissions.models import Submission, Upload
from submissions.workbooks.stamps import Shape
from submissions.workbooks.workbook import form_workbook
from tests.browser.filling import STOCK, World, a_world, cell
from tests.factories.orgs import a_user, an_organization
from tests.factories.submissions import AT
from tests.submissions.imports.filled import filled

pytestmark = pytest.mark.django_db(transaction=True)

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


@pytest.fixture
def world(transactional_db) -> World:
    return a_world()


@pytest.fixture
def clerk_page(page, world, sign_in) -> Page:
    sign_in(page, world.clerk.username, world.clerk.first_password)
    return page


def form_of(world: World, organization, figures: dict) -> bytes:
    task = world.submission.task
    made = form_workbook(task=task, organization=organization, shape=Shape.UNIT, by=world.place.officer, at=AT)
    return filled(made.content, {(organization.code, key): value for key, value in figures.items()})


def a_file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def rows(page: Page):
    return page.locator("#sending tbody tr")


def settled(page: Page, text: str) -> None:
    expect(page.locator("#summary")).to_have_text(text)


def test_download_fill_put_in_mend_take_in(clerk_page, world, tmp_path, axe):
    page = clerk_page
    page.goto(world.address)
    with page.expect_download() as download:
        page.click("text=Excel form")
    code = world.place.village.code
    typed = {(code, "ORG-001"): "1.2万", (code, "ORG-003"): 21, (code, "STN-006"): "１２"}
    path = a_file(tmp_path, "filled.xlsx", filled(Path(download.value.path()).read_bytes(), typed))
    page.click("text=Take in Excel")
    page.set_input_files("#files", path)
    settled(page, "1 files: 0 units ready to be taken in, 1 files with problems")
    page.click("text=Look and confirm")
    assert axe(page) == []
    page.click("tr:has-text('1.2万') >> text=Use this")
    page.click("text=Apply what is chosen")
    expect(page.locator("section:has(#part-changes) td.new").first).to_have_text("12000")
    page.click("text=Take in 3 changes")
    expect(cell(page, STOCK)).to_have_value("12000")
    assert world.figures() == {"ORG-001": 12000, "ORG-003": 21, "STN-006": 12}
    page.goto("/intake/")
    expect(page.locator("#recent .pill")).to_have_text("Taken in")


def test_the_marked_file_comes_down(clerk_page, world, tmp_path):
    page = clerk_page
    path = a_file(tmp_path, "a.xlsx", form_of(world, world.place.village, {"ORG-001": "1.2万"}))
    page.goto("/intake/")
    page.set_input_files("#files", path)
    page.click("text=Look and confirm")
    with page.expect_download() as download:
        page.click("text=Download with marks")
    assert download.value.suggested_filename == "⚠ a.xlsx"
    sheet = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).worksheets[0]
    assert any(found.comment and "1.2万" in found.comment.text for row in sheet.iter_rows() for found in row)


def test_twelve_files_of_which_two_are_bad(page, world, sign_in, tmp_path, axe):
    """A township's pile: nine forms of its villages and a zip of one, a photograph, a form of another township."""
    villages = [Submission.objects.get(task=world.submission.task, organization=world.place.village).organization]
    foreign = an_organization("3501000201", parent=world.place.county)
    clerk = a_user(Role.CLERK, world.place.township)
    sign_in(page, clerk.username, clerk.first_password)
    content = form_of(world, villages[0], {"ORG-001": 48, "ORG-003": 21})
    files = [a_file(tmp_path, f"表{number}.xlsx", content) for number in range(9)]
    files.append(a_file(tmp_path, "照片.xlsx", PNG))
    files.append(a_file(tmp_path, "邻村.xlsx", swapped(content, world.place.village.code, foreign.code)))
    files.append(a_file(tmp_path, "包.zip", packed("包内.xlsx", form_of(world, world.place.other_village, {"ORG-001": 30}))))
    page.goto("/intake/")
    page.set_input_files("#files", files)
    settled(page, "12 files: 10 units ready to be taken in, 2 files with problems")
    expect(page.locator("#sent-line")).to_have_text("12 of 12 done")
    expect(rows(page)).to_have_count(13)
    expect(rows(page).filter(has_text="照片")).to_contain_text("Cannot be taken in")
    assert axe(page) == []
    page.click("#accept-all")
    expect(page.locator("#sending tbody .pill.is-green")).to_have_count(10)
    expect(page.locator("#accept-all")).to_be_disabled()
    assert world.figures() == {"ORG-001": 48, "ORG-003": 21}
    assert Upload.objects.filter(verdict="accepted").count() == 10


def swapped(content: bytes, own: str, other: str) -> bytes:
    """The stamp of another place, which is how a neighbour's form looks to whoever may not fill it."""
    book = load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for found in row:
                if isinstance(found.value, str) and found.value.startswith("DJJB1|"):
                    found.value = found.value.replace(own, other)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def packed(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as pack:
        pack.writestr(name, content)
    return out.getvalue()


def test_too_large_and_empty_files_are_reported_before_they_are_sent(clerk_page, tmp_path, settings):
    page = clerk_page
    page.goto("/intake/")
    large = a_file(tmp_path, "large.xlsx", bytes(settings.UPLOAD_LIMIT_MB * 1024 * 1024 + 1))
    page.set_input_files("#files", [large, a_file(tmp_path, "empty.xlsx", b"")])
    settled(page, "2 files: 0 units ready to be taken in, 2 files with problems")
    expect(rows(page).nth(0)).to_contain_text("at most 5 MB")
    expect(rows(page).nth(1)).to_contain_text("The file is empty")
    assert not Upload.objects.exists()


def test_a_lost_request_is_sent_again(clerk_page, world, tmp_path, console):
    console.allow("ERR_FAILED")
    page, lost = clerk_page, []

    def lose_once(route):
        lost.append(route)
        route.abort() if len(lost) == 1 else route.continue_()

    page.route("**/intake/put/", lose_once)
    page.goto("/intake/")
    page.set_input_files("#files", a_file(tmp_path, "a.xlsx", form_of(world, world.place.village, {"ORG-001": 5})))
    settled(page, "1 files: 1 units ready to be taken in, 0 files with problems")
    assert (len(lost), Upload.objects.count()) == (2, 1)


def test_leaving_while_files_are_being_sent_warns(clerk_page, world, tmp_path):
    page, held, asked = clerk_page, [], []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.route("**/intake/put/", lambda route: held.append(route))
    page.goto("/intake/")
    page.click("h1")
    page.set_input_files("#files", a_file(tmp_path, "a.xlsx", form_of(world, world.place.village, {"ORG-001": 5})))
    expect(rows(page).first).to_contain_text("Being read")
    page.goto("/")
    assert asked == ["beforeunload"]


def test_with_keys_only(clerk_page, world, tmp_path):
    page = clerk_page
    path = a_file(tmp_path, "a.xlsx", form_of(world, world.place.village, {"ORG-001": "1.2万"}))
    page.on("filechooser", lambda chooser: chooser.set_files(path))
    page.goto("/intake/")
    page.focus("#files")
    page.keyboard.press("Enter")
    settled(page, "1 files: 0 units ready to be taken in, 1 files with problems")
    page.focus("#sending td.acts a")
    page.keyboard.press("Enter")
    page.focus(".mend input[type=text]")
    page.keyboard.press("Control+A")
    page.keyboard.type("48")
    page.keyboard.press("Enter")
    expect(page.locator("section:has(#part-changes) td.new")).to_have_text("48")
    page.focus("#accept button")
    page.keyboard.press("Enter")
    expect(cell(page, STOCK)).to_have_value("48")


def test_enter_sends_no_suggestion_that_was_not_chosen(clerk_page, world, tmp_path):
    page, sent = clerk_page, []
    path = a_file(tmp_path, "a.xlsx", form_of(world, world.place.village, {"ORG-001": "1.2万"}))
    page.goto("/intake/")
    page.set_input_files("#files", path)
    page.click("text=Look and confirm")
    page.on("request", lambda request: sent.append(request.method))
    page.focus(".mend input[type=text]")
    page.keyboard.press("Enter")
    expect(page.locator(".mend input[value=use]")).to_be_focused()
    assert "POST" not in sent
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("section:has(#part-changes) td.new")).to_have_text("12000")


def test_what_is_typed_without_script_is_taken(new_page, world, sign_in, tmp_path):
    page = new_page(java_script_enabled=False)
    sign_in(page, world.clerk.username, world.clerk.first_password)
    page.goto("/intake/")
    page.set_input_files("#files", a_file(tmp_path, "a.xlsx", form_of(world, world.place.village, {"ORG-001": "1.2万"})))
    page.click("noscript button")
    page.press(".mend input[type=text]", "Enter")
    expect(page.locator("text=Nothing was chosen.")).to_be_visible()
    page.fill(".mend input[type=text]", "48")
    page.press(".mend input[type=text]", "Enter")
    expect(page.locator("section:has(#part-changes) td.new")).to_have_text("48")


def test_without_script(new_page, world, sign_in, tmp_path):
    page = new_page(java_script_enabled=False)
    sign_in(page, world.clerk.username, world.clerk.first_password)
    page.goto("/intake/")
    page.set_input_files("#files", a_file(tmp_path, "a.xlsx", form_of(world, world.place.village, {"ORG-001": "1.2万"})))
    page.click("noscript button")
    page.check("tr:has-text('1.2万') >> input[value=use]")
    page.click("text=Apply what is chosen")
    page.click("text=Take in 1 changes")
    expect(cell(page, STOCK)).to_have_value("12000")
