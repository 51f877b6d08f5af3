"""Before the tables: how many migrations there are, for who waits for them."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import pre_migrate
from django.dispatch import receiver


@receiver(pre_migrate)
def say_how_many(sender: AppConfig, verbosity: int, **kwargs: Any) -> None:
    """Print one line in front of those that `migrate` prints; `manage.py up` reads it (bootstrap/migrating.py)."""
    first = next(app for app in apps.get_app_configs() if app.models_module is not None)
    if sender == first and verbosity and kwargs.get("plan"):
        kwargs["stdout"].write(f"  Migrations to apply: {len(kwargs['plan'])}")
