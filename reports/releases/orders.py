"""What a person orders to be issued, and the options of an order as data."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from indicators.periods import Period
from orgs.models import Organization
from reports.models import Release
from reports.tables.export import Options
from reports.tables.known_layouts import layouts_of
from reports.tables.layouts.definition import LayoutDefinition, Rounding
from reports.tables.layouts.definition_reader import layout_of


@dataclass(frozen=True)
class ReleaseOrder:
    """One table to issue.

    `accepts_open`: also where expected reports are not approved. `seen`: the number of the newest edition that the person saw,
    "" if there was none; None if the person has not looked.
    """

    layout: LayoutDefinition
    form: str
    period: Period
    org: Organization
    options: Options
    title: str
    note: str = ""
    accepts_open: bool = False
    seen: str | None = None


def options_data(options: Options) -> dict:
    """The options besides basis and tree."""
    return {"formulas": options.with_formulas, "rounding": options.rounding, "settled": options.with_settled}


def options_from(basis: str, tree: str, data: Mapping) -> Options:
    rounding = Rounding(data["rounding"]) if data["rounding"] is not None else None
    return Options(basis, tree, data["formulas"], rounding, data["settled"])


def order_again(release: Release) -> ReleaseOrder:
    """The order that a release was issued by, under its own layout: to ask the same table again."""
    return ReleaseOrder(
        layout_of(release.definition), release.form, release.period, release.organization,
        options_from(release.basis, release.tree, release.options), release.title,
    )  # fmt: skip


def next_order(
    release: Release, *, title: str, note: str, accepts_open: bool, with_formulas: bool = False, is_balanced: bool = False
) -> ReleaseOrder:
    """The next edition of a release: the same table under the layout as it is now, with its title where none is given.

    A layout that is offered no longer is used as it was.
    """
    order = order_again(release)
    layout = layouts_of(release.county_id).get(release.layout, order.layout)
    rounding = Rounding.BALANCED if is_balanced else order.options.rounding
    options = replace(order.options, with_formulas=with_formulas or order.options.with_formulas, rounding=rounding)
    return replace(
        order, layout=layout, options=options, title=title or release.title, note=note, accepts_open=accepts_open,
        seen=release.number,
    )  # fmt: skip
