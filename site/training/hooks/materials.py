"""What the materials give to the suite."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import include, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from printing import Printable
from search.kinds import SearchKind
from suite import audit
from suite.background import BackgroundJob
from suite.periodic import PeriodicJob
from suite.permissions import PermissionRow
from suite.publishing import PublishProblem
from training.domain.lifecycle import materials as lifecycle
from training.domain.materials import files, is_meant_for, versions
from training.domain.materials.documents import FOR_STAFF, FOR_VILLAGERS
from training.enums import Audience, FileState
from training.models import MaterialFile, MaterialPage
from training.urls import materials as urls

audit.declare("training.add_file", gettext_lazy("Add a file"), gettext_lazy("“%(what)s” added to the materials"))
audit.declare(
    "training.drop_file",
    gettext_lazy("Delete an unused file"),
    gettext_lazy("“%(what)s” deleted: no material and no draft shows it"),
)


@hooks.register("register_urls")
def addresses() -> list[Any]:
    """Readers' addresses, and those of editors on the desk."""
    return [
        path("training/materials/", include(urls.public)),
        path("desk/training/materials/", include(urls.desk)),
    ]


@hooks.register("permission_rows")
def permission_rows() -> list[PermissionRow]:
    """Readers' addresses are open; each asks who may read this material."""
    public = [PermissionRow(str(row.name), lambda user: True) for row in urls.public]
    return [*public, *(PermissionRow(str(row.name), lambda user: bool(user.is_authenticated)) for row in urls.desk)]


@hooks.register("search_kinds")
def kinds_of_hits() -> list[SearchKind]:
    """What villagers may read is found with the words of its sheets."""
    return [SearchKind("material", gettext_lazy("training material"), MaterialPage)]


@hooks.register("register_printables")
def papers() -> list[Printable]:
    return [FOR_VILLAGERS, FOR_STAFF]


@hooks.register("privacy_fields")
def words_of_files() -> list[Any]:
    """No personal number goes live in a file either."""
    return [(MaterialPage, versions.words)]


@hooks.register("background_work")
def sheets_of_files() -> list[BackgroundJob]:
    """The pages of a file are drawn."""
    trouble = gettext_lazy("The pages could not be drawn. Save the file again as PDF and add that.")
    return [BackgroundJob(MaterialFile, files.work, lifecycle.refuse, trouble)]


@hooks.register("periodic_jobs")
def clean_up_files(now: datetime) -> Iterator[PeriodicJob]:
    """Once a day files go that no material shows any more."""
    yield PeriodicJob(
        f"training.sweep_files:{timezone.localdate(now)}",
        partial(lifecycle.sweep, now),
        _("Deleting files of materials that nothing shows"),
    )


@hooks.register("publish_checks")
def material_can_be_read(page: Any) -> Iterator[PublishProblem]:
    """There is something to read, for somebody; and the editor has said whether a change matters."""
    if not isinstance(page, MaterialPage):
        return
    if not page.body and page.video is None and not any(versions.parts_of(page)):
        yield PublishProblem("body", _("There is nothing to read yet: write a text, or add a file or pictures."))
    for file, _caption in versions.parts_of(page):
        if file.state == FileState.REFUSED:
            yield PublishProblem("file", file.message)
        elif file.state == FileState.DRAWING:
            yield PublishProblem(
                "file",
                _("The pages of “%(name)s” are still being drawn: try again in a minute.") % {"name": file},
                by_checker=True,
            )
    if page.audience == Audience.VILLAGERS and (page.roles.exists() or page.units.exists()):
        yield PublishProblem(
            "audience",
            _("A material for villagers is read by everybody: take the roles and units out, or choose staff."),
        )
    if page.audience == Audience.STAFF:
        for name in versions.open_to_all(page):
            yield PublishProblem(
                "body",
                _(
                    "“%(name)s” in the text can be fetched by everybody who knows its address: put it into the PDF or "
                    "the picture series, which only its readers can fetch."
                )
                % {"name": name},
            )
    if versions.differs(page) and not versions.answered(page):
        yield PublishProblem(
            "matters",
            _("This has been read in an earlier version: fill in “what changed”, and say whether the change matters."),
        )


@hooks.register("on_serve_page", order=200)
def only_for_its_readers(serve: Callable[..., Any]) -> Callable[..., Any]:
    """Behind Wagtail's own check, which sends people who are not signed in to sign in."""

    def checked(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> Any:
        if isinstance(page, MaterialPage) and not is_meant_for(request.user, page):
            raise PermissionDenied
        return serve(page, request, args, kwargs)

    return checked
