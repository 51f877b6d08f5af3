"""What a material said from one moment on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .files import MaterialFile
from .pages import MaterialPage


class MaterialVersion(models.Model):
    """What a material said from one moment on. A new row whenever other content goes live; never changed after.

    ``matters``: whoever confirmed an older version is asked again. What there is to read: ``sheets``, how many;
    ``has_text``; ``video``, emptied where it was deleted after a later version left it out.
    """

    material = models.ForeignKey(MaterialPage, models.CASCADE, related_name="versions", verbose_name=_("material"))
    number = models.PositiveSmallIntegerField(_("version"))
    digest = models.CharField(max_length=64, editable=False)
    matters = models.BooleanField(_("has to be read again"), default=True)
    what_changed = models.CharField(_("what changed"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published at"))
    sheets = models.PositiveSmallIntegerField(_("number of sheets"), default=0)
    has_text = models.BooleanField(_("has a text"), default=False)
    video = models.ForeignKey(
        "training.Video", models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("video")
    )

    class Meta:
        verbose_name = _("version of a material")
        verbose_name_plural = _("versions of materials")
        ordering = ["material", "number"]
        constraints = [models.UniqueConstraint(fields=["material", "number"], name="material_version_once")]

    def __str__(self) -> str:
        return f"{self.material} {self.number}"


class VersionPart(models.Model):
    """A file of a version, in the order in which it is read: it stays on the disk as long as the version exists."""

    version = models.ForeignKey(MaterialVersion, models.CASCADE, related_name="parts")
    file = models.ForeignKey(MaterialFile, models.PROTECT, related_name="parts")
    order = models.PositiveSmallIntegerField()
    caption = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("file of a version")
        verbose_name_plural = _("files of versions")
        default_permissions = ()
        ordering = ["version", "order"]
        constraints = [models.UniqueConstraint(fields=["version", "order"], name="version_part_once")]

    def __str__(self) -> str:
        return f"{self.version} {self.file}"
