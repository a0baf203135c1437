"""Writes values as JSON in one line, whatever text is in them, so that no text can forge a second line."""

import json

# JSON leaves these as they are, but readers of lines break at them.
LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def one_line(values: dict) -> str:
    """Sorted keys, Chinese as it is; half characters (lone surrogates), which no database takes, are escaped too."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, default=str).translate(LINE_ENDS)
    return text.encode("utf-8", "backslashreplace").decode()
