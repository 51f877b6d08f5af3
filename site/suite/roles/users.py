"""Wagtail's users app with our forms in it (see viewsets.py); INSTALLED_APPS names this instead of wagtail.users."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "suite.roles.viewsets.UserViewSet"
    group_viewset = "suite.roles.viewsets.GroupViewSet"
