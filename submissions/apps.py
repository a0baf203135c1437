"""Django's configuration of this app; registers its answers about reports with orgs and the loaders."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from indicators.catalogue import form_dependants
from orgs.loading import reports_affected
from orgs.tree import dependants


class SubmissionsConfig(AppConfig):
    name = "submissions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # By its name: models cannot be imported before every app is known.
        dependants.depend_with(import_string("submissions.moves.tree_dependants.ReportsOnTree")())
        form_dependants.depend_with(import_string("submissions.tasks.tasks_of_forms.TasksOfForms")())
        reports_affected.answer_with(import_string("submissions.moves.dependent_reports.StandingReports")())
