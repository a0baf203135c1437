"""What a command may write to: a new file or a regular one; a folder, a device, a pipe is refused and stays what it is."""

import os
import stat

import pytest
from django.core.management import CommandError, call_command

from orgs.management.output_files import path_to_write, refuse_irregular, write_whole


@pytest.fixture(params=["folder", "pipe", "link to a device", "socket"])
def irregular(request, tmp_path):
    path = tmp_path / "out.xlsx"
    if request.param == "folder":
        path.mkdir()
    elif request.param == "pipe":
        os.mkfifo(path)
    elif request.param == "socket":
        os.mknod(path, stat.S_IFSOCK | 0o600)
    else:
        path.symlink_to("/dev/null")
    return path


def test_what_is_no_file_is_refused_and_stays(irregular):
    before = os.lstat(irregular)
    for act in (refuse_irregular, lambda path: path_to_write(str(path)), lambda path: write_whole(path, b"x")):
        with pytest.raises(CommandError, match="not a file; nothing was written"):
            act(irregular)
    assert os.lstat(irregular).st_ino == before.st_ino
    assert [path.name for path in irregular.parent.iterdir()] == ["out.xlsx"]


@pytest.mark.django_db
def test_a_backup_is_no_exception(irregular):
    with pytest.raises(CommandError, match="nothing was written"):
        call_command("backup", str(irregular))


def test_a_file_that_stands_is_replaced_and_a_new_one_made(tmp_path):
    for _time in range(2):
        write_whole(path_to_write(str(tmp_path / "out.xlsx")), b"x")
    link = tmp_path / "link.xlsx"
    link.symlink_to(tmp_path / "nowhere.xlsx")
    refuse_irregular(link)
