"""Addresses of courses: those on the desk, and those that everybody may open."""

from django.urls import path

from training.views import courses as views
from training.views import courses_public as everybody

desk = [
    path("courses/", views.overview, name="training_courses"),
    path("courses/calls/", views.calls, name="training_courses_calls"),
    path("courses/<int:pk>/", views.session, name="training_courses_session"),
    path("courses/<int:pk>/enrol/", views.enrol, name="training_courses_enrol"),
    path("courses/<int:pk>/withdraw/", views.withdraw, name="training_courses_withdraw"),
    path("courses/<int:pk>/withdraw/<int:key>/", views.withdraw_villager, name="training_courses_withdraw_villager"),
    path("courses/<int:pk>/seen/", views.seen, name="training_courses_seen"),
    path("courses/<int:pk>/key-in/", views.key_in, name="training_courses_key_in"),
]
public = [
    path("calendar.ics", everybody.days, name="training_courses_calendar"),
    path("session/<str:public_id>.ics", everybody.day, name="training_courses_day"),
    path("session/<str:public_id>/", everybody.sign_up, name="training_courses_sign_up"),
    path("own/", everybody.look_up, name="training_courses_own"),
    path("own/<str:opened>/", everybody.own, name="training_courses_own_page"),
    path("own/<str:opened>/withdraw/", everybody.withdraw, name="training_courses_own_withdraw"),
]
