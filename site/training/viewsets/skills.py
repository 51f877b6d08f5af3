"""The list of skills, which the office keeps, and everybody's skills, which change on the desk alone."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel

from suite.registers.register import Register
from training.domain.skills.confirming import may_see, visible_to
from training.models import PersonSkill, Skill

from .records import KeptByOffice, Records


class SkillRegister(Register):
    model = Skill
    menu_icon = "tag"
    permission_helper_class = KeptByOffice
    list_display = ("name", "about", "active")
    search_fields = ("name", "about")
    list_filter = ("active",)
    one_line = ("name",)
    panels = [FieldPanel("name"), FieldPanel("about"), FieldPanel("active")]
    inspect_view_fields = ("name", "about", "active")


class SeenRows(Records):
    """Which rows, `visible_to` says."""

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return self.user_can_list(user) and (obj is None or may_see(user, obj))


class PersonSkillRegister(Register):
    model = PersonSkill
    menu_icon = "user"
    permission_helper_class = SeenRows
    list_display = ("person", "skill", "level", "state", "claimed_at", "decided_at", "desk")
    list_export = ("person", "skill", "level", "state", "proof", "claimed_at", "decided_by", "decided_at", "ended_at",
                   "reason")  # fmt: skip
    list_filter = ("state", "level", "skill")
    search_fields = ("person__name", "skill__name", "proof")
    one_line = ("person", "skill")
    inspect_view_fields = ("person", "skill", "level", "state", "proof", "claimed_at", "decided_at", "ended_at",
                           "reason", "desk")  # fmt: skip

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return visible_to(request.user, rows.select_related("person", "skill", "decided_by"))

    def desk(self, row: PersonSkill) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("training_skills_one", args=[row.pk]), _("Look, confirm, end")
        )

    desk.short_description = gettext_lazy("on the desk")
