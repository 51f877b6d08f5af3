"""Roles declared wrongly fail when the site starts."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils import translation

from suite.hooks import collect


@register()
def check_roles(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Unknown permissions (roles.E001), two names for one role (roles.E002), a role nobody names (roles.E003)."""
    names: dict[str, set[str]] = {}
    errors: list[CheckMessage] = []
    with translation.override(settings.LANGUAGE_CODE):
        for role in collect("register_roles"):
            names.setdefault(role.key, set()).update({str(role.name)} - {""})
            errors += [
                Error(
                    f"Role {role.key} names the permission {label}, which no installed model declares.",
                    hint="Write app_label.codename as in wagtailadmin.access_admin; your own go into Meta.permissions.",
                    id="roles.E001",
                )
                for label in role.permissions
                if not _exists(label)
            ]
    for key, given in names.items():
        if len(given) > 1:
            errors.append(
                Error(
                    f"Role {key} has several names: {', '.join(sorted(given))}.",
                    hint="One plugin names the role; the others leave Role.name empty and only add permissions.",
                    id="roles.E002",
                )
            )
        if not given:
            errors.append(
                Error(
                    f"Nobody names the role {key}.",
                    hint="Is the key spelt right? The plugin that first needs a role gives it a name.",
                    id="roles.E003",
                )
            )
    return errors


def _exists(label: str) -> bool:
    app, _, codename = label.partition(".")
    if app not in apps.app_configs:
        return False
    return any(
        codename in {f"{action}_{model._meta.model_name}" for action in model._meta.default_permissions}
        or codename in dict(model._meta.permissions)
        for model in apps.get_app_config(app).get_models()
    )
