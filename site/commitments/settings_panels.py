"""How the settings of monthly commitments are laid out in the admin: in the order of a month."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from .settings_forms import SettingsForm

SETTINGS = ObjectList(
    [
        MultiFieldPanel([FieldPanel("unit_kinds"), FieldPanel("head_approver")], _("Who files, who approves")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opens_days_before"), FieldPanel("filing_days")]),
                FieldRowPanel([FieldPanel("remind_days"), FieldPanel("results_days")]),
                FieldPanel("most_rows"),
            ],
            _("Filing and results"),
        ),
        MultiFieldPanel([FieldRowPanel([FieldPanel("drawn"), FieldPanel("rest_meetings")])], _("Report meeting")),
        MultiFieldPanel(
            [
                FieldPanel("notice_series"),
                FieldPanel("repeat_months"),
                FieldRowPanel([FieldPanel("answer_days"), FieldPanel("objection_days")]),
                FieldPanel("rectify_days"),
            ],
            _("Served notices"),
        ),
    ],
    base_form_class=SettingsForm,
)
