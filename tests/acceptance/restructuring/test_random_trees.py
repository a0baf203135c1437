"""Random trees with changes in time and late ones: no county total of a past period moves, on either tree, and `verify` holds."""

import random

import pytest

from tests.acceptance.restructuring.county import HEAD, QUARTERS, County

pytestmark = pytest.mark.django_db
CODES = "A S Z N D R"
VILLAGES = [f"V{number}" for number in range(8)]


def changes(chance: random.Random) -> list[str]:
    """A file of changes that can be made one after the other; each village and each new one is touched at most once."""
    free, rows, made = VILLAGES[:], [], 0
    chance.shuffle(free)
    for _turn in range(chance.randint(2, 5)):
        day = f"2025-{chance.randint(1, 12):02}-{chance.choice((1, 10, 20, 28)):02}"
        kind = chance.choice(("close", "merge", "merge", "split", "move", "suspend", "recategorize", "into"))
        if len(free) < 3:
            break
        one, other = free.pop(), free.pop()
        match kind:
            case "close" | "suspend":
                rows.append(f"{kind},{day},{one},,,,号,,")
            case "move":
                rows.append(f"move,{day},{one};{other},,T{chance.choice('12')},,号,,")
            case "recategorize":
                rows.append(f"recategorize,{day},{one},,,,号,,community")
            case "into":
                rows.append(f"merge,{day},{one};{other},{other},,,号,,")
            case "merge":
                made += 1
                rows.append(f"merge,{day},{one};{other},N{made},T{chance.choice('12')},,号,新{made}村,")
            case "split":
                made += 2
                shares = chance.choice(("60;40", "1/3", "0.25;0.75", ""))
                rows.append(f"split,{day},{one},N{made - 1};N{made},,{shares},号,新{made - 1}村;新{made}村,")
    return rows


def can_move(county: County, rows: list[str]) -> list[str]:
    """A move to where both stand already is refused; it is left out."""
    kept = []
    for row in rows:
        cells = row.split(",")
        if cells[0] == "move":
            units = [unit for unit in cells[2].split(";") if (int(unit[1:]) < 4) != (cells[4] == "T1")]
            cells[2] = ";".join(units)
            if not units:
                continue
        kept.append(",".join(cells))
    return kept


def totals(county: County) -> dict[tuple[str, str, str], str]:
    return {
        (quarter, basis, view): county.ask(*CODES.split(), period=quarter, basis=basis, view=view, by="self").data["rows"][0][
            "cells"
        ]
        for quarter in QUARTERS
        for basis in ("approved", "submitted")
        for view in ("period", "ytd")
    }


def printed(cells_of: dict) -> dict:
    return {place: [cell["text"] for cell in cells] for place, cells in cells_of.items()}


@pytest.mark.parametrize("seed", range(12))
def test_no_county_total_of_the_past_moves(tmp_path, seed):
    """Half of the files come after all reports (late), half after the second quarter."""
    chance = random.Random(seed)
    county = County(tmp_path, " ".join(VILLAGES[:4]), others=" ".join(VILLAGES[4:]))
    county.asks("A flow", "S stock", "Z cumulative", "N flow", "D flow", "R N/D")
    reported = QUARTERS if seed % 2 else QUARTERS[:2]
    county.open("F", *QUARTERS)
    for state in ("approved", "submitted", "draft"):
        rows = [
            f"{quarter},{village},{code},,{chance.randint(1, 50) + 100 * number}"
            for number, quarter in enumerate(reported)
            for place, village in enumerate(VILLAGES)
            for code in "ASZND"
            if ("approved", "approved", "submitted", "approved", "draft", "approved", "submitted", "approved")[place] == state
        ]
        county.figures("F", *rows, state=state)
    before, counts = printed(totals(county)), [county.counts(quarter) for quarter in QUARTERS]
    rows = can_move(county, changes(chance))
    county.restructure(*rows, head=f"{HEAD},name,unit_category", options=("--rehearse",))
    assert printed(totals(county)) == before
    assert [county.counts(quarter) for quarter in QUARTERS] == counts
    county.restructure(*rows, head=f"{HEAD},name,unit_category")
    assert printed(totals(county)) == before, rows
    for quarter in reported:
        for basis in ("approved", "submitted"):
            now = county.ask(*CODES.split(), period=quarter, basis=basis, tree="now").data["rows"][0]["cells"]
            assert [cell["text"] for cell in now] == before[quarter, basis, "period"], rows
    for quarter in QUARTERS:
        expected, _exempt, submitted, approved, missing = county.counts(quarter)
        assert expected >= submitted >= approved
        assert expected == submitted + missing
    assert county.verified() == []
    county.restructure(*rows, head=f"{HEAD},name,unit_category")
    assert printed(totals(county)) == before
    county.open("F", *QUARTERS)
    assert printed(totals(county)) == before
    assert county.verified() == []
