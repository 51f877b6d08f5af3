"""Required reading: one's own, and for who asks others and sees how far they are."""

from django.urls import path

from training.views import reading, reading_asked, reading_state

urlpatterns = [
    path("", reading.mine, name="training_reading_mine"),
    path("<int:pk>/confirm/", reading.confirm, name="training_reading_confirm"),
    path("<int:pk>/end/", reading.end, name="training_reading_end"),
    path("<int:pk>/watched/", reading.watched, name="training_reading_watched"),
    path("ask/", reading_asked.ask, name="training_reading_ask"),
    path("asked/", reading_asked.listed, name="training_reading_asked"),
    path("asked/<int:pk>/", reading_asked.requirement, name="training_reading_requirement"),
    path("state/", reading_state.overview, name="training_reading_state"),
    path("state/book/", reading_state.book, name="training_reading_book"),
    path("state/material/<int:pk>/", reading_state.material, name="training_reading_material"),
    path("state/unit/<int:pk>/", reading_state.unit, name="training_reading_unit"),
    path("state/person/<int:pk>/", reading_state.person, name="training_reading_person"),
]
