"""Writes docs/states.md from the table of transitions. Decides nothing."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from submissions.drawing import states_page


class Command(BaseCommand):
    help = "Draw docs/states.md from submissions/states.py."

    def handle(self, **options):
        Path(settings.BASE_DIR, "docs", "states.md").write_text(states_page(), encoding="utf-8")
        self.stdout.write("docs/states.md drawn.")
