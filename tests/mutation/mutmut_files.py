"""The mutants that mutmut would make in a room, and those it made, from its own files."""

from contextlib import chdir
from pathlib import Path

from mutmut.configuration import reset_config
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.utils.file_utils import walk_mutatable_files
from mutmut.utils.format_utils import get_mutant_name


def all_mutants(place: Path) -> list[str]:
    """The names of all mutants that mutmut would make in `place`, in the order of the code."""
    with chdir(place):
        reset_config()
        return [
            get_mutant_name(path, mutant)
            for path in sorted(walk_mutatable_files())
            for mutant in mutate_file_contents(str(path), path.read_text()).mutant_names
        ]


def changes(place: Path, mutants: list[str]) -> str:
    """Each as a difference to the code as it is."""
    with chdir(place):
        reset_config()
        return "\n\n".join(f"# {mutant}\n{get_diff_for_mutant(mutant)}" for mutant in mutants) + "\n"
