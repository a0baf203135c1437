"""Columns of lists: a stored value, or a cell that the table makes from the whole row."""

import django_tables2 as tables

NUMBER = "num"


class ListColumn(tables.Column):
    """`css`: classes of its cells; figures and their heads are aligned right. `head`: other classes of the head.

    `has_unseen_head`: the head is only read aloud, over boxes to tick and buttons.
    """

    def __init__(self, label: str, *, css: str = "", head: str = "", has_unseen_head: bool = False, **more):
        self.has_unseen_head = has_unseen_head
        is_number = NUMBER in css.split()
        head = " ".join(filter(None, (NUMBER if is_number else "", head)))
        attributes = {part: {"class": classes} for part, classes in (("td", css), ("th", head)) if classes}
        super().__init__(label, attrs=attributes, **more)


class RowColumn(ListColumn):
    """A column whose cells the table's `render_NAME(record)` makes; it is called even where nothing is stored."""

    def __init__(self, label: str, **more):
        super().__init__(label, empty_values=(), **more)
