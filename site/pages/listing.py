"""Lists of pages; each function is a fixed number of queries, however many pages there are."""

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from wagtail.models import Page
from wagtail.query import PageQuerySet

ENTRIES_PER_PAGE = 20


def public_children(page: Page) -> PageQuerySet:
    """The pages right below that anyone may read, newest first; a page never published comes last."""
    return Page.objects.child_of(page).live().public().order_by("-first_published_at", "-pk")


def paged(entries: PageQuerySet, number: str | None) -> PageOfList:
    """One page of 20 as specific pages; a number that makes no sense gives the first or the last page."""
    page_of_list = Paginator(entries.specific(), ENTRIES_PER_PAGE).get_page(number)
    page_of_list.object_list = list(page_of_list.object_list)
    return page_of_list
