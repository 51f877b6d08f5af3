"""What hearings give to printing, and the screens of their figures."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from printing import Printable
from suite.permissions import PermissionRow

from . import demo
from . import figures_views as views
from .domain.printables import hearing_papers
from .permissions import user_can_see_figures

hooks.register("build_demo", demo.build)


class FiguresItem(MenuItem):
    """Shown to whom the page is."""

    def is_shown(self, request: Any) -> bool:
        return user_can_see_figures(request.user)


@hooks.register("register_printables")
def papers() -> list[Printable]:
    return hearing_papers()


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("hearings/figures/", views.figures_page, name="hearings_figures"),
        path("hearings/figures/file/", views.figures_file, name="hearings_figures_file"),
    ]


@hooks.register("permission_rows")
def permission_rows() -> list[PermissionRow]:
    return [PermissionRow(name, user_can_see_figures) for name in ("hearings_figures", "hearings_figures_file")]


@hooks.register("register_reports_menu_item")
def figures_item() -> MenuItem:
    return FiguresItem(
        _("Figures of the efficiency hearings"), reverse("hearings_figures"), icon_name="list-ul", order=800
    )
