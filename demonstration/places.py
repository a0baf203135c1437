"""The organizations of the demonstration county as rows for `load_orgs`: about 3,000, the same for the same seed."""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, fields

from demonstration import names

COUNTY_CODE = "990101"  # no division code begins with 99: nobody can take this county for a real one
MERGED_INTO, MERGED_AWAY = "990101101201", ("990101101202", "990101101203")
NEW_SINCE = "2025-05-20"


@dataclass(frozen=True)
class DemonstrationPlace:
    """One row of an organizations table."""

    code: str
    name: str
    unit_category: str
    parent_code: str = ""
    short_name: str = ""
    org_type: str = "branch"
    district_code: str = ""
    line_code: str = ""
    valid_from: str = ""
    valid_to: str = ""
    is_functional: int = 0
    is_new_form: int = 0
    sort_order: int = 0
    contact: str = ""
    telephone: str = ""


def places(seed: int) -> list[DemonstrationPlace]:
    """County, 24 townships, 5 streets, a zone, 6 industry committees, 32 departments, and the units in them."""
    dice = random.Random(seed)
    rows = [DemonstrationPlace(COUNTY_CODE, names.COUNTY, "county", org_type="committee", short_name=names.COUNTY)]
    rows += _townships(dice)
    rows += _streets(dice)
    rows += _zone(dice)
    rows += _industries(dice)
    rows += _departments()
    return [_with_order(row, number, dice) for number, row in enumerate(rows, start=1)]


def as_table(rows: list[DemonstrationPlace]) -> bytes:
    """The rows as the comma text that the loader reads."""
    out = io.StringIO()
    heads = [field.name for field in fields(DemonstrationPlace)]
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([getattr(row, head) for head in heads] for row in rows)
    return out.getvalue().encode()


def _townships(dice: random.Random) -> Iterator[DemonstrationPlace]:
    for number, name in enumerate(names.TOWNSHIPS):
        code = f"{COUNTY_CODE}{101 + number if name.endswith('镇') else 200 + number}"
        yield DemonstrationPlace(code, f"{name}党委", "township", COUNTY_CODE, short_name=name, org_type="committee")
        village = names.villages(dice)
        for unit in range(1, dice.randint(46, 68)):
            yield _village(dice, code, f"{code}{200 + unit}", next(village))
        yield from _firms(dice, code, name[:2], dice.randint(22, 34))
        yield from _schools(dice, code, name[:2], 3)


def _village(dice: random.Random, parent: str, code: str, name: str) -> DemonstrationPlace:
    kind = "general_branch" if dice.random() < 0.2 else "branch"
    since = NEW_SINCE if code.endswith("239") else ""
    suffix = "党总支" if kind == "general_branch" else "党支部"
    return DemonstrationPlace(code, f"{name}{suffix}", "village", parent, short_name=name, org_type=kind, valid_from=since)


def _streets(dice: random.Random) -> Iterator[DemonstrationPlace]:
    for number, name in enumerate(names.STREETS):
        code = f"{COUNTY_CODE}{number + 1:03d}"
        yield DemonstrationPlace(code, f"{name}党工委", "street", COUNTY_CODE, short_name=name, org_type="working_committee")
        community = names.communities(dice)
        for unit in range(1, dice.randint(13, 19)):
            called = next(community)
            yield DemonstrationPlace(
                f"{code}{unit:03d}", f"{called}党委", "community", code, short_name=called, org_type="committee"
            )
        yield from _firms(dice, code, name[:2], dice.randint(55, 70))
        yield from _schools(dice, code, name[:2], 5)


def _zone(dice: random.Random) -> Iterator[DemonstrationPlace]:
    code = f"{COUNTY_CODE}400"
    yield DemonstrationPlace(
        code, f"{names.ZONE}党工委", "dev_zone", COUNTY_CODE, short_name="开发区", org_type="working_committee"
    )
    yield from _firms(dice, code, "云泽", 190)
    yield DemonstrationPlace(
        f"{code}901", "开发区党建工作指导站", "guidance_station", code, short_name="指导站", org_type="none"
    )


def _industries(dice: random.Random) -> Iterator[DemonstrationPlace]:
    """Firms of the new trades belong to an industry committee and lie in a street: two lines, added once."""
    for number, trade in enumerate(names.INDUSTRIES):
        code = f"{COUNTY_CODE}5{number:02d}"
        yield DemonstrationPlace(
            code, f"{trade}行业党委", "industry_committee", COUNTY_CODE, short_name=trade, org_type="committee"
        )
        firm = names.enterprises(dice, "云泽")
        for unit in range(1, dice.randint(18, 28)):
            name = next(firm)
            street = f"{COUNTY_CODE}{dice.randint(1, len(names.STREETS)):03d}"
            yield DemonstrationPlace(
                f"{code}{unit:03d}", f"{name}党支部", "private_enterprise", code, short_name=name, org_type="branch",
                district_code=street, line_code=code, is_new_form=1,
            )  # fmt: skip


def _departments() -> Iterator[DemonstrationPlace]:
    for number, name in enumerate(names.DEPARTMENTS, start=1):
        code = f"{COUNTY_CODE}6{number:02d}"
        yield DemonstrationPlace(code, f"{name}机关党委", "department", COUNTY_CODE, short_name=name, org_type="committee")


def _firms(dice: random.Random, parent: str, place: str, count: int) -> Iterator[DemonstrationPlace]:
    firm = names.enterprises(dice, place)
    for unit in range(1, count + 1):
        code = f"{parent}{600 + unit}"
        if dice.random() < 0.15:
            name = f"{names.society(dice, place)}{unit}"
            yield DemonstrationPlace(code, f"{name}党支部", "social_organization", parent, short_name=name)
            continue
        name = next(firm)
        joint = dice.random() < 0.25
        kind = "joint_branch" if joint else "branch"
        yield DemonstrationPlace(
            code, f"{name}{'联合' if joint else ''}党支部", "private_enterprise", parent, short_name=name, org_type=kind
        )


def _schools(dice: random.Random, parent: str, place: str, count: int) -> Iterator[DemonstrationPlace]:
    kinds = ("中心小学", "初级中学", "中心幼儿园", "第二小学", "职业中学")
    for unit in range(count):
        name = f"{place}{kinds[unit]}"
        yield DemonstrationPlace(f"{parent}{901 + unit}", f"{name}党支部", "school", parent, short_name=name)


def _with_order(row: DemonstrationPlace, number: int, dice: random.Random) -> DemonstrationPlace:
    """The county's fixed order is the order of this list; every unit has a contact and an office telephone."""
    facts = {field.name: getattr(row, field.name) for field in fields(DemonstrationPlace)}
    return DemonstrationPlace(
        **facts | {"sort_order": number, "contact": names.person(dice), "telephone": f"0990-55{number:05d}"}
    )
