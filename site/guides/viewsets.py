"""The registers of guides and of their versions beside the office's lists and settings, in one menu group."""

from typing import Any

from django.contrib.admin import display
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail_modeladmin.helpers import PermissionHelper

from suite.registers.pages import ListedPages
from suite.registers.register import Register, RegisterGroup

from .models import GuidePage, GuideVersion, LifeEvent, PlainWord
from .permissions import EXCHANGE, SETTINGS

# Long, and not in the list.
_NOT_LISTED = ("conditions", "materials", "questions", "steps", "basis", "remedies", "answers")


class GuideRegister(Register):
    """Every guide with what an office asks of them all; editing happens on the page."""

    model = GuidePage
    permission_helper_class = ListedPages
    menu_icon = "doc-full"
    list_display = ("title", "responsible_unit", "case_kind", "newest_version", "valid_until", "status")
    list_filter = ("live", "case_kind", "responsible_unit", "life_events")
    search_fields = ("title", "summary", "item_code")
    list_select_related = ("responsible_unit",)
    one_line = ("case_kind", "status")

    def get_queryset(self, request: Any) -> QuerySet[GuidePage]:
        newest = GuideVersion.objects.filter(page=OuterRef("pk")).values("number")[:1]
        guides = super().get_queryset(request).defer(*_NOT_LISTED).annotate(newest_number=Subquery(newest))
        # What a page's status is told by, for all rows at once.
        return guides.annotate_approved_schedule().prefetch_workflow_states()

    @display(description=_("version"), ordering="newest_number")
    def newest_version(self, guide: GuidePage) -> str:
        return str(guide.newest_number or "")

    @display(description=_("status"))
    def status(self, guide: GuidePage) -> str:
        return str(guide.status_string)


class KeptForEver(PermissionHelper):
    """A version comes about when a guide goes live; nobody writes, changes or deletes one."""

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


class VersionRegister(Register):
    """What each version of a guide changed, in words."""

    model = GuideVersion
    permission_helper_class = KeptForEver
    menu_icon = "history"
    list_display = ("page", "number", "valid_from", "standing", "recorded_at")
    list_filter = ("valid_from", "recorded_at")
    search_fields = ("page__title",)
    list_select_related = ("page",)
    one_line = ("standing",)
    inspect_view_fields = ("page", "number", "valid_from", "standing", "recorded_at", "what_changed")

    @display(description=_("status"))
    def standing(self, version: GuideVersion) -> str:
        return str(version.standing().label)

    @display(description=_("what changed"))
    def what_changed(self, version: GuideVersion) -> str:
        if not version.changes:
            return str(_("This is the first version."))
        return format_html_join("", "<div>{}</div>", ((change,) for change in version.changes))


class LifeEventViewSet(SnippetViewSet):
    model = LifeEvent
    icon = "tag"
    list_display = ["name", "examples", "order"]
    panels = [FieldPanel("name"), FieldPanel("examples"), FieldPanel("slug"), FieldPanel("order")]


class PlainWordViewSet(SnippetViewSet):
    model = PlainWord
    icon = "comment"
    list_display = ["official", "plain"]
    search_fields = ["official", "plain"]
    panels = [FieldPanel("official"), FieldPanel("plain")]


class PermittedItem(MenuItem):
    """A line of the menu for those who have ``permission``."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(self.permission))


class GuideGroup(RegisterGroup):
    """Everything editors and the office do with guides besides writing them."""

    menu_label = _("Service guides")
    menu_icon = "doc-full"
    menu_order = 240
    registers = (GuideRegister, VersionRegister)
    items = (LifeEventViewSet, PlainWordViewSet)

    def get_submenu_items(self) -> list[Any]:
        settings = reverse("wagtailsettings:edit", args=["guides", "guidessettings"])
        return [
            *super().get_submenu_items(),
            PermittedItem(
                _("Import and export"), reverse("guides_exchange"), permission=EXCHANGE, icon_name="download", order=900
            ),
            PermittedItem(_("Settings of the guides"), settings, permission=SETTINGS, icon_name="cog", order=910),
        ]
