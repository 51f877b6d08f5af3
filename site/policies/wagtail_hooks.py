"""What policies give to the suite: permissions, a check at publish, kinds to search, paper, admin screens."""

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet

from printing import Printable
from search.kinds import SearchKind, published
from suite import audit
from suite.permissions import PermissionRow
from suite.publishing import PublishProblem
from suite.publishing.permissions import anyone_may_read
from suite.roles import Role
from suite.theme.rows import HomeTile

from . import demo, views
from .domain.documents import (
    no_booklet,
    policy_by_key,
    policy_keys,
    policy_sheet,
    theme_booklet,
    theme_by_key,
    theme_keys,
)
from .domain.queries import has_confidentiality_check
from .listing import search_filters
from .models import PolicyIndexPage, PolicyPage, PolicyTheme, ReadingPage
from .permissions import CHECK_CONFIDENTIALITY, RECORD_VALIDITY, VIEW_REGISTER
from .viewsets import PolicyGroup

audit.declare(
    "policies.confidentiality_check", gettext_lazy("Confidentiality check"), gettext_lazy("Checked for secrets")
)
audit.declare("policies.validity", gettext_lazy("Validity"), gettext_lazy("%(status)s from %(since)s"))

register_snippet(PolicyGroup)
hooks.register("build_demo", demo.build)


@hooks.register("register_roles")
def roles() -> list[Role]:
    themes = [f"policies.{verb}_policytheme" for verb in ("add", "change", "delete", "view")]
    return [
        Role("editor", permissions=[*themes, VIEW_REGISTER]),
        Role("checker", permissions=[CHECK_CONFIDENTIALITY, VIEW_REGISTER]),
        Role("approver", permissions=[CHECK_CONFIDENTIALITY, RECORD_VALIDITY, VIEW_REGISTER]),
    ]


@hooks.register("publish_checks")
def needs_confidentiality_check(page: Any) -> Iterator[PublishProblem]:
    """Requirement G: publishing a document needs a confidentiality check (who, when) of this very text."""
    if isinstance(page, PolicyPage) and page.pk and not has_confidentiality_check(page):
        yield PublishProblem(
            None,
            _(
                "Nobody has checked this version for secrets yet. A checker or approver who did not write it opens "
                "“Confidentiality check” in the menu of this page."
            ),
            by_checker=True,
        )


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("policies/<int:page_id>/confidentiality/", views.confidentiality, name="policies_confidentiality"),
        path("policies/<int:page_id>/validity/", views.validity, name="policies_validity"),
    ]


@hooks.register("permission_rows")
def permission_rows() -> list[PermissionRow]:
    return [
        PermissionRow("policies_confidentiality", lambda user: user.has_perm(CHECK_CONFIDENTIALITY)),
        PermissionRow("policies_validity", lambda user: user.has_perm(RECORD_VALIDITY)),
        *(row for register in PolicyGroup().register_instances for row in register.permission_rows()),
    ]


@hooks.register("register_page_header_buttons")
def header_buttons(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """The two records of a document, where its editor, checker and approver look for them."""
    if not isinstance(page.specific_deferred, PolicyPage):
        return
    if user.has_perm(CHECK_CONFIDENTIALITY):
        url = reverse("policies_confidentiality", args=[page.pk])
        yield Button(_("Confidentiality check"), url, icon_name="view", priority=60)
    if user.has_perm(RECORD_VALIDITY):
        url = reverse("policies_validity", args=[page.pk])
        yield Button(_("Validity"), url, icon_name="calendar-check", priority=61)


@hooks.register("register_printables")
def printables() -> list[Printable]:
    return [
        Printable(
            kind="policy",
            label=gettext_lazy("Policy document"),
            model=PolicyPage,
            document=policy_sheet,
            find=policy_by_key,
            keys=policy_keys,
            user_can_print=anyone_may_read,
            docx=True,
        ),
        Printable(
            kind="policy-booklet",
            label=gettext_lazy("booklet of this theme"),
            model=PolicyTheme,
            document=theme_booklet,
            find=theme_by_key,
            keys=theme_keys,
            # It holds what anyone may read.
            user_can_print=lambda user, theme: True,
            refusal=no_booklet,
        ),
    ]


@hooks.register("search_kinds")
def search_kinds() -> list[SearchKind]:
    return [
        SearchKind(
            key="policy",
            label=gettext_lazy("Policy document"),
            model=PolicyPage,
            card="policies/card.html",
            date=lambda page: page.issued_on or published(page),
            filters=search_filters,
        ),
        SearchKind(key="reading", label=gettext_lazy("Plain-language reading"), model=ReadingPage),
    ]


@hooks.register("home_tiles")
def home_tiles(request: Any) -> list[HomeTile]:
    """The way into the reading room, where there is one for readers."""
    room = PolicyIndexPage.objects.live().public().order_by("path").first()
    if room is None:
        return []
    return [
        HomeTile(title=_("Look up a policy"), url=room.get_url(request) or "", text=_("Original text and plain words"))
    ]
