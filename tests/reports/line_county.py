"""A generated county whose units leave figures blank and write 不适用, asked over five quarters; and what R1 and R3 print of it."""

import random
import re
from decimal import Decimal

from tests.reports.layout_county import exported
from tests.reports.story import Story

FORM = "行01表"
QUARTERS = ("2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3")
UNITS = ("V1", "V2", "V3", "V4")
CHECKS = (
    "{A-1} == {A-1:甲} + {A-1:乙}", "{D-1} == {D-2} + {D-3}", "{D-1} == sum({D-2}, {D-3})", "{S-2} <= {S-1}",
    "{S-1} == {S-1@prev} + {A-1} - {A-2}", "{A-2@ytd} >= {A-2}", "{A-2} <= {S-1}",
)  # fmt: skip
CODES = ("A-1", "A-1:甲", "A-1:乙", "A-2", "D-1", "D-2", "D-3", "S-1", "S-2", "M-1", "R-1", "X-1")


def generated(story: Story, seed: int) -> Story:
    """V4 sends nothing in in the last quarter; about one figure in eighteen is blank, as many are 不适用."""
    chance = random.Random(seed)
    story.orgs("C,云岭县,county,,,,,", *(f"T{number},第{number}镇,township,C,,,," for number in (1, 2)))
    story.orgs(*(f"{unit},{unit}村,village,{'T2' if unit == 'V3' else 'T1'},,,," for unit in UNITS))
    story.indicators(
        "A-1,受理,件,flow,,,甲;乙,0,1,,", "A-2,办结,件,flow,,,,0,1,,", "D-1,投入,万元,flow,,,,2,1,,", "D-2,财政投入,万元,flow,,,,2,1,,",
        "D-3,自筹投入,万元,flow,,,,2,1,,", "S-1,在册,户,stock,,,,0,1,,", "S-2,在册贫困,户,stock,,,,0,1,,",
        "M-1,平均分,分,stock,,,,1,1,mean,", "R-1,办结率,%,ratio,A-2,A-1,,1,0,,", "X-1,折算,分,score,,,,1,0,,S-1*0.3+D-1",
        extra="decimals,na_allowed,org_rule,formula",
    )  # fmt: skip
    story.form(FORM, *dict.fromkeys(code.partition(":")[0] for code in CODES))
    story.checks(*(f'{FORM},"{check}",hint,' for check in CHECKS))
    story.open(FORM, *QUARTERS)
    for quarter in QUARTERS:
        for unit in UNITS:
            if (unit, quarter) != ("V4", QUARTERS[-1]):
                story.figures(FORM, *(f"{quarter},{unit},{row}" for row in _figures(chance)))
    return story


def _figures(chance: random.Random) -> list[str]:
    """Mostly whole figures that add up, with holes."""
    first, second = chance.randint(0, 20), chance.randint(0, 20)
    money, own = Decimal(chance.randint(0, 9999)) / 100, Decimal(chance.randint(0, 9999)) / 100
    stock = chance.randint(50, 90)
    values = {
        "A-1,": first + second, "A-1,甲": first, "A-1,乙": second, "A-2,": chance.randint(0, first + second),
        "D-1,": money + own, "D-2,": money, "D-3,": own, "S-1,": stock, "S-2,": chance.randint(0, stock),
        "M-1,": chance.randint(600, 999) / 10,
    }  # fmt: skip
    return [f"{key},{_with_hole(value, chance)}" for key, value in values.items()]


def _with_hole(value: object, chance: random.Random) -> object:
    return chance.choices((value, "", "NA"), (16, 1, 1))[0]


COUNTED = "From so many of the units expected"  # the head of a column with the units behind a sum that is not complete
SAME = "Like for like"  # what the heads begin with of columns over the units that answered in both periods


def lines(story: Story, layout: str, org: str, quarter: str = QUARTERS[-1]) -> tuple[dict[str, list], str]:
    """Figure key -> its printed numbers, None for a blank or a dash; and all texts of the sheet."""
    found, _withheld, text = compared_lines(story, layout, org, quarter)
    return found, text


def compared_lines(story: Story, layout: str, org: str, quarter: str = QUARTERS[-1]) -> tuple[dict, dict, str]:
    """The same without the columns of the same units; and figure key -> the comparisons that are withheld for them."""
    book = exported(story, layout, "--form", FORM, org=org, period=quarter)
    rows = book.sheets[book.titles[1]]
    first = next(number for number, row in enumerate(rows) if row[0] == "甲") + 1
    heads, runs, run = rows[first - 2], [], ""
    for above in rows[first - 3]:
        run = above or run
        runs.append(run)
    found, withheld, code = {}, {}, ""
    for row in rows[first : first + len(CODES)]:
        code = row[0] or code
        key = code if row[0] else f"{code}:{row[1]}"
        is_same = [str(head).startswith(SAME) or COUNTED in str(run) for head, run in zip(heads, runs, strict=True)]
        found[key] = [_number(value) for value, same in list(zip(row, is_same, strict=True))[3:] if not same]
        withheld[key] = {
            run
            for run, value, head in zip(runs, row, heads, strict=True)
            if head == f"{SAME}: units" and _number(value) is not None
        }
    return found, withheld, book.text(book.titles[1])


def _number(value: object) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, int | float) else None


_CODE = "|".join(map(re.escape, sorted(CODES, key=len, reverse=True)))
_TERM = re.compile(rf"([-+×÷]?)({_CODE}|[0-9.]+)")


def is_broken(claim: str, figures: dict[str, Decimal | None]) -> bool:
    """Whether a relation by codes is broken by these figures. A blank counts as nothing; blanks alone claim nothing."""
    numbers = [figures[code] for code in re.findall(_CODE, claim)]
    if all(number is None for number in numbers) or ("÷" in claim and None in numbers):
        return False
    left, sign, right = re.split("([=≤≥])", claim)
    one, other = _reckoned(left, figures), _reckoned(right, figures)
    if "÷" in claim or "×" in claim:
        return abs(one - other) > Decimal("0.05")
    return {"=": one != other, "≤": one > other, "≥": one < other}[sign]


def _reckoned(side: str, figures: dict[str, Decimal | None]) -> Decimal:
    """A sum of products without brackets."""
    terms: list[Decimal] = []
    for sign, name in _TERM.findall(side):
        number = (figures[name] or Decimal(0)) if name in figures else Decimal(name)
        if sign in ("×", "÷"):
            terms[-1] = terms[-1] * number if sign == "×" else terms[-1] / number
        else:
            terms.append(-number if sign == "-" else number)
    return sum(terms, Decimal(0))
