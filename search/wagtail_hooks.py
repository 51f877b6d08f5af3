from django.urls import URLPattern, path
from wagtail import hooks

from search.views import search


@hooks.register("register_urls")
def urls() -> list[URLPattern]:
    return [path("search/", search, name="search")]
