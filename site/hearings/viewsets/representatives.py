"""The list of representatives and volunteers."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from hearings import record_forms as forms
from hearings.domain.lifecycle import representatives
from hearings.enums import SeatState, Way
from hearings.models import Representative
from hearings.permissions import (
    KEY_IN,
    user_can_key_in,
)
from suite.registers.actions import RecordAction
from suite.registers.register import Register

from .records import OfVillages, VillageFilter, of_villages_of


class RepresentativeRecords(OfVillages):
    """Those who key sign-ups in, for their villages."""

    seen = KEY_IN


class RepresentativeRegister(Register):
    model = Representative
    menu_icon = "user"
    permission_helper_class = RepresentativeRecords
    list_display = ("name", "hearing", "village", "way_shown", "state_shown", "place_in_line")
    list_export = ("name", "hearing", "village", "represents", "way_shown", "state_shown", "place_in_line")
    inspect_view_fields = (
        "name", "hearing", "way_shown", "state_shown", "village", "represents", "phone", "problem", "source", "code",
        "place_in_line", "present",
    )  # fmt: skip
    list_filter = ("hearing", VillageFilter, "state", "way")
    list_select_related = ("hearing", "village")
    search_fields = ("name", "represents")
    actions = (
        RecordAction(
            "accept",
            gettext_lazy("Accepts the invitation"),
            forms.AboutRecord,
            lambda row, data, user: representatives.answer_invitation(row, True, user),
            possible=lambda row: row.state == SeatState.INVITED,
            allowed=user_can_key_in,
        ),
        RecordAction(
            "decline",
            gettext_lazy("Declines the invitation"),
            forms.AboutRecord,
            lambda row, data, user: representatives.answer_invitation(row, False, user),
            possible=lambda row: row.state == SeatState.INVITED,
            allowed=user_can_key_in,
        ),
        RecordAction(
            "withdraw",
            gettext_lazy("Steps back"),
            forms.AboutRecord,
            lambda row, data, user: representatives.withdraw(row, user),
            gettext_lazy("The next of the village's waiting list moves up."),
            lambda row: row.state in (SeatState.APPLIED, SeatState.SEATED, SeatState.WAITING),
            user_can_key_in,
        ),
    )

    def get_queryset(self, request: Any) -> QuerySet[Representative]:
        return of_villages_of(request.user, super().get_queryset(request))

    def way_shown(self, row: Representative) -> str:
        return str(Way(row.way).label)

    way_shown.short_description = gettext_lazy("how")
    way_shown.admin_order_field = "way"

    def state_shown(self, row: Representative) -> str:
        return str(row.get_state_display())

    state_shown.short_description = gettext_lazy("state")
    state_shown.admin_order_field = "state"
