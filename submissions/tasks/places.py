"""Organizations named by a person in a text field, one a line: by code, or by a name that only one has."""

import re

from django import forms
from django.utils.translation import gettext as _

from orgs.models import Organization

_BETWEEN = re.compile(r"[\n,，、;；]+")
MOST_PLACES = 500


class PlacesField(forms.CharField):
    """A text of codes or names -> organizations of one county, each once. `county_id` is set by the form."""

    widget = forms.Textarea
    county_id: int = 0

    def clean(self, value) -> list[Organization]:
        words = [word.strip() for word in _BETWEEN.split(super().clean(value)) if word.strip()]
        if len(words) > MOST_PLACES:
            raise forms.ValidationError(_("These are more than %(n)d; name their townships instead.") % {"n": MOST_PLACES})
        found = {place.pk: place for place in map(self._place, dict.fromkeys(words))}
        return list(found.values())

    def _place(self, word: str) -> Organization:
        organizations = Organization.objects.filter(county_id=self.county_id)
        for field in ("code", "name", "short_name"):
            rows = list(organizations.filter(**{field: word}).order_by("code")[:6])
            if len(rows) == 1:
                return rows[0]
            if rows:
                codes = _(", ").join(f"{row.code} {row.name}" for row in rows)
                raise forms.ValidationError(
                    _("“%(word)s” is the name of several; write the code: %(codes)s.") % {"word": word[:40], "codes": codes}
                )
        raise forms.ValidationError(
            _("“%(word)s” is neither the code nor the name of an organization of this county.") % {"word": word[:40]}
        )
