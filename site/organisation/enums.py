"""Kinds of units, appointments and responsibilities, and their named groups."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    TOWNSHIP = "township", _("Township")
    OFFICE = "office", _("Office")
    CENTRE = "centre", _("Centre")
    TEAM = "team", _("Service team")
    WORK_AREA = "work_area", _("Work area")
    VILLAGE = "village", _("Village")
    COMMUNITY = "community", _("Community")
    NATURAL_VILLAGE = "natural_village", _("Natural village")
    HALL = "hall", _("Reception hall")
    STATION = "station", _("Station")


class AppointmentKind(models.TextChoices):
    FULL = "full", _("Full post")
    CONCURRENT = "concurrent", _("Concurrent post")
    SECONDED = "seconded", _("Seconded")


class ResponsibilityKind(models.TextChoices):
    IN_CHARGE = "in_charge", _("In charge of")
    STATIONED = "stationed", _("Stationed in")
    LINKED = "linked", _("Linked with")


class AbsenceKind(models.TextChoices):
    LEAVE = "leave", _("On leave")
    TRIP = "trip", _("Business trip")
    TRAINING = "training", _("Training away")
    POSTED = "posted", _("Posted elsewhere")
    OTHER = "other", _("Away for another reason")


class Gender(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")


# Where people live: cadres are stationed in these, and they have a village profile.
SETTLED = (UnitKind.VILLAGE, UnitKind.COMMUNITY)
# The institutions a villager may telephone, in the order of the office page.
INSTITUTIONS = (UnitKind.OFFICE, UnitKind.CENTRE, UnitKind.HALL, UnitKind.TEAM, UnitKind.STATION)
# A cadre is stationed in or linked with a village; anything but a natural village can be somebody's charge.
RESPONSIBLE_FOR: dict[str, tuple[UnitKind, ...]] = {
    ResponsibilityKind.IN_CHARGE: tuple(kind for kind in UnitKind if kind != UnitKind.NATURAL_VILLAGE),
    ResponsibilityKind.STATIONED: SETTLED,
    ResponsibilityKind.LINKED: SETTLED,
}
# Which kinds of unit may stand directly under which (None: at the top of the tree).
PARENTS: dict[str, tuple[UnitKind | None, ...]] = {
    UnitKind.TOWNSHIP: (None,),
    UnitKind.OFFICE: (UnitKind.TOWNSHIP,),
    UnitKind.CENTRE: (UnitKind.TOWNSHIP,),
    UnitKind.TEAM: (UnitKind.CENTRE, UnitKind.OFFICE),
    UnitKind.WORK_AREA: (UnitKind.TOWNSHIP,),
    UnitKind.VILLAGE: (UnitKind.WORK_AREA, UnitKind.TOWNSHIP),
    UnitKind.COMMUNITY: (UnitKind.WORK_AREA, UnitKind.TOWNSHIP),
    UnitKind.NATURAL_VILLAGE: SETTLED,
    UnitKind.HALL: (UnitKind.TOWNSHIP, UnitKind.OFFICE, UnitKind.CENTRE),
    UnitKind.STATION: (UnitKind.WORK_AREA, *SETTLED),
}
# The township's own: those with a post there are its cadres. Villages and stations are not.
OWN_UNITS = (UnitKind.TOWNSHIP, UnitKind.OFFICE, UnitKind.CENTRE, UnitKind.TEAM, UnitKind.WORK_AREA, UnitKind.HALL)
