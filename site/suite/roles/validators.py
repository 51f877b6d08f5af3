"""The rule of the three administrators 三员 as far as the setting that switches it needs it."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils.translation import gettext as _

THE_THREE = ("system_admin", "security_admin", "audit_admin")


def holders_of_several() -> list[str]:
    """Names of the people who hold more than one of the three, sorted; a superuser is a system administrator."""
    people = (
        get_user_model()
        .objects.annotate(
            held=Count("groups", filter=Q(groups__role__key__in=THE_THREE), distinct=True),
            others=Count("groups", filter=Q(groups__role__key__in=THE_THREE[1:]), distinct=True),
        )
        .filter(Q(held__gt=1) | Q(others__gt=0, is_superuser=True))
    )
    return sorted(person.get_full_name() or person.get_username() for person in people)


def validate_nobody_holds_several(separate: bool) -> None:
    """Refuse to switch the rule on while somebody breaks it."""
    if separate and (names := holders_of_several()):
        raise ValidationError(
            _("%(names)s hold more than one of the three: take roles away first.") % {"names": "、".join(names)}
        )
