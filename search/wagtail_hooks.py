import datetime
from functools import partial

from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from search import (
    demo,
    words_hooks,  # noqa: F401 (its hooks)
)
from search.attachments import hooks as attachments_hooks  # noqa: F401 (registers its hooks)
from search.backends.stored import Store
from search.misses import hooks as misses_hooks  # noqa: F401 (registers its hooks)
from search.permissions import KEEP_WORDS
from search.tasks import learn_spelling, mend_index, reconcile_index
from search.trees import trees
from search.typing_views import suggest
from search.views import search
from search.viewsets import SearchWordsGroup
from suite.periodic import PeriodicJob
from suite.permissions import PermissionRow
from suite.roles import Role

# Seconds after which an index that is still not whole is mended once more: the worker may have been killed.
MEND_EVERY = 300

register_snippet(SearchWordsGroup)
hooks.register("build_demo", demo.build)


@hooks.register("register_urls")
def urls() -> list[URLPattern]:
    return [path("search/", search, name="search"), path("search/suggest/", suggest, name="search_suggest")]


@hooks.register("permission_rows")
def permission_rows() -> list[PermissionRow]:
    return [PermissionRow(name, lambda user: True) for name in ("search", "search_suggest")]


@hooks.register("register_roles")
def roles() -> list[Role]:
    return [Role("editor", permissions=KEEP_WORDS), Role("system_admin", permissions=KEEP_WORDS)]


@hooks.register("periodic_jobs")
def periodic_jobs(now: datetime.datetime) -> list[PeriodicJob]:
    """Once a day the words that “did you mean” knows are learned from the pages as they are, and every index compared.

    Every few minutes one that is damaged, wanting or behind is mended, until it is whole.
    """
    day = timezone.localdate(now)
    turn = int(now.timestamp()) // MEND_EVERY
    return [
        PeriodicJob(f"search.spelling:{day}", learn_spelling.enqueue, _("Learning how words are written")),
        *(_mended(tree.name, turn) for tree in trees() if _wants_mending(tree.store)),
        *(_compared(tree.name, day) for tree in trees()),
    ]


def _wants_mending(store: Store) -> bool:
    return not store.usable or store.behind or store.late


def _mended(name: str, turn: int) -> PeriodicJob:
    return PeriodicJob(f"search.mend:{name}:{turn}", partial(mend_index.enqueue, name), _("Mending the search"))


def _compared(name: str, day: datetime.date) -> PeriodicJob:
    run = partial(reconcile_index.enqueue, name)
    return PeriodicJob(f"search.reconcile:{name}:{day}", run, _("Comparing the search with the database"))
