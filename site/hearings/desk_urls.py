"""Addresses of the clerk's page and of the units' measures, below /desk/hearings/."""

from django.urls import path

from . import measure_views
from . import session_views as views

urlpatterns = [
    path("<int:pk>/session/", views.session, name="hearings_session"),
    path("<int:pk>/session/news/", views.session_news, name="hearings_session_news"),
    path("<int:pk>/session/begin/", views.begin, name="hearings_session_begin"),
    path("<int:pk>/session/presence/", views.presence, name="hearings_session_presence"),
    path("<int:pk>/session/add/", views.add_problem, name="hearings_session_add"),
    path("<int:pk>/session/close/", views.close, name="hearings_session_close"),
    path("<int:pk>/session/<int:number>/", views.problem, name="hearings_session_problem"),
    path("<int:pk>/session/<int:number>/news/", views.problem_news, name="hearings_session_problem_news"),
    path("<int:pk>/session/<int:number>/entry/", views.entry, name="hearings_session_entry"),
    path("<int:pk>/session/<int:number>/assent/", views.assent, name="hearings_session_assent"),
    path("<int:pk>/session/<int:number>/outcome/", views.outcome, name="hearings_session_outcome"),
    path("measures/", measure_views.measures, name="hearings_measures"),
    path("measures/<int:pk>/", measure_views.measure, name="hearings_measure"),
]
