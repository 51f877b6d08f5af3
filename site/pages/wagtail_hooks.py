"""What the pages tell the rest of the suite."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Case, Value, When
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from search.kinds import Filters, SearchKind, counts_until
from suite.desk import DeskItem
from suite.theme.office import current_office

from . import demo
from .domain.documents import NOTICE, NOTICE_POSTER, SECTION_BOOKLETS
from .domain.queries import overdue_columns
from .models import NewsPage, NoticePage, OpenAffairsPage, SectionPage
from .views import draft_on_paper

hooks.register("build_demo", demo.build)


@hooks.register("register_urls")
def addresses() -> list[Any]:
    return [path("", include("pages.urls"))]


@hooks.register("register_admin_urls")
def admin_addresses() -> list[Any]:
    return [path("pages/<int:page_id>/paper.pdf", draft_on_paper, name="pages_draft_on_paper")]


@hooks.register("register_page_header_buttons")
def paper_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """The paper as it would come out now, for everyone who writes, checks or approves a notice."""
    if isinstance(page, NoticePage) and page.pk and view_name == "edit":
        yield Button(_("Draft on paper"), reverse("pages_draft_on_paper", args=[page.pk]), icon_name="doc-full")


def notices_among_hits() -> Filters:
    """A notice that names nobody else is issued by the office."""
    issuer = Case(When(issuing_body="", then=Value(current_office().issuer)), default="issuing_body")
    return Filters(issuer=issuer, in_force=counts_until("valid_until"))


@hooks.register("search_kinds")
def kinds_of_hits() -> list[SearchKind]:
    return [
        SearchKind(
            "notice",
            gettext_lazy("notice"),
            NoticePage,
            card="pages/notice_card.html",
            filters=notices_among_hits,
        ),
        SearchKind("news", gettext_lazy("news"), NewsPage),
        SearchKind("column", gettext_lazy("open-affairs column"), OpenAffairsPage),
        SearchKind("section", gettext_lazy("section"), SectionPage),
    ]


@hooks.register("register_printables")
def papers() -> list[Any]:
    return [NOTICE, NOTICE_POSTER, *SECTION_BOOKLETS]


@hooks.register("desk_items")
def overdue_columns_of(user: Any) -> Iterator[DeskItem]:
    """Overdue columns of open affairs, for everyone who may edit them (requirement R)."""
    for column, status in overdue_columns():
        if not column.permissions_for_user(user).can_edit():
            continue
        yield DeskItem(
            key=f"pages.overdue:{column.pk}",
            title=_("Update the column %(title)s") % {"title": column.title},
            url=reverse("wagtailadmin_explore", args=[column.pk]),
            reason=ngettext(
                "You may edit it; it is %(number)d day overdue.",
                "You may edit it; it is %(number)d days overdue.",
                status.days_overdue,
            )
            % {"number": status.days_overdue},
            due=timezone.make_aware(datetime.datetime.combine(status.due, datetime.time.max)),
            plugin="pages",
        )
