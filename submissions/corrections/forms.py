"""The Django forms of the correction pages: they read and check what was posted."""

from django import forms
from django.utils.translation import gettext_lazy as _

REASON_LENGTH = 500
CELL, EXPLANATION = "cell:", "explain:"  # beginnings of the names of fields


class CorrectionForm(forms.Form):
    """Reason, evidence, and the version that the page showed; the cells are read beside it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = forms.CharField(
        label=_("Reason"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What happened, and why the figure was wrong."),
    )  # fmt: skip
    evidence = forms.CharField(
        label=_("Evidence"), max_length=REASON_LENGTH, required=False,
        help_text=_("The paper or register that it rests on, such as a number or a page."),
    )  # fmt: skip
    on_behalf = forms.CharField(
        label=_("Entered on behalf of the unit; letter"), max_length=200,
        help_text=_("Number or date of the unit's signed letter."),
    )  # fmt: skip

    def __init__(self, *args, is_own: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if is_own:
            del self.fields["on_behalf"]


class OpinionForm(forms.Form):
    """Why a correction is not agreed to."""

    reason = forms.CharField(label=_("Opinion"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2}))
