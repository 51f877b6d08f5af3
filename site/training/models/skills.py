"""Skills 一人一技: the list that the office keeps, and who has mastered what."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from search.analysis import normalise
from search.analysis.sounds import sounds
from suite.state import StatefulModel, state_field
from training.enums import SkillLevel, SkillState

LONGEST_PROOF, LONGEST_REASON = 500, 300


class Skill(models.Model):
    """Something that somebody in the office should be able to do. ``sounds``: its name as it is typed in pinyin."""

    name = models.CharField(
        _("skill"),
        max_length=30,
        unique=True,
        error_messages={"unique": _("This skill is in the list already: open it there.")},
    )
    about = models.CharField(
        _("what it takes"),
        max_length=300,
        blank=True,
        help_text=_("What somebody can do who has mastered it. Found by the search too."),
    )
    active = models.BooleanField(
        _("offered"),
        default=True,
        help_text=_("Take the tick away where nobody is to claim it any more; who has it keeps it."),
    )
    sounds = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sounds = " ".join(sounds(normalise(self.name).text))
        if (fields := kwargs.get("update_fields")) is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "sounds"}
        super().save(*args, **kwargs)


class PersonSkill(StatefulModel):
    """Somebody's skill: claimed, then confirmed by another, or refused. A higher level is a new row."""

    state = state_field(SkillState, SkillState.CLAIMED)
    person = models.ForeignKey(
        "organisation.Person", models.PROTECT, related_name="person_skills", verbose_name=_("person")
    )
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="person_skills", verbose_name=_("skill"))
    level = models.PositiveSmallIntegerField(pgettext_lazy("skill", "level"), choices=SkillLevel.choices)
    proof = models.CharField(_("what shows it"), max_length=LONGEST_PROOF)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("claimed by"),
    )
    claimed_at = models.DateTimeField(_("claimed at"), default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=pgettext_lazy("skill", "decided by"),
    )
    decided_at = models.DateTimeField(pgettext_lazy("skill", "decided at"), null=True, editable=False)
    ended_at = models.DateTimeField(pgettext_lazy("skill", "ended at"), null=True, editable=False)
    reason = models.CharField(pgettext_lazy("skill", "reason"), max_length=LONGEST_REASON, blank=True, editable=False)

    class Meta:
        verbose_name = _("skill of a person")
        verbose_name_plural = _("skills of people")
        ordering = ["-claimed_at", "-pk"]
        permissions = [("view_all_training", _("Can see what everybody has learnt"))]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "skill"], condition=Q(state=SkillState.CLAIMED), name="skill_claimed_once"
            ),
            models.UniqueConstraint(
                fields=["person", "skill"], condition=Q(state=SkillState.CONFIRMED), name="skill_confirmed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.skill}"

    @transition(
        "state",
        source=SkillState.CLAIMED,
        target=SkillState.CONFIRMED,
        custom={"label": pgettext_lazy("skill", "Confirm")},
    )
    def to_confirmed(self) -> None: ...

    @transition("state", source=SkillState.CLAIMED, target=SkillState.REFUSED, custom={"label": _("Do not confirm")})
    def to_refused(self) -> None: ...

    @transition(
        "state",
        source=[SkillState.CLAIMED, SkillState.CONFIRMED],
        target=SkillState.ENDED,
        custom={"label": pgettext_lazy("skill", "End")},
    )
    def to_ended(self) -> None: ...
