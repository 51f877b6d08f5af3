"""What guides give to the suite: checks at publish, ways in, kinds to search, paper, admin screens."""

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from printing import Printable
from search.kinds import Filters, SearchKind, counts_until
from suite.permissions import PermissionRow
from suite.publishing import PublishProblem
from suite.roles import Role
from suite.theme.rows import HomeTile

from . import demo, exchange_hooks, views  # noqa: F401 (the second registers its own hooks)
from .domain.checks import problems
from .domain.printables import guide_papers
from .listing import events_in_use, in_force, replaced
from .models import GuideIndexPage, GuidePage
from .permissions import KEEP_LISTS, KEEP_PLAIN_WORDS, SETTINGS, VIEW_REGISTERS
from .viewsets import GuideGroup

# Life events on the home page; all of them are one touch further.
EVENTS_AT_HOME = 3

register_snippet(GuideGroup)
hooks.register("build_demo", demo.build)


@hooks.register("register_roles")
def roles() -> list[Role]:
    return [
        Role("editor", permissions=[*KEEP_PLAIN_WORDS, *VIEW_REGISTERS]),
        Role("checker", permissions=VIEW_REGISTERS),
        Role("approver", permissions=[*KEEP_LISTS, *VIEW_REGISTERS]),
        Role("hall_director", permissions=VIEW_REGISTERS),
        Role("efficiency_office", permissions=[*VIEW_REGISTERS, SETTINGS]),
        Role("system_admin", permissions=[*KEEP_LISTS, SETTINGS]),
    ]


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("guides/review/<int:page_id>/", views.review_saved, name="guides_review"),
        path("guides/review/under/<int:parent_id>/", views.review_new, name="guides_review_new"),
    ]


@hooks.register("permission_rows")
def permission_rows() -> list[PermissionRow]:
    return [
        *(
            PermissionRow(name, lambda user: user.has_perm("wagtailadmin.access_admin"))
            for name in ("guides_review", "guides_review_new")
        ),
        *(row for register in GuideGroup().register_instances for row in register.permission_rows()),
    ]


@hooks.register("publish_checks")
def guide_is_complete(page: Any) -> Iterator[PublishProblem]:
    """Requirement E: every element is there, and none contradicts another."""
    if isinstance(page, GuidePage):
        yield from problems(page)


def start_address(question: str) -> str:
    """Where a guide is started for a question that found nothing; empty where there is no list of guides."""
    index = GuideIndexPage.objects.order_by("path").first()
    if index is None:
        return ""
    form = reverse("wagtailadmin_pages:add", args=["guides", "guidepage", index.pk])
    return f"{form}?{urlencode({'title': question})}"


@hooks.register("before_create_page")
def begin_with_what_was_asked(request: Any, parent_page: Any, page_class: type) -> None:
    """The form of a new guide begins with the title that stands in the address."""
    if page_class is GuidePage and request.method == "GET":
        parent_page.title_to_begin_with = request.GET.get("title", "")


@hooks.register("search_kinds")
def search_kinds() -> list[SearchKind]:
    return [
        SearchKind(
            key="guide",
            label=gettext_lazy("service guide"),
            model=GuidePage,
            card="guides/card.html",
            date=lambda page: None,
            style="guides/guides.css",
            replaced=replaced,
            start=start_address,
            filters=lambda: Filters(day=None, in_force=counts_until("valid_until")),
            answers=True,
        )
    ]


@hooks.register("home_tiles")
def home_tiles(request: Any) -> Iterator[HomeTile]:
    """The way to all guides, and straight to the life events with most of them."""
    index = GuideIndexPage.objects.live().public().order_by("path").first()
    if index is None:
        return
    address = index.get_url(request) or ""
    yield HomeTile(_("Service guides"), address, _("What to bring, where to go, how long it takes"), order=10)
    for event in events_in_use(in_force(index), "-count", "order")[:EVENTS_AT_HOME]:
        yield HomeTile(event.name, f"{address}?event={event.slug}", event.examples, order=20)


@hooks.register("register_printables")
def papers() -> list[Printable]:
    return guide_papers()
