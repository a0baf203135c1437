"""Every answer carries the headers: pages, errors, redirects, files, refusals made before any view."""

from contextlib import closing

import pytest
from django.test import Client

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# what is asked for, how, and what status answers
ANSWERS = [
    ("/login/", {}, 200),
    ("/organizations/", {}, 302),
    ("/no-such-page/", {}, 404),
    ("/logout/", {}, 405),
    ("/fails/", {}, 500),
    ("/sends-file/", {}, 200),
    ("/session/", {}, 200),
    ("/static/css/base.css", {}, 200),
    ("/static/no-such-file.css", {}, 404),
    ("/login/", {"headers": {"Host": "evil.example"}}, 400),
    ("/organizations/", {"headers": {"Accept": "application/json"}}, 401),
    ("/login/", {"CONTENT_LENGTH": str(6 * 1024 * 1024)}, 413),
    ("/login/?next=%00", {}, 200),
]


def policy_of(answer) -> dict[str, list[str]]:
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";") if part.strip()]
    return {part[0]: part[1:] for part in parts}


def assert_guarded(answer):
    assert {name: answer.headers.get(name) for name in FIXED} == FIXED
    assert "camera=()" in answer.headers["Permissions-Policy"]
    policy = policy_of(answer)
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == ["'self'"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("address", "more", "status"), ANSWERS)
def test_every_answer_is_guarded(db, failing, visitor, address, more, status):
    with closing(visitor.get(address, **more)) as answer:
        assert answer.status_code == status
        assert_guarded(answer)


def test_an_answer_refused_for_its_token_is_guarded(db):
    answer = Client(enforce_csrf_checks=True).post("/login/", {"username": "x"})
    assert answer.status_code == 403
    assert_guarded(answer)


@pytest.mark.parametrize("address", ["/organizations/", "/session/", "/no-such-page/", "/fails/", "/sends-file/"])
def test_private_pages_are_not_kept(failing, signed_in, address):
    with closing(signed_in.get(address)) as answer:
        assert "no-store" in answer.headers["Cache-Control"]


def test_static_files_may_be_kept(db, visitor):
    with closing(visitor.get("/static/css/base.css")) as answer:
        assert "no-store" not in answer.headers["Cache-Control"]


def test_over_tls_the_browser_is_asked_to_stay_there(db, settings, visitor):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True
    for address, more in (("/login/", {}), ("/login/", {"headers": {"Host": "evil.example"}}), ("/no-such-page/", {})):
        answer = visitor.get(address, secure=True, **more)
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in visitor.get("/login/").headers


def test_what_a_stranger_says_was_forwarded_is_not_believed(db, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    forwarded = {"X-Forwarded-Proto": "https"}
    assert Client(REMOTE_ADDR="10.9.9.9").get("/login/", headers=forwarded).status_code == 301
    settings.TRUSTED_PROXIES = ["10.9.9.9"]
    assert Client(REMOTE_ADDR="10.9.9.9").get("/login/", headers=forwarded).status_code == 200


@pytest.mark.parametrize("name", ["sessionid", "csrftoken"])
def test_cookies_are_for_the_server_only(signed_in, name):
    cookie = signed_in.cookies[name]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    assert name == "csrftoken" or not cookie["max-age"]  # forgotten with the browser


def test_no_other_cookie_is_set(signed_in):
    assert set(signed_in.cookies) == {"sessionid", "csrftoken"}
