"""The public addresses of draws, below ``/draws/``."""

from django.urls import path

from . import views

app_name = "draw"
urlpatterns = [
    path("", views.index, name="index"),
    path("verify/", views.verify_page, name="verify"),
    path("hash/", views.hash_page, name="hash"),
    path("<slug:public_id>/", views.draw, name="draw"),
    path("<slug:public_id>/list.txt", views.list_text, name="list"),
    path("<slug:public_id>/draw.json", views.draw_file, name="file"),
]
