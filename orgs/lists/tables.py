"""The table of every list page: columns and their order, the page that is shown, the text for an empty list.

A list defines its columns, their sort keys and its filters; the address gives the rest (decision 207).
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

import django_tables2
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tables2.columns import BoundColumn
from django_tables2.rows import BoundRows

from orgs.lists.filters import ListFilter
from orgs.lists.memory import PAGE, PER_PAGE, SORT, keep_choice
from orgs.lists.rows import Keys, rows_of

SIZES = (20, 50, 100, 200)


class ListPaginator(Paginator):
    """Counts the rows of the list, without those repeated at the top of every page."""

    @property
    def count(self) -> int:
        return len(self.object_list.data)


class ListTable(django_tables2.Table):
    """`name`: the key of a person's stored state. `sorts`: column -> its sort keys, each a path from the row.

    `row_head`: the column that names the row, by default the first. `size`: the default number of rows on a page. `few`: a list
    of at most so many rows shows no filters; -1: always shows them.
    """

    name: ClassVar[str] = ""
    sorts: ClassVar[Mapping[str, Keys]] = {}
    row_head: ClassVar[str] = ""
    size: ClassVar[int] = 50
    few: ClassVar[int] = 0
    empty_title: ClassVar[str] = _("Nothing is here yet.")
    empty_help: ClassVar[str] = ""
    empty_as_filtered: ClassVar[bool] = False  # whether `empty_title` is true too of a list whose filters leave nothing

    def __init__(self, data: QuerySet | Sequence, *, filters: ListFilter | None = None, **more):
        self.filters = filters
        super().__init__(rows_of(data), template_name="orgs/lists/table.html", empty_text=self.empty_title, **more)
        for column in self.columns.iterall():
            column.column.orderable = column.name in self.sorts

    def asked(self, request: HttpRequest) -> "ListTable":
        """The table in the order and on the page that the address asks for; stores what was asked, unless it cannot be read."""
        self.request = request
        self.order_by = request.GET.getlist(SORT)
        self.paginator = ListPaginator(self.rows, self.rows_per_page)
        self.page = self.paginator.get_page(request.GET.get(PAGE))
        records = list(self.page.object_list.data)
        self.shown = self.page_rows(records) if self.data.shown is None else records
        self.page.object_list = BoundRows(self.shown, self, self.page.object_list.pinned_data)
        if self._says_how(request) and not (self.filters and self.filters.errors):
            keep_choice(request, self.name, self._understood)
        return self

    def _says_how(self, request: HttpRequest) -> bool:
        """Whether the address has any parameter of the list, even an empty one."""
        return not {SORT, PAGE, PER_PAGE, *self._kept_filters}.isdisjoint(request.GET)

    def page_rows(self, records: list) -> list:
        """The rows as the page shows them, at most one page, so that further data for all of them cost one query."""
        return records

    @property
    def empty_link(self) -> tuple[str, str] | None:
        """The link of an empty list: (address, words)."""
        return None

    @property
    def empty_words(self) -> tuple[str, str]:
        """The sentence of an empty list and what to do: a list that is only narrowed too far does not say that nothing is there."""
        if self.filters and self.filters.is_narrowed and not self.empty_as_filtered:
            return gettext("Nothing matches the filters."), ""
        return self.empty_title, self.empty_help

    @property
    def filter_names(self) -> tuple[str, ...]:
        return tuple(self.filters.base_filters) if self.filters else ()

    @property
    def _kept_filters(self) -> tuple[str, ...]:
        return self.filters.kept() if self.filters else ()

    @property
    def rows_per_page(self) -> int:
        asked = self.request.GET.get(PER_PAGE, "")
        return next((size for size in SIZES if str(size) == asked), self.size)

    @property
    def _understood(self) -> QueryDict:
        """Order, filters and size as parameters of an address in a fixed order, without default values and without the page."""
        query = QueryDict(mutable=True)
        query.setlist(SORT, [str(alias) for alias in self.order_by])
        query.setlist(PER_PAGE, [str(self.rows_per_page)] if self.rows_per_page != self.size else [])
        for name in self._kept_filters:
            query.setlist(name, [text for text in self.request.GET.getlist(name) if text])
        return query

    @property
    def shows_filters(self) -> bool:
        return self.paginator.count > self.few or self.filters.is_narrowed or bool(self.filters.errors)

    @property
    def sizes(self) -> list[tuple[int, str]]:
        """(rows, address) of the page sizes, "" for the current one; none where the smallest holds the whole list."""
        sizes = sorted({self.size, *SIZES})
        if self.paginator.count <= sizes[0]:
            return []
        return [
            (rows, "" if rows == self.rows_per_page else self._address(**{PAGE: "", PER_PAGE: str(rows)})) for rows in sizes
        ]

    @property
    def heads(self) -> list[tuple[BoundColumn, str]]:
        """Each column with the address that sorts by it: up, down, and the third time the list's own order."""
        return [(column, self._sort_address(column) if column.orderable else "") for column in self.columns]

    def _sort_address(self, column: BoundColumn) -> str:
        alias = "" if column.is_ordered and not column.order_by_alias.is_ascending else str(column.order_by_alias.next)
        return self._address(**{PAGE: "", SORT: alias or None})

    @property
    def clear_address(self) -> str:
        """The list without filters, in its current order."""
        first, *others = self.filter_names
        return self._address(**{first: None, PAGE: "", **dict.fromkeys(others, "")})

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The parameters of the address besides filters and page, for the form of the filters."""
        left_out = {PAGE, *self.filter_names}
        return [(name, text) for name, texts in self.request.GET.lists() if name not in left_out for text in texts]

    def _address(self, **changed: str | None) -> str:
        """The address with some parameters changed; "" removes one, None keeps it without a value."""
        asked = self.request.GET.copy()
        for name, text in changed.items():
            asked.pop(name, None)
            if text != "":
                asked[name] = text or ""
        return f"?{asked.urlencode()}"
