"""What quizzes give to the suite: addresses, the desk, tries whose time is over, the log's actions."""

import datetime
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from suite import audit
from suite.desk import DeskItem, DeskLink
from suite.periodic import PeriodicJob
from suite.permissions import PermissionRow
from training.domain.lifecycle import quiz_imports, quiz_tries
from training.domain.quizzes import waiting
from training.enums import AttemptState
from training.models import Attempt
from training.permissions import user_can_learn, user_can_run, user_can_view
from training.urls import quizzes as addresses

_CHANGE = _("%(before)s → %(after)s")
audit.declare("training.open_quiz", _("Open a quiz"), _CHANGE)
audit.declare("training.close_quiz", _("Close a quiz"), _CHANGE)
audit.declare("training.reopen_quiz", _("Open a quiz again"), _CHANGE)
audit.declare("training.issue_quiz", _("Ask new questions"), _("Version %(version)s with %(count)s questions"))
audit.declare("training.import_questions", _("Import questions"), _("%(file)s: %(count)s questions"))
audit.declare("training.mark_quiz", _("Mark a quiz"), _("Question %(question)s: %(mark)s"))
audit.declare(
    "training.take_over_answer", _("Take over an answer that counts"), _("Question %(question)s: “%(answer)s”")
)

_OWN = {f"training_quizzes_{name}" for name in ("mine", "quiz", "begin", "try", "news")}
_SEEN = {f"training_quizzes_{name}" for name in ("all", "results", "results_book")}


@hooks.register("register_urls")
def quiz_addresses() -> list[URLResolver]:
    return [path("desk/training/quizzes/", include("training.urls.quizzes"))]


@hooks.register("permission_rows")
def quiz_rows() -> Iterator[PermissionRow]:
    for one in addresses.urlpatterns:
        name = str(one.name)
        allowed = user_can_learn if name in _OWN else user_can_view if name in _SEEN else user_can_run
        yield PermissionRow(name, allowed)


@hooks.register("desk_items")
def quizzes_to_take_and_mark(user: Any) -> Iterator[DeskItem]:
    if user_can_learn(user):
        yield from waiting.to_take(user.person)
    if user_can_run(user):
        yield from waiting.to_mark(user)


@hooks.register("training_ways")
def quiz_links(user: Any) -> Iterator[DeskLink]:
    if user_can_learn(user):
        yield DeskLink(_("My quizzes"), reverse("training_quizzes_mine"), 30)
    elif user_can_view(user):
        yield DeskLink(_("All quizzes"), reverse("training_quizzes_all"), 30)


@hooks.register("periodic_jobs")
def end_what_ran_out_of_time(now: datetime.datetime) -> Iterator[PeriodicJob]:
    """Who does not come back has handed in what was saved."""
    over = Attempt.objects.filter(state=AttemptState.RUNNING, ends_by__lt=now - quiz_tries.GRACE)
    for attempt in over.order_by("pk"):
        yield PeriodicJob(
            f"training.quiz_over:{attempt.pk}",
            partial(quiz_tries.settle, attempt),
            gettext("ending a quiz whose time is over"),
        )


@hooks.register("periodic_jobs")
def drop_imports_that_nobody_wants(now: datetime.datetime) -> Iterator[PeriodicJob]:
    """Dry runs that nobody confirmed."""
    for upload in quiz_imports.forgotten(now):
        yield PeriodicJob(
            f"training.question_import:{upload.pk}", upload.delete, gettext("dropping an import that nobody confirmed")
        )
