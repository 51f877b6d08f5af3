"""Addresses: the kernel's own, then every plugin's (hook register_urls), then the page tree."""

from django.conf import settings
from django.urls import include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from suite.desk.views import LoginView
from suite.hooks import collect

urlpatterns = [
    # Before Wagtail's own, so that everybody logs in here, not only who works in the admin.
    path("admin/login/", LoginView.as_view()),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/images/<path:path>", serve, {"document_root": settings.MEDIA_ROOT / "images"}),
    path("media/original_images/<path:path>", serve, {"document_root": settings.MEDIA_ROOT / "original_images"}),
    *collect("register_urls"),
    path("", include(wagtail_urls)),
]
