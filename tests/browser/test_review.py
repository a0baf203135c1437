"""A township's review from beginning to end, in the browser: inbox, units, passing together, sending back; without script too."""

import pytest
from playwright.sync_api import expect

from indicators.models import Check
from submissions.checking.validator import bench_for
from submissions.choices import State
from submissions.review.actions import approve
from tests.factories.indicators import make_form
from tests.factories.submissions import AT, a_place, a_task, fill, send, submission_of

pytestmark = pytest.mark.django_db(transaction=True)


class World:
    """Two villages have sent: one without findings, one with a finding that it explains."""

    def __init__(self):
        self.place = a_place()
        form = make_form("季01表", ("A", "B"))
        Check.objects.create(form=form, expression="{A} <= 50", severity="verify", message="A 一般不超过 50")
        self.task = a_task(self.place.county, form)
        self.clean, self.flagged = self.report(self.place.village), self.report(self.place.other_village)
        send(self.clean, {"A": 5, "B": 1}, by=self.place.clerk)
        fill(self.flagged, {"A": 64, "B": 1}, by=self.place.stranger)
        (finding,) = bench_for(self.task, [self.place.other_village.pk]).findings(self.flagged, {"A": 64, "B": 1}, {}, False)
        fill(self.flagged, {}, by=self.place.stranger, explanations={finding.check: "九月集中走访企业"})
        send(self.flagged, {}, by=self.place.stranger)

    def report(self, village):
        return submission_of(self.task, village)

    def state(self, submission) -> str:
        return self.report(submission.organization).state


@pytest.fixture
def world(transactional_db):
    return World()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_the_inbox_to_passed_and_sent_back(world, new_page, sign_in, axe, script):
    page = new_page(java_script_enabled=script)
    reviewer = world.place.reviewer
    sign_in(page, reviewer.username, reviewer.first_password)
    page.goto("/review/")
    page.get_by_role("link", name=world.task.form.title).click()
    expect(page.get_by_role("link", name="Waiting for me 2")).to_have_attribute("aria-current", "page")
    if script:
        assert axe(page) == []
    page.get_by_role("link", name=str(world.place.other_village), exact=True).first.click()
    expect(page.locator(".aside")).to_contain_text("九月集中走访企业")
    expect(page.locator("input[name=pick]:checked")).to_have_count(0)
    page.locator("#tick-clean").click()
    expect(page.locator("input[name=pick]:checked")).to_have_count(1)
    if script:
        expect(page.locator("#pass-ticked")).to_have_text("Pass the ticked reports: 1")
    page.locator("#pass-ticked").click()
    expect(page.locator("h1")).to_have_text("Pass the report of 1 unit?")
    page.get_by_role("button", name="Pass 1 report").click()
    expect(page.locator(".messages")).to_contain_text("Passed 1 report")
    assert (world.state(world.clean), world.state(world.flagged)) == (State.PASSED, State.SUBMITTED)
    page.get_by_role("link", name="Send back, cell by cell…").first.click()
    page.locator("tr", has_text="指标A").locator("input").fill("与台账不符")
    if script:
        assert axe(page) == []
    page.get_by_role("button", name="Send back").click()
    expect(page.locator(".messages")).to_contain_text("Sent back for correction")
    assert world.state(world.flagged) == State.RETURNED


def test_a_reviewer_on_an_old_page_sees_the_difference(world, page, sign_in, axe, console):
    console.allow("409")
    reviewer = world.place.reviewer
    sign_in(page, reviewer.username, reviewer.first_password)
    page.goto(f"/submissions/{world.clean.pk}/")
    assert axe(page) == []
    approve(submission=world.clean, version_number=1, by=reviewer, at=AT)
    page.get_by_role("button", name="Pass this report").click()
    expect(page.locator("h1")).to_have_text("Nothing was done")
    assert axe(page) == []
    assert world.state(world.clean) == State.PASSED


PAGES = (
    "/tasks/",
    "/tasks/open/",
    "/tasks/{task}/",
    "/tasks/{task}/remind/{county}/",
    "/tasks/{task}/chase/{county}/",
    "/tasks/{task}/postponement/",
    "/tasks/calendar/",
    "/tasks/{task}/review/{county}/?tab=all",
    "/submissions/{report}/exempt/",
    "/organizations/{village}/submissions/",
)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
def test_the_other_pages_hurt_nobody(world, new_page, sign_in, axe, address, language):
    page = new_page(locale=language)
    officer = world.place.officer
    sign_in(page, officer.username, officer.first_password)
    names = {
        "task": world.task.pk,
        "county": world.place.county.pk,
        "report": world.clean.pk,
        "village": world.place.village.pk,
    }
    page.goto(address.format(**names))
    expect(page.locator("h1")).to_be_visible()
    assert axe(page) == []
