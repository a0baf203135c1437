"""The language of a page: the system's own, or the one chosen in the bar, whatever the browser prefers."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cookie", "language"), [("", "zh-hans"), ("en", "en"), ("zh-hans", "zh-hans"), ("xx", "zh-hans"), ("../etc", "zh-hans")]
)
def test_the_chosen_language_counts(client, settings, cookie, language):
    settings.LANGUAGE_CODE = "zh-hans"
    if cookie:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    response = client.get("/login/", headers={"accept-language": "en-US,en"})
    assert response.headers["Content-Language"] == language


def test_the_switch_in_the_bar_is_remembered(client, settings):
    settings.LANGUAGE_CODE = "zh-hans"
    client.post("/language/", {"language": "en", "next": "/login/"})
    assert client.get("/login/").headers["Content-Language"] == "en"
