"""Only lists cut their rows into pages, where every one of them is tried (tests/acceptance/test_lists.py)."""

from tests.house.files import APPS, named, python_files

# Pages of something else than a list (decision 207), and the only other places that cut rows into pages.
OTHER_PAGES = {
    "orgs/lists/tables.py",
    "orgs/directory/tree_views.py",
    "reports/dashboards/table.py",
    "reports/tables/preview.py",
    "submissions/filling/grid_views.py",
    "submissions/imports/pages/upload_page.py",
    "submissions/imports/pages/upload_texts.py",
}


def test_no_page_cuts_its_rows_into_pages_by_itself():
    """A list that is written by hand would be tried by nobody: it has to be a ListTable, or be named here with a reason."""
    found = {named(path) for path in python_files(*APPS) if "Paginator(" in path.read_text()}
    assert found == OTHER_PAGES
