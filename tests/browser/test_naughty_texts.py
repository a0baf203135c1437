"""Naughty texts in every field that keeps a text, and every page opened in Chromium: nothing runs, nothing breaches the policy (49)."""

from datetime import date
from itertools import count
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from indicators.catalogue.queries import layout_of
from indicators.checks.rules import rule_of
from indicators.models import BreakdownItem, Indicator
from orgs.accounts.accounts import system_operator
from orgs.tree.restructuring import rename
from submissions.filling.draft_actions import save_draft
from submissions.filling.submission_actions import submit
from submissions.models import Task
from submissions.review.actions import send_back
from submissions.tasks.exemptions import exempt
from tests.factories.indicators import make_check
from tests.factories.submissions import submission_of
from tests.security.subjects import ADDRESSES
from tests.security.test_walk import address_of
from tests.security.world import World, a_world

pytestmark = pytest.mark.django_db(transaction=True)

TEXTS = (
    "<svg onload=alert(1)>",
    "'\"><img src=x onerror=alert(2)>",
    "</script><script>alert(3)</script>",
    "</textarea></title></style><svg/onload=alert(4)>",
    "javascript:alert(5)//'-alert(6)-\"-alert(7)-",
    "{{7*7}}{% debug %}${alert(8)}&lt;script&gt;alert(9)&lt;/script&gt;",
    "\"autofocus onfocus=alert(10) x=\"--><iframe srcdoc='<script>parent.alert(11)</script>'>",
    '=HYPERLINK("javascript:alert(12)")\u202e\u200b\ufeff\u2028😀𠮷\\u003cscript\\u003ealert(13)\\u003c/script\\u003e',
)
ALL = "".join(TEXTS)
RULE = "{A} <= 5"
OURS = ("orgs", "indicators", "submissions", "reports")
# Written by the machine or held to a few signs when it is taken in; what a person writes there would not be kept.
NOT_FREE = {
    "Organization.initials", "Placement.path", "User.password", "User.username", "User.session_key", "User.language",
    "PasswordMemory.password", "Indicator.code", "Indicator.domain", "Indicator.numerator", "Indicator.denominator",
    "Indicator.formula", "Indicator.condition", "Indicator.unit_categories", "Form.unit_categories",
    "FormLine.unit_categories", "Check.expression", "Task.period", "Task.layout", "Submission.unit_category",
    "Submission.exempt_reason", "Version.figures", "Version.digest", "Correction.figures",
    "FormerDefinition.numerator", "FormerDefinition.denominator", "FormerDefinition.formula", "FormerDefinition.condition",
    "Release.period", "Release.layout", "Release.form", "Release.basis", "Release.tree", "Release.language", "Release.sha256",
    "Release.package_sha256", "Release.tables", "Release.sources",
}  # fmt: skip
UNIQUE = {"Organization.code", "Form.code"}


def named(model: type[models.Model], field: models.Field) -> str:
    return f"{model.__name__}.{field.name}"


def poison() -> None:
    """Every row of every text a person writes: the next of the texts that fit it whole, so that every page has them all."""
    numbers = count()
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.concrete_fields:
                is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
                if is_text and named(model, field) not in NOT_FREE:
                    for pk in model.objects.values_list("pk", flat=True):
                        text = fitting(next(numbers), field.max_length or len(ALL))
                        own = str(pk) if named(model, field) in UNIQUE else ""
                        model.objects.filter(pk=pk).update(**{field.name: text + own})


def fitting(number: int, longest: int) -> str:
    texts = [text for text in TEXTS if len(text) <= longest - 6] or [TEXTS[0][:longest]]
    return texts[number % len(texts)]


@pytest.fixture
def world(transactional_db) -> World:
    """Texts planted in every field, tasks frozen with them; a report sent back, sent again and explained, one exempt, one a draft."""
    world = a_world()
    rename(organization=world.village, name="新名", on=date(2026, 1, 1), by=system_operator(), at=timezone.now(), note="x")
    make_check(world.task.form, RULE, "verify", "x")
    BreakdownItem.objects.create(indicator=Indicator.objects.get(code="B"), position=0, name="x")
    poison()
    for task in Task.objects.select_related("form"):
        Task.objects.filter(pk=task.pk).update(layout=layout_of(task.form))
    act(world)
    return world


