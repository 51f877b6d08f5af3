"""What permissions are called: Django writes their names into the database in English."""

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Permission
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "add": _("Can add %(kind)s"),
    "change": _("Can change %(kind)s"),
    "delete": _("Can delete %(kind)s"),
    "view": _("Can view %(kind)s"),
    "choose": _("Can choose %(kind)s"),
    "publish": _("Can publish %(kind)s"),
    "lock": _("Can lock %(kind)s"),
    "unlock": _("Can unlock %(kind)s"),
    "bulk_delete": _("Can delete many %(kind)s"),
}


def permission_names(model: type[Model]) -> dict[str, str]:
    """Codename -> name in the language of the product, for all permissions of ``model``."""
    kind = {"kind": model._meta.verbose_name}
    usual = {get_permission_codename(action, model._meta): words % kind for action, words in ACTIONS.items()}
    own = {codename: gettext(str(name)) for codename, name in model._meta.permissions}
    default = {get_permission_codename(action, model._meta) for action in model._meta.default_permissions}
    return own | {codename: name for codename, name in usual.items() if codename in default | own.keys()}


def name_permissions(using: str = "default") -> int:
    """Call every permission in the database by `permission_names`; returns how many were renamed."""
    renamed = []
    for permission in Permission.objects.using(using).select_related("content_type"):
        model = permission.content_type.model_class()
        name = permission_names(model).get(permission.codename) if model else None
        if name and name != permission.name:
            permission.name = name
            renamed.append(permission)
    return Permission.objects.using(using).bulk_update(renamed, ["name"])
