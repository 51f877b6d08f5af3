"""What the screens of the person's own commitments give to the suite."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from suite.desk import DeskLink
from suite.permissions import PermissionRow

from . import form_urls
from .permissions import user_can_file, user_can_key_in
from .result_views import user_can_report

# Who opens what, where it is not those who file.
_OTHERS = {
    "commitments_key_in": user_can_key_in,
    "commitments_key_in_form": user_can_key_in,
    "commitments_result_for": user_can_report,
    "commitments_result_for_news": user_can_report,
    "commitments_evidence_remove": user_can_report,
}


@hooks.register("register_urls")
def own_addresses() -> list[URLResolver]:
    return [path("desk/commitments/", include("commitments.form_urls"))]


@hooks.register("permission_rows")
def own_rows() -> list[PermissionRow]:
    names = [str(one.name) for one in form_urls.urlpatterns]
    return [PermissionRow(name, _OTHERS.get(name, user_can_file)) for name in names]


@hooks.register("desk_links")
def own_links(user: Any) -> Iterator[DeskLink]:
    """To one's commitments, and for clerks to what came on paper."""
    if user_can_file(user):
        yield DeskLink(_("My commitments"), reverse("commitments_own"), order=20)
    elif user_can_key_in(user):
        yield DeskLink(_("Key in from paper"), reverse("commitments_key_in"), order=20)
