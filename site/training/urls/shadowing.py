"""Addresses of shadowing, below /desk/training/shadowing/."""

from django.urls import path

from training.views import shadowing as views

urlpatterns = [
    path("", views.own, name="training_shadowing_own"),
    path("plan/", views.plan, name="training_shadowing_plan"),
    path("close/", views.waiting, name="training_shadowing_waiting"),
    path("<int:pk>/", views.one, name="training_shadowing_one"),
    path("<int:pk>/<slug:step>/", views.act, name="training_shadowing_step"),
]
