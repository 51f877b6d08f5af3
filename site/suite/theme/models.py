"""Who runs this site: what every page's head and foot say, and what goes on paper."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

phone_number = RegexValidator(
    r"^[0-9][0-9 -]{2,19}$",
    _("Write the phone number in digits, with its area code if it has one, for example 0873-2201234 or 12345."),
)


@register_setting(icon="home", order=50)
class OfficeSettings(BaseSiteSetting):
    """The office's names, phones and address; one row for each site, the defaults until it is saved."""

    township_name = models.CharField(
        _("name of the township"),
        max_length=60,
        default="乡镇人民政府",
        help_text=_("In full, as on the door plate, for example 石门乡人民政府. Stands at the head of every page."),
    )
    township_short_name = models.CharField(
        _("short name"),
        max_length=20,
        blank=True,
        help_text=_("For example 石门乡. Left empty, the full name is used."),
    )
    issuing_body = models.CharField(
        _("issuing body of documents"),
        max_length=60,
        blank=True,
        help_text=_("The name under official documents. Left empty, the name of the township is used."),
    )
    document_prefix = models.CharField(
        _("document prefix"),
        max_length=20,
        blank=True,
        help_text=_("The agency's characters in document numbers, for example 石政发 in 石政发〔2026〕3号."),
    )
    hall_phone = models.CharField(
        _("phone of the hall"),
        max_length=20,
        blank=True,
        validators=[phone_number],
        help_text=_("Villagers with questions call this number. Use a landline of the office, not a person's mobile."),
    )
    supervision_phone = models.CharField(
        _("supervision phone"),
        max_length=20,
        blank=True,
        validators=[phone_number],
        help_text=_("For complaints about service. Must be another number than that of the hall."),
    )
    address = models.CharField(_("address"), max_length=120, blank=True)
    hours = models.CharField(
        _("office hours"),
        max_length=120,
        blank=True,
        help_text=_("For example: Monday to Friday 8:30–11:30, 14:00–17:30; market days from 8:00."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("township_name"), FieldPanel("township_short_name")],
            heading=_("Name"),
        ),
        MultiFieldPanel(
            [FieldPanel("issuing_body"), FieldPanel("document_prefix")],
            heading=_("Official documents"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("hall_phone"),
                FieldPanel("supervision_phone"),
                FieldPanel("address"),
                FieldPanel("hours"),
            ],
            heading=_("How to reach the office"),
        ),
    ]

    class Meta:
        verbose_name = _("office")

    def __str__(self) -> str:
        return self.township_name

    def clean(self) -> None:
        """Refuses one number for questions and complaints (requirement E: the two phones differ)."""
        super().clean()
        if self.hall_phone and self.hall_phone == self.supervision_phone:
            raise ValidationError(
                {"supervision_phone": _("Give another number than the hall's: complaints must not ring there.")}
            )

    @property
    def short_name(self) -> str:
        """The short name, or the full one where none is given."""
        return self.township_short_name or self.township_name

    @property
    def issuer(self) -> str:
        """The name under official documents."""
        return self.issuing_body or self.township_name
