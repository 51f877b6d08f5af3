"""Ways around `PublishedPage.save()` that Django's signals can see, and the set-up after migrations."""

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate, post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.signals import page_unpublished

from .domain import gate
from .models import CheckTask, Clearance, PublishedPage


@receiver(pre_save, sender=Page)
def guard_plain_pages(instance: Page, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    """A published page that was loaded as Wagtail's plain `Page` meets the gate too."""
    if not raw and instance.pk and issubclass(instance.specific_class or Page, PublishedPage):
        gate.before_base_save(instance, update_fields)


@receiver(pre_save, sender=Revision)
def guard_schedules(instance: Revision, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    """Nothing gets on the schedule without a clearance; a scheduled revision is not overwritten."""
    if raw or instance.approved_go_live_at is None or not _is_published_page(instance):
        return
    gate.before_schedule(instance)


@receiver(post_save, sender=Revision)
def withdraw_when_unscheduled(instance: Revision, update_fields: Any, **kwargs: Any) -> None:
    """Who takes a page off the schedule takes its clearance back."""
    if instance.approved_go_live_at is None and "approved_go_live_at" in (update_fields or ()):
        Clearance.objects.filter(revision=instance).waiting().update(withdrawn_at=timezone.now())


@receiver(page_unpublished)
def withdraw_when_unpublished(instance: Page, **kwargs: Any) -> None:
    """Taking a page down also stops its next version, which Wagtail takes off the schedule."""
    Clearance.objects.filter(page_id=instance.pk).waiting().update(withdrawn_at=timezone.now())


@receiver(post_migrate)
def set_up_after_the_last_app(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Once all tables, permissions and roles are there; suite.roles stands before us and has made its groups."""
    if sender != [app for app in apps.get_app_configs() if app.models_module is not None][-1]:
        return
    if CheckTask._meta.db_table in connections[using].introspection.table_names():
        from .setup import set_up

        set_up()


def _is_published_page(revision: Revision) -> bool:
    model = revision.content_type.model_class()
    return model is not None and issubclass(model, PublishedPage)
