"""Who speaks for the villages: volunteers and invited ones."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from hearings.enums import TAKING_PART, SeatState, Source, Way
from suite.slips.codes import new_code
from suite.slips.people import name_key
from suite.state import StatefulModel, state_field

from .hearing import Hearing


class Representative(StatefulModel):
    """A person who signed up or was invited. Name and phone are the office's; lists show the masked name."""

    state = state_field(SeatState, SeatState.APPLIED)
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="representatives", verbose_name=_("hearing"))
    way = models.CharField(_("how"), max_length=10, choices=Way.choices, default=Way.VOLUNTEER)
    name = models.CharField(_("full name"), max_length=40)
    name_key = models.CharField(max_length=40, editable=False)
    village = models.ForeignKey(
        "organisation.Unit",
        models.PROTECT,
        related_name="+",
        verbose_name=_("village or community"),
        null=True,
        blank=True,
    )
    represents = models.CharField(
        _("unit or trade"), max_length=60, blank=True, help_text=_("For invited ones who speak for no village.")
    )
    phone = models.CharField(_("phone"), max_length=20, help_text=_("For the office only. It is never published."))
    problem = models.TextField(_("what you want to ask"), max_length=1000, blank=True)
    source = models.CharField(_("entered"), max_length=10, choices=Source.choices, default=Source.WEB)
    code = models.CharField(_("code"), max_length=10, unique=True, default=new_code, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)
    place_in_line = models.PositiveSmallIntegerField(_("place on the waiting list"), null=True, editable=False)
    present = models.BooleanField(_("present"), null=True, editable=False)

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        ordering = ["village__order", "village_id", "place_in_line", "pk"]
        permissions = [("key_in_representative", _("Can key in sign-ups that came on paper"))]
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "village", "name_key"],
                condition=Q(state__in=TAKING_PART),
                name="no_representative_twice",
            ),
            models.UniqueConstraint(
                fields=["hearing", "phone"], condition=Q(state__in=TAKING_PART), name="no_phone_twice"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = name_key(self.name)
        super().save(*args, **kwargs)

    @transition(
        "state",
        source=[SeatState.APPLIED, SeatState.WAITING, SeatState.INVITED],
        target=SeatState.SEATED,
        custom={"label": _("Give a seat")},
    )
    def to_seated(self) -> None: ...

    @transition(
        "state", source=SeatState.APPLIED, target=SeatState.WAITING, custom={"label": _("Put on the waiting list")}
    )
    def to_waiting(self) -> None: ...

    @transition("state", source=SeatState.INVITED, target=SeatState.DECLINED, custom={"label": _("Decline")})
    def to_declined(self) -> None: ...

    @transition(
        "state",
        source=[SeatState.APPLIED, SeatState.WAITING, SeatState.SEATED],
        target=SeatState.WITHDRAWN,
        custom={"label": _("Withdraw")},
    )
    def to_withdrawn(self) -> None: ...
