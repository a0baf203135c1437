"""A child holds nothing of the server's, can do nothing but read, and whatever becomes of it, the server goes on."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from spreadsheets import limits
from spreadsheets.ooxml.refusals import GAVE_UP, TOO_HEAVY, TOO_MUCH_TEXT, TOO_SLOW, Refusal
from spreadsheets.read.children import FIRST, Child
from spreadsheets.read.files import read_file, read_files
from spreadsheets.read.turns import Turns
from spreadsheets.read.workbook import ReadWorkbook, Unreadable
from tests.spreadsheets.read.hostile import styled_rows
from tests.spreadsheets.read.xlsx_parts import sheet_xml, workbook

ASKED = ("-I", "-S", "-c", "from tests.spreadsheets.read.child_answers import answered as read")
ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the limits of a child are the kernel's: Linux")


@pytest.fixture
def child():
    child = Child(ASKED)
    yield child
    child.end()


def answer_of(child, question):
    child.send(question, b"")
    return child.receive()


def numbered(number):
    return workbook(sheet_xml(f'<row r="1"><c r="A1"><v>{number}</v></c></row>'))


def value(found):
    return int(found.sheets[0].cells[1, 1].text)


def children_of(pid):
    """Process ids of the readers that a process started and that still run."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = status.read_text().rpartition(")")[2].split()
            is_reader = b"spreadsheets.read" in status.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if int(after_name[1]) == pid and after_name[0] != "Z" and is_reader:
            found.add(int(status.parent.name))
    return found


def is_soon(condition):
    """A minute, because the machine may be busy; it is true at once on a quiet one."""
    until = time.monotonic() + 60
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


def test_a_child_knows_no_secret(child, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    monkeypatch.setenv("SECRET_KEY", "secret")
    fresh = Child(ASKED)
    assert set(answer_of(fresh, "environment")["answer"]) <= {"PATH", "LC_CTYPE"}
    assert b"secret" not in Path(f"/proc/{fresh.pid}/environ").read_bytes()
    fresh.end()
    assert not {"django", "openpyxl", "psycopg2", "sqlite3", "orgs"} & set(answer_of(child, "modules")["answer"])


@pytest.mark.parametrize("act", ["open a file", "write a file", "open a socket", "start a program"])
def test_a_child_opens_nothing(child, act):
    assert answer_of(child, act) == {"refused": "OSError"}


def test_a_child_inherits_nothing_open():
    with open(__file__):
        child = Child(FIRST)
    child.send("a.csv", b"a,b\n")
    child.receive()
    open_files = {os.readlink(found) for found in Path(f"/proc/{child.pid}/fd").iterdir()}
    child.end()
    assert {name.rpartition("/")[2].partition("-")[0].partition(":")[0] for name in open_files} <= {
        "pipe",
        "null",
        "dangjian",
        "statm",
    }


@pytest.mark.parametrize(
    ("act", "message"),
    [("spin", TOO_SLOW), ("sleep", TOO_SLOW), ("abort", GAVE_UP), ("leave", GAVE_UP)],
)
def test_what_ends_a_child_becomes_a_sentence(child, act, message):
    child.send(act, b"")
    with pytest.raises(Refusal) as caught:
        child.receive()
    assert caught.value.message == message


@pytest.mark.parametrize(("act", "message"), [("take memory", TOO_HEAVY), ("answer too much", TOO_MUCH_TEXT)])
def test_what_is_too_much_for_a_child_becomes_a_sentence_and_it_goes_on(child, act, message):
    assert answer_of(child, act)["message"] == message
    assert answer_of(child, "hold") == {"answer": 1}


def processor_ticks(pid):
    return sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))


