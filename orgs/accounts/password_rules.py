"""The rules for passwords, each a Django validator; its text says what to do.

GB/T 22239 asks for complexity and renewal, which OWASP ASVS 5.0 forbids: both can be switched off (docs/decisions/011).
"""

import re

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pypinyin import lazy_pinyin

from orgs.models import PasswordMemory, Post, User

CLASSES = (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())
CLASSES_NEEDED = 3
REMEMBERED = 5
SHORTEST_PART = 4  # a name of two or three letters is in every third password by chance
# What a county's offices are guessed by first: the words of the trade, keyboards and years' greetings.
COUNTY_WORDS = (
    "dangjian", "dangwei", "dangzhibu", "dangyuan", "dangzuzhi", "zuzhibu", "zuzhike", "zhibu", "jibao", "jidubao",
    "gongchandang", "gcd1921", "zhongguo", "xianwei", "zhenwei", "jiedao", "cunwei", "shequ", "woaini", "woaizhongguo",
    "admin", "password", "passw0rd", "p@ssw0rd", "welcome", "qwerty", "asdfgh", "zxcvbn", "1qaz2wsx", "123456", "654321",
    "111111", "666666", "888888", "5201314", "党建", "组织部", "党支部", "党委", "中国", "密码", "管理员",
)  # fmt: skip

# Suffixes, the last first: 双泉村党支部委员会 loses 委员会, 党支部, 村.
KINDS_IN_NAMES = (
    "委员会", "党支部", "联合", "党总支", "总支部", "党委", "党工委", "工委", "党组", "有限公司",
    "街道", "社区", "开发区", "村", "镇", "乡", "县", "市", "区", "旗",
)  # fmt: skip


class ClassesRule:
    """Requires three of four: small letters, capital letters, digits, other characters.

    Chinese characters are other characters.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        used = sum(any(belongs(sign) for sign in password) for belongs in CLASSES)
        used += any(sign.isalpha() and not (sign.islower() or sign.isupper()) for sign in password)
        if settings.PASSWORD_CLASSES and used < CLASSES_NEEDED:
            raise ValidationError(self.get_help_text(), code="password_classes")

    def get_help_text(self) -> str:
        if not settings.PASSWORD_CLASSES:
            return ""
        return _("Use at least three of: small letters, capital letters, digits, other signs.")


class CommonRule(CommonPasswordValidator):
    """Refuses the 20,000 most common passwords, also with digits and signs around them, and words of the county."""

    def validate(self, password: str, user: User | None = None) -> None:
        plain = password.lower()
        core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
        if plain in self.passwords or core in self.passwords:
            raise ValidationError(
                _("This password is among those that are tried first; choose another."), code="password_common"
            )
        for word in COUNTY_WORDS:
            if word in plain:
                raise ValidationError(
                    _("The password contains “%(word)s”, which is tried first here; leave it out."),
                    code="password_common",
                    params={"word": word},
                )

    def get_help_text(self) -> str:
        return _("No word, name or row of keys that others would try first.")


class PersonRule:
    """Refuses a password with the user name, the person's name or an organization of theirs, in characters or in pinyin."""

    def validate(self, password: str, user: User | None = None) -> None:
        plain = password.lower()
        if user is not None and any(part in plain for part in personal_parts(user)):
            raise ValidationError(
                _("The password contains your user name, your name or your organization; leave it out."),
                code="password_personal",
            )

    def get_help_text(self) -> str:
        return _("Neither your user name nor your name nor your organization, also not in pinyin.")


class HistoryRule:
    """Refuses the current password and the five before it."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        earlier = PasswordMemory.objects.filter(user=user).order_by("-at", "-id").values_list("password", flat=True)
        if any(check_password(password, used) for used in (user.password, *earlier[:REMEMBERED])):
            raise ValidationError(
                _("You used this password before; the last %(count)s are not taken again."),
                code="password_used",
                params={"count": REMEMBERED},
            )

    def get_help_text(self) -> str:
        return _("None of your last %(count)s passwords.") % {"count": REMEMBERED}


def personal_parts(user: User) -> set[str]:
    """The names that a password must not contain: as written (from two Chinese characters) and in pinyin (from four letters)."""
    posts = Post.objects.filter(user_id=user.pk).select_related("organization") if user.pk else ()
    organizations = [post.organization for post in posts]
    names = [user.name, *(name for org in organizations for name in (org.name, org.short_name, stem(org.name)))]
    parts = {name.lower() for name in names if len(name) > 1}
    spelled = {user.username, *(org.code for org in organizations), *("".join(lazy_pinyin(name)) for name in names)}
    return parts | {text.lower() for text in spelled if len(text) >= SHORTEST_PART}


def stem(name: str) -> str:
    """An organization's own name without its type: 双泉村党支部 -> 双泉."""
    for kind in KINDS_IN_NAMES:
        name = name.removesuffix(kind)
    return name
