"""Forms of the efficiency office about one hearing, one for each step; the rules are the domain's."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from organisation.domain.queries import units
from organisation.enums import SETTLED, UnitKind
from organisation.models import Person, Unit
from suite.draw.forms import SeedForm
from suite.draw.models import Draw

from .domain.letters import without_letter
from .domain.notice_period import current_notice, is_announced, why_earliest
from .enums import CorrectionState, FeedbackKind, MeasureKind, OfficerRole, ProblemState, TopicState
from .models import Correction, Feedback, Hearing, Measure, Officer, Posting, Representative, Topic

DAY_AND_TIME = "%Y-%m-%dT%H:%M"


def moment(label: Any, **options: Any) -> forms.DateTimeField:
    """A day with a time, in the browser's own picker."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=DAY_AND_TIME)
    return forms.DateTimeField(label=label, widget=widget, **options)


def text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def villages() -> Any:
    return units(kinds=SETTLED).order_by("order", "pk")


def offices() -> Any:
    """Every unit that is no village and no part of one."""
    return units().exclude(kind__in=[*SETTLED, UnitKind.NATURAL_VILLAGE]).order_by("order", "pk")


class AboutHearing(forms.Form):
    """A form about one hearing; by itself it asks for nothing but the button. ``warnings`` stand above the fields."""

    warnings: list[str] = []

    def __init__(self, *args: Any, instance: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hearing = instance


class ReasonForm(AboutHearing):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, widget=text(2), help_text=gettext_lazy("It is made public.")
    )


