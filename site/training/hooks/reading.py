"""What required reading gives to the suite: addresses, the desk, reminders, the log's actions."""

import datetime
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from suite import audit
from suite.desk import DeskItem, DeskLink
from suite.periodic import PeriodicJob
from suite.permissions import PermissionRow
from training.domain.materials.versions import current
from training.domain.reading import reminders, shown, waiting, watching
from training.models import MaterialPage
from training.permissions import user_can_learn, user_can_run, user_can_view
from training.urls import reading as addresses

audit.declare(
    "training.ask_reading",
    gettext_lazy("Ask for reading"),
    gettext_lazy("%(people)s people asked until %(until)s: %(whom)s"),
)
audit.declare(
    "training.extend_reading", gettext_lazy("Give longer for reading"), gettext_lazy("%(before)s → %(after)s")
)
audit.declare(
    "training.withdraw_reading", gettext_lazy("Withdraw required reading"), gettext_lazy("Withdrawn: %(reason)s")
)

_OWN = {f"training_reading_{name}" for name in ("mine", "confirm", "end", "watched")}
_OFFICE = {"training_reading_ask", "training_reading_asked", "training_reading_requirement"}


@hooks.register("register_urls")
def reading_addresses() -> list[URLResolver]:
    return [path("desk/training/reading/", include("training.urls.reading"))]


@hooks.register("permission_rows")
def reading_rows() -> Iterator[PermissionRow]:
    for one in addresses.urlpatterns:
        name = str(one.name)
        allowed = user_can_learn if name in _OWN else user_can_run if name in _OFFICE else user_can_view
        yield PermissionRow(name, allowed)


@hooks.register("on_serve_page")
def video_is_opened(serve: Callable[..., Any]) -> Callable[..., Any]:
    """Whoever looks at a material's page has opened its video."""

    def noted(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> Any:
        response = serve(page, request, args, kwargs)
        if isinstance(page, MaterialPage) and page.video_id and response.status_code == HTTPStatus.OK:
            user: Any = request.user
            version = current(page)
            if version is not None and shown.looks(user, request.method or "", request.headers):
                watching.opened(user.person, version)
        return response

    return noted


@hooks.register("desk_items")
def what_is_to_be_read(user: Any) -> Iterator[DeskItem]:
    """What I have to read; for who runs training or is in charge of units, who is late there."""
    if user_can_learn(user):
        yield from waiting.to_read(user.person)
    if user_can_view(user):
        yield from waiting.late(user)
    if user_can_run(user):
        yield from waiting.unreadable()


@hooks.register("training_ways")
def reading_links(user: Any) -> Iterator[DeskLink]:
    if user_can_learn(user):
        yield DeskLink(_("My required reading"), reverse("training_reading_mine"), 10)
    if user_can_view(user):
        yield DeskLink(_("Who has read what"), reverse("training_reading_state"), 70)


@hooks.register("periodic_jobs")
def reading_reminders(now: datetime.datetime) -> Iterator[PeriodicJob]:
    """Some working days before the last day, and on the first after it, who has not read hears of it by mail."""
    yield from reminders.jobs(now)
