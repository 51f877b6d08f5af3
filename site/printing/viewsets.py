"""The register of what was printed: to read, never to write."""

from typing import Any

from django.contrib.admin import display
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers import PermissionHelper

from suite.registers.register import Register, RegisterGroup

from .codes import spaced
from .domain.registry import printables
from .models import PaperVersion

VIEW_VERSIONS = "printing.view_paperversion"


class ReadOnlyHelper(PermissionHelper):
    """Superusers too look only."""

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


class PaperVersionRegister(Register):
    """Versions of the papers that everybody may read; the code leads to what the public is told about it."""

    model = PaperVersion
    permission_helper_class = ReadOnlyHelper
    menu_icon = "doc-full"
    list_display = ("title", "paper_kind", "edition", "since", "paper_code", "standing")
    list_export = ("title", "paper_kind", "edition", "since", "code", "standing", "recorded_at")
    list_filter = ("since",)
    search_fields = ("title", "code")
    one_line = ("paper_kind", "paper_code")
    inspect_view_fields = ["title", "number", "since", "code", "recorded_at"]

    def get_queryset(self, request: Any) -> QuerySet[PaperVersion]:
        same = PaperVersion.objects.filter(kind=OuterRef("kind"), key=OuterRef("key")).order_by()
        last = same.order_by("-pk")
        return (
            super()
            .get_queryset(request)
            .filter(public=True)
            .defer("text")
            .annotate(
                last=Subquery(last.values("pk")[:1]),
                last_number=Subquery(last.values("number")[:1]),
                last_reprint=Subquery(last.values("reprint")[:1]),
            )
        )

    @display(description=gettext_lazy("number of the version"), ordering="number")
    def edition(self, version: PaperVersion) -> str:
        return version.edition

    @display(description=gettext_lazy("kind"), ordering="kind")
    def paper_kind(self, version: PaperVersion) -> str:
        printable = printables().get(version.kind)
        return str(printable.label) if printable else version.kind

    @display(description=gettext_lazy("code on the paper"))
    def paper_code(self, version: PaperVersion) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("papers:paper", args=[version.code]), spaced(version.code))

    @display(description=gettext_lazy("standing"))
    def standing(self, version: PaperVersion) -> str:
        """As recorded: what the object says today is told by the page behind the code."""
        if version.last == version.pk:
            return _("last version")
        last = PaperVersion(number=version.last_number, reprint=version.last_reprint)
        return _("replaced by version %(number)s") % {"number": last.edition}


class PaperGroup(RegisterGroup):
    menu_label = gettext_lazy("Papers handed out")
    menu_icon = "doc-full"
    menu_order = 270
    registers = (PaperVersionRegister,)
