"""Addresses of skills, below /desk/training/skills/."""

from django.urls import path

from training.views import skills as views

urlpatterns = [
    path("", views.own, name="training_skills_own"),
    path("claim/", views.claim, name="training_skills_claim"),
    path("confirm/", views.waiting, name="training_skills_waiting"),
    path("who/", views.who, name="training_skills_who"),
    path("share/", views.share, name="training_skills_share"),
    path("share/file/", views.share_file, name="training_skills_file"),
    path("<int:pk>/", views.one, name="training_skills_one"),
    path("<int:pk>/<slug:step>/", views.act, name="training_skills_step"),
]
