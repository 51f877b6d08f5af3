"""Wrong wiring that would leave a way around the gate fails when the site starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from wagtail.models import get_page_models

from .models import PublishedPage

FINISH = "suite.publishing.finish.finish_workflow"
MIDDLEWARE = "suite.publishing.middleware.RefusalMiddleware"


@register()
def check_page_types(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every page type that can be created stands behind the gate (publishing.E001) and has its form (E002)."""
    from .forms import PublishedPageForm

    errors: list[CheckMessage] = []
    for model in get_page_models():
        if model.is_creatable and not issubclass(model, PublishedPage):
            errors.append(
                Error(
                    f"{model._meta.label} can be created and published past the gate.",
                    hint="Inherit suite.publishing.models.PublishedPage, or set is_creatable = False.",
                    obj=model,
                    id="publishing.E001",
                )
            )
        elif issubclass(model, PublishedPage) and not issubclass(model.base_form_class, PublishedPageForm):
            errors.append(
                Error(
                    f"The form of {model._meta.label} does not name what keeps the page from being published.",
                    hint="Let base_form_class inherit suite.publishing.forms.PublishedPageForm.",
                    obj=model,
                    id="publishing.E002",
                )
            )
    return errors


@register()
def check_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The settings that lead Wagtail to the gate (publishing.E003 to E005)."""
    errors: list[CheckMessage] = []
    if getattr(settings, "WAGTAIL_FINISH_WORKFLOW_ACTION", None) != FINISH:
        errors.append(
            Error(
                "A finished workflow would publish without a clearance, and so always be refused.",
                hint=f'Set WAGTAIL_FINISH_WORKFLOW_ACTION = "{FINISH}".',
                id="publishing.E003",
            )
        )
    if MIDDLEWARE not in settings.MIDDLEWARE:
        errors.append(
            Error(
                "A refusal by the gate would be an error page.",
                hint=f'Add "{MIDDLEWARE}" to MIDDLEWARE, after the message middleware.',
                id="publishing.E004",
            )
        )
    apps = settings.INSTALLED_APPS
    if apps.index("suite.publishing") > min(apps.index("wagtail.admin"), apps.index("wagtail")):
        errors.append(
            Error(
                "Wagtail's publish_scheduled would stop at the first page that is refused, and its mails would go out.",
                hint="List suite.publishing before wagtail and wagtail.admin in INSTALLED_APPS.",
                id="publishing.E005",
            )
        )
    return errors
