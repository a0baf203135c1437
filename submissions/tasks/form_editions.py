"""What the catalogue asks of the floor that keeps tasks (indicators.catalogue.form_dependants): that they follow an adopted form."""

from submissions.models import HeadName, Task


class TasksOfForms:
    """The answers of indicators.catalogue.form_dependants.FormDependants."""

    def follow(self, *, county_id: int, old_form_id: int, new_form_id: int) -> int:
        """With the tasks goes what is remembered of the heads of tables for them."""
        HeadName.objects.filter(county_id=county_id, form_id=old_form_id).update(form_id=new_form_id)
        return Task.objects.filter(county_id=county_id, form_id=old_form_id).update(form_id=new_form_id)
