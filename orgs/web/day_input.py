"""The browser's own field for a day, as a Django widget."""

from django import forms


class DayInput(forms.DateInput):
    """A day as the browser's own date field, which takes and gives YYYY-MM-DD only."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")