def test_a_child_killed_in_the_middle_gives_a_sentence_and_the_next_file_is_read():
    read_file(numbered(1), "a.xlsx")
    before = {pid: processor_ticks(pid) for pid in children_of(os.getpid())}
    slow = workbook(sheet_xml(f"<!-- no plain sheet -->{styled_rows(600_000)}"))
    outcomes = []
    reading = threading.Thread(target=lambda: outcomes.extend(read_files([("slow.xlsx", slow), ("next.xlsx", numbered(7))])))
    reading.start()
    busy = []
    assert is_soon(lambda: busy.extend(pid for pid in before if processor_ticks(pid) > before[pid] + 20) or busy)
    os.kill(busy[0], signal.SIGKILL)
    reading.join()
    (_, first), (_, second) = outcomes
    assert isinstance(first, Unreadable)
    assert first.sentence
    assert value(second) == 7
    assert value(read_file(numbered(8), "after.xlsx")) == 8


def test_many_threads_share_two_children_and_get_their_own_answers():
    found = {}

    def read(number):
        found[number] = [value(read_file(numbered(number * 100 + step), "a.xlsx")) for step in range(5)]

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: [number * 100 + step for step in range(5)] for number in range(8)}
    assert len(children_of(os.getpid())) <= limits.CHILDREN


def test_many_files_come_in_their_order_whoever_reads_between_them():
    files = [(f"{number}.xlsx", numbered(number) if number % 7 else b"%PDF-") for number in range(40)]
    found = []
    for name, outcome in read_files(files):
        assert value(read_file(numbered(99), "between.xlsx")) == 99
        found.append((name, value(outcome) if isinstance(outcome, ReadWorkbook) else outcome.kind))
    assert found == [(f"{number}.xlsx", number if number % 7 else "PDF") for number in range(40)]


def test_a_batch_that_stands_still_holds_nobody_up():
    batch = read_files((f"{number}.xlsx", numbered(number)) for number in range(6))
    assert value(next(batch)[1]) == 0
    assert value(read_file(numbered(50), "a.xlsx")) == 50
    assert [value(outcome) for _, outcome in batch] == [1, 2, 3, 4, 5]


def test_more_files_than_a_child_reads_in_its_life():
    files = ((f"{number}.csv", f"a,{number}\n".encode()) for number in range(2 * limits.CHILD_FILES + 50))
    found = [outcome.sheets[0].cells[1, 2].text for _, outcome in read_files(files)]
    assert found == [str(number) for number in range(2 * limits.CHILD_FILES + 50)]


def test_a_forked_process_has_children_of_its_own():
    read_file(numbered(1), "a.xlsx")
    ours = children_of(os.getpid())
    reading, writing = os.pipe()
    forked = os.fork()
    if not forked:
        try:
            found = value(read_file(numbered(2), "b.xlsx")) == 2 and not ours & children_of(os.getpid())
            os.write(writing, b"good" if found else b"bad")
        finally:
            for pid in children_of(os.getpid()):
                os.kill(pid, signal.SIGKILL)
            os._exit(0)
    os.close(writing)
    assert os.read(reading, 10) == b"good"
    os.close(reading)
    os.waitpid(forked, 0)
    assert ours <= children_of(os.getpid())
    assert value(read_file(numbered(3), "c.xlsx")) == 3


def test_children_end_with_a_server_that_is_killed():
    program = (
        "import sys, time; from spreadsheets.read.files import read_file; read_file(b'a,b', 'a.csv'); print('ready', flush=True);"
        "time.sleep(60)"
    )
    server = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE)
    assert server.stdout.readline() == b"ready\n"
    readers = children_of(server.pid)
    assert readers
    server.kill()
    server.wait()
    server.stdout.close()
    assert is_soon(lambda: not any(Path(f"/proc/{pid}").exists() for pid in readers))


def test_only_so_many_are_at_work_on_one_machine(tmp_path):
    turns = [Turns(str(tmp_path)) for _ in range(limits.CHILDREN + 1)]
    began = threading.Event()

    def wait():
        with turns[-1].turn():
            began.set()

    waiting = threading.Thread(target=wait)
    with turns[0].turn():
        with turns[1].turn():
            waiting.start()
            assert not began.wait(0.2)
        assert began.wait(10)
    waiting.join()
    for held in turns:
        held.close()
