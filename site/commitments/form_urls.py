"""Addresses of the person's own desk and of who keys in paper, below /desk/commitments/."""

from django.urls import path, re_path

from . import form_views, key_in_views, own_views, result_views

MONTH = r"(?P<code>\d{4}-\d{2})"

urlpatterns = [
    path("", own_views.overview, name="commitments_own"),
    path("key-in/", key_in_views.choose, name="commitments_key_in"),
    path("key-in/<int:pk>/", key_in_views.key_in, name="commitments_key_in_form"),
    path("key-in/<int:pk>/result/", result_views.result_for, name="commitments_result_for"),
    path("key-in/<int:pk>/result/news/", result_views.news_for, name="commitments_result_for_news"),
    path("evidence/<int:pk>/remove/", result_views.remove, name="commitments_evidence_remove"),
    re_path(rf"^{MONTH}/$", form_views.form, name="commitments_form"),
    re_path(rf"^{MONTH}/news/$", form_views.news, name="commitments_form_news"),
    re_path(rf"^{MONTH}/take-back/$", form_views.take_back, name="commitments_take_back"),
    re_path(rf"^{MONTH}/result/$", result_views.result, name="commitments_result"),
    re_path(rf"^{MONTH}/(?P<number>\d{{1,4}})/amend/$", own_views.amend, name="commitments_amend"),
]
