"""A county of two townships in a book of its own, restructured by files and asked by the commands."""

from pathlib import Path

from reports.verification import CHECKS
from tests.reports.story import Story

HEAD = "kind,on,from_codes,to_codes,parent_code,shares,note"
QUARTERS = ("2025Q1", "2025Q2", "2025Q3", "2025Q4")


class County(Story):
    """`villages` stand under T1, `others` under T2; the form F asks its indicators of villages and communities."""

    def __init__(self, folder: Path, villages: str, *, others: str = "", later: tuple[str, ...] = ()):
        super().__init__(folder)
        rows = ["C,县,county,,,,,", "T1,甲镇,township,C,,,,", "T2,乙镇,township,C,,,,"]
        rows += [f"{code},{code}村,village,T1,,,," for code in villages.split()]
        rows += [f"{code},{code}村,village,T2,,,," for code in others.split()]
        self.orgs(*rows, *later)

    def asks(self, *indicators: str, frequency: str = "quarter", whom: str = "village;community", rule: str = "") -> None:
        """`CODE kind` or `CODE numerator/denominator`; the form F asks them of `whom`, by the `rule` of expectation."""
        for text in indicators:
            code, what = text.split()
            sides = what.split("/")
            kind, numerator, denominator = ("ratio", *sides) if len(sides) == 2 else (what, "", "")
            self.indicators(f"{code},{code},{'%' if numerator else '件'},{kind},{numerator},{denominator},")
        codes = [text.split()[0] for text in indicators]
        self.form("F", *codes, frequency=frequency, head="unit_categories,expectation", values=f"{whom},{rule or 'period_end'}")

    def restructure(self, *rows: str, head: str = HEAD, options: tuple[str, ...] = ()) -> str:
        return self.run("restructure", self._file("changes.csv", head, rows), *options)

    def texts(self, codes: str, period: str, org: str = "C", **options: str) -> dict[str, str]:
        """Row -> what is printed, * where it is estimated; `total` is the first."""
        answer = self.ask(*codes.split(), period=period, org=org, **options)
        return {
            "total" if row["kind"] == "total" else row["org"]: " ".join(
                cell["text"] + "*" * cell["estimated"] for cell in row["cells"]
            )
            for row in answer.rows()
        }

    def counts(self, period: str, form: str = "F") -> tuple[int, ...]:
        """Expected, exempt, submitted, approved, missing."""
        row = self.progress(form, period)["C"]
        return tuple(row[name] for name in ("expected", "exempt", "submitted", "approved", "missing"))

    def verified(self) -> list[str]:
        """What `verify` complains about."""
        return [complaint for check in CHECKS for complaint in check()]
