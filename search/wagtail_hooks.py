from django.urls import path
from wagtail import hooks

from search.views import search


@hooks.register("register_urls")
def urls():
    return [path("search/", search, name="search")]
