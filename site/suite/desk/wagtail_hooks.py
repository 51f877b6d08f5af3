"""Where the desk is found."""

from django.urls import include, path
from django.urls.resolvers import URLResolver
from wagtail import hooks


@hooks.register("register_urls")
def desk_urls() -> list[URLResolver]:
    return [path("", include("suite.desk.urls"))]
