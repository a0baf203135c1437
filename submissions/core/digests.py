"""The SHA-256 of what a version says: figures, explanations and nil report. Pure; knows no database."""

import hashlib
import json

from indicators.measures.history import Document
from indicators.values.documents import write_document


def digest_of(figures: Document, explanations: dict[str, str], nil_report: bool) -> str:
    """The same figures and words always give the same 64 hexadecimal digits."""
    said = json.dumps([explanations, nil_report], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{write_document(figures)}\n{said}".encode()).hexdigest()
