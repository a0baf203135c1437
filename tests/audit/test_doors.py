"""Where a request comes from: forwarded addresses count only when a named proxy says them."""

import pytest
from django.test import RequestFactory

from audit.doors import client_address, wants_json

ADDRESSES = [
    # trusted proxies, REMOTE_ADDR, X-Forwarded-For, right answer
    ([], "10.1.1.1", "", "10.1.1.1"),
    ([], "10.1.1.1", "6.6.6.6", "10.1.1.1"),
    (["10.1.1.1"], "10.1.1.1", "172.16.0.9", "172.16.0.9"),
    (["10.1.1.1"], "10.1.1.1", "6.6.6.6, 172.16.0.9", "172.16.0.9"),
    (["10.1.0.0/16"], "10.1.1.1", "172.16.0.9, 10.1.2.2", "172.16.0.9"),
    (["10.1.1.1"], "10.1.1.2", "172.16.0.9", "10.1.1.2"),
    (["10.1.1.1"], "10.1.1.1", "\r\nforged", "10.1.1.1"),
    (["10.1.1.1"], "10.1.1.1", "", "10.1.1.1"),
    (["socket"], "", "172.16.0.9", "172.16.0.9"),
    (["socket"], "", "", None),
    ([], "", "172.16.0.9", None),
    (["10.1.1.1"], "::1", "172.16.0.9", "::1"),
]


@pytest.mark.parametrize(("proxies", "remote", "forwarded", "right"), ADDRESSES)
def test_client_address(settings, proxies, remote, forwarded, right):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == right


@pytest.mark.parametrize(
    ("headers", "content_type", "right"),
    [
        ({}, "application/json", True),
        ({"Accept": "application/json"}, "application/x-www-form-urlencoded", True),
        ({"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}, "application/x-www-form-urlencoded", False),
        ({"Accept": "*/*"}, "application/x-www-form-urlencoded", False),
        ({}, "multipart/form-data", False),
    ],
)
def test_wants_json(headers, content_type, right):
    assert wants_json(RequestFactory().post("/", b"{}", content_type=content_type, headers=headers)) is right
