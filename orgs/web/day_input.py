"""The browser's own field for a day, as a Django widget."""

from django import forms


class DayInput(forms.DateInput):
    """The browser's own date field, which accepts and returns only YYYY-MM-DD."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")
