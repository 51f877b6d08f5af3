"""What the rules of topics, hearings, notices and seats give to the suite."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from suite import audit
from suite.publishing import PublishProblem

from .domain.notice_pages import problems_of
from .models import HearingNoticePage

_CHANGE = _("%(before)s → %(after)s")

audit.declare("hearings.report", _("Report a topic"), _("Topic from %(village)s"))
audit.declare("hearings.merge", _("Put together"), _("Put together with “%(into)s”"))
audit.declare("hearings.follow", _("Follows its topic"), _("Goes along to “%(into)s”"))
audit.declare("hearings.answer", _("Answer directly"), _("Answered by %(unit)s"))
audit.declare("hearings.take", _("Take to a hearing"), _("Taken to “%(hearing)s”"))
audit.declare("hearings.give_back", _("Give back to the pool"), _CHANGE)

audit.declare("hearings.open", _("Open a hearing"), _("Opened: %(after)s"))
audit.declare("hearings.plan", _("Plan"), _("%(before)s → %(after)s: %(begins)s, %(place)s"))
audit.declare("hearings.change", _("Change a hearing"), _("%(before)s → %(after)s: %(changes)s"))
audit.declare("hearings.page_live", _("Notice page public"), _("Notice %(number)s: page public"))
audit.declare("hearings.page_down", _("Notice page taken down"), _("Notice %(number)s: page taken down, was %(was)s"))
audit.declare("hearings.post", _("Notice posted"), _("%(kind)s, %(place)s, %(at)s, signed by %(signed_by)s"))
audit.declare("hearings.notify", _("Notify"), _("%(before)s → %(after)s: %(days)s whole days of notice"))
audit.declare("hearings.notice_ended", _("Notice period ended"), _CHANGE)
audit.declare("hearings.fix", _("Fix representatives"), _("%(seated)s representatives, %(waiting)s waiting"))
audit.declare("hearings.begin", _("Begin the session"), _("Session begun with %(problems)s problems"))
audit.declare("hearings.held", _("Close the session"), _("%(agreed)s conclusions, %(studied)s for study"))
audit.declare("hearings.publish_minutes", _("Publish minutes"), _CHANGE)
audit.declare("hearings.follow_up", _("Follow up"), _CHANGE)
audit.declare("hearings.close", _("Close the hearing"), _CHANGE)
audit.declare("hearings.postpone", _("Postpone"), _("%(before)s → %(after)s, was to begin %(begins)s"))
audit.declare("hearings.cancel", _("Cancel"), _CHANGE)

audit.declare("hearings.prepare_draw", _("Prepare draw"), _("%(candidates)s candidates for %(seats)s seats"))
audit.declare("hearings.sign_up", _("Sign up"), _("Signed up for %(village)s"))
audit.declare("hearings.invite", _("Invite"), _("Invited for %(village)s"))
audit.declare("hearings.accept", _("Accept the invitation"), _CHANGE)
audit.declare("hearings.decline", _("Decline"), _CHANGE)
audit.declare("hearings.withdraw", _("Withdraw"), _CHANGE)
audit.declare("hearings.move_up", _("Move up from the waiting list"), _CHANGE)
audit.declare("hearings.seat", _("Give a seat"), _CHANGE)
audit.declare("hearings.wait", _("Put on the waiting list"), _("Waiting list, place %(place)s"))


@hooks.register("publish_checks")
def notice_agrees_with_record(page: Any) -> Iterator[PublishProblem]:
    """Requirement H: a notice goes live only for a planned hearing, and early enough."""
    if isinstance(page, HearingNoticePage):
        for field, message in problems_of(page):
            yield PublishProblem(field, message)
