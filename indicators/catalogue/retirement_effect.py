"""The effect of retiring a common form for a county, as a person reads it before the act. Writes nothing."""

from dataclasses import dataclass

from indicators.catalogue.form_dependants import FormUse, form_dependants
from indicators.definitions import forms_in_use, indicators_of
from indicators.models import Form, Indicator
from orgs.models import Organization


@dataclass(frozen=True)
class RetirementEffect:
    """`use`: the county's tasks of the form. `unasked`: indicators that no other form in use asks the county's units for."""

    use: FormUse
    unasked: tuple[Indicator, ...]

    @property
    def unsettled(self) -> int:
        """Reports of tasks under way that are not approved yet."""
        return sum(task.unsettled for task in self.use.running)


def retirement_effect(form: Form, county: Organization) -> RetirementEffect:
    others = forms_in_use(county.pk).exclude(pk=form.pk)
    asked_elsewhere = indicators_of(county.pk).filter(form_lines__form__in=others)
    unasked = indicators_of(county.pk).filter(form_lines__form=form).exclude(pk__in=asked_elsewhere.values("pk"))
    use = form_dependants().use_of(county_id=county.pk, form_id=form.pk)
    return RetirementEffect(use, tuple(unasked.order_by("form_lines__position")))
