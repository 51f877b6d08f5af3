from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "suite.publishing"
    label = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        from . import checks, mails, receivers  # noqa: F401
        from .forms import PublishedCopyForm, PublishedPageForm
        from .models import PublishedPage
        from .orphans import keep_orphans_listed
        from .querysets import guard_page_querysets

        # As Wagtail does it: forms know models, so models get their form late.
        PublishedPage.base_form_class = PublishedPageForm
        PublishedPage.copy_form_class = PublishedCopyForm
        guard_page_querysets()
        keep_orphans_listed()
