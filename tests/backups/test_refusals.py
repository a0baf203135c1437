"""A file that is damaged, foreign or of another program changes nothing, and neither does one for a database in use."""

import json
import os
import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from backups.actions.backup import back_up
from backups.actions.restore import restore
from backups.archive import Unusable
from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from tests.backups.rows import AT, fill_the_database

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backup(tmp_path):
    fill_the_database()
    back_up(path=tmp_path / "b.zip", by=system_operator(), at=AT)
    return tmp_path / "b.zip"


def _rewrite(path, change):
    """The same zip with its parts passed through `change(name, content)`; None leaves a part out."""
    with zipfile.ZipFile(path) as old:
        parts = [(name, change(name, old.read(name))) for name in old.namelist()]
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts:
            if content is not None:
                new.writestr(name, content)


def _manifest_with(**facts):
    def change(name, content):
        return json.dumps(json.loads(content) | facts) if name == "manifest.json" else content

    return change


def _refused(path, *, replace=True) -> str:
    before = (Organization.objects.count(), Event.objects.count())
    with pytest.raises(Unusable) as refusal:
        restore(path=path, replace=replace, at=AT)
    assert (Organization.objects.count(), Event.objects.count()) == before
    return str(refusal.value)


def _cut_off(path):
    path.write_bytes(path.read_bytes()[:-200])


def _flip_a_bit(path):
    with zipfile.ZipFile(path) as file:
        largest = max(file.infolist(), key=lambda part: part.compress_size)
    content = bytearray(path.read_bytes())
    content[largest.header_offset + 60 + largest.compress_size // 2] ^= 0x10
    path.write_bytes(content)


def _a_row_changed(path):
    _rewrite(
        path, lambda name, content: content.replace(b"350001", b"350003") if name.startswith("tables/orgs.org") else content
    )


def _a_row_taken_out(path):
    _rewrite(path, lambda name, content: b"".join(content.splitlines(True)[1:]) if "orgs.post." in name else content)


def _a_table_left_out(path):
    _rewrite(path, lambda name, content: None if "submissions.version" in name else content)


@pytest.mark.parametrize("damage", [_cut_off, _flip_a_bit, _a_row_changed, _a_row_taken_out, _a_table_left_out])
def test_a_damaged_file(backup, damage):
    damage(backup)
    assert "Nothing was restored" in _refused(backup)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"code,name\n1,a\n"])
def test_a_foreign_file(backup, content):
    backup.write_bytes(content)
    assert "is not a backup of this system" in _refused(backup)


def test_a_foreign_zip(backup):
    _rewrite(backup, _manifest_with(format="photographs"))
    assert "is not a backup of this system" in _refused(backup)


def test_a_missing_file(backup):
    assert "does not exist" in _refused(backup.with_name("other.zip"))


def test_a_younger_format(backup):
    _rewrite(backup, _manifest_with(format_version=2))
    assert "format 2" in _refused(backup)


def test_a_backup_of_another_schema(backup):
    with zipfile.ZipFile(backup) as file:
        migrations = json.loads(file.read("manifest.json"))["migrations"]
    migrations["orgs"].append("0099_tomorrow")
    _rewrite(backup, _manifest_with(migrations=migrations))
    assert "0099_tomorrow" in _refused(backup)


def test_a_database_in_use_needs_replace(backup):
    assert "--replace" in _refused(backup, replace=False)


def test_the_command_says_the_sentence(backup):
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", backup, stdout=StringIO())


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="could not be written"):
        call_command("backup", tmp_path / "nowhere" / "b.zip", stdout=StringIO())


def test_a_backup_that_fails_leaves_the_old_one(backup, monkeypatch):
    """A full disk in the middle: the file of last night is still there, and no partial one beside it."""
    old = backup.read_bytes()
    monkeypatch.setattr(os, "fsync", _disk_full)
    with pytest.raises(OSError, match="No space left"):
        back_up(path=backup, by=system_operator(), at=AT)
    assert backup.read_bytes() == old
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def _disk_full(descriptor):
    raise OSError(28, "No space left on device")
