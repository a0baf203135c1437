"""The form in which a county chooses its headline figures."""

from collections.abc import Iterable, Sequence

from django import forms
from django.utils.translation import gettext as _

from indicators.models import Indicator
from reports.scope.headlines import MOST


class HeadlinesForm(forms.Form):
    """Six places, each with an indicator or empty; the same one twice is refused."""

    def __init__(self, data=None, *, offered: Sequence[Indicator], chosen: Sequence[Indicator]):
        super().__init__(
            data, label_suffix="", initial={_place(number): one.code for number, one in enumerate(chosen, start=1)}
        )
        self.indicators = {indicator.code: indicator for indicator in (*chosen, *offered)}
        choices = [("", _("(none)")), *((one.code, f"{one.code} {one.name}") for one in self.indicators.values())]
        for number in range(1, MOST + 1):
            label = _("Place %(number)s") % {"number": number}
            self.fields[_place(number)] = forms.ChoiceField(choices=choices, required=False, label=label)

    @property
    def chosen(self) -> list[Indicator]:
        """In the order of the places; empty places close up."""
        return [self.indicators[code] for code in self._codes() if code]

    def clean(self):
        seen: set[str] = set()
        for number, code in enumerate(self._codes(), start=1):
            if code and code in seen:
                sentence = _("%(code)s stands in an earlier place already; choose another one or leave this place empty.")
                self.add_error(_place(number), sentence % {"code": code})
            seen.add(code)
        return self.cleaned_data

    def _codes(self) -> Iterable[str]:
        return [self.cleaned_data.get(_place(number), "") for number in range(1, MOST + 1)]


def _place(number: int) -> str:
    return f"place_{number}"
