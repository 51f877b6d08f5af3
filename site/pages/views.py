"""The feed of notices (for readers, county portals, village groups' bots), and a draft as paper."""

from dataclasses import replace
from typing import Any

from django.contrib.syndication.views import Feed
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from printing.domain.rendering import PrintingUnavailable, render_pdf
from suite.theme.office import current_office

from .domain.documents import notice_sheet
from .models import NoticePage

NEWEST = 30


def draft_on_paper(request: HttpRequest, page_id: int) -> HttpResponse:
    """The newest draft of a notice as PDF, for those who may edit it or have to pass it."""
    page = get_object_or_404(NoticePage, pk=page_id)
    may = page.permissions_for_user(request.user)
    task = page.current_workflow_task
    has_to_pass = task is not None and bool(task.get_actions(page, request.user))
    if not (may.can_edit() or has_to_pass):
        raise PermissionDenied
    sheet = notice_sheet(page.get_latest_revision_as_object())
    if page.has_unpublished_changes:
        # Of a live notice too: this is not what readers see.
        sheet = replace(sheet, draft=True)
    try:
        return HttpResponse(render_pdf(sheet), content_type="application/pdf")
    except PrintingUnavailable as error:
        return render(request, "printing/unavailable.html", {"error": error, "sheet": sheet}, status=503)


class NoticeFeed(Feed):
    """Atom feed of the newest public notices."""

    feed_type = Atom1Feed
    language = "zh-Hans"
    link = "/"

    def get_object(self, request: HttpRequest) -> HttpRequest:
        # Titles and addresses depend on the site that was asked.
        return request

    def title(self, request: HttpRequest) -> str:
        return _("Notices of %(office)s") % {"office": current_office(request).township_name}

    def items(self, request: HttpRequest) -> QuerySet[NoticePage]:
        return (
            NoticePage.objects.live()
            .public()
            .select_related("responsible_unit")
            .order_by("-first_published_at")[:NEWEST]
        )

    def item_title(self, item: NoticePage) -> str:
        return item.title

    def item_description(self, item: NoticePage) -> str:
        return item.search_description

    def item_link(self, item: NoticePage) -> str:
        return item.get_url() or "/"

    def item_author_name(self, item: NoticePage) -> str:
        return item.responsible_name

    def item_pubdate(self, item: NoticePage) -> Any:
        return item.first_published_at

    def item_updateddate(self, item: NoticePage) -> Any:
        return item.last_published_at
