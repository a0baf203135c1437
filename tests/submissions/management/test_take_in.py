"""The command: a JSON object per file and line, a preview without --accept, exit 1 where a file was refused."""

import io
import json
import zipfile
from copy import deepcopy

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from audit.models import Event
from orgs.choices import Role
from submissions.models import Version
from submissions.workbooks.stamps import Shape
from submissions.workbooks.workbook import form_workbook
from tests.factories.orgs import a_user
from tests.factories.submissions import AT
from tests.submissions.imports.conftest import a_desk
from tests.submissions.imports.filled import filled

KEYS = {"file", "verdict", "kind", "said", "changes", "findings", "units", "fresh", "seconds"}


@pytest.fixture(scope="module")
def module_desk(module_db):
    return a_desk()


@pytest.fixture
def desk(module_desk, db):
    return deepcopy(module_desk)


def form(desk, figures, organization=None) -> bytes:
    organization = organization or desk.place.village
    made = form_workbook(task=desk.task, organization=organization, shape=Shape.UNIT, by=desk.place.clerk, at=AT)
    return filled(made.content, {(organization.code, key): value for key, value in figures.items()})


def put(path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)


def take_in(*arguments: str, code: int = 0) -> list[dict]:
    out = io.StringIO()
    if code:
        with pytest.raises(SystemExit) as left:
            call_command("take_in", *arguments, stdout=out)
        assert left.value.code == code
    else:
        call_command("take_in", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_preview_and_then_the_same_taken_in(desk, tmp_path):
    path = put(tmp_path / "村.xlsx", form(desk, {"A": 12, "B": "１２"}))
    (preview,) = take_in(path)
    assert set(preview) >= KEYS
    assert (preview["file"], preview["verdict"], preview["kind"]) == ("村.xlsx", "preview", "form")
    first = preview["changes"][0]
    assert first | {"address": ""} == {
        "org": desk.place.village.code, "indicator": "A", "item": None, "old": "", "new": "12", "address": ""
    }  # fmt: skip
    assert first["address"].startswith("季01表!")
    assert [(finding["severity"], finding["address"].split("!")[0]) for finding in preview["findings"]] == [
        ("notice", "季01表")
    ]
    assert not Version.objects.exists()
    (taken,) = take_in(path, "--accept")
    assert (taken["verdict"], taken["changes"]) == ("accepted", preview["changes"])
    assert desk.stored() == {"A": 12, "B": 12}
    (again,) = take_in(path, "--accept")
    assert (again["verdict"], again["changes"]) == ("accepted", [])
    event = Event.objects.get(kind="submission.taken_in")
    assert event.channel == "command:take_in"
    assert event.actor_name == "system"


def test_in_the_name_of_a_person_with_his_posts(desk, tmp_path):
    path = put(tmp_path / "村.xlsx", form(desk, {"A": 12}))
    (refused,) = take_in(path, "--by", desk.place.stranger.username, "--accept", code=1)
    assert refused["verdict"] == "refused"
    assert refused["fresh"].startswith(f"form_workbook 季01表 2026Q3 --org {desk.place.other_village.code}")
    (taken,) = take_in(path, "--by", desk.place.clerk.username, "--accept")
    assert taken["verdict"] == "accepted"
    assert Version.objects.get().saved_by == desk.place.clerk
    with pytest.raises(CommandError, match="nobody"):
        take_in(path, "--by", "nobody")


def test_many_files_a_zip_and_bad_ones_among_them(desk, tmp_path):
    clerk = a_user(Role.CLERK, desk.place.township)
    good = put(tmp_path / "一.xlsx", form(desk, {"A": 1}))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as pack:
        pack.writestr("二.xlsx", form(desk, {"A": 2}, desk.place.other_village))
        pack.writestr("照片.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100))
    pack = put(tmp_path / "包.zip", packed.getvalue())
    broken = put(tmp_path / "坏.zip", b"PK\x03\x04 no zip")
    gone = str(tmp_path / "没有.xlsx")
    results = take_in(gone, good, broken, pack, "--by", clerk.username, "--accept", code=1)
    verdicts = {one["file"]: one["verdict"] for one in results}
    assert verdicts == {
        "没有.xlsx": "refused", "一.xlsx": "accepted", "坏.zip": "refused", "包.zip/二.xlsx": "accepted",
        "包.zip/照片.xlsx": "refused",
    }  # fmt: skip
    assert (desk.stored(), desk.stored(desk.place.other_village)) == ({"A": 1}, {"A": 2})
    assert all(one["said"] for one in results)


def test_errors_have_addresses_and_suggestions(desk, tmp_path):
    (result,) = take_in(put(tmp_path / "村.xlsx", form(desk, {"A": "1.2万"})))
    (finding,) = result["findings"]
    assert (finding["severity"], finding["suggestion"], finding["org"]) == ("error", "12000", desk.place.village.code)
    assert "!" in finding["address"]
    assert (finding["indicator"], finding["item"]) == ("A", None)


@pytest.mark.parametrize(("language", "sentence"), [("zh-hans", "无法打开"), ("en", "cannot be opened")])
def test_sentences_come_in_the_callers_language(db, tmp_path, language, sentence):
    """Files are read in a thread of their own, which speaks as the caller does."""
    picture = put(tmp_path / "照片.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100))
    with translation.override(language):
        gone, unread = take_in(str(tmp_path / "没有.xlsx"), picture, code=1)
    assert sentence in gone["said"]
    assert unread["said"].isascii() is (language == "en")
