"""The registers of courses, series and sessions; a session goes through its steps here."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList

from suite.registers.actions import RecordAction
from suite.registers.register import Register
from suite.registers.views import RegisterCreateView
from suite.theme.dates import in_list
from training.domain.courses.checks import ON_THE_PLAN
from training.domain.lifecycle import courses
from training.enums import AttendanceState, EnrolmentState, SessionState
from training.forms import sessions as forms
from training.models import Attendance, Course, Enrolment, SeriesRule, Session
from training.permissions import user_can_run

from .records import KeptByOffice, Records


class MadeByOffice(Records):
    """Made by who runs training, changed by actions alone."""

    def user_can_create(self, user: Any) -> bool:
        return bool(user_can_run(user))


def _on_the_plan(session: Session) -> bool:
    return session.state in ON_THE_PLAN


ACTIONS = (
    RecordAction(
        "open",
        _("Open sign-up"),
        forms.AboutSession,
        lambda session, data, user: courses.open_sign_up(session, user),
        _("People may enrol from now on. Where everybody of the unit is expected, they are enrolled at once."),
        lambda session: session.state == SessionState.PLANNED,
        user_can_run,
    ),
    RecordAction(
        "change",
        _("Change place, trainer or seats"),
        forms.ChangeForm,
        lambda session, data, user: courses.change(session, data["changes"], user),
        _("More seats let those who wait move up by themselves."),
        _on_the_plan,
        user_can_run,
    ),
    RecordAction(
        "move",
        _("Move to another time"),
        forms.MoveForm,
        lambda session, data, user: courses.move(session, data["starts_at"], data["ends_at"], data["reason"], user),
        _("Staff find it on their desk; the office is told which villagers to call. Calendars follow by themselves."),
        _on_the_plan,
        user_can_run,
    ),
    RecordAction(
        "cancel",
        _("Cancel"),
        forms.CancelForm,
        lambda session, data, user: courses.cancel(session, data["reason"], user),
        _("It stays in the lists with its reason. Who was enrolled is told as when it is moved."),
        _on_the_plan,
        user_can_run,
    ),
    RecordAction(
        "hold",
        pgettext_lazy("training session", "Close as held"),
        forms.HoldSessionForm,
        lambda session, data, user: courses.close_as_held(session, user, without=data["without"]),
        _("It was held: it counts for the month's study and for certificates."),
        _on_the_plan,
        user_can_run,
    ),
)


class CourseRegister(Register):
    model = Course
    menu_icon = "openquote"
    permission_helper_class = KeptByOffice
    list_display = ("title", "kind", "unit", "contact")
    inspect_view_fields = ("title", "kind", "about", "unit", "contact", "everybody", "returning")
    list_filter = ("kind",)
    list_select_related = ("unit", "contact")
    search_fields = ("title", "about")
    panels = [
        FieldPanel("title"),
        FieldPanel("kind"),
        FieldPanel("about"),
        FieldRowPanel([FieldPanel("unit"), FieldPanel("contact")]),
        FieldPanel("everybody"),
        FieldPanel("returning"),
    ]


class SeriesRegister(Register):
    model = SeriesRule
    menu_icon = "rotate"
    permission_helper_class = KeptByOffice
    list_display = ("course", "rhythm", "week", "weekday", "starts", "since", "until")
    inspect_view_fields = (
        "course", "rhythm", "week", "weekday", "starts", "minutes", "place", "trainer", "since", "until",
    )  # fmt: skip
    list_filter = ("rhythm",)
    list_select_related = ("course",)
    panels = [
        FieldPanel("course"),
        FieldRowPanel([FieldPanel("rhythm"), FieldPanel("week"), FieldPanel("weekday")]),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("minutes")]),
        FieldPanel("place"),
        FieldPanel("trainer"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
    ]


class OpensSession(RegisterCreateView):
    """A new session is shown at once: opening its sign-up comes next."""

    def get_success_url(self) -> str:
        return str(self.url_helper.get_action_url("inspect", self.instance.pk))


def _number_of(rows: QuerySet[Any]) -> Subquery:
    """How many of `rows` belong to the session that is listed."""
    counted = rows.filter(session=OuterRef("pk")).order_by().values("session").annotate(number=Count("pk"))
    return Subquery(counted.values("number"))


class SessionRegister(Register):
    model = Session
    menu_icon = "date"
    permission_helper_class = MadeByOffice
    create_view_class = OpensSession
    actions = ACTIONS
    one_line = ("begins", "state_shown")
    list_display = ("course", "begins", "place", "state_shown", "places", "enrolled", "present")
    # What comes next, and what was last, is on the first page.
    ordering = ("-starts_at",)
    list_export = ("course", "starts_at", "ends_at", "place", "village", "trainer", "guest_trainer", "state", "seats")
    inspect_view_fields = (
        "course", "starts_at", "ends_at", "place", "village", "trainer", "guest_trainer", "seats", "waiting_list",
        "sign_up_until", "state", "moved_from", "moved_reason", "reason",
    )  # fmt: skip
    list_filter = ("state", "course", "starts_at")
    search_fields = ("course__title", "place")
    edit_handler = ObjectList(
        [
            FieldPanel("course"),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            FieldRowPanel([FieldPanel("place"), FieldPanel("village")]),
            FieldRowPanel([FieldPanel("trainer"), FieldPanel("guest_trainer")]),
            FieldRowPanel([FieldPanel("seats"), FieldPanel("waiting_list")]),
            FieldPanel("sign_up_until"),
        ],
        base_form_class=forms.SessionForm,
    )

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        enrolled = Enrolment.objects.filter(state=EnrolmentState.ENROLLED)
        present = Attendance.objects.filter(state=AttendanceState.RECORDED)
        rows = super().get_queryset(request).select_related("course")
        return rows.annotate(with_seat=_number_of(enrolled), there=_number_of(present))

    def get_list_display(self, request: Any) -> list[str]:
        """With the way to the list of names for who may open every one."""
        return [*super().get_list_display(request), *(["desk"] if user_can_run(request.user) else [])]

    def places(self, session: Session) -> str:
        return str(session.seats or pgettext("seats of a training session", "no limit"))

    places.short_description = Session._meta.get_field("seats").verbose_name
    places.admin_order_field = "seats"

    def enrolled(self, session: Session) -> int:
        return session.with_seat or 0

    enrolled.short_description = _("enrolled")

    def present(self, session: Session) -> int:
        return session.there or 0

    present.short_description = pgettext_lazy("training session", "were there")

    def desk(self, session: Session) -> str:
        address = reverse("training_attendance", args=[session.pk])
        return format_html('<a href="{}">{}</a>', address, pgettext("training", "Attendance"))

    desk.short_description = _("on the desk")

    def write(self, form: Any, user: Any) -> Session:
        return courses.plan(form.save(commit=False), user)

    def begins(self, session: Session) -> str:
        return in_list(session.starts_at)

    begins.short_description = Session._meta.get_field("starts_at").verbose_name
    begins.admin_order_field = "starts_at"

    def state_shown(self, session: Session) -> str:
        return session.state_now

    state_shown.short_description = _("state")
    state_shown.admin_order_field = "state"
