"""Who holds which role, and the one way to give and take roles."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext

from suite.roles.permissions import user_can_assign_roles


def group(key: str) -> Group:
    """The group that plays role `key`. Raises Group.DoesNotExist before the first migrate or for an unknown key."""
    return Group.objects.get(role__key=key)


def role_keys(user: Any) -> frozenset[str]:
    """The keys of the roles `user` holds; read once for each user object, as Django does with permissions."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if not hasattr(user, "_role_keys"):
        user._role_keys = frozenset(user.groups.filter(role__isnull=False).values_list("role__key", flat=True))
    return user._role_keys


def user_has_role(user: Any, key: str) -> bool:
    """Whether `user` is active and holds role `key`. A superuser holds no role by that alone."""
    return key in role_keys(user)


def users_in(key: str) -> QuerySet[Any]:
    """The active users who hold role `key`, by username."""
    return get_user_model().objects.filter(groups__role__key=key, is_active=True).order_by("username")


def assign(user: Any, key: str, by: Any) -> None:
    """Give role `key` to `user`; `by` is who does it, None for the system itself.

    Raises ValidationError where `by` may not, or `user` would hold two of the three administrators.
    """
    _change(user, key, by, "add")


def withdraw(user: Any, key: str, by: Any) -> None:
    """Take role `key` from `user`. Raises ValidationError where `by` may not."""
    _change(user, key, by, "remove")


def _change(user: Any, key: str, by: Any, change: str) -> None:
    if by is not None and not user_can_assign_roles(by):
        raise ValidationError(_("Roles are given and taken by the security administrator: ask there."))
    with transaction.atomic(), LogContext(user=by):
        get_user_model().objects.select_for_update().get(pk=user.pk)
        # The receivers check the rule and write the log, for this way and for every other.
        getattr(user.groups, change)(group(key))
