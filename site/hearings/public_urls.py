"""Addresses of hearings that everybody may open, below /hearing/."""

from django.urls import path

from . import own_views, public_views, sign_up_views

urlpatterns = [
    path("promises/", public_views.promise_list, name="hearings_promises"),
    path("calendar.ics", public_views.calendar, name="hearings_calendar"),
    path("own/", own_views.look_up, name="hearings_own"),
    path("own/<str:opened>/", own_views.own, name="hearings_own_page"),
    path(
        "own/<str:opened>/withdraw/",
        own_views.ask_once_more,
        {"question": own_views.WITHDRAW},
        name="hearings_own_withdraw",
    ),
    path("own/<str:opened>/accept/", own_views.accept, name="hearings_own_accept"),
    path(
        "own/<str:opened>/decline/",
        own_views.ask_once_more,
        {"question": own_views.DECLINE},
        name="hearings_own_decline",
    ),
    path("own/<str:opened>/correct/", own_views.correct, name="hearings_own_correct"),
    path("<uuid:public_id>/sign-up/", sign_up_views.sign_up, name="hearings_sign_up"),
]
