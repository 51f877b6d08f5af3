"""The feed of notices, for readers, county portals and village groups' bots."""

from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from suite.theme.office import current_office

from .models import NoticePage

NEWEST = 30


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
