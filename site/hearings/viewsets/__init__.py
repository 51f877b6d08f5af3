"""The registers of the efficiency office in one menu group: topics, hearings, representatives, measures, themes."""

from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from hearings.models import HearingTheme
from suite.registers.register import RegisterGroup

from .hearings import HearingRegister
from .measures import MeasureRegister
from .representatives import RepresentativeRegister
from .topics import TopicRegister


class HearingThemeViewSet(SnippetViewSet):
    model = HearingTheme
    icon = "tag"
    list_display = ["name", "order"]
    panels = [FieldPanel("name"), FieldPanel("order")]


class HearingsGroup(RegisterGroup):
    menu_label = gettext_lazy("Efficiency hearings")
    menu_name = "hearings"
    menu_icon = "group"
    menu_order = 260
    registers = (HearingRegister, TopicRegister, RepresentativeRegister, MeasureRegister)
    items = (HearingThemeViewSet,)
