"""Writes docs/states.md from the table of transitions."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy

from orgs.management.operator_command import OperatorCommand
from submissions.management.states_document import states_page


class Command(OperatorCommand):
    help = gettext_lazy("Write docs/states.md from the table of states; for developers.")

    def handle(self, **options):
        Path(settings.BASE_DIR, "docs", "states.md").write_text(states_page(), encoding="utf-8")
        self.stdout.write("docs/states.md drawn.")
