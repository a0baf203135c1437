"""Which static files of other packages are collected for production: what pages load, not all that a package carries."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class ServedFiles(StaticFilesConfig):
    # django-htmx carries two versions of htmx and its extensions; tables and one-time codes have templates of our own.
    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "ext",
        "htm*-4*",
        "htmx-2.js",
        "django_tables2",
        "django_otp",
        "otp_totp",
    ]
