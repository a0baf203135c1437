"""Tables as files bring them, from plain rows."""

import csv
from io import StringIO

from spreadsheets.tables import Table, TableProblems, read_table


def table_of(*rows: dict[str, str], name: str = "file.csv") -> Table:
    """The columns are those of all rows together, in the order they come."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    text = StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return read_table(text.getvalue().encode(), name)


def lines_of(problems: TableProblems) -> list[str]:
    """The problems without the closing count."""
    return problems.lines()[:-1]
