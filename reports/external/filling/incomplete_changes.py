"""Finds the changes that are left out of a table because the sums they would compare are not complete."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.external.bindings.bindings import VALUE, Binding
from reports.external.filling.answers import BindingAnswers
from reports.figures.output.grid import SameUnits


@dataclass(frozen=True)
class Withheld:
    """A change left out of the table, with the change over the units that answered in both periods, for which it has no cell."""

    address: str
    same_units: SameUnits


def withheld_changes(bindings: Mapping[str, Binding], answers: BindingAnswers) -> list[Withheld]:
    found = []
    for address, binding in bindings.items():
        answer = answers.found.get(address)
        if binding.measure == VALUE or answer is None or answer.cell is None:
            continue
        same_units = answer.cell.compare[binding.against].same_units
        if same_units is not None:
            found.append(Withheld(address, same_units))
    return found
