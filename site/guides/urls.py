"""Addresses outside the page tree."""

from django.urls import path

from .data_views import data_index, data_item

app_name = "guides"
urlpatterns = [
    path("guides/data/", data_index, name="data"),
    path("guides/data/<uuid:key>.json", data_item, name="data_item"),
]
