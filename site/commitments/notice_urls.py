"""Addresses of served notices, below /desk/commitments/notices/."""

from django.urls import path

from . import notice_views as views

urlpatterns = [
    path("", views.notices, name="commitments_notices"),
    path("<int:pk>/", views.notice, name="commitments_notice"),
    path("<int:pk>/<slug:step>/", views.act, name="commitments_notice_step"),
    path("propose/<int:pk>/", views.propose_notice, name="commitments_notice_propose"),
]
