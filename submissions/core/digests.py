"""The SHA-256 of a version's content: figures, explanations and nil report. Pure."""

import hashlib
import json

from indicators.measures.history import Document
from indicators.values.documents import write_document


def digest_of(figures: Document, explanations: dict[str, str], nil_report: bool) -> str:
    """The same figures and words always give the same 64 hexadecimal digits."""
    answers = json.dumps([explanations, nil_report], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{write_document(figures)}\n{answers}".encode()).hexdigest()
