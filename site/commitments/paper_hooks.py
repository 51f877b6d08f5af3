"""What commitments give to printing, and the screens of the month analysis."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from printing import Printable
from suite.permissions import PermissionRow

from . import analysis_views as views
from .domain.printables import commitment_papers
from .permissions import user_can_see_register


class AnalysisItem(MenuItem):
    """Shown to whom the page is."""

    def is_shown(self, request: Any) -> bool:
        return user_can_see_register(request.user)


@hooks.register("register_printables")
def papers() -> list[Printable]:
    return commitment_papers()


_ADDRESSES = (
    ("", views.analysis_page, "commitments_analysis"),
    ("file/", views.book_file, "commitments_book"),
    ("boards/", views.order_boards, "commitments_order_boards"),
)


@hooks.register("register_admin_urls")
def analysis_urls() -> list[URLPattern]:
    return [path(f"commitments/analysis/{tail}", view, name=name) for tail, view, name in _ADDRESSES]


@hooks.register("permission_rows")
def analysis_permissions() -> list[PermissionRow]:
    return [PermissionRow(name, user_can_see_register) for _tail, _view, name in _ADDRESSES]


@hooks.register("register_reports_menu_item")
def analysis_item() -> MenuItem:
    return AnalysisItem(_("Month analysis"), reverse("commitments_analysis"), icon_name="list-ul", order=810)
