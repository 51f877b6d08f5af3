"""After the tables: rows that Django and Wagtail wrote in English get the names the office reads."""

from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Collection, Page

from .permissions import name_permissions


@receiver(post_migrate)
def name_rows_after_the_last_app(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Name permissions, the root page and the root folder, once all of them are there."""
    if sender != [app for app in apps.get_app_configs() if app.models_module is not None][-1]:
        return
    create_permissions(sender, verbosity=0, using=using)
    # `migrate` switches translation off.
    with translation.override(settings.LANGUAGE_CODE):
        name_permissions(using)
        name_roots(using)


def name_roots(using: str = "default") -> None:
    """Rename the two roots while they still have the names Wagtail's migrations gave them."""
    Page.objects.using(using).filter(depth=1, title="Root").update(
        title=gettext("All pages"), draft_title=gettext("All pages")
    )
    Collection.objects.using(using).filter(depth=1, name="Root").update(name=gettext("All files"))
