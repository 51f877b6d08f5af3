"""The desk's addresses of attendance."""

from django.urls import path

from training.views import attend, attendance, attendance_screen, certificates

urlpatterns = [
    path("attendance/", attendance.overview, name="training_attendance_list"),
    path("attendance/<int:pk>/", attendance.session, name="training_attendance"),
    path("attendance/<int:pk>/open/", attendance.open_codes, name="training_attendance_open"),
    path("attendance/<int:pk>/close/", attendance.close_codes, name="training_attendance_close"),
    path("attendance/<int:pk>/tick/", attendance.tick, name="training_attendance_tick"),
    path("attendance/<int:pk>/add/", attendance.add, name="training_attendance_add"),
    path("attendance/<int:pk>/strike/<int:row>/", attendance.strike, name="training_attendance_strike"),
    path("attendance/<int:pk>/heads/", attendance.heads, name="training_attendance_heads"),
    path("attendance/<int:pk>/hold/", attendance.hold, name="training_attendance_hold"),
    path("attendance/<int:pk>/key-in/", attendance.key_in, name="training_attendance_key_in"),
    path("attendance/<int:pk>/screen/", attendance_screen.screen, name="training_attendance_screen"),
    path("attendance/<int:pk>/screen/news/", attendance_screen.news, name="training_attendance_news"),
    path("attendance/<int:pk>/certificates/", certificates.of_session, name="training_attendance_certificates"),
    path("attendance/<int:pk>/certificates/<int:key>/void/", certificates.void, name="training_attendance_void"),
    path("attend/", attend.by_digits, name="training_attend"),
    path("attend/<str:public_id>/", attend.own, name="training_attend_own"),
    path("attend/<str:public_id>/<str:token>/", attend.by_token, name="training_attend_token"),
]
