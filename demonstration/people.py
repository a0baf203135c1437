"""The people of the demonstration: one to try per role, and a reviewer for every township. Passwords are drawn anew each time."""

import random
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from demonstration import names
from demonstration.places import COUNTY_CODE
from orgs.accounts.accounts import give_post, make_account
from orgs.accounts.passwords import change_password
from orgs.choices import Role
from orgs.models import Organization, User

FIRST_TOWNSHIP = f"{COUNTY_CODE}101"
SINCE = date(2024, 1, 1)
REVIEWED = ("township", "street", "dev_zone", "industry_committee")


@dataclass(frozen=True)
class Trial:
    """An account to try the system with."""

    username: str
    name: str
    role: Role
    org_code: str


TRIALS = (
    Trial("cunzhishu", "陈玉兰", Role.CLERK, f"{FIRST_TOWNSHIP}204"),
    Trial("zhendang", "李志强", Role.CLERK, FIRST_TOWNSHIP),
    Trial("shenhe", "王秀英", Role.REVIEWER, FIRST_TOWNSHIP),
    Trial("zuzhibu", "赵文斌", Role.OFFICER, COUNTY_CODE),
    Trial("lingdao", "周建国", Role.LEADER, COUNTY_CODE),
    Trial("xitong", "吴海涛", Role.SYSTEM_ADMIN, COUNTY_CODE),
    Trial("anquan", "徐永刚", Role.SECURITY_ADMIN, COUNTY_CODE),
    Trial("shenji", "孙桂兰", Role.AUDITOR, COUNTY_CODE),
)


def make_people(by_code: dict[str, Organization], *, by: User, at: datetime, seed: int) -> None:
    """The trial accounts, and reviewers with no chosen password at every other place that reviews."""
    for trial in TRIALS:
        _person(trial.username, trial.name, trial.role, by_code[trial.org_code], by, at)
    dice = random.Random(seed)
    places = [org for org in by_code.values() if org.unit_category in REVIEWED and org.code != FIRST_TOWNSHIP]
    for number, org in enumerate(places, start=1):
        _person(f"shenhe{number:02d}", names.person(dice), Role.REVIEWER, org, by, at)


def renew_passwords(*, by: User, at: datetime) -> list[tuple[Trial, str]]:
    """A password for each trial account, chosen so that nobody has to change it at the first sign-in."""
    drawn = []
    for trial in TRIALS:
        password = f"Rk7-{secrets.token_hex(5)}"
        change_password(user=User.objects.get(username=trial.username), password=password, by=by, at=at)
        drawn.append((trial, password))
    return drawn


def _person(username: str, name: str, role: Role, org: Organization, by: User, at: datetime) -> None:
    user, _password = make_account(username=username, name=name, by=by, at=at)
    give_post(user=user, organization=org, role=role, valid_from=SINCE, by=by, at=at)
