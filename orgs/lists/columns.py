"""Columns of lists: a value as it stands, or a cell that the table makes of the whole row."""

import django_tables2 as tables

NUMBER = "num"


class ListColumn(tables.Column):
    """`css`: classes of its cells; figures stand right, under a head that does too. `head`: other classes of the head.

    `has_unseen_head`: the head is only read aloud, over boxes to tick and buttons.
    """

    def __init__(self, label: str, *, css: str = "", head: str = "", has_unseen_head: bool = False, **more):
        self.has_unseen_head = has_unseen_head
        is_number = NUMBER in css.split()
        head = " ".join(filter(None, (NUMBER if is_number else "", head)))
        attributes = {part: {"class": classes} for part, classes in (("td", css), ("th", head)) if classes}
        super().__init__(label, attrs=attributes, **more)


class RowColumn(ListColumn):
    """The table's `render_NAME(record)` says what stands in the cell; it is asked also where nothing is stored."""

    def __init__(self, label: str, **more):
        super().__init__(label, empty_values=(), **more)
