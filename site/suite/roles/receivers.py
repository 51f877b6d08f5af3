"""Every way to change roles passes here: admin forms, bulk actions, commands, code."""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth import get_user_model
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connections
from django.db.models.signals import m2m_changed, post_migrate, pre_save
from django.dispatch import receiver

from suite import audit

from .domain.administrators import check_administrators
from .domain.sync import sync_roles
from .models import RoleGroup

User = get_user_model()


@receiver(post_migrate)
def sync_after_the_last_app(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Bring groups and declarations together once all tables and permissions are there."""
    if sender != [app for app in apps.get_app_configs() if app.models_module is not None][-1]:
        return
    if RoleGroup._meta.db_table in connections[using].introspection.table_names():
        create_permissions(sender, verbosity=0, using=using)
        sync_roles()


@receiver(m2m_changed, sender=User.groups.through)
def keep_administrators_apart(
    action: str, instance: Any, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Raise ValidationError before somebody becomes a second of the three administrators."""
    if action != "pre_add" or not pk_set:
        return
    if not reverse:
        check_administrators(instance, {*instance.groups.values_list("pk", flat=True), *pk_set})
        return
    for user in User.objects.filter(pk__in=pk_set):
        check_administrators(user, {*user.groups.values_list("pk", flat=True), instance.pk})


@receiver(pre_save, sender=User)
def keep_superusers_apart(instance: Any, update_fields: Any, raw: bool, **kwargs: Any) -> None:
    """A security or audit administrator does not become a superuser."""
    if raw or not instance.is_superuser or instance.pk is None:
        return
    if update_fields is None or "is_superuser" in update_fields:
        check_administrators(instance, set(instance.groups.values_list("pk", flat=True)))


@receiver(m2m_changed, sender=User.groups.through)
def record_roles(action: str, instance: Any, reverse: bool, pk_set: set[int] | None, **kwargs: Any) -> None:
    """Write who got or lost which group."""
    instance.__dict__.pop("_role_keys", None)
    if action == "pre_clear":
        pk_set = set((instance.user_set if reverse else instance.groups).values_list("pk", flat=True))
    verb = {"post_add": "assign", "post_remove": "withdraw", "pre_clear": "withdraw"}.get(action)
    if not verb or not pk_set:
        return
    users = User.objects.filter(pk__in=pk_set) if reverse else [instance]
    groups = [instance] if reverse else Group.objects.filter(pk__in=pk_set).order_by("name")
    names = "、".join(group.name for group in groups)
    for user in users:
        audit.record(user, f"roles.{verb}", None, role=names)


@receiver(m2m_changed, sender=Group.permissions.through)
def record_permissions(action: str, instance: Any, reverse: bool, pk_set: set[int] | None, **kwargs: Any) -> None:
    """Write which permissions a group got or lost."""
    verb = {"post_add": "grant", "post_remove": "revoke"}.get(action)
    if not verb or not pk_set or reverse:
        return
    permissions = Permission.objects.filter(pk__in=pk_set).select_related("content_type")
    names = sorted(permission.name for permission in permissions)
    codenames = sorted(f"{permission.content_type.app_label}.{permission.codename}" for permission in permissions)
    audit.record(instance, f"roles.{verb}", None, permissions="、".join(names), codenames=codenames)
