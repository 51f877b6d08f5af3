"""Draft pages that are made from the record (requirement H); they go live through the editorial workflow."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hearings.enums import BEFORE_THE_SESSION
from hearings.models import Hearing, HearingIndexPage, HearingNoticePage
from hearings.permissions import user_can_run
from suite import audit
from suite.body.from_text import blocks_from_text

from .changing import lock_hearing, require_may, require_state


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
    section = HearingIndexPage.objects.order_by("-live", "path").first()
    if section is None:
        raise ValidationError(_("There is no section for hearings yet: an editor has to make that page first."))
    page = HearingNoticePage(
        title=_("Notice of %(hearing)s") % {"hearing": hearing.title},
        hearing=hearing,
        live=False,
        owner=user,
        body=blocks_from_text(hearing.about),
    )
    section.add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    audit.record(hearing, "hearings.draft_notice", user, page=page.title)
    return page
