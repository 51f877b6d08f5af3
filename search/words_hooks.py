"""What the office's dictionary gives to the suite."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from search import words_views as views
from search.domain import lifecycle, rewriting
from search.models import Reindexing
from search.permissions import user_can_see_words
from suite.background import BackgroundJob
from suite.periodic import PeriodicJob
from suite.permissions import PermissionRow


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [path("search/words/<int:key>/progress/", views.progress, name="search_words_progress")]


@hooks.register("permission_rows")
def words_permission_rows() -> list[PermissionRow]:
    return [PermissionRow("search_words_progress", user_can_see_words)]


@hooks.register("background_work")
def reindexing() -> list[BackgroundJob]:
    trouble = _(
        "The words could not be taken over everywhere. It is tried again by itself; if it stays like this, tell the "
        "system administrator."
    )
    return [BackgroundJob(Reindexing, rewriting.work, lifecycle.fail, trouble)]


@hooks.register("periodic_jobs")
def settle_words(now: datetime) -> Iterator[PeriodicJob]:
    """Words that do not count everywhere though nobody is at it: a re-indexing failed, or an index was built of before.

    Tried every ten minutes.
    """
    if (words := rewriting.unsettled()) and not Reindexing.objects.filter(state__in=Reindexing.at_work).exists():
        key = f"search.words:{now:%Y%m%d%H}{now.minute // 10}"
        yield PeriodicJob(key, lambda: lifecycle.order(words), _("Taking over words of the search"))
