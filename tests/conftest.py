"""What every test stands on: quick password hashes, and tables that can be emptied after a test that commits."""

from django.conf import settings

# One sign-in costs 0.2 s with the real hasher; a test of the hashing itself sets PASSWORD_HASHERS back.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(items):
    """Marks tests/browser `browser` and tests/house `house`, so that -m can leave them out."""
    for item in items:
        for folder in ("browser", "house"):
            if f"/tests/{folder}/" in item.path.as_posix():
                item.add_marker(folder)
