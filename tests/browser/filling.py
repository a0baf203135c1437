"""The place the fill walks happen in: a village's form with a part, a ratio, a carried stock and a rule to explain."""

import re
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Page, expect

from indicators.choices import Kind, Severity
from indicators.models import Check, Form, FormLine
from orgs.choices import Role
from orgs.models import User
from submissions.models import Submission, Version
from tests.factories.indicators import make_form, make_indicator
from tests.factories.orgs import a_user
from tests.factories.submissions import Place, a_place, a_task, submission_of

SAVED = re.compile("is-green")
TROUBLE = re.compile("is-red")
OPEN_SINCE = date(2020, 1, 1)
# What stands where in the table of `a_form`, from 1.
STOCK, PART, RATIO, ISSUES, SOLVED, MEETINGS, CARRIED = range(1, 8)


@dataclass
class World:
    """A village's submission for the quarter, and who works on it."""

    place: Place
    submission: Submission
    clerk: User
    colleague: User

    @property
    def address(self) -> str:
        return f"/submissions/{self.submission.pk}/fill/"

    def figures(self) -> dict:
        """What the server holds now."""
        newest = Version.objects.filter(submission=self.submission).order_by("-number").first()
        return newest.figures if newest else {}


def a_form() -> Form:
    stock = make_indicator("ORG-001", name="纳入台账的两新组织", kind=Kind.STOCK, definition="报告期末纳入台账的家数。")
    make_indicator("ORG-003", name="已建立党组织", kind=Kind.STOCK, part_of=stock)
    make_indicator("ORG-005", name="组建率", numerator="{ORG-003}", denominator="{ORG-001}")
    issues = make_indicator("STN-006", name="收集问题", unit="件")
    make_indicator("STN-007", name="解决问题", unit="件", part_of=issues)
    make_indicator("EDU-010", name="三会一课", unit="次", na_allowed=False)
    make_indicator("ORG-009", name="上期末结转", kind=Kind.STOCK, formula="{ORG-001@prev}")
    codes = ("ORG-001", "ORG-003", "ORG-005", "STN-006", "STN-007", "EDU-010", "ORG-009")
    form = make_form("季01表", codes, required=("ORG-001",))
    FormLine.objects.filter(form=form, indicator__code__startswith="ORG").update(section="一、组织")
    Check.objects.create(form=form, expression="{STN-006} <= 50", severity=Severity.VERIFY, message="收集问题超过50件")
    return form


def a_world() -> World:
    place = a_place()
    submission = submission_of(a_task(place.county, a_form(), opens_on=OPEN_SINCE), place.village)
    return World(place, submission, place.clerk, a_user(Role.CLERK, place.village, name="李同"))


def cell(page: Page, place: int | str):
    return page.locator(f"#c{place}")


def type_in(page: Page, place: int, text: str) -> None:
    cell(page, place).click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def expect_saved(page: Page) -> None:
    expect(page.locator("#state")).to_have_class(SAVED)


def expect_trouble(page: Page) -> None:
    expect(page.locator("#state")).to_have_class(TROUBLE)


def paste(page: Page, place: int | str, text: str) -> None:
    """Through the real clipboard and Ctrl+V."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    cell(page, place).click()
    page.keyboard.press("Control+V")


def save_without_script(page: Page) -> None:
    """The button that only a page without script has, and the answer to it."""
    with page.expect_navigation():
        page.click("noscript button[value=save]")
