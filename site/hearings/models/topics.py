"""The pool of topics: problems that liaisons and publicists report from the villages."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from hearings.enums import TopicState
from suite.state import StatefulModel, state_field

from .settings import HearingTheme


class Topic(StatefulModel):
    """One problem as it was reported. Who raised it is known to the office alone."""

    state = state_field(TopicState, TopicState.REPORTED)
    village = models.ForeignKey(
        "organisation.Unit", models.PROTECT, related_name="+", verbose_name=_("village or community")
    )
    title = models.CharField(_("problem"), max_length=60, help_text=_("In one line, for example: 水塘边的路没有路灯"))
    text = models.TextField(_("what is the matter"), max_length=2000)
    wish = models.TextField(_("what is wished"), max_length=1000, blank=True)
    concerned = models.PositiveIntegerField(
        _("how many people are concerned"),
        validators=[MinValueValidator(1), MaxValueValidator(1_000_000)],
        help_text=_("A good guess is enough."),
    )
    theme = models.ForeignKey(
        HearingTheme, models.SET_NULL, null=True, blank=True, related_name="topics", verbose_name=_("theme")
    )
    photo = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("photo")
    )
    raised_by = models.CharField(
        _("who raised it"), max_length=40, blank=True, help_text=_("For the answer. It is never published.")
    )
    raised_by_phone = models.CharField(
        _("phone of who raised it"), max_length=20, blank=True, help_text=_("For the answer. It is never published.")
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("reported by")
    )
    reported_at = models.DateTimeField(_("reported at"), default=timezone.now)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("put together with")
    )
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        "organisation.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    hearing = models.ForeignKey(
        "hearings.Hearing", models.PROTECT, null=True, blank=True, related_name="topics", verbose_name=_("hearing")
    )

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["-reported_at", "-pk"]
        permissions = [("decide_topic", _("Can merge topics, answer them, take them to a hearing"))]

    def __str__(self) -> str:
        return self.title

    @transition("state", source=TopicState.REPORTED, target=TopicState.MERGED, custom={"label": _("Put together")})
    def to_merged(self) -> None: ...

    @transition("state", source=TopicState.REPORTED, target=TopicState.ANSWERED, custom={"label": _("Answer directly")})
    def to_answered(self) -> None: ...

    @transition("state", source=TopicState.REPORTED, target=TopicState.TAKEN, custom={"label": _("Take to a hearing")})
    def to_taken(self) -> None: ...

    @transition(
        "state",
        source=[TopicState.MERGED, TopicState.TAKEN],
        target=TopicState.REPORTED,
        custom={"label": _("Give back to the pool")},
    )
    def to_reported(self) -> None: ...
