"""A draw, and the strings of the people who make its seed."""

import datetime
import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from suite.state import StatefulModel, state_field

from .algorithm import sha256
from .enums import AWAITING, OPEN, DrawState, SeedMode
from .listing import Candidate, Listing, Rules, write


def new_public_id() -> str:
    """Ten characters that nobody can guess, for the public address."""
    return secrets.token_hex(5)


class DrawQuerySet(models.QuerySet["Draw"]):
    def public(self) -> "DrawQuerySet":
        """Those whose list was published; what became of them does not take them away."""
        return self.filter(frozen_at__isnull=False)

    def of(self, kind: str, key: object) -> "DrawQuerySet":
        """All draws on one subject, the first one first."""
        return self.filter(subject_kind=kind, subject_key=str(key)).order_by("pk")


def _who(label: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=label
    )


def _when(label: Any) -> Any:
    return models.DateTimeField(label, null=True, editable=False)


class Draw(StatefulModel):
    """One draw. What `listing` holds is never changed after freezing; a result never after drawing.

    ``rules``: {"total": n, "seats": [[stratum, n], …], "rest": n}; ``candidates``: [[key, label, stratum, last], …];
    ``result``: [[key, outcome], …] in the order of the draw. ``due_at``: when the public result is due, or until when
    all strings must be shown. ``subject_kind`` and ``subject_key`` name what is drawn for, without a foreign key.
    """

    state = state_field(DrawState, DrawState.PREPARED)
    public_id = models.CharField(
        pgettext_lazy("draw", "number of the draw"), max_length=20, unique=True, default=new_public_id, editable=False
    )
    title = models.CharField(pgettext_lazy("draw", "name of the draw"), max_length=120)
    purpose = models.CharField(pgettext_lazy("draw", "what it is for"), max_length=300)
    subject_kind = models.CharField(_("kind of record"), max_length=50, editable=False)
    subject_key = models.CharField(_("key of record"), max_length=50, editable=False)
    subject_title = models.CharField(pgettext_lazy("draw", "subject"), max_length=200, editable=False)
    subject_url = models.CharField(pgettext_lazy("draw", "page of the subject"), max_length=300, blank=True)
    candidates = models.JSONField(pgettext_lazy("draw", "candidates"), default=list, editable=False)
    rules = models.JSONField(pgettext_lazy("draw", "rules"), default=dict, editable=False)
    mode = models.CharField(pgettext_lazy("draw", "seed"), max_length=10, choices=SeedMode.choices)
    source = models.CharField(pgettext_lazy("draw", "public result"), max_length=200, blank=True)
    form = models.CharField(pgettext_lazy("draw", "how the result is written"), max_length=200, blank=True)
    digits = models.PositiveSmallIntegerField(pgettext_lazy("draw", "digits of the result"), default=0)
    due_at = models.DateTimeField(pgettext_lazy("draw", "seed due"))
    again_of = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="successor", verbose_name=_("draw before it")
    )
    again_reason = models.CharField(_("reason for drawing again"), max_length=300, blank=True, editable=False)
    list_sha256 = models.CharField(_("SHA-256 of the list"), max_length=64, blank=True, editable=False)
    value = models.CharField(pgettext_lazy("draw", "public result as published"), max_length=60, editable=False)
    published_where = models.CharField(
        pgettext_lazy("draw", "where it was published"), max_length=300, blank=True, editable=False
    )
    seed_witness = models.CharField(pgettext_lazy("draw", "witness of the seed"), max_length=60, editable=False)
    result = models.JSONField(pgettext_lazy("draw", "result"), null=True, editable=False)
    witnesses = models.JSONField(pgettext_lazy("draw", "witnesses"), default=list, editable=False)
    void_reason = models.CharField(_("reason for voiding"), max_length=300, blank=True, editable=False)

    prepared_at = models.DateTimeField(pgettext_lazy("draw", "prepared at"), editable=False)
    frozen_at = _when(pgettext_lazy("draw", "list published at"))
    committed_at = _when(pgettext_lazy("draw", "hashes complete at"))
    seeded_at = _when(pgettext_lazy("draw", "seed known at"))
    drawn_at = _when(pgettext_lazy("draw", "drawn at"))
    voided_at = _when(_("voided at"))
    prepared_by = _who(pgettext_lazy("draw", "prepared by"))
    frozen_by = _who(pgettext_lazy("draw", "list published by"))
    seeded_by = _who(pgettext_lazy("draw", "seed entered by"))
    drawn_by = _who(pgettext_lazy("draw", "drawn by"))
    voided_by = _who(_("voided by"))

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("draw", "draw")
        verbose_name_plural = pgettext_lazy("draw", "draws")
        ordering = ["-prepared_at", "-pk"]
        permissions = [("witness_draw", _("Can enter the public result of a draw as its witness"))]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_key"], condition=Q(state__in=OPEN), name="one_open_draw_for_a_subject"
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_key"],
                condition=Q(again_of=None) & Q(frozen_at__isnull=False),
                name="one_first_draw_for_a_subject",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("draw:draw", args=[self.public_id])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises ValidationError where a frozen list no longer is what was published."""
        if self.list_sha256 and sha256(self.list_text) != self.list_sha256:
            raise ValidationError(
                gettext(
                    "The published list of “%(title)s” cannot be changed. Void the draw with a reason and draw again."
                )
                % {"title": self.title}
            )
        super().save(*args, **kwargs)

    @property
    def people(self) -> tuple[Candidate, ...]:
        """The candidates, in the order of the list."""
        return tuple(Candidate(*row) for row in self.candidates)

    @property
    def parsed_rules(self) -> Rules:
        """The rules as the algorithm takes them."""
        return Rules(self.rules["total"], dict(self.rules["seats"]), self.rules["rest"])

    @property
    def listing(self) -> Listing:
        """Everything that is frozen; times in the office's own zone. Raises ValueError before freezing."""
        if self.frozen_at is None:
            raise ValueError(f"{self.public_id} is not frozen")
        again = (self.again_of.public_id, self.again_reason) if self.again_of else None
        return Listing(
            self.public_id, self.title, self.purpose, (self.subject_kind, self.subject_key, self.subject_title),
            self.people, self.parsed_rules, _in_office(self.due_at), _in_office(self.frozen_at),
            self.source, self.form, self.digits, again,
        )  # fmt: skip

    @property
    def list_text(self) -> str:
        """The bytes (in UTF-8) whose hash is published."""
        return write(self.listing)

    @transition("state", DrawState.PREPARED, DrawState.FROZEN, custom={"label": _("Publish the list")})
    def to_frozen(self) -> None: ...

    @transition("state", DrawState.FROZEN, DrawState.COMMITTED, custom={"label": _("Close the hashes")})
    def to_committed(self) -> None: ...

    @transition("state", AWAITING, DrawState.SEEDED, custom={"label": _("Know the seed")})
    def to_seeded(self) -> None: ...

    @transition("state", DrawState.SEEDED, DrawState.DRAWN, custom={"label": _("Draw")})
    def to_drawn(self) -> None: ...

    @transition("state", OPEN, DrawState.VOID, custom={"label": _("Void")})
    def to_void(self) -> None: ...


