"""Addresses outside the page tree."""

from django.urls import path

from .views import NoticeFeed

app_name = "pages"
urlpatterns = [path("feeds/notices.xml", NoticeFeed(), name="notice_feed")]