def act(world: World) -> None:
    now, people = timezone.now(), world.people
    sent = submission_of(world.sent.task, world.village)
    arguments = {"reason": ALL[:500], "cell_reasons": {"A": ALL[:300]}, "by": people["reviewer"], "at": now}
    send_back(submission=sent, version_number=1, **arguments)
    words = {"explanations": {rule_of(RULE, "verify").key: ALL}, "on_behalf": ALL[:200]}
    draft = save_draft(submission=sent, changes={"A": 7}, revision=1, key="", by=people["clerk"], at=now, **words)
    submit(submission=sent, revision=draft.revision, by=people["clerk"], at=now)
    own = submission_of(world.task, world.village)
    save_draft(submission=own, changes={"A": 8}, revision=0, key="", by=people["clerk"], at=now, **words)
    other = submission_of(world.sent.task, people["sibling"].posts.get().organization)
    exempt(submission=other, reason=ALL[:300], by=people["officer"], at=now)


def pages_of(world: World, person: str) -> list[str]:
    """The addresses that open for somebody as pages; the test client finds out which."""
    client = Client(raise_request_exception=False)
    client.force_login(world.people[person], backend="django.contrib.auth.backends.ModelBackend")
    addresses = [address_of(name, world) for name, asked in ADDRESSES.items() if asked.opens == person]
    answers = {address: client.get(address) for address in addresses}
    found = [one for one, answer in answers.items() if answer.status_code == 200 and "text/html" in answer["Content-Type"]]
    return found + [address.format(**world.ids) for address in MORE.get(person, ())]


# The county's own rows, with every name in them.
MORE = {
    "officer": ("/dashboard/?org={county}", "/figures/?org={county}&by=units&period=2026Q2&basis=submitted", "/tasks/{task}/")
}
# Address name -> what may be asked in it.
QUESTIONS = {
    "reports:table": ("codes", "form", "period", "org", "by", "view", "since", "tree", "basis", "compare"),
    "reports:dashboard": ("period", "figure", "basis", "org"),
    "reports:exports": ("form", "layout", "period", "org", "basis"),
    "orgs:search": ("q",),
    "orgs:people": ("q", "role"),
    "orgs:tree": ("on",),
    "indicators:catalogue": ("q", "domain", "kind"),
    "orgs:login": ("next",),
}


@pytest.fixture
def quiet(page):
    """The page; whatever opens a dialog on it fails the test."""
    opened: list[str] = []
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    yield page
    assert opened == []


@pytest.mark.parametrize(
    "person", ["clerk", "township_clerk", "reviewer", "officer", "system_admin", "security_admin", "auditor"]
)
def test_nothing_planted_runs_on_any_page(quiet, world, sign_in, person):
    somebody = world.people[person]
    sign_in(quiet, somebody.username, somebody.first_password)
    shown = ""
    for address in pages_of(world, person):
        assert quiet.goto(address).status == 200, address
        quiet.wait_for_load_state("networkidle")
        shown += quiet.content()
    assert "alert(" in shown  # they are there, as text


@pytest.mark.parametrize("name", QUESTIONS)
def test_nothing_asked_in_an_address_runs(quiet, world, sign_in, console, name):
    """What can not be read is answered with its sentence, some of it as 400."""
    console.allow("400 (Bad Request)")
    officer = world.people["officer"]
    sign_in(quiet, officer.username, officer.first_password)
    for text in TEXTS:
        address = f"{reverse(name)}?{urlencode(dict.fromkeys(QUESTIONS[name], text))}"
        assert quiet.goto(address).status in (200, 400), address


def test_nothing_typed_runs(quiet, world, sign_in):
    """In a cell that cannot be read, which is shown back with the reason beside it."""
    clerk = world.people["clerk"]
    sign_in(quiet, clerk.username, clerk.first_password)
    quiet.goto(f"/submissions/{world.submission.pk}/fill/")
    for text in TEXTS[:4]:
        quiet.locator("#c1").click()
        quiet.keyboard.type(text)
        quiet.keyboard.press("Enter")
        expect(quiet.locator("#state")).to_contain_text("cannot be read")
