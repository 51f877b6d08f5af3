from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from search.permissions import KEEP_WORDS
from search.views import search
from search.viewsets import SearchWordsGroup
from suite.roles import Role

register_snippet(SearchWordsGroup)


@hooks.register("register_urls")
def urls() -> list[URLPattern]:
    return [path("search/", search, name="search")]


@hooks.register("register_roles")
def roles() -> list[Role]:
    return [Role("editor", permissions=KEEP_WORDS), Role("system_admin", permissions=KEEP_WORDS)]
