"""A site with nothing but the library's test models and our backend, as its tests expect."""

import os

SECRET_KEY = "only for tests"
INSTALLED_APPS = [
    "modelsearch.test.testapp",
    "modelsearch",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
USE_TZ = True
FIXTURE_DIRS = [os.environ["MODELSEARCH_FIXTURES"]]
MODELSEARCH_BACKENDS = {
    "default": {"BACKEND": os.environ["MODELSEARCH_BACKEND"], "FOLDER": os.environ["MODELSEARCH_INDEX"]},
}
if os.environ.get("MODELSEARCH_URL"):
    # The library's tests of servers name their indexes so.
    MODELSEARCH_BACKENDS["default"] |= {"URLS": os.environ["MODELSEARCH_URL"], "INDEX_PREFIX": "modelsearchtest_"}
