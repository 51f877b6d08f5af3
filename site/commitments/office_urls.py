"""What leaders, supervisors and the efficiency office open on the desk."""

from django.urls import path

from . import deciding_views, leader_views, meeting_views, supervisor_views

urlpatterns = [
    path("approve/", leader_views.approvals, name="commitments_approvals"),
    path("approve/<int:pk>/", leader_views.approve, name="commitments_approve"),
    path("amendment/<int:pk>/", leader_views.amendment, name="commitments_amendment"),
    path("verify/", supervisor_views.verifications, name="commitments_verifications"),
    path("verify/<str:code>/<int:unit>/", supervisor_views.of_unit, name="commitments_verify"),
    path("verify/<int:pk>/", supervisor_views.verify, name="commitments_verify_one"),
    path("decide/", deciding_views.decisions, name="commitments_decisions"),
    path("decide/<int:pk>/", deciding_views.decide, name="commitments_decide"),
    path("meeting/<int:pk>/", meeting_views.meeting, name="commitments_meeting"),
]
