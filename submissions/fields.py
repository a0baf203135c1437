"""Two text columns of models: a document of figures and a frozen layout; converts them from and to text."""

from django.db import models

from indicators.layout import Layout, read_layout
from indicators.values.documents import read_document, write_document


class FiguresField(models.TextField):
    """A document of figures as canonical JSON text: the same text on both databases, exact numbers, digestible."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return None if value is None else read_document(value)

    def to_python(self, value):
        return read_document(value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        return None if value is None else write_document(value)


class LayoutField(models.TextField):
    """A frozen layout; reading the same text twice gives the same object, because it never changes."""

    def from_db_value(self, value, expression, connection):
        return None if value is None else read_layout(value)

    def to_python(self, value):
        return read_layout(value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        return value.to_text() if isinstance(value, Layout) else value
