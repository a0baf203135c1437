"""One settings file; everything that differs between places comes from the environment."""

import os
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from tempfile import gettempdir

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from spreadsheets.limits import MEBIBYTE, UPLOAD_MEBIBYTES, allow_uploads

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in ("1", "true", "yes", "on")


def number(name: str, default: int) -> int:
    text = os.environ.get(name, str(default))
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not “{text}”.")
    return int(text)


def listed(name: str) -> list[str]:
    return [text.strip() for text in os.environ.get(name, "").split(",") if text.strip()]


def is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


PRODUCTION = flag("PRODUCTION")
# Offices without TLS inside their own network may say so; sign-ins then cross that network in the clear.
INSECURE_HTTP = flag("INSECURE_HTTP", default=not PRODUCTION)
DEBUG = flag("DEBUG")
TRIAL_KEY = "only-for-trying-out-never-for-real-figures-0123456789abcdef"
SECRET_KEY = os.environ.get("SECRET_KEY", "" if PRODUCTION else TRIAL_KEY)
SECRET_KEY_FALLBACKS = listed("SECRET_KEY_FALLBACKS")
# With which workbooks that go out are sealed. Without one SECRET_KEY does it, and the database remembers what workbooks are out under.
WORKBOOK_KEY = os.environ.get("WORKBOOK_KEY", "")
WORKBOOK_KEY_FALLBACKS = listed("WORKBOOK_KEY_FALLBACKS")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1],testserver").split(",")
if PRODUCTION:
    if len(SECRET_KEY) < 50 or SECRET_KEY == TRIAL_KEY:
        raise ImproperlyConfigured("SECRET_KEY must be set in the environment to at least 50 characters.")
    if any(len(key) < 50 for key in filter(None, (WORKBOOK_KEY, *WORKBOOK_KEY_FALLBACKS))):
        raise ImproperlyConfigured("WORKBOOK_KEY and WORKBOOK_KEY_FALLBACKS must have at least 50 characters each.")
    if DEBUG:
        raise ImproperlyConfigured("DEBUG must be off in production.")
    if not any(ALLOWED_HOSTS) or any("*" in host or host.startswith(".") for host in ALLOWED_HOSTS):
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts this system answers to; a wildcard is refused.")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.static_selection.ServedFiles",
    "axes",
    "csp",
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_tables2",
    "audit",
    "orgs",
    "indicators",
    "submissions",
    "reports",
    "demonstration",
    "backups",
]
MIDDLEWARE = [
    "orgs.web.headers.EveryAnswer",
    "csp.middleware.CSPMiddleware",
    "orgs.web.headers.BodyLimit",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "orgs.web.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "orgs.accounts.middleware.KnownOrigin",
    "orgs.accounts.middleware.SessionLimits",
    "orgs.accounts.middleware.SignInRequired",
    "orgs.accounts.middleware.Refusals",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.navigation",
            ],
            "libraries": {"figure_cells": "reports.dashboards.figure_cells"},
        },
    },
]

# SQLite: WAL and IMMEDIATE, because Django's defaults lost most of 50 concurrent saves (see docs/decisions).
DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{BASE_DIR / 'partyreport.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-64000;",
    }
    # A file, not memory: tests of concurrency need what production has (WAL, several connections).
    DATABASES["default"]["TEST"] = {"NAME": str(Path(gettempdir()) / f"partyreport-test-{os.getpid()}.sqlite3")}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "orgs.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "orgs:login"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
# What others wrote is not in the repository: `make setup` puts the few files that pages load into build/vendor.
STATICFILES_DIRS = [BASE_DIR / "static", ("vendor", BASE_DIR / "build" / "vendor")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "config.static_files.HashedStaticFiles"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# In production files come from `collectstatic`; elsewhere straight from their folders.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION

# Cookies under __Host- names are taken only over TLS, from this very host, for all of it: nobody beside it can set one.
COOKIES = "" if INSECURE_HTTP else "__Host-"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = f"{COOKIES}sessionid", f"{COOKIES}csrftoken", f"{COOKIES}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not INSECURE_HTTP
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "orgs.web.refusal_pages.csrf_failed"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_SSL_REDIRECT = not INSECURE_HTTP
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not INSECURE_HTTP
X_FRAME_OPTIONS = "DENY"
# Preloading is a vow for a whole domain, which a county's host cannot make for its province.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if INSECURE_HTTP:  # no HSTS, no redirect, no secure cookies: asked for
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W008", "security.W012", "security.W016"]
# Addresses or networks (10.1.0.0/16) of our own proxies, or "socket": only they are believed about where a request comes from.
TRUSTED_PROXIES = [entry.strip() for entry in os.environ.get("TRUSTED_PROXIES", "").split(",") if entry.strip()]
for entry in TRUSTED_PROXIES:
    if entry != "socket" and not is_network(entry):
        raise ImproperlyConfigured(f"TRUSTED_PROXIES names addresses, networks or “socket”, not “{entry}”.")
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# GB/T 22239: 2 or 3. From 3 on administrators need a second factor, and one person has one session.
PROTECTION_LEVEL = number("PROTECTION_LEVEL", 2)
SESSION_IDLE_MINUTES = number("SESSION_IDLE_MINUTES", 30)
SESSION_HOURS = number("SESSION_HOURS", 12)
SESSION_COOKIE_AGE = (SESSION_HOURS or 24) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
ONE_SESSION = flag("ONE_SESSION", default=PROTECTION_LEVEL >= 3)
PASSWORD_DAYS = number("PASSWORD_DAYS", 90)
PASSWORD_CLASSES = flag("PASSWORD_CLASSES", default=True)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "orgs.accounts.password_rules.ClassesRule"},
    {"NAME": "orgs.accounts.password_rules.CommonRule"},
    {"NAME": "orgs.accounts.password_rules.PersonRule"},
    {"NAME": "orgs.accounts.password_rules.HistoryRule"},
]
OTP_TOTP_ISSUER = "PartyReport"
OTP_TOTP_THROTTLE_FACTOR = 0  # five tries are counted by orgs.accounts.second_factor

# One office often stands behind one address: a whole township must be able to sign in within a few minutes.
LOGINS_PER_MINUTE = number("LOGINS_PER_MINUTE", 60)
LOGIN_PAUSE_SECONDS = 2.0
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "orgs.accounts.lockout.key_in_request"
AXES_CLIENT_IP_CALLABLE = "audit.doors.client_address"
AXES_LOCKOUT_CALLABLE = "orgs.accounts.lockout.as_answered"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken", "next"]
AXES_DISABLE_ACCESS_LOG = True  # the audit is the log
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# A filled workbook has 7 to 20 kB, a zip of a township's some hundreds; more is refused before it is read.
UPLOAD_LIMIT_MB = number("UPLOAD_LIMIT_MB", UPLOAD_MEBIBYTES)
allow_uploads(UPLOAD_LIMIT_MB)  # every other limit of a file is in spreadsheets/limits.py
DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT_MB * MEBIBYTE
# A township's grid without script posts units × figures fields; Django's 1,000 would refuse it.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "audit.log_lines.OneLine"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["lines"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}