class ArrangeForm(AboutHearing):
    """Everything about a hearing before its session; ``changes()`` is what `change` takes."""

    title = forms.CharField(label=Hearing._meta.get_field("title").verbose_name, max_length=80)
    about = forms.CharField(label=Hearing._meta.get_field("about").verbose_name, max_length=1000, widget=text(4))
    host = forms.ModelChoiceField(Unit.objects.none(), label=Hearing._meta.get_field("host").verbose_name)
    starts_at = moment(Hearing._meta.get_field("starts_at").verbose_name, required=False)
    place = forms.CharField(label=Hearing._meta.get_field("place").verbose_name, max_length=100, required=False)
    sign_up_until = moment(Hearing._meta.get_field("sign_up_until").verbose_name, required=False)
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(),
        label=Topic._meta.verbose_name_plural,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Those that wait in the pool, and those this hearing has already."),
    )
    invited_seats = forms.IntegerField(
        label=Hearing._meta.get_field("invited_seats").verbose_name, min_value=0, max_value=200
    )
    chair = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("chair"), required=False)
    officers = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=Officer._meta.verbose_name_plural,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Leaders and cadres who answer."),
    )
    clerks = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=gettext_lazy("clerks"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Who writes the record. Somebody without a role here gets access to this session only."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        max_length=300,
        required=False,
        widget=text(2),
        help_text=gettext_lazy("Needed where time, place or topics of an announced hearing change. It is made public."),
    )

    class Media:
        css: ClassVar[dict[str, list[str]]] = {"all": ["hearings/office.css"]}

    def __init__(self, *args: Any, instance: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        fields: dict[str, Any] = self.fields
        self._villages = list(villages())
        had = {quota.village_id: quota.seats for quota in instance.quotas.all()}
        for village in self._villages:
            fields[f"seats_{village.pk}"] = forms.IntegerField(
                label=_("Seats of %(village)s") % {"village": village},
                min_value=0,
                max_value=100,
                required=False,
                initial=had.get(village.pk),
            )
        fields["host"].queryset = offices()
        waiting = Topic.objects.filter(state=TopicState.REPORTED) | Topic.objects.filter(hearing=instance)
        fields["topics"].queryset = waiting.select_related("village").order_by("village__order", "pk")
        fields["topics"].label_from_instance = lambda topic: f"{topic.village}：{topic}"
        people = Person.objects.filter(active=True)
        for name in ("chair", "officers", "clerks"):
            fields[name].queryset = people
        by_role: dict[str, list[int]] = {}
        for officer in instance.officers.all():
            by_role.setdefault(officer.role, []).append(officer.person_id)
        self.initial = {
            **{name: getattr(instance, name) for name in ("title", "about", "host", "place", "invited_seats")},
            **{name: local(getattr(instance, name)) for name in ("starts_at", "sign_up_until")},
            "topics": list(instance.topics.values_list("pk", flat=True)),
            "chair": next(iter(by_role.get(OfficerRole.CHAIR, [])), None),
            "officers": by_role.get(OfficerRole.OFFICER, []),
            "clerks": by_role.get(OfficerRole.CLERK, []),
        }
        seats = [f"seats_{village.pk}" for village in self._villages]
        self.order_fields(
            ["title", "about", "host", "starts_at", "place", "sign_up_until", "topics", *seats, "invited_seats"]
        )
        self.announced = is_announced(current_notice(instance))
        if not self.announced:
            del self.fields["reason"]
        self.fields["starts_at"].help_text = why_earliest(timezone.localdate())
        self.warnings = [
            _(
                "This hearing has been announced. If time, place or topics change, the notice is replaced, page and "
                "paper have to go out anew, and the seven days begin anew."
            )
        ] * self.announced

    def changes(self) -> dict[str, Any]:
        given = self.cleaned_data
        plain = ("title", "about", "host", "starts_at", "place", "sign_up_until", "invited_seats")
        officers = [(given["chair"], OfficerRole.CHAIR)] if given["chair"] else []
        officers += [(person, OfficerRole.OFFICER) for person in given["officers"]]
        officers += [(person, OfficerRole.CLERK) for person in given["clerks"]]
        quotas = {village: seats for village in self._villages if (seats := given[f"seats_{village.pk}"])}
        return {
            **{name: given[name] for name in plain},
            "topics": list(given["topics"]),
            "quotas": quotas,
            "officers": officers,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            cleaned["changes"] = self.changes()
        return cleaned


def local(value: Any) -> str:
    return timezone.localtime(value).strftime(DAY_AND_TIME) if value else ""


class RecordForm(forms.ModelForm):
    """A form that makes one new row of a hearing; ``row`` is it, unsaved and without the domain's checks."""

    warnings: list[str] = []

    def __init__(self, *args: Any, instance: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hearing = instance

    def _post_clean(self) -> None:
        """The domain cleans the row; here it only takes the values."""
        forms.models.construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["row"] = self.instance
        return cleaned


class PostingForm(RecordForm):
    posted_at = moment(Posting._meta.get_field("posted_at").verbose_name)

    class Meta:
        model = Posting
        fields = ("kind", "village", "place", "posted_at", "signed_by")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        village: Any = self.fields["village"]
        village.queryset = villages()
        self.initial.setdefault("posted_at", local(timezone.now()))


class RepresentativeForm(RecordForm):
    """A sign-up that came on paper."""

    class Meta:
        model = Representative
        fields = ("village", "name", "phone", "problem")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        village: Any = self.fields["village"]
        village.queryset = villages().filter(pk__in=self.hearing.quotas.values("village"))
        village.required = True


class InviteForm(RecordForm):
    class Meta:
        model = Representative
        fields = ("name", "phone", "village", "represents")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        village: Any = self.fields["village"]
        village.queryset = villages()


class HearingSeedForm(SeedForm):
    """Which seed decides the draw of a hearing; a reason where it is drawn again."""

    warnings: list[str] = []
    reason = forms.CharField(
        label=gettext_lazy("Reason for drawing again"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Only where there was a draw before. It is made public."),
    )

    def __init__(self, *args: Any, instance: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, instance=Draw(), **kwargs)


class SettleForm(AboutHearing):
    correction = forms.ModelChoiceField(
        Correction.objects.none(), label=Correction._meta.verbose_name, widget=forms.RadioSelect, empty_label=None
    )
    taken_over = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("yes", gettext_lazy("Taken over: the page says so now")), ("no", gettext_lazy("Not taken over"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reply = forms.CharField(
        label=gettext_lazy("Reply"),
        max_length=300,
        required=False,
        widget=text(2),
        help_text=gettext_lazy("Needed where it is not taken over. Who asked for it reads this."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        correction: Any = self.fields["correction"]
        rows = self.hearing.corrections.filter(state=CorrectionState.OPEN)
        correction.queryset = rows.select_related("representative", "officer__person", "problem")
        correction.label_from_instance = lambda row: "：".join(
            map(str, filter(None, (row.representative or row.officer, row.problem, row.text)))
        )


class CorrectionForm(RecordForm):
    """A correction that was told by phone or in the office."""

    class Meta:
        model = Correction
        fields = ("representative", "officer", "problem", "text")
        widgets = {"text": text(4)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["representative"].queryset = self.hearing.representatives.filter(state="seated")
        fields["officer"].queryset = self.hearing.officers.select_related("person")
        fields["problem"].queryset = self.hearing.problems.all()


class MeasureForm(RecordForm):
    class Meta:
        model = Measure
        fields = ("problem", "kind", "text", "unit", "handler", "due", "result")
        widgets = {"text": text(2), "result": text(3), "due": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        problems = self.hearing.problems.order_by("number")
        fields["problem"].queryset = problems
        fields["unit"].queryset = offices()
        fields["handler"].queryset = Person.objects.filter(active=True)
        fields["due"].help_text = _("Readers see it. Left empty only for what was done on the spot.")
        fields["result"].help_text = _("Only for what was done on the spot.")
        fields["kind"].initial = MeasureKind.PLANNED
        first = problems.filter(measures=None).exclude(state=ProblemState.STUDIED).first() or problems.first()
        self.initial.setdefault("problem", first)


class FeedbackForm(RecordForm):
    """What was given out; one choice says to whom."""

    to = forms.ChoiceField(
        label=gettext_lazy("letter to"),
        required=False,
        help_text=gettext_lazy("Only for a notice letter: who raised a problem and has no letter yet."),
    )
    sent_on = forms.DateField(label=Feedback._meta.get_field("sent_on").verbose_name, widget=AdminDateInput)
    field_order = ("kind", "to")

    class Meta:
        model = Feedback
        fields = ("kind", "sent_on", "how")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._askers = without_letter(self.hearing)
        to: Any = self.fields["to"]
        to.choices = [("", "—"), *((str(number), str(one)) for number, one in enumerate(self._askers))]
        self.initial.setdefault("sent_on", timezone.localdate())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (to := cleaned.get("to")) and cleaned.get("kind") == FeedbackKind.LETTER:
            asker = self._askers[int(to)]
            self.instance.representative, self.instance.topic = asker.representative, asker.topic
        return cleaned
