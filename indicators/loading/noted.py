"""What a loader of definitions answers: the counts, and sentences about what else happened. Knows no file."""

from dataclasses import dataclass

from orgs.loading.loaded import Loaded


@dataclass(frozen=True)
class Noted(Loaded):
    """Loaded with notes, said in the same line."""

    notes: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        return " ".join((super().said, *self.notes))
