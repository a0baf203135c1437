"""Which form a kind of change has."""

from orgs.choices import SuccessionKind
from reports.restructuring.forms.alone import (
    CloseForm,
    MoveForm,
    OpenForm,
    RecategorizeForm,
    RenameForm,
    ReopenForm,
    SuspendForm,
)
from reports.restructuring.forms.base import ChangeForm
from reports.restructuring.forms.together import MergeForm, SplitForm

FORMS: dict[SuccessionKind, type[ChangeForm]] = {
    form.kind: form
    for form in (MergeForm, CloseForm, RenameForm, MoveForm, RecategorizeForm, SplitForm, SuspendForm, ReopenForm, OpenForm)
}
