"""Programs that open workbooks, each telling the values it sees: a test asks them all and compares."""
