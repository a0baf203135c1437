"""The layouts that come with the program, read once from `reports/tables/layouts/layouts.json`."""

import json
from functools import cache
from pathlib import Path

from reports.tables.layouts.definition import LayoutDefinition
from reports.tables.layouts.definition_reader import layout_of

_FILE = Path(__file__).resolve().parent / "layouts.json"


@cache
def ready_layouts() -> dict[str, LayoutDefinition]:
    """Code -> layout, in their order. Raises BadLayout if the file is damaged."""
    return {data["code"]: layout_of(data) for data in json.loads(_FILE.read_text(encoding="utf-8"))}
