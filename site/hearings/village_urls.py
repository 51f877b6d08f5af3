"""Addresses of those who work for villages, below /desk/hearings/village/."""

from django.urls import path

from . import village_views as views

urlpatterns = [
    path("", views.overview, name="hearings_village"),
    path("topics/new/", views.report, name="hearings_village_report"),
    path("topics/similar/", views.similar, name="hearings_village_similar"),
    path("topics/<int:pk>/", views.topic, name="hearings_village_topic"),
    path("<int:pk>/sign-up/", views.key_in, name="hearings_village_key_in"),
    path("<int:pk>/posted/", views.posted, name="hearings_village_posted"),
]
