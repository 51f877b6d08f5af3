"""Everything about commitments that is listed in the admin, in one menu group."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from commitments.models import WorkKind
from commitments.notice_register import NoticeRegister
from suite.registers.register import RegisterGroup

from .commitments import CommitmentRegister
from .meetings import MeetingRegister
from .months import MonthRegister


class WorkKindViewSet(SnippetViewSet):
    model = WorkKind
    icon = "tag"
    list_display = ["name", "order"]
    panels = [FieldPanel("name"), FieldPanel("order")]


class CommitmentsGroup(RegisterGroup):
    """In the order of a month; what follows from it last."""

    menu_label = _("Monthly commitments")
    menu_name = "commitments"
    menu_icon = "form"
    menu_order = 262
    registers = (MonthRegister, CommitmentRegister, MeetingRegister, NoticeRegister)
    items = (WorkKindViewSet,)
