"""Admin forms; the rules are the models' `clean`, the writing is `domain.lifecycle`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from .models import Person, Post, Unit


class UnitChoiceField(forms.ModelChoiceField):
    """Units that exist, each indented under the one it belongs to."""

    def label_from_instance(self, unit: Unit) -> str:
        return f"{unit.name}（{unit.get_kind_display()}）"


class PostChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, post: Post) -> str:
        return f"{post.unit.name} · {post.name}"


class AccountChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, account: Any) -> str:
        return account.get_username()


def open_units(keep: int | None) -> Any:
    """Units that still exist, and the one a row already names."""
    return Unit.objects.filter(Q(until__isnull=True) | Q(pk=keep)).order_by("order", "pk")


class UnitForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"] = UnitChoiceField(
            open_units(self.instance.parent_id).exclude(pk=self.instance.pk),
            required=False,
            label=Unit._meta.get_field("parent").verbose_name,
            help_text=_("The unit above. Only the township itself stands at the top."),
        )


class PostForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitChoiceField(
            open_units(self.instance.unit_id), label=Post._meta.get_field("unit").verbose_name
        )


class PersonForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = Q(person__isnull=True, is_active=True) | Q(pk=self.instance.user_id)
        self.fields["user"] = AccountChoiceField(
            get_user_model().objects.filter(free).order_by("username"),
            required=False,
            label=Person._meta.get_field("user").verbose_name,
            help_text=_("The account this person logs in with; accounts are opened under Settings, Users."),
        )


class AboutForm(forms.Form):
    """A form about one record of the register."""

    def __init__(self, *args: Any, instance: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance = instance


class EndForm(AboutForm):
    last_day = forms.DateField(label=_("Last day"), widget=AdminDateInput)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class CloseUnitForm(EndForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"] = UnitChoiceField(
            open_units(None).filter(kind=self.instance.kind).exclude(pk=self.instance.pk),
            required=False,
            label=_("Merged into"),
            help_text=_("Leave this empty where the unit is closed without a successor."),
        )


class TransferForm(AboutForm):
    first_day = forms.DateField(label=_("First day in the new post"), widget=AdminDateInput)
    document = forms.CharField(label=_("Document number"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.filter(unit__until__isnull=True).exclude(pk=self.instance.post_id)
        self.fields["post"] = PostChoiceField(posts.select_related("unit"), label=_("New post"))
        self.order_fields(["post"])


class HandOverForm(AboutForm):
    first_day = forms.DateField(label=_("First day of the successor"), widget=AdminDateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(active=True).exclude(pk=self.instance.person_id)
        self.fields["person"] = forms.ModelChoiceField(people, label=_("Successor"))
        self.order_fields(["person"])


def people_choice(keep: int | None) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(Person.objects.filter(Q(active=True) | Q(pk=keep)), label=Person._meta.verbose_name)


class AppointmentForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = people_choice(self.instance.person_id)
        self.fields["post"] = PostChoiceField(
            Post.objects.filter(Q(unit__until__isnull=True) | Q(pk=self.instance.post_id)).select_related("unit"),
            label=Post._meta.verbose_name,
        )


class AbsenceForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = people_choice(self.instance.person_id)
        self.fields["deputy"].queryset = Person.objects.filter(Q(active=True) | Q(pk=self.instance.deputy_id))


class ResponsibilityForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = people_choice(self.instance.person_id)
        self.fields["unit"] = UnitChoiceField(open_units(self.instance.unit_id), label=Unit._meta.verbose_name)
