"""What the national element list of service items lets one choose from (requirement E)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ItemKind(models.TextChoices):
    """事项类型."""

    LICENCE = "licence", _("administrative licence")
    CONFIRMATION = "confirmation", _("administrative confirmation")
    BENEFIT = "benefit", _("administrative benefit")
    REWARD = "reward", _("administrative reward")
    OTHER_POWER = "other_power", _("other administrative power")
    SERVICE = "service", _("public service")


class CaseKind(models.TextChoices):
    """办件类型 (requirement F)."""

    INSTANT = "instant", _("done at once")
    PROMISED = "promised", _("done within the promised time")
    REPORTED = "reported", _("passed on to a higher office")
    JOINT = "joint", _("done by several offices together")
    AGENCY = "agency", _("carried all the way by an agent")


class Level(models.TextChoices):
    """行使层级."""

    VILLAGE = "village", _("village")
    TOWNSHIP = "township", _("township")
    FIRST = "first", _("township checks, county decides")
    COUNTY = "county", _("county, accepted here")


class Audience(models.TextChoices):
    """服务对象."""

    PERSON = "person", _("persons")
    BODY = "body", _("enterprises and organisations")
    BOTH = "both", _("persons, enterprises and organisations")


class LimitUnit(models.TextChoices):
    """What a time limit is counted in."""

    WORKING = "working", _("working days")
    NATURAL = "natural", _("natural days")


class MaterialForm(models.TextChoices):
    """材料形式."""

    PAPER = "paper", _("a paper")
    ELECTRONIC = "electronic", _("electronic")
    EITHER = "either", _("on paper or electronic")


class MaterialSource(models.TextChoices):
    """来源渠道: who has to get it."""

    APPLICANT = "applicant", _("the applicant")
    AUTHORITY = "authority", _("issued by an authority")
    SHARED = "shared", _("we look it up, nothing to bring")
    OTHER = "other", _("somebody else")


class Version(models.TextChoices):
    """Where a version of a guide stands."""

    COMING = "coming", _("not yet in force")
    CURRENT = "current", _("in force")
    REPLACED = "replaced", _("replaced")
    ENDED = "ended", _("ended")


class ImportState(models.TextChoices):
    """Where an uploaded workbook of guides stands."""

    READING = "reading", _("being read")
    READY = "ready", _("read, waiting for you")
    REFUSED = "refused", _("to be mended")
    WRITING = "writing", _("being written")
    DONE = "done", _("imported")
    STOPPED = "stopped", _("imported in part")
    DROPPED = "dropped", _("not imported")


class ExportState(models.TextChoices):
    """Where a workbook of all guides stands."""

    WRITING = "writing", pgettext_lazy("file", "being written")
    DONE = "done", pgettext_lazy("file", "ready")
    FAILED = "failed", pgettext_lazy("file", "not written")
