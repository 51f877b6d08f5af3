from django.urls import path
from wagtail.admin.views.account import LogoutView

from . import views

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    # Wagtail's own address for this refuses people who do not work in the admin.
    path("desk/logout/", LogoutView.as_view(), name="desk_logout"),
]
