"""Short: these addresses are typed from paper."""

from django.urls import path

from .paper_views import paper, paper_form

app_name = "papers"
urlpatterns = [
    path("", paper_form, name="form"),
    path("<str:code>", paper, name="paper"),
    path("<str:code>/", paper),
]
