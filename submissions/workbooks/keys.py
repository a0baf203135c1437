"""The keys with which the stamps of workbooks are sealed.

WORKBOOK_KEY of the environment, if it is set, else a key derived from SECRET_KEY. The derived key is stored in the database for
each county that gives out workbooks, so that those stay valid when SECRET_KEY changes.
"""

from collections.abc import Iterator
from hashlib import sha256

from django.conf import settings

from submissions.models import WorkbookKey

_SALT = b"submissions.workbooks.stamps"


def drawn_from(secret: str) -> bytes:
    """A key for seals alone, from which the secret cannot be derived. (Derived as in django.utils.crypto.salted_hmac.)"""
    return sha256(_SALT + secret.encode()).digest()


def sealing_key() -> bytes:
    """The key for new workbooks."""
    return drawn_from(settings.WORKBOOK_KEY or settings.SECRET_KEY)


def configured_keys() -> Iterator[bytes]:
    """All keys of the settings, the most probable first."""
    secrets = (settings.WORKBOOK_KEY, settings.SECRET_KEY, *settings.WORKBOOK_KEY_FALLBACKS, *settings.SECRET_KEY_FALLBACKS)
    return map(drawn_from, filter(None, secrets))


def remember_key(county_id: int) -> None:
    """Stores the county's key before its workbooks go out, if it is derived from SECRET_KEY. One query."""
    if not settings.WORKBOOK_KEY:
        WorkbookKey.objects.bulk_create([WorkbookKey(county_id=county_id, key=sealing_key().hex())], ignore_conflicts=True)


class FormerKeys:
    """The keys stored for each county, read once for all stamps."""

    def __init__(self):
        self._by_county: dict[str, tuple[bytes, ...]] = {}

    def of(self, county: str) -> tuple[bytes, ...]:
        """The stored keys of a county, given by its code in the stamp."""
        if county not in self._by_county:
            found = WorkbookKey.objects.filter(county__code=county).values_list("key", flat=True)
            self._by_county[county] = tuple(map(bytes.fromhex, found))
        return self._by_county[county]
