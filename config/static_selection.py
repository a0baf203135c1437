"""Which static files of other packages are collected for production: what pages load, not all that a package carries."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class ServedFiles(StaticFilesConfig):
    # Tables and one-time codes have templates of our own.
    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "django_tables2",
        "django_otp",
        "otp_totp",
    ]
