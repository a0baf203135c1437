"""Forms about releases: what is printed on the next one, and the file or number to check."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.models import Release
from reports.releases.draft import ReleaseDraft
from spreadsheets.limits import MEBIBYTE, UPLOAD_BYTES

_FIELDS = Release._meta


class IssueForm(forms.Form):
    """`seen`: the number of the edition in force that the page showed; a box to tick only where reports are open."""

    title = forms.CharField(label=gettext_lazy("Title, as printed on it"), max_length=_FIELDS.get_field("title").max_length)
    note = forms.CharField(
        label=gettext_lazy("Note, printed on it"), max_length=_FIELDS.get_field("note").max_length, required=False
    )
    accepts_open = forms.BooleanField(
        label=gettext_lazy("Issue it though not all reports are approved; this is printed on it"), required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, draft: ReleaseDraft | None = None, title: str = ""):
        seen = draft.previous.number if draft and draft.previous else ""
        super().__init__(data, initial={"title": title, "seen": seen}, label_suffix="")
        if data is None and draft is not None and not draft.open_reports:
            del self.fields["accepts_open"]


class CheckForm(forms.Form):
    """A file, or the number, SHA-256 or check code that is printed on paper."""

    file = forms.FileField(label=gettext_lazy("File"), required=False)
    text = forms.CharField(label=gettext_lazy("Number, SHA-256 or check code"), max_length=80, required=False)

    def __init__(self, data=None, files=None):
        super().__init__(data, files, label_suffix="")

    def clean(self) -> dict:
        values = super().clean()
        file = values.get("file")
        if file is None and not values.get("text"):
            raise forms.ValidationError(_("Choose a file, or type what is printed on the paper."))
        if file is not None and file.size > UPLOAD_BYTES:
            limit = UPLOAD_BYTES // MEBIBYTE
            raise forms.ValidationError(_("The file is larger than %(limit)d MB; a release is not.") % {"limit": limit})
        return values
