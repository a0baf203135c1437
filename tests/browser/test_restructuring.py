"""New county staff restructure with the pages alone: a merge in mid-year, a late closing, taking back; without script too."""

import pytest
from playwright.sync_api import expect

from orgs.models import Succession
from submissions.choices import State
from submissions.review.actions import approve
from tests.factories.submissions import AT, a_place, a_task, send, submission_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(transactional_db):
    """The village's report is approved, the other village's waits for the township."""
    place = a_place()
    task = a_task(place.county)
    send(submission_of(task, place.village), by=place.clerk)
    send(submission_of(task, place.other_village), by=place.stranger)
    for person in (place.reviewer, place.officer):
        approve(submission=submission_of(task, place.village), version_number=1, by=person, at=AT)
    place.task = task
    return place


@pytest.fixture
def tree(place, new_page, sign_in):
    """tree(**options) -> the tree page of the county's officer, with the township opened."""

    def opened(**options):
        page = new_page(**options)
        sign_in(page, place.officer.username, place.officer.first_password)
        page.goto("/organizations/")
        page.locator(f"#org-{place.township.pk} a.tree-sign").click()
        return page

    return opened


def choose(page, kind: str, *organizations) -> None:
    for organization in organizations:
        page.get_by_label(f"Choose {organization}").check()
    page.select_option("#change-kind", kind)
    page.get_by_role("button", name="Continue…").click()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_two_villages_are_merged_with_reports_waiting(place, tree, axe, script):
    page = tree(java_script_enabled=script)
    choose(page, "merge", place.village, place.other_village)
    page.get_by_label(str(place.village)).first.check()
    page.fill("input[name=on]", "2026-08-01")
    page.fill("input[name=note]", "县组〔2026〕5号")
    if script:
        assert axe(page) == []
    page.get_by_role("button", name="Show the effect").click()
    expect(page.locator("h1")).to_have_text("Merge: this would happen")
    expect(page.locator("main")).to_contain_text("go on counting where their unit stood")
    assert Succession.objects.count() == 0
    if script:
        assert axe(page) == []
    page.get_by_role("button", name="Change the entries").click()
    expect(page.locator("input[name=note]")).to_have_value("县组〔2026〕5号")
    page.get_by_role("button", name="Show the effect").click()
    page.get_by_role("button", name="Carry it out").click()
    expect(page.locator(".messages")).to_contain_text("Done and recorded, as shown before.")
    if script:
        assert axe(page) == []
    waiting = submission_of(place.task, place.other_village)
    assert (waiting.state, waiting.reviewer_org) == (State.SUBMITTED, place.township)


def test_a_village_is_closed_late_and_taken_back(place, tree, axe):
    page = tree()
    choose(page, "close", place.village)
    page.fill("input[name=on]", "2026-07-20")
    page.get_by_role("button", name="Show the effect").click()
    expect(page.locator("main")).to_contain_text("(1 approved)")
    page.get_by_role("button", name="Carry it out").click()
    page.get_by_role("button", name="Take it back…").click()
    expect(page.locator("h1")).to_contain_text("taken back: this would happen")
    assert axe(page) == []
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator(".messages")).to_contain_text("was taken back; everything is as it was before.")
    assert axe(page) == []
    assert Succession.objects.count() == 0


def test_ticks_are_kept_while_branches_are_opened(place, tree):
    page = tree()
    page.get_by_label(f"Choose {place.village}").check()
    page.locator(f"#org-{place.township.pk} a.tree-sign").click()
    expect(page.locator(".page-actions input:checked")).to_have_count(1)
    page.locator(f"#org-{place.township.pk} a.tree-sign").click()
    expect(page.locator("tbody input:checked")).to_have_count(1)
    page.get_by_role("button", name="Continue…").click()
    expect(page.locator("h1")).to_have_text("What happens?")
    page.get_by_role("link", name="Close", exact=True).click()
    expect(page.locator(".aside")).to_contain_text(str(place.village))
