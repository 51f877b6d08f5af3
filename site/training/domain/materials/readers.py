"""Who may read a material (requirement Q). Asked for its page, sheets, file and video alike."""

from typing import Any

from django.db.models import Q
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

from organisation.models import Appointment, Unit
from training.enums import Audience
from training.models import MaterialPage
from training.permissions import user_can_run


def may_read(user: Any, material: MaterialPage) -> bool:
    """Whether `user` may read the material as it is published now.

    A villagers' material everybody; a staff's those who are signed in, and where roles or units are named who has
    such a role, or a post in such a unit or below it today. Who may edit it or runs training reads it too. Drafts
    nobody: they have previews.
    """
    return material.live and _lets_in(user, material) and is_meant_for(user, material)


def is_meant_for(user: Any, material: MaterialPage) -> bool:
    """`may_read` without the restrictions of pages, for where Wagtail has looked at them."""
    if material.audience == Audience.VILLAGERS:
        return True
    return readable_by(user).filter(pk=material.pk).exists() or bool(material.permissions_for_user(user).can_edit())


def readable_by(user: Any) -> PageQuerySet:
    """The live materials that are for `user`, by whom they are for alone; two queries beside the one returned.

    Restrictions of sections above them are left to `may_read`.
    """
    live = MaterialPage.objects.live()
    villagers = Q(audience=Audience.VILLAGERS)
    if not (user.is_authenticated and user.is_active):
        return live.filter(villagers)
    if user_can_run(user):
        return live.all()
    for_all = Q(roles=None, units=None)
    named = Q(roles__in=user.groups.values("pk")) | Q(units__in=units_above(user))
    return live.filter(pk__in=MaterialPage.objects.filter(villagers | for_all | named).order_by().values("pk"))


def units_above(user: Any) -> set[int]:
    """The units in which `user` has a post today, and all that these belong to."""
    parents = dict(Unit.objects.order_by().values_list("pk", "parent"))
    held = Appointment.objects.on().filter(person__user=user.pk, person__active=True)
    found: set[int] = set()
    for unit in held.order_by().values_list("post__unit", flat=True):
        node = unit
        while node is not None and node not in found:
            found.add(node)
            node = parents.get(node)
    return found


def _lets_in(user: Any, material: MaterialPage) -> bool:
    """Whether the restrictions on the material and on the sections above it let `user` in; a password lets nobody in,
    for sheets and files have no place to ask for it."""
    signed_in = user.is_authenticated and user.is_active
    for restriction in material.get_view_restrictions():
        if restriction.restriction_type == PageViewRestriction.LOGIN:
            allowed = signed_in
        elif restriction.restriction_type == PageViewRestriction.GROUPS:
            allowed = signed_in and (
                user.is_superuser or restriction.groups.filter(pk__in=user.groups.values("pk")).exists()
            )
        else:
            allowed = False
        if not allowed:
            return False
    return True
