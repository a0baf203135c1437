"""How static files are stored in production: compressed, each name carrying the digest of its content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Also rewrites the names inside `import` statements, so that a module never loads an old copy of another."""

    support_js_module_import_aggregation = True
