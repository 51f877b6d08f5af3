"""What hearings give to those who work for villages: their page, and the notices they have to hang."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from suite.desk import DeskItem, DeskLink
from suite.permissions import PermissionRow

from .domain.village import ToPost, to_post, villages_for
from .permissions import RUN, user_can_key_in, user_can_record_posting, user_can_report
from .village_permissions import user_works_for_villages


@hooks.register("register_urls")
def urls() -> list[URLResolver]:
    return [path("desk/hearings/village/", include("hearings.village_urls"))]


@hooks.register("permission_rows")
def permission_rows() -> list[PermissionRow]:
    return [
        PermissionRow("hearings_village", user_works_for_villages),
        *(PermissionRow(f"hearings_village_{name}", user_can_report) for name in ("report", "similar", "topic")),
        PermissionRow("hearings_village_key_in", user_can_key_in),
        PermissionRow("hearings_village_posted", user_can_record_posting),
    ]


@hooks.register("desk_links")
def village_link(user: Any) -> Iterator[DeskLink]:
    if user_can_report(user):
        yield DeskLink(gettext_lazy("Report a problem"), reverse("hearings_village_report"), order=10)
    if user_works_for_villages(user):
        yield DeskLink(gettext_lazy("Hearings in my villages"), reverse("hearings_village"), order=20)


@hooks.register("desk_items")
def notices_to_hang(user: Any) -> Iterator[DeskItem]:
    """Notices that hang nowhere yet in a village of this person. The office runs hearings and hangs nothing."""
    if not user_can_record_posting(user) or user.has_perm(RUN):
        return
    for one in to_post(list(villages_for(user))):
        for village in one.missing:
            yield DeskItem(
                key=f"hearings.hang:{one.notice.pk}:{village.pk}",
                title=_("Hang the notice of “%(hearing)s” in %(village)s")
                % {"hearing": one.hearing, "village": village},
                url=f"{reverse('hearings_village_posted', args=[one.hearing.pk])}?village={village.pk}",
                reason=_why_hang(one),
                due=timezone.make_aware(datetime.datetime.combine(one.until, datetime.time.max)),
                plugin="hearings",
            )


def _why_hang(one: ToPost) -> str:
    """Why, and what a late paper means: a planned hearing can wait for none, an announced one keeps its day."""
    if one.is_over and one.is_announced:
        return _(
            "You serve this village. The day to hang it in time is over: hang it today, so that people still read it."
        )
    if one.is_over:
        return _(
            "You serve this village. The day to hang it in time is over: ask the efficiency office, which postpones "
            "or cancels the hearing if it hangs nowhere."
        )
    if one.is_announced:
        return _("You serve this village. The hearing is announced; those without a screen read it on the board.")
    return _("You serve this village. After this day the hearing would come too soon for its notice.")
