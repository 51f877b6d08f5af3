"""Declared roles become groups."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import translation

from suite.roles import Role
from suite.roles.models import RoleGroup

from .declared import declared_roles


@transaction.atomic
def sync_roles() -> None:
    """Create the groups of the declared roles and grant what is declared; may be called any number of times.

    Only permissions this function granted are taken away again, when no plugin declares them any more. What an office
    added by hand, took away by hand or renamed stays as it is.
    """
    declared = declared_roles()
    for role in declared.values():
        _grant(_role_group(role), role.permissions)
    for orphan in RoleGroup.objects.exclude(key__in=declared).exclude(granted=[]):
        _grant(orphan, ())


def _role_group(role: Role) -> RoleGroup:
    known = RoleGroup.objects.filter(key=role.key).select_related("group").first()
    if known:
        return known
    with translation.override(settings.LANGUAGE_CODE):
        name = str(role.name or role.key)
    if RoleGroup.objects.filter(group__name=name).exists():
        # An office has named another role so.
        name = f"{name} ({role.key})"
    # A group of that name made by hand is the one the office means.
    return RoleGroup.objects.create(key=role.key, group=Group.objects.get_or_create(name=name)[0])


def _grant(role_group: RoleGroup, declared: Iterable[str]) -> None:
    group, granted, wanted = role_group.group, set(role_group.granted), set(declared)
    has = {_label(permission): permission for permission in group.permissions.select_related("content_type")}
    fresh = _permissions(wanted - granted - set(has))
    group.permissions.add(*fresh.values())
    group.permissions.remove(*(has[label] for label in granted - wanted if label in has))
    if (now := (granted & wanted) | set(fresh)) != granted:
        role_group.granted = sorted(now)
        role_group.save(update_fields=["granted"])


def _permissions(labels: Iterable[str]) -> dict[str, Permission]:
    """The permissions among `labels` that exist yet: a partial migrate has not made all of them."""
    pairs = [label.split(".", 1) for label in labels]
    found = Permission.objects.filter(
        content_type__app_label__in={app for app, _ in pairs}, codename__in={codename for _, codename in pairs}
    ).select_related("content_type")
    wanted = set(labels)
    return {label: permission for permission in found if (label := _label(permission)) in wanted}


def _label(permission: Permission) -> str:
    return f"{permission.content_type.app_label}.{permission.codename}"
