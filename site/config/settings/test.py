"""For pytest: quick hashing, mail in memory, background tasks at once, a var/ folder for each process."""

import os
from pathlib import Path

_tests = Path(__file__).resolve().parents[3] / "var" / "test"
# A process of pytest-xdist inherits the folder of the one that started it, and takes its own; a folder that somebody
# names for a purpose stays.
if Path(os.environ.get("BIANMIN_VAR", _tests / "none")).parent == _tests:
    os.environ["BIANMIN_VAR"] = str(_tests / os.environ.get("PYTEST_XDIST_WORKER", "main"))

from .base import *  # noqa: E402, F403
from .base import DATABASES, INSTALLED_APPS, VAR_DIR  # noqa: E402

(VAR_DIR / "static").mkdir(parents=True, exist_ok=True)
# A file, not memory: one migrated database is reused, and other processes can open it.
DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}

SECRET_KEY = "only for tests"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Page types of the tests' own: the gate is tested on all that a page may have, not on what a plugin happens to use.
INSTALLED_APPS = ["tests.suite.publishing.testapp", *INSTALLED_APPS]
