"""The desk and the way in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.views.decorators.cache import never_cache
from wagtail.admin.views.account import LoginView as WagtailLoginView

from suite.hooks import collect
from suite.roles.domain import separation_is_off

from .domain.queries import desk_of
from .forms import LoginForm


@never_cache
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for the person who is logged in."""
    context = {
        "desk": desk_of(request.user),
        "links": sorted(collect("desk_links", request.user), key=lambda link: link.order),
        "roles": [group.name for group in request.user.groups.order_by("name")],
        "separation_is_off": separation_is_off(),
    }
    return render(request, "desk/desk.html", context)


class LoginView(WagtailLoginView):
    """Wagtail's login for everybody: it leads where one was going, or to the desk.

    Somebody who does not work in the admin is not sent there, which would refuse and ask to log in again.
    """

    def get_form_class(self) -> type[LoginForm]:
        return LoginForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where the form leads: Wagtail's would lead to the admin."""
        context = super().get_context_data(**kwargs)
        context["next"] = context.get("next") or resolve_url(settings.LOGIN_REDIRECT_URL)
        return context

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.get_success_url()) if request.user.is_authenticated else super().get(request)

    def get_success_url(self) -> str:
        target = self.get_redirect_url()
        to_admin = target.startswith(reverse("wagtailadmin_home"))
        if not target or (to_admin and not self.request.user.has_perm("wagtailadmin.access_admin")):
            return resolve_url(settings.LOGIN_REDIRECT_URL)
        return target
