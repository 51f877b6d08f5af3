"""What results and report meetings give to the suite: the log's actions, readers of evidence."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from suite import audit
from suite.evidence import EvidenceDoor

from .domain.promise_evidence import EVIDENCE_KIND, may_read_evidence

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
