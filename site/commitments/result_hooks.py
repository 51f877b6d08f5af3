"""What results and report meetings give to the suite: desk lines, the log's actions, readers of evidence."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from suite import audit
from suite.desk import DeskItem
from suite.evidence import EvidenceDoor

from .domain.promise_evidence import EVIDENCE_KIND, may_read_evidence
from .permissions import user_can_approve, user_can_file, user_can_run, user_can_verify
from .result_waiting import meetings_to_hold, months_to_close, own_results, to_decide, to_verify

_CHANGE = _("%(before)s → %(after)s")

audit.declare("commitments.report", _("Report the result"), _("%(before)s → %(after)s: %(rows)s"))
audit.declare("commitments.send_back", _("Send the result back"), _CHANGE)
audit.declare("commitments.verify_promise", _("Verify a promise"), _("%(promise)s: %(way)s, %(finding)s"))
audit.declare(
    "commitments.verify",
    _("Finish the verification"),
    _("%(before)s → %(after)s: %(rows)s rows, the supervisor disagrees with %(disagreed)s"),
)
audit.declare("commitments.decide", _("Decide the outcome"), _("%(before)s → %(after)s: %(outcome)s (%(rows)s)"))
audit.declare("commitments.revise_outcome", _("Correct the outcome"), _("%(promise)s: %(before)s → %(after)s"))

audit.declare("commitments.plan_meeting", _("Plan the meeting"), _("Planned: %(begins)s, %(place)s"))
audit.declare("commitments.change_meeting", _("Change the meeting"), _("Changed: %(changes)s"))
audit.declare("commitments.prepare_draw", _("Prepare draw"), _("%(candidates)s candidates for %(seats)s seats"))
audit.declare("commitments.take_over_draw", _("Take over the draw"), _("%(before)s → %(after)s: %(drawn)s drawn"))
audit.declare("commitments.take_back_draw", _("Take the draw back"), _CHANGE)
audit.declare("commitments.draw_void", _("Draw void"), _("The draw is void"))
audit.declare("commitments.record_report", _("Record a report"), _("%(person)s: %(presence)s"))
audit.declare(
    "commitments.close_meeting",
    _("Close the meeting"),
    _("%(before)s → %(after)s: %(present)s present, %(absent)s absent"),
)
audit.declare("commitments.cancel_meeting", _("Cancel the meeting"), _CHANGE)


@hooks.register("evidence_readers")
def evidence_readers() -> list[EvidenceDoor]:
    return [EvidenceDoor(EVIDENCE_KIND, may_read_evidence)]


@hooks.register("desk_items")
def results_and_meetings(user: Any) -> Iterator[DeskItem]:
    """Report, verify, decide, close; plan, draw and hold the meeting."""
    person, now, runs = getattr(user, "person", None), timezone.now(), user_can_run(user)
    if person is not None and user_can_file(user):
        yield from own_results(person)
    if user_can_verify(user):
        yield from to_verify(person)
    if runs or (person is not None and user_can_approve(user)):
        yield from to_decide(user, runs)
    if runs:
        yield from months_to_close(now)
        yield from meetings_to_hold(now)
