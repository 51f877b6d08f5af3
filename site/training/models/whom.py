"""Whom something is for: roles, units and people, named together."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Whom(models.Model):
    """Base of what is asked of roles, units or people. Whoever is named in any of the three ways is meant, once.

    Who that is today, `training.domain.whom` computes: nobody is written down, so that people who come, move and leave
    are asked or no longer asked without anybody's doing. Where nobody is named, nobody is meant.
    """

    roles = models.ManyToManyField("auth.Group", blank=True, related_name="+", verbose_name=_("roles"))
    units = models.ManyToManyField(
        "organisation.Unit",
        blank=True,
        related_name="+",
        verbose_name=_("units"),
        help_text=_("With the units below them."),
    )
    people = models.ManyToManyField("organisation.Person", blank=True, related_name="+", verbose_name=_("people"))

    class Meta:
        abstract = True

    @property
    def named(self) -> list[str]:
        """The names of roles, units and people, as they are shown; one query each, none where they are prefetched."""
        return [
            *(group.name for group in self.roles.all()),
            *(unit.label for unit in self.units.all()),
            *(person.name for person in self.people.all()),
        ]
