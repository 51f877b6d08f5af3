"""A record that nobody works on would wait for ever: that is said when the site starts."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from wagtail import hooks

from suite.hooks import collect

from .models import BackgroundWork


@register()
def check_background_work(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every model of background work has states to work in (background.E001) and one job (background.E002)."""
    hooks.search_for_hooks()
    jobs = [job.model for job in collect("background_work")]
    errors: list[CheckMessage] = []
    for model in (model for model in apps.get_models() if issubclass(model, BackgroundWork)):
        if not model.at_work:
            hint = "Name the states in which the program works on it: at_work = (States.COUNTING,)."
            errors.append(Error(f"{model._meta.label} has no `at_work`.", hint=hint, obj=model, id="background.E001"))
        if jobs.count(model) != 1:
            hint = "Answer the hook background_work with one BackgroundJob for it; see docs/plugins.md."
            text = f"{model._meta.label} has {jobs.count(model)} jobs."
            errors.append(Error(text, hint=hint, obj=model, id="background.E002"))
    return errors
