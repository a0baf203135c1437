"""The answers about tasks that the catalogue asks for (indicators.catalogue.form_dependants): they follow a form, and are counted."""

from django.db.models import Count, Q

from indicators.catalogue.form_dependants import FormUse, RunningTask
from submissions.choices import REVIEW_TURN, UNIT_TURN
from submissions.models import HeadName, Task


class TasksOfForms:
    """The answers of indicators.catalogue.form_dependants.FormDependants."""

    def follow(self, *, county_id: int, old_form_id: int, new_form_id: int) -> int:
        """With the tasks goes what is remembered of the heads of tables for them."""
        HeadName.objects.filter(county_id=county_id, form_id=old_form_id).update(form_id=new_form_id)
        return Task.objects.filter(county_id=county_id, form_id=old_form_id).update(form_id=new_form_id)

    def use_of(self, *, county_id: int, form_id: int) -> FormUse:
        """A task is under way while a unit owes its report or a reviewer has not decided on it."""
        unsettled = Count("submissions", filter=Q(submissions__state__in=(*UNIT_TURN, *REVIEW_TURN)))
        tasks = Task.objects.filter(county_id=county_id, form_id=form_id).defer("layout").annotate(unsettled=unsettled)
        by_time = sorted(tasks, key=lambda task: (task.period.last_day, task.period.first_day))
        if not by_time:
            return FormUse()
        running = tuple(RunningTask(task.period, task.unsettled) for task in by_time if task.unsettled)
        return FormUse(len(by_time), by_time[0].period, by_time[-1].period, running)
