"""What the list of questions without hits gives to the suite."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from search.misses.deciding import prune
from search.misses.permissions import KEEP
from search.misses.register import MissRegister
from search.misses.tasks import ask_misses_again
from suite import audit
from suite.periodic import PeriodicJob
from suite.permissions import PermissionRow
from suite.roles import Role

for outcome, label in (
    ("done", _("Question without hits dealt with")),
    ("not_ours", _("Question without hits called not our business")),
    ("open", _("Question without hits put back on the list")),
):
    audit.declare(f"search.miss_{outcome}", label, label)


@hooks.register("register_roles")
def roles() -> list[Role]:
    return [Role("editor", permissions=KEEP)]


@hooks.register("permission_rows")
def permission_rows() -> list[PermissionRow]:
    return MissRegister().permission_rows()


@hooks.register("periodic_jobs")
def periodic_jobs(now: datetime.datetime) -> list[PeriodicJob]:
    """Once a day."""
    day = timezone.localdate(now)
    return [
        PeriodicJob(f"search.prune_misses:{day}", lambda: prune(now), _("Forgetting old questions without hits")),
        PeriodicJob(f"search.ask_again:{day}", ask_misses_again.enqueue, _("Asking again what found nothing")),
    ]
