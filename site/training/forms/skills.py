"""Forms about skills on the desk; the rules are the domain's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.models import Person, Unit
from suite.evidence.forms import EvidenceForm
from training.domain.skills.finding import LONGEST_QUESTION
from training.enums import SkillLevel
from training.models import PersonSkill, Skill
from training.models.skills import LONGEST_PROOF, LONGEST_REASON
from training.permissions import user_can_run

from .steps import AboutRecord


class ClaimForm(EvidenceForm):
    """A skill of one's own; who runs training may claim one for somebody without a desk."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Whose skill"),
        required=False,
        empty_label=_("my own"),
        help_text=_("For those without a desk, as they told you or as the paper says."),
    )
    skill = forms.ModelChoiceField(Skill.objects.none(), label=_("skill"), empty_label=_("choose"))
    level = forms.TypedChoiceField(
        label=pgettext_lazy("skill", "level"), choices=SkillLevel.choices, coerce=int, widget=forms.RadioSelect
    )
    proof = forms.CharField(
        label=_("what shows it"),
        max_length=LONGEST_PROOF,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: 2026年3月起为全镇9个村拍摄防汛航拍图，共42次。"),
    )
    field_order = ("person", "skill", "level", "proof", "evidence_files", "evidence_links")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        _choices(self.fields["skill"], Skill.objects.filter(active=True))
        if user_can_run(user):
            nobody = Q(user=None) | Q(user__is_active=False)
            _choices(self.fields["person"], Person.objects.filter(nobody, active=True))
        else:
            del self.fields["person"]

    def asked(self) -> PersonSkill:
        """What is claimed, unsaved."""
        given = self.cleaned_data
        person = given.get("person") or self.user.person
        return PersonSkill(person=person, skill=given["skill"], level=given["level"], proof=given["proof"])


def _choices(field: forms.Field, rows: QuerySet[Any]) -> None:
    """Offer these rows."""
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows


class ConfirmForm(AboutRecord):
    level = forms.TypedChoiceField(
        label=_("The level that you confirm"),
        choices=SkillLevel.choices,
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("Lower than claimed where that is what you have seen."),
    )

    def __init__(self, *args: Any, row: PersonSkill, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.fields["level"].initial = row.level


class ReasonForm(AboutRecord):
    reason = forms.CharField(
        label=pgettext_lazy("skill", "reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads it. For example: 请补上培训合格证，或者先跟着信息员做两次。"),
    )


class WhoForm(forms.Form):
    """Who can do what: words, level, unit."""

    q = forms.CharField(
        label=_("What is to be done"),
        required=False,
        max_length=LONGEST_QUESTION,
        widget=forms.TextInput(attrs={"type": "search"}),
        help_text=_("Words, pinyin or first letters, for example: 航拍, hangpai, hp"),
    )
    level = forms.TypedChoiceField(
        label=_("How well, at least"), required=False, choices=SkillLevel.choices, coerce=int, empty_value=None
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("unit"), required=False, empty_label=_("the whole township")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self.fields["unit"], Unit.objects.on())
