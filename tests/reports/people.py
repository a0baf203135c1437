"""Signing in as somebody of a story or of a place, and reading what a page says."""

import html
import re

from django.test import Client

from orgs.models import Organization, User
from tests.factories.orgs import a_user


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def signed_in(role: str, code: str) -> Client:
    """A new person with a post at the organization of that code."""
    return client_of(a_user(role, Organization.objects.get(code=code)))


def text_of(response) -> str:
    """What a reader sees, white space closed up."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return _plain(body)


def rows_of(response, table_id: str = "") -> list[list[str]]:
    """The body rows of the first table, or of the one with this id, as texts."""
    return rows_below(response, f'id="{table_id}"' if table_id else "")


def rows_below(response, mark: str) -> list[list[str]]:
    """The body rows of the first table after a text of the page's source."""
    body = response.content.decode()
    body = body[body.index(mark) :]
    inner = body[body.index("<tbody>") : body.index("</tbody>")]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", inner, flags=re.DOTALL)
    return [[_plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.DOTALL)] for row in rows]


def _plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())
