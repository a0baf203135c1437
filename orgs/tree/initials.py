"""A Chinese name -> the first letters of its pinyin, for search."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin


@lru_cache(maxsize=50_000)  # half of a country's villages share their name with another
def initials_of(name: str) -> str:
    """Initials of a name: 石桥村党支部 -> sqcdzb; letters and digits stay, in small letters; other characters are left out."""
    letters = lazy_pinyin(name, style=Style.FIRST_LETTER, errors=_kept)
    return "".join(letters).lower()


def _kept(signs: str) -> str:
    return "".join(sign for sign in signs if sign.isascii() and sign.isalnum())
