"""What goes wrong is answered with a sentence and a number that finds the line in the log; never with a trace."""

import io
import json
import logging
import re

import pytest

from audit.log_lines import OneLine
from audit.models import Event
from tests.security.failing_urls import TRACE

NUMBER = re.compile(r"\d{8}-[2-9A-HJ-NP-Z]{6}")
JSON = {"headers": {"Accept": "application/json"}}


@pytest.fixture
def log():
    """The lines that the log got, as production writes them."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(OneLine())
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


def test_an_error_is_answered_with_a_number_that_finds_its_line(db, failing, visitor, log):
    answer = visitor.get("/fails/?secret=canary")
    page = answer.content.decode()
    (number,) = NUMBER.findall(page)
    assert answer.status_code == 500
    assert "Traceback" not in page
    assert TRACE not in page
    (line,) = log()
    assert (line["incident"], line["path"], line["address"], line["level"]) == (number, "/fails/", "10.0.0.1", "ERROR")
    assert TRACE in line["trace"]
    assert "canary" not in str(line)


def test_a_script_gets_the_number_too(db, failing, visitor, log):
    answer = visitor.get("/fails/", **JSON)
    assert answer.status_code == 500
    assert answer.json()["incident"] == log()[0]["incident"]
    assert set(answer.json()) == {"said", "incident"}


def test_the_error_page_needs_no_database(failing, visitor, log):
    """Without the db fixture every query would fail; the page comes all the same."""
    assert visitor.get("/fails/").status_code == 500


def test_who_it_happened_to_is_in_the_line(failing, clerk, signed_in, log):
    signed_in.get("/lacks/")
    assert log()[-1]["user"] == clerk.pk


@pytest.mark.parametrize("more", [{}, JSON])
def test_refused_forbidden_and_absent_get_one_answer(failing, signed_in, more):
    answers = [signed_in.get(address, **more) for address in ("/refuses/", "/forbids/", "/lacks/", "/no-such-page/")]
    assert {answer.status_code for answer in answers} == {404}
    bodies = {without_tokens(answer.content.decode()).replace("/refuses/", "/lacks/") for answer in answers[:1]}
    bodies |= {without_tokens(answer.content.decode()).replace(answer.request["PATH_INFO"], "/lacks/") for answer in answers}
    assert len(bodies) == 1
    assert "the reason" not in bodies.pop()


def without_tokens(page: str) -> str:
    """The token of every form differs from page to page."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", page)


@pytest.mark.parametrize("address", ["/refuses/", "/forbids/"])
def test_a_refusal_is_recorded_with_its_reason(failing, clerk, signed_in, county, address):
    signed_in.get(address)
    event = Event.objects.get(kind="access.refused")
    assert (event.actor_id, event.role, event.address, event.result) == (clerk.pk, "clerk", "10.0.0.1", "refused")
    assert (event.subject, event.chain) == (address, county.pk)
    assert json.loads(event.data) == {"method": "GET", "said": "the reason, for the log only"}


def test_an_absent_page_is_no_refusal(failing, signed_in):
    signed_in.get("/lacks/")
    assert not Event.objects.filter(kind="access.refused").exists()


def test_too_much_is_refused_before_it_is_read(db, failing, visitor):
    answer = visitor.generic("POST", "/reads-body/", b"", CONTENT_LENGTH=str(5 * 1024 * 1024 + 1))
    assert answer.status_code == 413
    assert "5 MB" in answer.content.decode()


@pytest.mark.parametrize("length", ["-1", "abc", "1e9", "５"])
def test_a_strange_length_is_refused(db, failing, visitor, length):
    assert visitor.generic("POST", "/reads-body/", b"x", CONTENT_LENGTH=length).status_code == 413


def test_five_megabytes_are_taken(db, failing, visitor):
    body = b"a=" + b"x" * (5 * 1024 * 1024 - 2)
    answer = visitor.generic("POST", "/reads-body/", body, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer.content) == (200, b"1")


def test_too_many_fields_are_refused_with_a_sentence(db, failing, visitor):
    body = "&".join(f"f{number}=1" for number in range(20_001)).encode()
    answer = visitor.generic("POST", "/reads-body/", body, content_type="application/x-www-form-urlencoded", **JSON)
    assert answer.status_code == 413
    assert NUMBER.fullmatch(answer.json()["incident"])


def test_a_wrong_host_is_answered_without_naming_the_right_one(db, visitor):
    answer = visitor.get("/login/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "testserver" not in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/login/", "/api/", "/api/schema/", "/__debug__/", "/.env", "/.git/config"]
)
def test_nothing_of_the_framework_can_be_reached(signed_in, visitor, address):
    assert signed_in.get(address).status_code == 404
    assert visitor.get(address).status_code == 404


@pytest.mark.parametrize("forged", ["/x\r\n{level: ERROR}", "/x%0d%0aERROR", "/\u2028x"])
def test_nobody_forges_a_line_of_the_log(db, visitor, log, forged):
    visitor.get(forged)
    logging.getLogger("django.request").warning("said %s", forged)
    assert len(log()) == 2
