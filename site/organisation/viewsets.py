"""The registers of the organisation, and posts as snippets, in one menu entry."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import ModelForm
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from suite.registers.actions import RecordAction
from suite.registers.columns import yes_no
from suite.registers.filters import InEffectFilter
from suite.registers.register import Register, RegisterGroup

from . import forms
from .domain import lifecycle
from .models import Absence, Appointment, Person, Post, Responsibility, Unit


def period() -> FieldRowPanel:
    return FieldRowPanel([FieldPanel("since"), FieldPanel("until")])


class OrganisationRegister(Register):
    """Writes through the domain: a new row is entered, a changed one corrected, both with before and after."""

    def write(self, form: ModelForm, user: Any) -> Any:
        row = form.instance
        if not row._state.adding:
            return lifecycle.correct(row, user)
        if isinstance(row, Absence):
            return lifecycle.record_absence(row, user)
        return lifecycle.enter(row, user) if isinstance(row, Appointment | Responsibility) else lifecycle.add(row, user)

    def remove(self, instance: Any, user: Any) -> None:
        lifecycle.delete(instance, user)


def close_or_merge(unit: Unit, data: dict[str, Any], user: Any) -> Unit:
    if data["into"]:
        return lifecycle.merge_units([unit], data["into"], data["last_day"], user, data["reason"])
    return lifecycle.close_unit(unit, data["last_day"], user, data["reason"])


def end(row: Appointment | Responsibility, data: dict[str, Any], user: Any) -> Any:
    return lifecycle.end(row, data["last_day"], user, data["reason"])


def goes_on(row: Unit | Appointment | Responsibility) -> bool:
    return row.until is None


class UnitRegister(OrganisationRegister):
    model = Unit
    actions = (
        RecordAction(
            "close",
            _("Close or merge"),
            forms.CloseUnitForm,
            close_or_merge,
            _("Everything in the unit ends on that day and stays in the records: units below, posts held, charges."),
            goes_on,
        ),
    )
    menu_icon = "list-ul"
    one_line = ("phone",)
    list_display = ("name", "kind", "parent", "phone", "in_charge", "since", "until")
    list_export = ("name", "short_name", "kind", "parent", "phone", "address", "in_charge", "population", "households",
                   "distance_km", "figures_as_of", "since", "until", "merged_into", "duties")  # fmt: skip
    inspect_view_fields = list_export
    list_filter = ("kind", InEffectFilter)
    list_select_related = ("parent",)
    search_fields = ("name", "short_name", "phone", "duties", "parent__name")
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("kind"), FieldPanel("parent")]),
            FieldRowPanel([FieldPanel("name"), FieldPanel("short_name")]),
            FieldPanel("duties"),
            FieldRowPanel([FieldPanel("phone"), FieldPanel("address")]),
            FieldPanel("order"),
            MultiFieldPanel([period()], heading=_("Time of existence")),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("population"), FieldPanel("households")]),
                    FieldRowPanel([FieldPanel("distance_km"), FieldPanel("figures_as_of")]),
                ],
                heading=_("Figures of a village or community"),
            ),
        ],
        base_form_class=forms.UnitForm,
    )

    def get_queryset(self, request: Any) -> QuerySet[Unit]:
        return super().get_queryset(request).prefetch_related("responsibilities__person")

    def in_charge(self, unit: Unit) -> str:
        """Who is in charge today, and for villages who is stationed there."""
        today = localdate()
        return "、".join(
            row.person.name
            for row in unit.responsibilities.all()
            if row.since <= today and (row.until is None or today <= row.until) and row.kind != "linked"
        )

    in_charge.short_description = _("in charge or stationed")


class PersonRegister(OrganisationRegister):
    model = Person
    actions = (
        RecordAction(
            "leave",
            _("Leaves the township"),
            forms.EndForm,
            lambda person, data, user: lifecycle.leave(person, data["last_day"], user, data["reason"]),
            _("All posts and charges end on that day and the account is closed. What was done keeps the name."),
            lambda person: person.active,
        ),
    )
    menu_icon = "user"
    one_line = ("work_phone", "account")
    list_display = ("name", "posts_today", "work_phone", "account", "active")
    list_export = ("name", "gender", "posts_today", "work_phone", "account", "active")
    # The private mobile is seen only on the form, by who may change it.
    inspect_view_fields = ("name", "gender", "photo", "posts_today", "work_phone", "account", "active")
    list_filter = ("active", "gender", "appointments__post__unit__kind")
    list_select_related = ("user",)
    search_fields = ("name", "sort_key", "work_phone", "user__username")
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("gender")]),
            FieldRowPanel([FieldPanel("work_phone"), FieldPanel("mobile")]),
            FieldPanel("photo"),
            FieldRowPanel([FieldPanel("user"), FieldPanel("active")]),
        ],
        base_form_class=forms.PersonForm,
    )

    def get_queryset(self, request: Any) -> QuerySet[Person]:
        return super().get_queryset(request).prefetch_related("appointments__post__unit")

    def posts_today(self, person: Person) -> str:
        today = localdate()
        return "；".join(
            str(row.post)
            for row in person.appointments.all()
            if row.since <= today and (row.until is None or today <= row.until)
        )

    posts_today.short_description = _("posts today")

    def account(self, person: Person) -> str:
        return person.user.get_username() if person.user else ""

    account.short_description = _("login account")
    account.admin_order_field = "user__username"


class AppointmentRegister(OrganisationRegister):
    model = Appointment
    actions = (
        RecordAction("end", _("Relieve of the post"), forms.EndForm, end, possible=goes_on),
        RecordAction(
            "transfer",
            _("Transfer to another post"),
            forms.TransferForm,
            lambda row, data, user: lifecycle.transfer(
                row, data["post"], data["first_day"], user, document=data["document"]
            ),
            _("The old appointment ends the day before the new one begins."),
            goes_on,
        ),
    )
    menu_icon = "date"
    list_display = ("person", "unit", "post_name", "kind", "since", "until")
    list_display_add_buttons = "person"
    list_export = ("person", "unit", "post_name", "kind", "since", "until", "document")
    inspect_view_fields = list_export
    list_filter = (InEffectFilter, "kind", "post__unit__kind")
    list_select_related = ("person", "post__unit")
    search_fields = ("person__name", "post__name", "post__unit__name", "document")
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("person"), FieldPanel("post")]),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("document")]),
            period(),
        ],
        base_form_class=forms.AppointmentForm,
    )

    def unit(self, appointment: Appointment) -> str:
        return appointment.post.unit.name

    unit.short_description = _("unit")
    unit.admin_order_field = "post__unit__order"

    def post_name(self, appointment: Appointment) -> str:
        return appointment.post.name

    post_name.short_description = _("post")
    post_name.admin_order_field = "post__name"


class ResponsibilityRegister(OrganisationRegister):
    model = Responsibility
    actions = (
        RecordAction(
            "hand_over",
            _("Hand over"),
            forms.HandOverForm,
            lambda row, data, user: lifecycle.hand_over(row, data["person"], data["first_day"], user),
            _("The successor begins on that day; the day before is the last of the one before."),
            goes_on,
        ),
        RecordAction("end", _("End without a successor"), forms.EndForm, end, possible=goes_on),
    )
    menu_icon = "group"
    list_display = ("person", "kind", "unit", "since", "until")
    inspect_view_fields = list_display
    list_filter = (InEffectFilter, "kind", "unit__kind")
    list_select_related = ("person", "unit")
    search_fields = ("person__name", "unit__name")
    edit_handler = ObjectList(
        [
            FieldPanel("person"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("unit")]),
            period(),
        ],
        base_form_class=forms.ResponsibilityForm,
    )


class AbsenceRegister(OrganisationRegister):
    model = Absence
    actions = (
        RecordAction(
            "end",
            _("Another last day"),
            forms.EndForm,
            lambda absence, data, user: lifecycle.end_absence(absence, data["last_day"], user, data["reason"]),
            _("Back earlier, or away longer: enter the last day away."),
        ),
    )
    menu_icon = "calendar-alt"
    # The note stands on the form and on the record's page, never in a list or a file.
    list_display = ("person", "kind", "since", "until", "deputy")
    inspect_view_fields = (*list_display, "note")
    list_filter = (InEffectFilter, "kind")
    list_select_related = ("person", "deputy")
    search_fields = ("person__name", "deputy__name")
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("person"), FieldPanel("kind")]),
            period(),
            FieldPanel("deputy"),
            FieldPanel("note"),
        ],
        base_form_class=forms.AbsenceForm,
    )


class PostViewSet(SnippetViewSet):
    model = Post
    icon = "tag"
    menu_label = _("Posts")
    list_display = (
        "name",
        "unit",
        "established",
        Column("exclusive", label=_("holds no other post"), accessor=lambda post: yes_no(post.exclusive)),
    )
    list_filter = ("unit__kind",)
    search_fields = ("name", "unit__name", "duties")
    inspect_view_enabled = True
    inspect_view_fields = ("unit", "name", "duties", "established", "exclusive", "order")
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("unit"), FieldPanel("name")]),
            FieldPanel("duties"),
            FieldRowPanel([FieldPanel("established"), FieldPanel("order")]),
            FieldPanel("exclusive"),
        ],
        base_form_class=forms.PostForm,
    )

    def get_queryset(self, request: Any) -> QuerySet[Post]:
        return Post.objects.select_related("unit")


class OrganisationGroup(RegisterGroup):
    menu_label = _("Organisation")
    menu_name = "organisation"
    menu_icon = "group"
    menu_order = 300
    registers = (UnitRegister, PersonRegister, AppointmentRegister, ResponsibilityRegister, AbsenceRegister)
    items = (PostViewSet,)
