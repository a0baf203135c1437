"""A real Chromium for the walks: an error, a failed load or a breach of the content security policy fails the test."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect, sync_playwright

# Playwright keeps an event loop in the thread of the test; Django would refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
NO_CHROMIUM = "NOT RUN: the browser walks. There is no Chromium here: apt-get install chromium, or name it in CHROMIUM."


@dataclass
class Console:
    """What the page complained about. A test that provokes an answer of 409 says so: console.allow("409")."""

    complaints: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def allow(self, text: str) -> None:
        self.allowed.append(text)

    def watch(self, page: Page) -> None:
        page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))

    def unexpected(self) -> list[str]:
        return [complaint for complaint in self.complaints if not any(text in complaint for text in self.allowed)]


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM:
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def console():
    return Console()


@pytest.fixture
def new_page(chromium, live_server, console):
    """new_page(**options) -> Page of a person of their own (own cookies) on the test server; closed after the test.

    In English, as in all tests; new_page(locale="zh-CN") is the page as the offices see it, its language chosen in the bar.
    """
    contexts = []

    def open_page(**options) -> Page:
        usual = {"viewport": {"width": 1366, "height": 768}, "locale": "en-US", "timezone_id": "Asia/Shanghai"}
        context = chromium.new_context(base_url=live_server.url, **usual | options)
        contexts.append(context)
        if options.get("locale", "").startswith("zh"):
            context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "zh-hans", "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        console.watch(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert console.unexpected() == []


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def sign_in():
    """sign_in(page, username, password): through the real sign-in page, so that the session is a real one."""

    def through_the_door(page: Page, username: str, password: str) -> None:
        page.goto("/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", password)
        page.click("main button[type=submit]")
        expect(page.locator("input[name=password]")).to_have_count(0)

    return through_the_door


@pytest.fixture
def axe():
    """axe(page) -> what hurts people who do not see or use a mouse, a line per finding; [] where nothing does."""

    def violations(page: Page) -> list[str]:
        page.evaluate(AXE.read_text())  # by the debugger, so the content security policy of the page stays as it is
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        return [f"{rule['id']}: {rule['help']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]

    return violations
