"""The rule of the three administrators 三员: no one person holds two of them (requirements, people who use it)."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from suite.roles.models import RoleGroup, RoleSettings
from suite.roles.validators import THE_THREE


def separation_is_off() -> bool:
    """Whether the office lets one person be several administrators; the desk then says so."""
    return RoleSettings.objects.filter(separate_administrators=False).exists()


def administrator_groups() -> dict[int, str]:
    """Group id -> group name for the groups that play one of the three."""
    return dict(RoleGroup.objects.filter(key__in=THE_THREE).values_list("group_id", "group__name"))


def check_administrators(user: Any, group_ids: Collection[int]) -> None:
    """Raise ValidationError if `user`, being in exactly the groups `group_ids`, were two administrators.

    A superuser can do whatever the system administrator can, and so counts as one.
    """
    names = administrator_groups()
    held = {names[pk] for pk in group_ids if pk in names}
    if user.is_superuser:
        system = RoleGroup.objects.filter(key="system_admin").select_related("group").first()
        held.add(system.group.name if system else _("superuser"))
    if len(held) > 1 and not separation_is_off():
        raise ValidationError(
            _(
                "%(user)s cannot be %(roles)s at once: the three administrators are kept apart. Take one role "
                "away first; an office too small for three people switches the rule off under Settings."
            )
            % {"user": user.get_full_name() or user.get_username(), "roles": "、".join(sorted(held))},
            code="two_administrators",
        )
