"""Addresses of notes and articles, below /desk/training/writings/."""

from django.urls import path

from training.views import writings as views
from training.views import writings_office as office

urlpatterns = [
    path("", views.overview, name="training_writings_own"),
    path("<int:pk>/", views.writing, name="training_writings_one"),
    path("<int:pk>/news/", views.news, name="training_writings_news"),
    path("<int:pk>/word/", views.word, name="training_writings_word"),
    path("<int:pk>/do/", views.act, name="training_writings_act"),
    path("waiting/", office.waiting, name="training_writings_waiting"),
    path("<int:pk>/read/", office.read, name="training_writings_read"),
    path("owing/", office.owing_list, name="training_writings_owing"),
    path("owing/<int:year>.xlsx", office.owing_file, name="training_writings_owing_file"),
    path("owing/<int:year>/<int:pk>/", office.release_person, name="training_writings_release"),
]
