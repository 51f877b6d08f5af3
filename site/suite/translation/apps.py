from django.apps import AppConfig
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "suite.translation"
    label = "translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        from . import receivers  # noqa: F401

        name_what_wagtail_left_unnamed()


def name_what_wagtail_left_unnamed() -> None:
    """Columns and fields to which Wagtail gives no label show their identifier; theirs come from the models."""
    from wagtail.admin.forms.auth import LoginForm
    from wagtail.admin.forms.workflows import WorkflowPageForm
    from wagtail.models import Page, Site
    from wagtail.sites.views import IndexView
    from wagtail.users.forms import PagePermissionsForm

    for column in IndexView.columns:
        if column.name in {"port", "site_name", "root_page"}:
            column.label = capfirst(Site._meta.get_field(column.name).verbose_name)
    LoginForm.base_fields["password"].label = _("Password")
    for form in (WorkflowPageForm, PagePermissionsForm):
        form.base_fields["page"].label = capfirst(Page._meta.verbose_name)
