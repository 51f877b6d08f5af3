"""One migrated test database, kept from run to run and shared by every process of a run.

A cold migration takes 15 to 20 seconds. It is done once; the result is kept in var/test/ under a hash of the
migrations, copied for each process when it begins, and again after a test that really commits, which leaves every
table empty behind it. A changed migration makes a new one.
"""

import fcntl
import functools
import hashlib
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import setup_databases

_STARTED = time.time()
_COMMITTING = {"transactional_db", "live_server"}


@functools.cache
def _migrated() -> Path:
    """Where the migrated database of exactly these migrations is kept."""
    digest = hashlib.sha256(repr(settings.INSTALLED_APPS).encode())
    digest.update((settings.BASE_DIR / "requirements.txt").read_bytes())
    for config in apps.get_app_configs():
        folder = Path(config.path)
        if ".venv" not in folder.parts:
            for path in sorted(folder.glob("migrations/*.py")):
                digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + path.read_bytes())
    # Processes of pytest-xdist have folders side by side; a folder that somebody named holds its own.
    shared = settings.BASE_DIR / "var" / "test"
    folder = shared if settings.VAR_DIR.parent == shared else settings.VAR_DIR
    return folder / f"migrated-{digest.hexdigest()[:16]}.sqlite3"


def _copy(source: Path, target: Path) -> None:
    """Copy through SQLite itself, so that other connections to ``target`` see it as one transaction."""
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(target, timeout=20)) as here:
        there.backup(here)


def prepare(anew: bool) -> None:
    """Give this process a migrated test database. Argument: ``anew``, make it from nothing (--create-db)."""
    migrated = _migrated()
    migrated.parent.mkdir(parents=True, exist_ok=True)
    with (migrated.parent / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Another process of this run has made it anew while we waited: once is enough.
        if migrated.exists() and (not anew or migrated.stat().st_mtime > _STARTED):
            _remove(Path(_name()))
            _copy(migrated, Path(_name()))
            setup_databases(verbosity=0, interactive=False, keepdb=True, serialized_aliases=set())
            return
        _remove(Path(_name()))
        setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
        connection.close()
        for old in migrated.parent.glob("migrated-*.sqlite3*"):
            _remove(old)
        new = migrated.with_suffix(".new")
        _remove(new)
        _copy(Path(_name()), new)
        new.replace(migrated)


def restore_after(item: pytest.Item) -> None:
    """Put the migrated rows back after a test that really commits."""
    marker = item.get_closest_marker("django_db")
    commits = _COMMITTING & set(getattr(item, "fixturenames", ())) or (marker and marker.kwargs.get("transaction"))
    if commits and _migrated().exists():
        _copy(_migrated(), Path(_name()))
        ContentType.objects.clear_cache()
        cache.clear()


def _name() -> str:
    return str(connection.creation._get_test_db_name())


def _remove(database: Path) -> None:
    for end in ("", "-wal", "-shm"):
        database.with_name(database.name + end).unlink(missing_ok=True)
