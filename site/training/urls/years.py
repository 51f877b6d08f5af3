"""Addresses of one's own learning and of years, below /desk/training/."""

from django.urls import path

from training.views import years as views

urlpatterns = [
    path("", views.hub, name="training_own"),
    path("year/<int:person>/<int:year>/", views.person_year, name="training_year_person"),
    path("years/", views.units, name="training_years_now"),
    path("years/<int:year>/", views.units, name="training_years"),
    path("years/<int:year>/file/", views.units_file, name="training_years_file"),
]
