"""The watch itself is tried: it sees a page's error, a breach of the content security policy and a label that is missing."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_uncaught_error_is_seen(page, console):
    page.goto("/login/")
    page.evaluate("setTimeout(() => { throw new Error('broken on purpose') })")
    page.wait_for_timeout(200)
    assert any("broken on purpose" in complaint for complaint in console.unexpected())
    console.allow("broken on purpose")


def test_a_breach_of_the_policy_is_seen(page, console):
    page.goto("/login/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_timeout(200)
    assert any("Content Security Policy" in complaint for complaint in console.unexpected())
    console.allow("Content Security Policy")


def test_a_missing_label_is_seen(page, axe):
    page.goto("/login/")
    before = axe(page)
    page.evaluate("document.querySelectorAll('label').forEach(label => label.remove())")
    assert len(axe(page)) > len(before)


def test_the_page_speaks_the_language_of_the_choice(new_page):
    languages = {}
    for locale in ("en-US", "zh-CN"):
        page = new_page(locale=locale)
        page.goto("/login/")
        languages[locale] = page.get_attribute("html", "lang")
    assert languages == {"en-US": "en", "zh-CN": "zh-Hans"}