class Secret(models.Model):
    """One person's string: first its hash, later the string itself."""

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="secrets", verbose_name=pgettext_lazy("draw", "draw"))
    number = models.PositiveSmallIntegerField(_("running number"))
    name = models.CharField(pgettext_lazy("draw", "person"), max_length=60)
    sha256 = models.CharField(pgettext_lazy("draw", "hash of the string"), max_length=64, unique=True)
    text = models.CharField(pgettext_lazy("draw", "string"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(pgettext_lazy("draw", "hash recorded at"))
    recorded_by = _who(pgettext_lazy("draw", "hash recorded by"))
    revealed_at = _when(pgettext_lazy("draw", "string shown at"))
    revealed_by = _who(pgettext_lazy("draw", "string entered by"))

    class Meta:
        verbose_name = pgettext_lazy("draw", "person's string")
        verbose_name_plural = pgettext_lazy("draw", "people's strings")
        ordering = ["draw", "number"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "number"], name="one_string_for_a_number"),
            models.UniqueConstraint(fields=["draw", "name"], name="one_string_for_a_person"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises ValidationError where the string does not give the recorded hash."""
        if self.revealed_at and sha256(self.text) != self.sha256:
            raise ValidationError(gettext("This string does not give the hash that was recorded for %s.") % self.name)
        super().save(*args, **kwargs)


def _in_office(moment: datetime.datetime) -> datetime.datetime:
    return timezone.localtime(moment).replace(microsecond=0)
