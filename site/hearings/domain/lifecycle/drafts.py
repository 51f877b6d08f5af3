"""Draft pages that are made from the record (requirement H); they go live through the editorial workflow."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hearings.enums import BEFORE_THE_SESSION
from hearings.models import Hearing, HearingIndexPage, HearingNoticePage, HearingPage
from hearings.permissions import user_can_run
from suite import audit
from suite.body.from_text import blocks_from_text
from suite.state.changing import require_may, require_state

from .changing import lock_hearing

Draft = TypeVar("Draft", bound=HearingPage)


@transaction.atomic
def draft_notice(hearing: Hearing, user: Any) -> HearingNoticePage:
    """Draft the notice page below the hearings' section. Time, place and topics come from the record by themselves.

    Raises ValidationError before the hearing is planned, where there is a notice page already, and without a section.
    """
    require_may(user, user_can_run)
    hearing = lock_hearing(hearing)
    require_state(hearing, BEFORE_THE_SESSION, _("The notice is written when the hearing is planned."))
    if HearingNoticePage.objects.filter(hearing=hearing).exists():
        raise ValidationError(_("There is a notice page of this hearing already: go on with that page."))
    page = HearingNoticePage(
        title=_("Notice of %(hearing)s") % {"hearing": hearing.title},
        hearing=hearing,
        body=blocks_from_text(hearing.about),
    )
    return add_draft(page, "hearings.draft_notice", user)


def add_draft(page: Draft, action: str, user: Any) -> Draft:
    """Put a new page below the hearings' section, as a draft by `user`, and write `action` into the hearing's log.

    Call it in the caller's transaction. Raises ValidationError where there is no section.
    """
    section = HearingIndexPage.objects.order_by("-live", "path").first()
    if section is None:
        raise ValidationError(_("There is no section for hearings yet: an editor has to make that page first."))
    page.owner = user
    section.add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    audit.record(page.hearing, action, user, page=page.title)
    return page
