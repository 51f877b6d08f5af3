"""Building the sample township: all or nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission
from django.contrib.auth.password_validation import validate_password
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_save
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import BaseLogEntry, ReferenceIndex

from demo.models import SampleRow, SampleTownship
from demo.township import Township
from organisation.models import Person, Unit

NAME = "石桥镇"
SYLLABLES = ("qing", "shan", "lan", "he", "yun", "feng", "song", "zhu", "mei", "tang", "qiao", "lin")
# Rows that are made along the way and belong to the installation: the log stays, indexes clean up by themselves.
NOT_SAMPLE: tuple[type[Model], ...] = (
    BaseLogEntry, ContentType, Permission, Session, ReferenceIndex, SampleRow, SampleTownship,
)  # fmt: skip
NOT_SAMPLE_APPS = ("django_tasks_database", "modelsearch", "wagtailsearch")


def new_password() -> str:
    """One that can be read out over the telephone, e.g. ``shanhe-4716-qiaolin``; passes the site's validators."""
    pick, digits = secrets.SystemRandom(), "".join(secrets.choice("23456789") for _ in range(4))
    password = f"{''.join(pick.sample(SYLLABLES, 2))}-{digits}-{''.join(pick.sample(SYLLABLES, 2))}"
    validate_password(password)
    return password


@contextmanager
def everything_kept(township: Township) -> Iterator[None]:
    """While open, every row that is created is a sample row."""

    def keep(sender: type[Model], instance: Model, created: bool, raw: bool, **kwargs: Any) -> None:
        if created and not isinstance(instance, NOT_SAMPLE) and sender._meta.app_label not in NOT_SAMPLE_APPS:
            township.keep(instance)

    post_save.connect(keep, weak=False)
    try:
        yield
    finally:
        post_save.disconnect(keep)


def builders() -> list[tuple[str, Callable[[Township], Any]]]:
    """The plugins that build a part of the sample, in order, each with the name people know it by."""
    found = []
    for function in hooks.get_hooks("build_demo"):
        config = apps.get_containing_app_config(function.__module__)
        found.append((str(config.verbose_name) if config else function.__module__, function))
    return found


@transaction.atomic
def build(progress: Callable[[str, int, int], None] = lambda name, number, of: None) -> SampleTownship:
    """Build the sample township. ``progress`` is told each part before it is built: name, number, of how many.

    Raises ValidationError where it is there already, or where the office has real units or people.
    """
    if sample := SampleTownship.objects.first():
        raise ValidationError(
            _("The sample township %(name)s is there already. Take it away first: manage.py demo --delete.")
            % {"name": sample.name},
            code="exists",
        )
    if Unit.objects.exists() or Person.objects.exists():
        raise ValidationError(
            _(
                "This site already holds units or people of a real office. Build the sample in a folder of its own: "
                "set BIANMIN_VAR to an empty folder and run this again."
            ),
            code="real_office",
        )
    password = new_password()
    sample = SampleTownship.objects.create(name=NAME, password=password, encoded=make_password(password))
    township = Township(sample.encoded)
    parts = builders()
    with everything_kept(township):
        for number, (name, function) in enumerate(parts, 1):
            progress(name, number, len(parts))
            # A hook may return nothing or yield; both run to the end.
            for _item in function(township) or ():
                pass
    return sample
